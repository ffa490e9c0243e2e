#!/usr/bin/env python3
"""Numbers that the graph must give, counted straight from the file of Territorial Change, version 6.

    python3 expected.py FOLDER TABLES          prints expected.csv

TABLES is the folder of the registry's tables (cow.csv: who held which number when). Standard library only, and nothing of
the program.
"""
import calendar
import collections
import csv
import os
import sys

OPEN = "9999-12-31"
MORE = {"563": "gw:563", "564": "gw:564", "815": "gw:815"}  # see README.md


def main():
    folder, tables = sys.argv[1:]
    spells = collections.defaultdict(list)
    with open(os.path.join(tables, "cow.csv"), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["number"]:
                spells[r["number"]].append((r["from"], r["to"] or OPEN, r["actor"]))

    def holder(number, r):
        """Who had a number on the first day of a change's date, else in it, else who alone ever had it. None: no state."""
        if number in MORE:
            return MORE[number]
        if number not in spells:
            return None
        if r["month"] == ".":
            first, last = r["year"] + "-01-01", r["year"] + "-12-31"
        else:
            month = int(r["month"])
            first = "%s-%02d-01" % (r["year"], month)
            last = "%s-%02d-%02d" % (r["year"], month, calendar.monthrange(int(r["year"]), month)[1])
        for start, end in ((first, first), (first, last)):
            for a, b, actor in sorted(spells[number]):
                if a <= end and b >= start:
                    return actor
        only = {actor for _, _, actor in spells[number]}
        return only.pop() if len(only) == 1 else "?"

    with open(os.path.join(folder, "tc2018.csv"), newline="", encoding="ascii") as f:
        rows = list(csv.DictReader(f))
    n = collections.Counter()
    dyads = collections.defaultdict(set)
    for r in rows:
        gainer, loser = holder(r["gainer"], r), holder(r["loser"], r)
        if "?" in (gainer, loser) or not gainer and not loser:
            n["in quarantine", r["number"]] += 1
            continue
        n["changes", "all"] += 1
        n["changes of type", "INDEPENDENCE" if r["indep"] == "1" else "TRANSFER"] += 1
        n["changes in the decade", r["year"][:3] + "0"] += 1
        n["changes dated by", "year" if r["month"] == "." else "month"] += 1
        n["changes by procedure", r["procedur"]] += 1
        n["changes with a conflict", r["conflict"]] += 1
        n["gained by", gainer or "no state"] += 1
        if loser != gainer:
            n["lost by", loser or ("nobody" if r["loser"] == "-9" else "no state")] += 1
        if r["indep"] == "1":
            n["independences of", loser or "nobody"] += 1
        if gainer and loser and gainer != loser:
            dyads[gainer, loser].add(r["number"])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "answer", "reason"])
    for (what, of), count in sorted(n.items()):
        out.writerow([what, of, count, ""])
    for (gainer, loser), numbers in sorted(dyads.items()):
        if len(numbers) > 3:
            out.writerow(["gained from", gainer + " " + loser, len(numbers), ""])


main()
