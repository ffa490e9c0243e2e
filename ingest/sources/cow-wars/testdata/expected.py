#!/usr/bin/env python3
"""Numbers that the graph must give, computed straight from the files of the COW wars.

    python3 expected.py DATA TABLES    prints expected.csv

DATA is the folder with the five files, TABLES the registry's (cow.csv and gw.csv: who held which number when). Parties
without a number that are states stand in states.csv of the source. Standard library only, and nothing of the program: this is the other road to the same numbers.
"""
import calendar
import collections
import csv
import datetime
import io
import itertools
import os
import sys

END = datetime.date(9999, 12, 31)
LAST = datetime.date(2007, 12, 31)
LASTS = {"intra-state": 2008}
FILES = {
    "inter-state": "Inter-StateWarData_v4.0.csv",
    "extra-state": "Extra-StateWarData_v4.0.csv",
    "intra-state": "Intra-StateWarData_v4.1.csv",
    "non-state": "Non-StateWarData_v4.0.csv",
    "dyadic": "directed_dyadic_war.csv",
}


def rows(folder, name):
    text = open(os.path.join(folder, FILES[name]), "rb").read().decode("cp1252")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [{k.strip(): v.strip() for k, v in r.items()} for r in csv.DictReader(io.StringIO(text))]


def day(y, m, d, last=2007):
    """The first and the last day that a date may mean; None if it is not known; ValueError if it is none. A year in the cell of the
    day is the year; of a day that a month never had the month is left."""
    if y == "" and 1816 <= abs(int(d[-4:])) <= last and d[:-4] in ("", "-9"):
        y, d = d[-4:], -9
    y, m, d = int(y), int(m), int(d)
    if y != -9 and m in range(1, 13) and calendar.monthrange(y, m)[1] < d <= 31:
        d = -9
    if y == -9:
        return None
    if not 1816 <= y <= last:
        raise ValueError
    if m == -9:
        return datetime.date(y, 1, 1), datetime.date(y, 12, 31)
    if d == -9:
        return datetime.date(y, m, 1), datetime.date(y, m, calendar.monthrange(y, m)[1])
    return datetime.date(y, m, d), datetime.date(y, m, d)


def spells(r, name):
    found = []
    for n in [""] if name == "non-state" else ["1", "2"]:
        cells = [r["%s%s%s" % (edge, part, n)] for edge in ("Start", "End") for part in ("Year", "Month", "Day")]
        if cells[0] == "-8":
            continue
        start = day(*cells[:3], last=LASTS.get(name, 2007))
        if cells[3] == "-7":
            found.append((start, None, "ongoing"))
            continue
        end = day(*cells[3:], last=LASTS.get(name, 2007))
        if end and end[1] < start[0]:
            raise ValueError
        found.append((start, end, "" if end else "unknown"))
    return found


def registry(tables, of="cow"):
    held = collections.defaultdict(list)
    with open(os.path.join(tables, of + ".csv"), newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            iso = datetime.date.fromisoformat
            if row["number"]:
                held[row["number"]].append((iso(row["from"]), iso(row["to"]) if row["to"] else END, row["actor"]))
    return held


def holders(held, number, spell):
    """Who held the number in a spell, as (actor, first, last)."""
    start, end, why = spell
    first = start[0]
    surely = LAST if why == "ongoing" else (end[0] if end else start[0])
    last = END if why or end is None else end[1]
    all_ = sorted(held[number])
    found = [s for s in all_ if s[0] <= max(surely, first) and s[1] >= first]
    if not found:
        found = [s for s in all_ if s[0] <= last and s[1] >= first][:1]
    if not found and len({s[2] for s in all_}) == 1:
        return [(all_[0][2], first, last)]
    if not found:
        raise ValueError
    parts = []
    for actor, group in itertools.groupby(found, key=lambda s: s[2]):
        group = list(group)
        parts.append((actor, group[0][0], group[-1][1]))
    return [(a, first if i == 0 else b, last if i == len(parts) - 1 else e) for i, (a, b, e) in enumerate(parts)]


def by_name(tables):
    """Who a party without a number is on which days, by war and name."""
    held, named = registry(tables, "gw"), {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "states.csv"), newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            named[row["war"], row["name"]] = held[row["code"].removeprefix("gw:")]
    return named


def toll(text):
    return None if text in ("-9", "-8") else int(text.replace(",", ""))


def parties(r, name):
    """(number or None, name, side, deaths) of everyone in a row."""
    if name == "inter-state":
        return [(r["ccode"], "", {"1": "a", "2": "b"}[r["Side"]], toll(r["BatDeath"]))]
    found = []
    if name == "non-state":
        for side, cols in (("a", ["SideA1", "SideA2"]), ("b", ["SideB%d" % n for n in range(1, 6)])):
            found += [(None, r[c], side, None) for c in cols if r[c] != "-8"]
        return found
    for side, code, text, deaths in (
        ("a", "ccode1" if name == "extra-state" else "CcodeA", "SideA", "SideADeaths"),
        ("b", "ccode2" if name == "extra-state" else "CcodeB", "SideB", "SideBDeaths"),
    ):
        state = r[code] not in ("-8", "")  # no empty number stands beside the name of a state
        if name == "extra-state":
            deaths = "BatDeath" if state else "NonStateDeaths"
        if state:
            found.append((r[code], "", side, toll(r[deaths])))
        elif r[text] != "-8":
            found.append((None, " ".join(r[text].split()), side, toll(r[deaths])))
    return found


def read(folder, name, held, named):
    """The wars of a file by number, and the numbers of those with a row that makes no sense."""
    of = collections.defaultdict(list)
    for r in rows(folder, name):
        of[r["WarNum"]].append(r)
    wars, bad = {}, []
    for number, rs in of.items():
        try:
            parts, deaths = [], []
            starts, ends = [], []
            for r in rs:
                ss = spells(r, name)
                starts += [s[0][0] for s in ss]
                ends += [s[1][1] if s[1] else END for s in ss]
                for code, text, side, dead in parties(r, name):
                    deaths.append(dead)
                    days = [(s[0][0], s[1][1] if s[1] else END) for s in ss]
                    who = {h[2] for d in days for h in named.get((number, text), []) if h[0] <= d[0] and d[1] <= h[1]}
                    all_days = all(any(h[0] <= d[0] and d[1] <= h[1] for h in named.get((number, text), [])) for d in days)
                    for s in ss:
                        if code is None and len(who) == 1 and all_days:
                            parts.append((min(who), side, s[0][0], s[1][1] if s[1] else END, True))
                        elif code is None:
                            parts.append((text, side, s[0][0], s[1][1] if s[1] else END, False))
                        else:
                            parts += [(a, side, f, l, True) for a, f, l in holders(held, code, s)]
            wars[number] = {"rows": rs, "parts": parts, "deaths": deaths, "start": min(starts), "end": max(ends)}
        except ValueError:
            bad.append(number)
    return wars, bad


def outcome(w, name):
    words = {"1": "Victory for side A", "2": "Victory for side B", "3": "Compromise", "4": "Transformed into another type of war", "5": "Ongoing at the end of 2007", "6": "Stalemate", "7": "Conflict continues below the level of war"}
    if name != "inter-state":
        codes = {r["Outcome"] for r in w["rows"]}
        return words[codes.pop()] if len(codes) == 1 else "none"
    a = {r["Outcome"] for r in w["rows"] if r["Side"] == "1"}
    b = {r["Outcome"] for r in w["rows"] if r["Side"] == "2"}
    if len(a) != 1 or len(b) != 1:
        return "none"
    a, b = a.pop(), b.pop()
    if (a, b) == ("1", "2"):
        return words["1"]
    if (a, b) == ("2", "1"):
        return words["2"]
    return words.get(a, "none") if a == b and a not in "12" else "none"


def opposed(w):
    """Pairs of states that were on opposite sides on one day, possibly."""
    states = [p for p in w["parts"] if p[4]]
    return {tuple(sorted((p[0], q[0]))) for p in states for q in states if p[1] == "a" and q[1] == "b" and p[0] != q[0] and p[2] <= q[3] and q[2] <= p[3]}


def dyads(folder, held):
    """Dyadic wars by index, and the indices of those that do not agree with themselves."""
    of = collections.defaultdict(list)
    for r in rows(folder, "dyadic"):
        of[r["dyindex"]].append(r)
    good, bad = {}, []
    for index, rs in of.items():
        try:
            ways = collections.defaultdict(set)
            for r in rs:
                start, end = day(r["warstrtyr"], r["warstrtmnth"], r["warstrtday"]), day(r["warendyr"], r["warendmnth"], r["warenday"])
                if end[1] < start[0]:
                    raise ValueError
                ways[r["statea"], r["stateb"]].add((start, end, ""))
            (a, b), = {tuple(sorted(w, key=int)) for w in ways}
            if len(ways) != 2 or ways[a, b] != ways[b, a]:
                raise ValueError
            if not {y for s in ways[a, b] for y in range(s[0][0].year, s[1][1].year + 1)} <= {int(r["year"]) for r in rs}:
                raise ValueError  # a row stands for each year of a war
            who = [{h[0] for s in ways[a, b] for h in holders(held, x, s)} for x in (a, b)]
            periods = [(s[0][0], s[1][1]) for s in ways[a, b]]
            good[index] = {"war": rs[0]["warnum"], "mid": rs[0]["disno"], "who": who, "start": min(p[0] for p in periods), "end": max(p[1] for p in periods)}
        except ValueError:
            bad.append(index)
    return good, bad


def main(folder, tables):
    held, named = registry(tables), by_name(tables)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "with", "number"])
    inter = {}
    for name in ("inter-state", "extra-state", "intra-state", "non-state"):
        wars, bad = read(folder, name, held, named)
        out.writerow(["wars", name, "", len(wars)])
        for number in sorted(bad, key=int):
            out.writerow(["quarantined", number, "", 1])
        for what, counts in (
            ("wars begun in the decade", collections.Counter("%d0" % (w["start"].year // 10) for w in wars.values())),
            ("wars with the outcome", collections.Counter(outcome(w, name) for w in wars.values())),
            ("participations on side", collections.Counter(p[1] for w in wars.values() for p in w["parts"])),
            ("participations of states", collections.Counter(p[4] for w in wars.values() for p in w["parts"])),
        ):
            for k in sorted(counts, key=str):
                out.writerow([what, name, k, counts[k]])
        out.writerow(["parties that are no states", name, "", len({(n, p[0]) for n, w in wars.items() for p in w["parts"] if not p[4]})])
        if name != "non-state":
            out.writerow(["deaths known", name, "", sum(d for w in wars.values() for d in w["deaths"] if d is not None)])
            out.writerow(["wars of which all deaths are known", name, "", sum(None not in w["deaths"] for w in wars.values())])
        else:
            known = [toll(w["rows"][0]["TotalCombatDeaths"]) for w in wars.values()]
            out.writerow(["deaths known", name, "", sum(d for d in known if d is not None)])
            out.writerow(["wars of which all deaths are known", name, "", sum(d is not None for d in known)])
        out.writerow(["wars that go on when the data ends", name, "", sum(any(s[2] == "ongoing" for r in w["rows"] for s in spells(r, name)) for w in wars.values())])
        if name == "inter-state":
            inter = wars
        pairs = collections.Counter(p for w in wars.values() for p in opposed(w))
        for a, b in sorted(pairs):
            out.writerow(["opposed in " + name, a, b, pairs[a, b]])
    good, bad = dyads(folder, held)
    out.writerow(["dyadic wars", "all", "", len(good)])
    for index in sorted(bad):
        out.writerow(["quarantined", index, "", 1])
    mids = collections.Counter(d["mid"] for d in good.values())
    for mid in sorted(mids, key=int):
        out.writerow(["dyadic wars of the militarized dispute", mid, "", mids[mid]])
    linked = 0
    for d in good.values():
        w = inter[d["war"]]
        sides = {s: {p[0] for p in w["parts"] if p[1] == s} for s in "ab"}
        agree = any((x in sides["a"] and y in sides["b"]) or (x in sides["b"] and y in sides["a"]) for x in d["who"][0] for y in d["who"][1] if x != y)
        linked += agree and d["start"] <= w["end"] and w["start"] <= d["end"]
    out.writerow(["dyadic wars that are accounts of an inter-state war", "all", "", linked])


main(sys.argv[1], sys.argv[2])
