#!/usr/bin/env python3
"""Counts in the file, by a road of its own, what the graph must answer, as JSON: expected.py FOLDER

records   how many missions have a level in a year, by "YEAR LEVEL", each direction once
at        the level of the mission of SENDER at RECEIVER in YEAR, by "SENDER RECEIVER YEAR" (numbers)
pairs     how many ordered pairs of numbers there are
rows      how many rows
"""
import csv
import glob
import json
import os
import sys

LEVELS = {"0": "NONE", "1": "CHARGE", "2": "MINISTER", "3": "AMBASSADOR"}


def level(code, other, de):
    if de == "1" and code == "0" and other == "0" or de == "0" and code != "0":
        return "UNKNOWN"
    return LEVELS.get(code, "OTHER")


def main(folder):
    at, rows = {}, 0
    for path in glob.glob(os.path.join(folder, "*.csv")):
        with open(path, newline="") as f:
            for r in csv.DictReader(f):
                rows += 1
                a, b, year, one, two, de = (r[c] for c in ["ccode1", "ccode2", "year", "DR_at_1", "DR_at_2", "DE"])
                at[f"{b} {a} {year}"] = level(one, two, de)
                at[f"{a} {b} {year}"] = level(two, one, de)
    records = {}
    for key, lev in at.items():
        k = key.split()[2] + " " + lev
        records[k] = records.get(k, 0) + 1
    pairs = {tuple(k.split()[:2]) for k in at}
    json.dump({"records": records, "at": at, "pairs": len(pairs), "rows": rows}, sys.stdout, indent=1, sort_keys=True)


main(sys.argv[1])
