#!/usr/bin/env python3
"""Counts in the files of us-travels, by another road than the source: python3 expected.py FOLDER > testdata/expected.csv

Nothing is shared with the Go code. What is counted:

  legs,ROLE/WHO,,N            legs of a traveller, those that stand twice in the file once
  records,ROLE,,N             records in all files of an office
  country,ID,YEAR,N           legs to a country that began in a year, without those in which only others were met (met.csv)
  summits,DECADE,,N           legs of presidents whose remarks have the word "summit", by decade
  elect,,,N                   legs made as President-elect
"""
import collections
import csv
import glob
import os
import re
import sys
import xml.etree.ElementTree as ET


def main(folder):
    trips = []
    for path in sorted(glob.glob(os.path.join(folder, "*-travels", "*.xml"))):
        for t in ET.parse(path).getroot():
            text = {c.tag: re.sub(r"\s+", " ", "".join(c.itertext())).strip() for c in t}
            text["who"], text["cid"] = t.get("who"), t.find("country").get("id")
            trips.append(text)
    out = csv.writer(sys.stdout, lineterminator="\n")
    for role, n in sorted(collections.Counter(t["role"] for t in trips).items()):
        out.writerow(["records", role, "", n])
    legs = {}
    for t in trips:  # the same leg under two numbers is one
        legs.setdefault((t["who"], t["cid"], t["start-date"], t["end-date"], t["locale"], t["remarks"]), t)
    legs = list(legs.values())
    for who, n in sorted(collections.Counter((t["role"] + "/" + t["who"]) for t in legs).items()):
        out.writerow(["legs", who, "", n])
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "met.csv"), newline="") as f:
        elsewhere = {r["trip"] for r in csv.DictReader(f) if r["host"] == "no"}
    there = [t for t in legs if t["id"] not in elsewhere]
    for (cid, year), n in sorted(collections.Counter((t["cid"], t["start-date"][:4]) for t in there).items()):
        out.writerow(["country", cid, year, n])
    presidents = [t for t in legs if t["role"] == "president"]
    summits = [t for t in presidents if "summit" in t["remarks"].lower() and "President-elect" not in t["remarks"]]
    for decade, n in sorted(collections.Counter(t["start-date"][:3] + "0" for t in summits).items()):
        out.writerow(["summits", decade, "", n])
    out.writerow(["elect", "", "", sum("[Visit made as President-elect.]" in t["remarks"] for t in legs)])


if __name__ == "__main__":
    main(sys.argv[1])
