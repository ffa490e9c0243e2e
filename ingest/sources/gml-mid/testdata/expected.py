#!/usr/bin/env python3
"""Numbers that the graph must give, computed straight from the file of GML MID, and from those of MID 5.0 for what both say.

    python3 expected.py DATA MID5 TABLES    prints expected.csv

DATA is the folder with the file, MID5 that with the four of MID 5.0, TABLES the registry's (cow.csv: who held which number
when). Standard library only, and nothing of the program; MID 5.0 is read as its own script reads it.
"""
import calendar
import collections
import csv
import datetime
import importlib.util
import itertools
import os
import sys

END = datetime.date(9999, 12, 31)
YEAR = datetime.timedelta(366)

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("mid", os.path.join(HERE, "..", "..", "cow-mid", "testdata", "expected.py"))
mid = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mid)

SAID = ["ccode", "sidea", "revstate", "revtype1", "revtype2", "fatality", "fatalpre", "hiact", "hostlev", "orig"]


def month(year, m):
    return datetime.date(year, m, 1), datetime.date(year, m, calendar.monthrange(year, m)[1])


def whole(year):
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def read(folder, registry):
    of = collections.defaultdict(list)
    name, = [n for n in os.listdir(folder) if n.endswith(".csv")]
    with open(os.path.join(folder, name), newline="", encoding="ascii") as f:
        for r in csv.DictReader(f):
            of[r["dispnum"]].append(r)
    disputes, bad = {}, []
    for number, rs in of.items():
        years = [int(r["year"]) for r in rs]
        first, last = min(years), max(years)
        try:
            start, end = month(first, int(rs[0]["stmon"])), month(last, int(rs[0]["endmon"]))
        except (ValueError, calendar.IllegalMonthError):
            bad.append(number)
            continue
        ongoing = rs[0]["ongo2010"] == "1"
        stays = collections.defaultdict(set)
        sound = end[1] >= start[0] and mid.leveled(rs[0])
        for r in rs:
            said = tuple(r[s + "1"] for s in SAID)
            stays[said].add(int(r["year"]))
            sound = sound and mid.leveled({"hiact": r["hiact1"], "hostlev": r["hostlev1"]})
        alone = len({s[0] for s in stays}) == 2
        parts = []
        for said, ys in stays.items():
            ys = sorted(ys)
            runs = [[y for _, y in g] for _, g in itertools.groupby(enumerate(ys), lambda p: p[1] - p[0])]
            for run in runs:
                begin = start if run[0] == first and (said[9] == "1" or alone) else whole(run[0])
                finish = end if run[-1] == last and alone else whole(run[-1])
                open_end = ongoing and run[-1] == last
                held = registry.holders(said[0], begin, finish)
                sound = sound and bool(held)
                for i, (actor, a, b) in enumerate(held):
                    parts.append({"actor": actor, "side": "a" if said[1] == "1" else "b", "first": a, "last": END if open_end and i == len(held) - 1 else b, "said": said})
        if not sound:
            bad.append(number)
            continue
        disputes[number] = {"row": rs[0], "first": first, "start": start, "end": (END, END) if ongoing else end, "open": ongoing, "parts": parts, "pairs": {(r["ccode1"], r["ccode2"]) for r in rs}}
    return disputes, bad


def opponents(d):
    return {frozenset((p["actor"], q["actor"])) for p in d["parts"] for q in d["parts"] if p["side"] != q["side"] and p["actor"] != q["actor"]}


def agree(d, m):
    """Whether the two are one by number, parties and dates."""
    apart = max((m["start"][0] - d["end"][1]).days if d["end"][1] != END else -1, (d["start"][0] - m["end"][1]).days if m["end"][1] != END else -1)
    return apart - 1 <= YEAR.days and bool(opponents(d) & opponents(m))


# Which number a dispute has in MID 5.0 that has none of its own there: the same opponents in the same months, alone.
NOW = {"266": "1706", "1789": "3517", "2030": "2028", "2683": "3136", "3542": "3821", "3647": "3646", "3877": "3524"}


def opposed(d, a, b):
    return any(p["side"] != q["side"] and p["first"] <= q["last"] and q["first"] <= p["last"] for p in d["parts"] if p["actor"] == a for q in d["parts"] if q["actor"] == b)


def main(folder, midfolder, tables):
    registry = mid.Registry(tables)
    g, bad = read(folder, registry)
    m = mid.Graph(midfolder, tables).disputes
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "with", "from", "to", "number"])

    def line(what, of, number, b="", first="", last=""):
        out.writerow([what, of, b, first, last, number])

    line("disputes", "all", len(g))
    for n in sorted(bad, key=int):
        line("quarantined", n, 1)
    for what, key in (
        ("disputes begun in the decade", lambda d: "%d0" % (d["first"] // 10)),
        ("disputes with hostility", lambda d: d["row"]["hostlev"]),
        ("disputes with outcome", lambda d: d["row"]["outcome"]),
        ("disputes with settlement", lambda d: d["row"]["settle"]),
        ("disputes with deaths", lambda d: mid.fatal(mid.deaths(d["row"]))),
    ):
        counts = collections.Counter(key(d) for d in g.values())
        for k in sorted(counts):
            line(what, k, counts[k])
    line("disputes that go on when the data ends", "all", sum(d["open"] for d in g.values()))
    line("disputes about territory", "all", sum(any("1" in p["said"][3:5] for p in d["parts"]) for d in g.values()))
    sides = collections.Counter(p["side"] for d in g.values() for p in d["parts"])
    for s in "ab":
        line("participations on side", s, sides[s])
    mine = [n for n in g if any(k in m and agree(g[n], m[k]) for k in (n, NOW.get(n)))]
    line("accounts of a dispute of MID 5.0", "all", len(mine))
    for n in sorted(set(g) - set(mine), key=int):
        line("disputes by themselves", n, 1)
    # Every two opponents of many disputes, and the founding question's: alone, and beside MID 5.0, by decade.
    pairs = collections.Counter(p for d in g.values() for p in opponents(d))
    chosen = [sorted(p) for p, n in sorted(pairs.items(), key=lambda p: (-p[1], sorted(p[0])))[:40]] + [["iso3:JPN", "iso3:KOR"], ["iso3:JPN", "iso3:PRK"], ["iso3:KOR", "iso3:PRK"], ["iso3:CHN", "iso3:JPN"]]
    by_themselves = set(g) - set(mine)
    lead = {n: m[next(k for k in (n, NOW.get(n)) if k in m and agree(g[n], m[k]))] for n in mine}
    for a, b in sorted(set(map(tuple, chosen))):
        for first, last in [(datetime.date(1816, 1, 1), datetime.date(2014, 12, 31))] + [(datetime.date(y, 1, 1), datetime.date(y + 9, 12, 31)) for y in range(1950, 2010, 10)]:
            when = str(first), str(last)
            alone = sum(mid.during(d, first, last, "POSSIBLE") and opposed(d, a, b) for d in g.values())
            both = sum(mid.during(d, first, last, "POSSIBLE") and opposed(d, a, b) for d in m.values()) + sum(mid.during(g[n], first, last, "POSSIBLE") and opposed(g[n], a, b) for n in by_themselves)
            # What GML alone says of the two stands in their list as well.
            both += sum(mid.during(g[n], first, last, "POSSIBLE") and opposed(g[n], a, b) and not opposed(lead[n], a, b) for n in mine)
            if alone or both:
                line("opposed, in this dataset", a, alone, b, *when)
                line("opposed, in both", a, both, b, *when)


main(*sys.argv[1:])
