#!/usr/bin/env python3
"""Numbers that the graph must give, counted straight from the lists of the State System Membership data.

    python3 expected.py FOLDER TABLES          prints expected.csv

TABLES is the folder of the registry's tables (cow.csv: who held which number when). Standard library only, and nothing of
the program.
"""
import collections
import csv
import os
import sys

OPEN = "9999-12-31"
STATES = ["iso3:JPN", "iso3:KOR", "iso3:DEU", "iso3:FRA", "iso3:CUB", "iso3:RUS", "iso3:SUN", "iso3:YUG", "iso3:SRB", "iso3:HTI", "iso3:SYR", "cow:730", "iso3:AUT", "iso3:ETH", "iso3:PRY", "iso3:CHN"]


def spells(folder, tables, name, last):
    """Each row, cut where the number passed to another actor: actor, first day, last day (OPEN: still counted)."""
    held = collections.defaultdict(list)
    with open(os.path.join(tables, "cow.csv"), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["number"]:
                held[r["number"]].append((r["from"], r["to"] or OPEN, r["actor"]))
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            day = lambda p: "%04d-%02d-%02d" % tuple(int(r[p + x]) for x in ("year", "month", "day"))
            first, end = day("st"), day("end")
            if r["stateabb"] == "SRB":  # the list has 2006-06-03 under one number twice; this row is Serbia's
                yield "iso3:SRB", first, OPEN
                continue
            parts = []
            for a, b, actor in sorted(held[r["ccode"]]):
                if a <= end and b >= first:
                    if parts and parts[-1][0] == actor:  # a gap of the registry's between spells of one actor
                        parts[-1][2] = min(b, end)
                    else:
                        parts.append([actor, max(a, first), min(b, end)])
            parts[-1][2] = OPEN if end == last else end
            yield from parts


def main():
    folder, tables = sys.argv[1:]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "answer", "reason"])
    for version, name in (("2016", "states2016.csv"), ("2024", "cow_statelist2024.csv"), ("majors", "majors2016.csv")):
        of = list(spells(folder, tables, name, "2024-12-31" if version == "2024" else "2016-12-31"))
        out.writerow(["memberships, " + version, "all", len(of), "a row, or where its number passed on one for each holder"])
        out.writerow(["memberships that go on, " + version, "all", sum(e == OPEN for _, _, e in of), ""])
        if version == "majors":
            for year in range(1816, 2017, 10):
                day = "%d-06-15" % year
                out.writerow(["major powers on", day, " ".join(sorted({a for a, s, e in of if s <= day <= e})), ""])
            continue
        for year in range(1816, int(version) + 1, 8):
            day = "%d-07-01" % year
            out.writerow(["members on, " + version, day, len({a for a, s, e in of if s <= day <= e}), ""])
        for actor in STATES:
            mine = sorted((s, e) for a, s, e in of if a == actor)
            out.writerow(["times of, " + version, actor, " ".join(s + "/" + (".." if e == OPEN else e) for s, e in mine), ""])


main()
