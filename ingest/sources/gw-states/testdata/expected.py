#!/usr/bin/env python3
"""Numbers that the graph must give, counted straight from the list of Gleditsch and Ward.

    python3 expected.py FOLDER TABLES          prints expected.csv

TABLES is the folder of the registry's tables (gw.csv: who held which number when). Standard library only, and nothing of
the program.
"""
import collections
import csv
import os
import sys

OPEN = "9999-12-31"
STATES = ["iso3:JPN", "iso3:KOR", "iso3:DEU", "iso3:FRA", "iso3:CUB", "iso3:RUS", "iso3:SUN", "iso3:YUG", "iso3:SRB", "cow:678", "iso3:YEM", "iso3:SYR", "cow:730", "iso3:MNE", "iso3:ETH", "gw:711"]


def main():
    folder, tables = sys.argv[1:]
    held = collections.defaultdict(list)
    with open(os.path.join(tables, "gw.csv"), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["number"]:
                held[r["number"]].append((r["from"], r["to"] or OPEN, r["actor"]))
    with open(os.path.join(folder, "ksgmdw.txt"), newline="", encoding="cp1252") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    of = []
    for r in rows:
        first, end = r["start"], r["end"]
        parts = []
        for a, b, actor in sorted(held[r["statenumber"]]):
            if a <= end and b >= first:
                parts.append([actor, max(a, first), min(b, end)])
        parts[-1][2] = OPEN if end == "2020-12-31" else end
        of += parts
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "answer", "reason"])
    out.writerow(["memberships", "all", len(of), "216 rows, and one more for each time that a number passed on"])
    out.writerow(["memberships that go on", "all", sum(e == OPEN for _, _, e in of), ""])
    for year in range(1816, 2021, 6):
        day = "%d-07-01" % year
        out.writerow(["members on", day, len({a for a, s, e in of if s <= day <= e}), ""])
    for actor in STATES:
        mine = sorted((s, e) for a, s, e in of if a == actor)
        out.writerow(["times of", actor, " ".join(s + "/" + (".." if e == OPEN else e) for s, e in mine), ""])


main()
