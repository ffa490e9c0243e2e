#!/usr/bin/env python3
"""Counts in the file of spells, by a road of its own, what the graph must answer: expected.py FILE > expected.csv

spells,STATUS,,N      rows with a status
open,DAY,,N           states with any mission on a day
level,DAY,STATUS,N    states with a status on a day
status,DAY,NUMBER,S   the status in a state on a day; empty: no row speaks of the day
"""
import csv
import sys
from collections import Counter

DAYS = ["1816-01-01", "1840-06-15", "1861-04-12", "1893-12-31", "1905-01-01", "1914-07-28", "1917-04-06", "1919-12-31", "1925-06-01", "1939-09-01",
        "1941-12-07", "1941-12-08", "1945-05-08", "1949-10-01", "1950-06-25", "1962-10-28", "1967-06-06", "1973-01-27", "1989-11-09", "1991-12-25",
        "2001-12-17", "2012-02-05", "2012-02-06", "2020-02-29", "2021-08-31", "2021-11-12", "2024-12-31"]
STATES = ["2", "20", "40", "41", "70", "200", "210", "220", "255", "260", "305", "345", "365", "630", "640", "645", "651", "652", "660", "700",
          "710", "731", "732", "740", "775", "800", "816", "817", "850"]


def main(path):
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    out = csv.writer(sys.stdout, lineterminator="\n")
    for status, n in sorted(Counter(r["us_mission_status"] for r in rows).items()):
        out.writerow(["spells", status, "", n])
    for day in DAYS:
        on = {}
        for r in rows:
            if r["date_start"] <= day <= r["date_end"]:
                on[r["country_code_cow"]] = r["us_mission_status"]
        out.writerow(["open", day, "", sum(s != "None" for s in on.values())])
        for status, n in sorted(Counter(on.values()).items()):
            out.writerow(["level", day, status, n])
        for code in STATES:
            out.writerow(["status", day, code, on.get(code, "")])


main(sys.argv[1])
