#!/usr/bin/env python3
"""Numbers that the graph must give, computed straight from the files of MID 5.0, or 4.3.

    python3 expected.py DATA TABLES          prints expected.csv
    python3 expected.py DATA TABLES --dyads  prints every dyad that has rows in one dispute, in all years and in each decade
                                             in which such a dispute went on: key, key, first day, last day, opposed, same side

DATA is the folder with the four files (those of 4.3 are read under the names of 5.0), TABLES the registry's (cow.csv: who held which number when). Standard library
only, and nothing of the program: this is the other road to the same numbers.
"""
import calendar
import collections
import csv
import datetime
import itertools
import os
import sys

END = datetime.date(9999, 12, 31)
DEATHS = {"0": (0, 0), "1": (1, 25), "2": (26, 100), "3": (101, 250), "4": (251, 500), "5": (501, 999), "6": (1000, None)}


OLDER = {"dispnum3": "dispnum", "incidnum3": "incidnum", "ongo2010": "ongo2014"}
# The hostility level of each action.
LEVELS = {0: 1, **{a: 2 for a in range(1, 7)}, **{a: 3 for a in range(7, 13)}, **{a: 4 for a in range(13, 20)}, 20: 5, 21: 5}


def rows(folder, name):
    if not os.path.exists(os.path.join(folder, name)):
        name = name.replace("MIDIP", "MIDP").replace("5.0", "4.3")
    with open(os.path.join(folder, name), newline="", encoding="ascii") as f:
        return [{OLDER.get(k, k): v for k, v in r.items()} for r in csv.DictReader(f)]


def leveled(row):
    """Whether the hostility level is that of the action."""
    action, level = int(row.get("hiact", row.get("action"))), int(row["hostlev"])
    return level == -9 or level == LEVELS.get(action, level) and level > 0


def span(row, prefix):
    """The first and the last day that a date may mean; None if it is not known."""
    day, month, year = (int(row[prefix + part]) for part in ("day", "mon", "year"))
    if year == -9:
        return None
    if month == -9:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if day == -9:
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, day), datetime.date(year, month, day)


def deaths(row):
    """The range of fatality and fatalpre: the number if it is of the level, else what spans both."""
    level, number = DEATHS.get(row["fatality"]), int(row["fatalpre"])
    if number < 0:
        return level
    if level is None or level[0] <= number and (level[1] is None or number <= level[1]):
        return number, number
    return min(level[0], number), None if level[1] is None else max(level[1], number)


class Registry:
    def __init__(self, tables):
        self.held = collections.defaultdict(list)
        with open(os.path.join(tables, "cow.csv"), newline="", encoding="utf-8") as f:
            for row in csv.DictReader(f):
                day = datetime.date.fromisoformat
                if row["number"]:
                    self.held[row["number"]].append((day(row["from"]), day(row["to"]) if row["to"] else END, row["actor"]))

    def listed(self, number, start, end):
        """Whether anybody may have held the number on one of these days."""
        return any(s[0] <= end[1] and s[1] >= start[0] for s in self.held[number])

    def holders(self, number, start, end):
        """Who held the number, as (actor, first day, last day): of one that nobody held then its only holder ever, and
        empty if there were several, or none."""
        spells = sorted(self.held[number])
        first, surely, last = start[0], max(end[0], start[0]), end[1]
        found = [s for s in spells if s[0] <= surely and s[1] >= first]
        if not found:
            found = [s for s in spells if s[0] <= last and s[1] >= first][:1]
        if not found and len({s[2] for s in spells}) == 1:
            return [(spells[0][2], first, last)]
        parts = []
        for actor, group in itertools.groupby(found, key=lambda s: s[2]):
            group = list(group)
            parts.append([actor, group[0][0], group[-1][1]])
        return [
            (actor, first if i == 0 else begin, last if i == len(parts) - 1 else finish)
            for i, (actor, begin, finish) in enumerate(parts)
        ]


class Graph:
    """The four files, joined and resolved."""

    def __init__(self, data, tables):
        registry = Registry(tables)
        self.disputes, self.incidents, self.quarantined = {}, {}, {"dispute": [], "incident": []}
        self.read("dispute", rows(data, "MIDA 5.0.csv"), rows(data, "MIDB 5.0.csv"), "dispnum", "sidea", self.disputes, registry)
        self.read("incident", rows(data, "MIDI 5.0.csv"), rows(data, "MIDIP 5.0.csv"), "incidnum", "insidea", self.incidents, registry)

    def read(self, kind, heads, members, key, side, into, registry):
        of = collections.defaultdict(list)
        for m in members:
            of[m[key]].append(m)
        for head in heads:
            start, end = span(head, "st"), span(head, "end")
            open_end = head.get("ongo2014") == "1"
            parts, sound = [], bool(of[head[key]]) and leveled(head) and len({m[side] for m in of[head[key]]}) == 2
            for m in of[head[key]]:
                begin, finish = span(m, "st"), span(m, "end")
                sound = sound and finish[1] >= begin[0] and leveled(m)
                held = registry.holders(m["ccode"], begin, finish)
                sound = sound and bool(held)
                for i, (actor, first, last) in enumerate(held):
                    stays = open_end and finish == end and i == len(held) - 1
                    parts.append({"actor": actor, "side": "a" if m[side] == "1" else "b", "first": first, "last": END if stays else last, "row": m, "parts": len(held), "listed": registry.listed(m["ccode"], begin, finish)})
            if not sound:
                self.quarantined[kind].append(head[key])
                continue
            into[head[key]] = {"row": head, "start": start, "end": (END, END) if open_end else end, "open": open_end, "parts": parts}


def during(d, first, last, certainty):
    if certainty == "CERTAIN":
        return d["start"][1] <= last and d["end"][0] >= first
    return d["start"][0] <= last and d["end"][1] >= first


def meet(d, a, b, alignment):
    """Whether the two take part at the same time, on the same side or on the two."""
    for p in d["parts"]:
        for q in d["parts"]:
            if (p["actor"], q["actor"]) == (a, b) and p["first"] <= q["last"] and q["first"] <= p["last"]:
                if alignment == "ANY" or (p["side"] == q["side"]) == (alignment == "SAME_SIDE"):
                    return True
    return False


# who, with whom, from, to, how they stand, how sure the period must be, why this is asked
DYADS = """
iso3:JPN iso3:KOR 1949-01-01 2014-12-31 OPPOSED POSSIBLE the dyad of the founding question
iso3:JPN iso3:KOR 2005-01-01 2006-12-31 OPPOSED POSSIBLE dispute 4468, which was 30501 in 4.3
iso3:JPN iso3:KOR 1816-01-01 1945-12-31 ANY POSSIBLE no Republic of Korea yet: Korea before 1910 is another actor
iso3:JPN cow:730 1816-01-01 1945-12-31 OPPOSED POSSIBLE Korea before 1910
iso3:JPN iso3:PRK 1949-01-01 2014-12-31 OPPOSED POSSIBLE the other Korea
iso3:KOR iso3:PRK 1945-01-01 1990-12-31 OPPOSED POSSIBLE
iso3:KOR iso3:PRK 1991-01-01 2014-12-31 OPPOSED POSSIBLE some go on when the data ends
iso3:JPN iso3:CHN 1816-01-01 1945-08-14 OPPOSED POSSIBLE
iso3:JPN iso3:CHN 1946-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:SUN iso3:USA 1945-01-01 1990-12-31 OPPOSED POSSIBLE 365 is the Soviet Union here
iso3:SUN iso3:USA 1992-01-01 2014-12-31 ANY POSSIBLE no Soviet Union any more
iso3:RUS iso3:USA 1992-01-01 2014-12-31 OPPOSED POSSIBLE and Russia here
iso3:RUS iso3:USA 1923-01-01 1991-12-25 ANY POSSIBLE no Russia in these years
iso3:RUS iso3:USA 1816-01-01 1922-12-29 OPPOSED POSSIBLE
iso3:RUS iso3:USA 1918-01-01 1918-12-31 OPPOSED POSSIBLE dispute 197: the intervention in Russia
iso3:CAN iso3:RUS 1918-01-01 1918-12-31 OPPOSED POSSIBLE in which Canada took part, in no list of states before 1920
iso3:CAN iso3:USA 1918-01-01 1918-12-31 SAME_SIDE POSSIBLE
iso3:JOR iso3:SYR 1958-03-01 1958-03-31 OPPOSED POSSIBLE dispute 3151: Syria was part of the United Arab Republic
iso3:SYR iso3:TUR 1958-03-01 1958-03-31 OPPOSED POSSIBLE dispute 3152, likewise
iso3:AUT iso3:YUG 1919-01-01 1919-12-31 OPPOSED POSSIBLE dispute 3599: Austria is in the list from September
iso3:GBR iso3:TWN 1949-10-01 1949-12-07 OPPOSED POSSIBLE dispute 2007: Taiwan is in the list from December
iso3:RUS iso3:TUR 1816-01-01 1922-12-29 OPPOSED POSSIBLE
iso3:SUN iso3:CHN 1923-01-01 1991-12-25 OPPOSED POSSIBLE dispute 1668 runs across the founding of the Soviet Union
iso3:RUS iso3:CHN 1922-01-01 1922-12-31 OPPOSED POSSIBLE the same dispute, before
iso3:SUN iso3:JPN 1923-01-01 1991-12-25 OPPOSED POSSIBLE
iso3:RUS iso3:JPN 1991-12-26 2014-12-31 OPPOSED POSSIBLE
iso3:DEU iso3:GBR 1939-01-01 1945-12-31 OPPOSED POSSIBLE
iso3:DEU iso3:ITA 1939-01-01 1945-12-31 OPPOSED POSSIBLE Italy changed sides in dispute 258
iso3:DEU iso3:ITA 1939-01-01 1945-12-31 SAME_SIDE POSSIBLE
iso3:DEU iso3:FIN 1939-01-01 1945-12-31 SAME_SIDE POSSIBLE so did Finland
iso3:DEU iso3:FIN 1939-01-01 1945-12-31 OPPOSED POSSIBLE
iso3:DEU iso3:ROU 1939-01-01 1945-12-31 OPPOSED POSSIBLE and Romania
iso3:DEU iso3:BGR 1939-01-01 1945-12-31 OPPOSED POSSIBLE and Bulgaria
iso3:DEU iso3:SUN 1939-01-01 1945-12-31 SAME_SIDE POSSIBLE and the Soviet Union
iso3:DEU iso3:SUN 1939-01-01 1945-12-31 OPPOSED POSSIBLE
iso3:FRA iso3:GBR 1939-01-01 1945-12-31 OPPOSED POSSIBLE and France, twice
iso3:FRA iso3:GBR 1939-01-01 1945-12-31 SAME_SIDE POSSIBLE
iso3:DEU iso3:DDR 1949-01-01 1990-12-31 OPPOSED POSSIBLE 260 against 265
iso3:DEU iso3:SUN 1955-05-05 1990-10-02 OPPOSED POSSIBLE 260
iso3:DEU iso3:FRA 1816-01-01 1945-05-08 OPPOSED POSSIBLE 255, Prussia first
iso3:DEU iso3:RUS 1990-10-03 2014-12-31 OPPOSED POSSIBLE 255 again
iso3:DDR iso3:USA 1954-01-01 1990-10-02 OPPOSED POSSIBLE 265
iso3:VNM iso3:USA 1954-01-01 1975-12-31 OPPOSED POSSIBLE 816
cow:817 iso3:VNM 1954-01-01 1975-12-31 OPPOSED POSSIBLE 817 against 816
cow:817 iso3:USA 1954-01-01 1975-12-31 SAME_SIDE POSSIBLE
iso3:VNM iso3:CHN 1975-05-01 2014-12-31 OPPOSED POSSIBLE written DRV and VTM in one file
cow:678 iso3:SAU 1926-01-01 1990-12-31 OPPOSED POSSIBLE North Yemen
cow:678 iso3:YMD 1967-01-01 1990-12-31 OPPOSED POSSIBLE against South Yemen
iso3:YMD iso3:OMN 1967-01-01 1990-12-31 OPPOSED POSSIBLE 680
iso3:YEM iso3:SAU 1990-05-22 2014-12-31 OPPOSED POSSIBLE 679
iso3:YEM iso3:ERI 1990-05-22 2014-12-31 OPPOSED POSSIBLE
iso3:SRB iso3:TUR 1878-01-01 1918-11-30 OPPOSED POSSIBLE 345 before Yugoslavia
iso3:SRB iso3:BGR 1878-01-01 1918-11-30 OPPOSED POSSIBLE
iso3:YUG iso3:ITA 1918-12-01 1992-12-31 OPPOSED POSSIBLE 345
iso3:YUG iso3:USA 1992-01-01 2006-06-03 OPPOSED POSSIBLE
iso3:YUG iso3:HRV 1991-01-01 2006-06-03 OPPOSED POSSIBLE
iso3:SRB iso3:ALB 2006-06-05 2014-12-31 ANY POSSIBLE 345 after
iso3:GRC iso3:TUR 1950-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:GRC iso3:TUR 1996-08-17 2001-04-26 OPPOSED POSSIBLE dispute 4095, which Greece was in three times
iso3:IND iso3:PAK 1947-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:ISR iso3:EGY 1948-01-01 1990-12-31 OPPOSED POSSIBLE
iso3:ISR iso3:SYR 1993-01-01 2001-12-31 OPPOSED POSSIBLE dispute 4182, five stays of Syria
iso3:EGY iso3:SYR 1948-01-01 1990-12-31 SAME_SIDE POSSIBLE
iso3:IRQ iso3:USA 1990-01-01 2003-12-31 OPPOSED POSSIBLE
iso3:GBR iso3:USA 1990-01-01 2003-12-31 SAME_SIDE POSSIBLE
iso3:GBR iso3:USA 1816-01-01 1914-12-31 OPPOSED POSSIBLE
iso3:GBR iso3:USA 1902-07-01 1902-07-15 OPPOSED POSSIBLE dispute 2 begins in July 1902, nobody knows when
iso3:GBR iso3:USA 1902-07-01 1902-07-15 OPPOSED CERTAIN
iso3:GBR iso3:USA 1902-08-01 1902-08-31 OPPOSED CERTAIN
iso3:CHN iso3:USA 1949-10-01 2014-12-31 OPPOSED POSSIBLE
iso3:CHN iso3:TWN 1949-12-08 2014-12-31 OPPOSED POSSIBLE
iso3:CUB iso3:USA 1959-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:PAK iso3:USA 2013-01-01 2014-12-31 OPPOSED POSSIBLE dispute 4598 was last coded in 2012, and goes on
iso3:EST iso3:RUS 1991-09-17 2014-12-31 OPPOSED POSSIBLE
iso3:ARG iso3:CHL 1816-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:ETH iso3:SOM 1960-01-01 2014-12-31 OPPOSED POSSIBLE
iso3:COD iso3:RWA 1960-01-01 2014-12-31 OPPOSED POSSIBLE written ZAI and DRC in one file
"""

# whose participations are counted
ACTORS = {
    "iso3:USA": "", "iso3:GBR": "", "iso3:FRA": "", "iso3:JPN": "no participation between its two memberships",
    "iso3:KOR": "", "iso3:PRK": "", "cow:730": "", "iso3:CHN": "", "iso3:TWN": "", "iso3:SUN": "365, 1922 to 1991",
    "iso3:RUS": "365, before and after", "iso3:DEU": "255 and 260", "iso3:DDR": "265", "iso3:ITA": "325, Sardinia first",
    "iso3:VNM": "816", "cow:817": "817", "cow:678": "678", "iso3:YEM": "679", "iso3:YMD": "680", "iso3:SRB": "345",
    "iso3:YUG": "345", "iso3:ROU": "written RUM and ROM", "iso3:COD": "written ZAI and DRC", "iso3:NGA": "written NIR once",
    "cow:300": "Austria-Hungary", "iso3:AUT": "", "iso3:TUR": "the Ottoman Empire too", "iso3:GRC": "", "iso3:SYR": "", "iso3:ISR": "",
}
BIG = {"258": "the Second World War", "257": "the First", "4193": "one incident is in quarantine", "3551": "", "4137": "", "4273": "", "4343": "", "4469": "", "4197": ""}
ACTS = {"1": "THREAT", "2": "THREAT", "3": "THREAT", "4": "THREAT", "5": "THREAT", "6": "THREAT", "13": "FIGHTING", "14": "FIGHTING",
        "15": "COERCION", "16": "FIGHTING", "17": "FIGHTING", "18": "FIGHTING", "19": "MASS_VIOLENCE", "20": "FIGHTING", "21": "FIGHTING"}


def precision(row, prefix):
    return "month" if row[prefix + "day"] == "-9" and row[prefix + "mon"] != "-9" else "year" if row[prefix + "mon"] == "-9" else "day"


def fatal(r):
    return "unknown" if r is None else "%d..%s" % (r[0], "" if r[1] is None else r[1])


def tallies(g):
    t = collections.Counter()
    for n, d in g.disputes.items():
        row = d["row"]
        t["disputes", "all"] += 1
        t["disputes begun in the decade", row["styear"][:3] + "0"] += 1
        t["disputes with hostility", row["hostlev"]] += 1
        t["disputes with outcome", row["outcome"]] += 1
        t["disputes with settlement", row["settle"]] += 1
        t["disputes with deaths", fatal(deaths(row))] += 1
        t["disputes begun on a date that is a", precision(row, "st")] += 1
        t["disputes that go on when the data ends", "all"] += d["open"]
        t["disputes about territory", "all"] += any("1" in (p["row"]["revtype1"], p["row"]["revtype2"]) for p in d["parts"])
        for p in d["parts"]:
            m = p["row"]
            low_high = deaths(m)
            if p["parts"] > 1 and low_high:
                low_high = (0, low_high[1])
            t["participations", "all"] += 1
            t["participations on side", p["side"]] += 1
            t["participations with hostility", m["hostlev"]] += 1
            t["participations with deaths", fatal(low_high)] += 1
            t["participations of an originator", "all"] += m["orig"] == "1"
            t["participations of a revisionist", "all"] += m["revstate"] == "1"
            t["participations that go on when the data ends", "all"] += p["last"] == END
            t["participations out of the list of states", "all"] += not p["listed"]
            if p["actor"] in ACTORS:
                t["participations of", p["actor"]] += 1
        if n in BIG:
            t["participations in", n] += len(d["parts"])
            t["states in", n] += len({p["actor"] for p in d["parts"]})
            t["states on both sides of", n] += len({p["actor"] for p in d["parts"] if p["side"] == "a"} & {p["actor"] for p in d["parts"] if p["side"] == "b"})
    for d in g.incidents.values():
        row = d["row"]
        t["incidents", "all"] += 1
        t["incidents begun in", row["styear"]] += 1
        t["incidents of type", ACTS.get(row["action"], "MOBILIZATION")] += 1
        if row["dispnum"] in BIG:
            t["incidents of dispute", row["dispnum"]] += 1
        for p in d["parts"]:
            t["parts in incidents out of the list of states", "all"] += not p["listed"]
            t["parts in incidents", {"a": "BY", "b": "TOWARD"}[p["side"]]] += 1
            t["parts in incidents with deaths", fatal(deaths(p["row"]))] += 1
    for kind, numbers in g.quarantined.items():
        for n in numbers:
            t["quarantined " + kind, n] = 1
    return t


REASONS = {
    ("disputes", "all"): "all that are in the file",
    ("participations out of the list of states", "all"): "disputes 197, 2007, 3151, 3152, 3599: Canada, Taiwan, Syria, Syria, Austria",
    ("parts in incidents out of the list of states", "all"): "incident 3557001: Bosnia on 6 April 1992, a member from the 7th",
    ("incidents", "all"): "4,483 in the file less those in quarantine",
    ("quarantined incident", "4193001"): "its participants stop on 3 October 1997, and began on the 10th",
    ("quarantined incident", "4269010"): "MIDIP has nobody who took part in it",
    ("parts in incidents with deaths", "0..100"): "level 2 (26–100) beside a number of 0: the range spans both",
    ("disputes that go on when the data ends", "all"): "ongo2014 is 1",
}


def main(data, tables, *how):
    g = Graph(data, tables)
    out = csv.writer(sys.stdout, lineterminator="\n")
    if "--dyads" in how:
        windows = [(datetime.date(1816, 1, 1), END)]
        windows += [(datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31)) for year in range(1810, 2020, 10)]
        counts = collections.Counter()
        for d in g.disputes.values():
            for a, b in itertools.combinations(sorted({p["actor"] for p in d["parts"]}), 2):
                for alignment in ("OPPOSED", "SAME_SIDE"):
                    together = meet(d, a, b, alignment)
                    for window in windows:
                        if during(d, *window, "POSSIBLE"):
                            counts[a, b, *window, alignment] += together
        for key in sorted({k[:4] for k in counts}):
            out.writerow([*key, counts[*key, "OPPOSED"], counts[*key, "SAME_SIDE"]])
        return
    out.writerow(["what", "of", "with", "from", "to", "alignment", "certainty", "number", "reason"])
    for (what, of), n in sorted(tallies(g).items()):
        out.writerow([what, of, "", "", "", "", "", n, REASONS.get((what, of), ACTORS.get(of, "") or BIG.get(of, ""))])
    for line in DYADS.strip().splitlines():
        a, b, first, last, alignment, certainty, *reason = line.split(" ", 6)
        window = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
        n = sum(during(d, *window, certainty) and meet(d, a, b, alignment) for d in g.disputes.values())
        out.writerow(["disputes of a dyad", a, b, first, last, alignment, certainty, n, *(reason or [""])])


if __name__ == "__main__":
    main(*sys.argv[1:])
