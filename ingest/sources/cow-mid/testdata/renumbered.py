#!/usr/bin/env python3
"""Compares versions 4.3 and 5.0 of MID, and prints decisions.csv: which number of 5.0 a number that it gave up became.

    python3 renumbered.py FOLDER-OF-4.3 FOLDER-OF-5.0

What is printed is what both versions agree on: the same states, and the same first day. It says on standard error what they do not
agree on: numbers that one of them lacks, and disputes of one number that begin on other days or have other states.
"""
import collections
import csv
import os
import sys


def rows(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="ascii") as f:
        return list(csv.DictReader(f))


def begins(r):
    return "-".join(p for p in (r["styear"], r["stmon"].zfill(2), r["stday"].zfill(2)) if p != "-9")


def states(members, number):
    of = collections.defaultdict(set)
    for m in members:
        of[m[number]].add(int(m["ccode"]))
    return of


old, new = sys.argv[1:]
disputes = {r["dispnum"]: r for r in rows(new, "MIDA 5.0.csv")}
now, then = states(rows(new, "MIDB 5.0.csv"), "dispnum"), states(rows(old, "MIDB 4.3.csv"), "dispnum3")
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["older", "number", "begins", "states"])
seen = set()
for r in sorted(rows(old, "MIDA 4.3.csv"), key=lambda r: int(r["dispnum3"])):
    number, older = r["dispnum3"], r["dispnum4"]
    seen.add(number)
    same = number in disputes and begins(disputes[number]) == begins(r) and now[number] == then[number]
    if not same:
        print("%s (%s): %s and %s, %s and %s" % (number, older, begins(r), begins(disputes[number]) if number in disputes else "none", sorted(then[number]), sorted(now[number])), file=sys.stderr)
    if older != "-9" and same:
        out.writerow([older, number, begins(r), " ".join(str(s) for s in sorted(now[number]))])
print("%d disputes of 5.0 are not in 4.3" % len(set(disputes) - seen), file=sys.stderr)
