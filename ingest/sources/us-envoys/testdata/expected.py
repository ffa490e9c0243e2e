#!/usr/bin/env python3
"""Counts in the files, by a road of its own, what the graph must answer: expected.py FOLDER > expected.csv

tenures,,,N             tenures in all: appointments of chiefs who arrived, began or ended on a date
persons,,,N             persons who held one, or have a file
mission,FILE,,N         tenures at a mission
began,YEAR,,N           tenures that began in a year
role,ID,,N              tenures in a role, at missions in countries
holder,MISSION,DAY,IDS  whose tenure at a mission certainly held on a day, as the dates stand there (persons, sorted)
"""
import csv
import glob
import os
import sys
import xml.etree.ElementTree as ET
from collections import Counter

DAYS = ["1853-07-08", "1861-06-01", "1890-01-15", "1914-08-01", "1925-05-05", "1938-11-10", "1950-06-20", "1962-10-20", "1979-06-01", "1990-09-09", "2003-04-01", "2012-02-02"]
MISSIONS = ["japan", "france", "united-kingdom", "mexico", "brazil", "turkey", "spain", "chile", "thailand", "sweden", "denmark", "canada", "israel", "india"]
ABOUT = ["about", "on or ", "approximately", "soon after", "shortly before", "probably", "between ", "circa"]


def text(e, path):
    return " ".join((e.findtext(path) or "").split())


def edge(e, name, rest):
    """The last day on which it may have begun, or the first on which it may have ended; nothing of a date that is about."""
    note = text(e, name + "/note").lower()
    date = text(e, name + "/date")
    return date + rest[len(date):] if date and not any(w in note for w in ABOUT) else ""


def main(folder):
    out = csv.writer(sys.stdout, lineterminator="\n")
    tenures, persons, began, roles, held = Counter(), set(), Counter(), Counter(), {}
    for path in sorted(glob.glob(os.path.join(folder, "missions-*", "*.xml"))):
        root = ET.parse(path).getroot()
        name = os.path.basename(path)[:-4]
        for c in root.find("chiefs").findall("chief"):
            dates = {k: text(c, k + "/date") for k in ("arrived", "started", "ended")}
            if not any(dates.values()):
                continue
            tenures[name] += 1
            persons.add(text(c, "person-id"))
            start = dates["started"] or dates["arrived"]
            if start:
                began[start[:4]] += 1
            if root.tag == "country-mission":
                roles[text(c, "role-title-id")] += 1
            first = edge(c, "started" if dates["started"] else "arrived", "0000-12-31")
            last = edge(c, "ended", "0000-01-01")
            if first and last:
                held.setdefault(name, []).append((first, last, text(c, "person-id")))
    for path in glob.glob(os.path.join(folder, "people", "*.xml")):
        persons.add(text(ET.parse(path).getroot(), "id"))
    out.writerow(["tenures", "", "", sum(tenures.values())])
    out.writerow(["persons", "", "", len(persons)])
    for name, n in sorted(tenures.items()):
        out.writerow(["mission", name, "", n])
    for year, n in sorted(began.items()):
        out.writerow(["began", year, "", n])
    for role, n in sorted(roles.items()):
        out.writerow(["role", role, "", n])
    for name in MISSIONS:
        for day in DAYS:
            out.writerow(["holder", name, day, " ".join(sorted({p for f, l, p in held.get(name, []) if f <= day <= l}))])


main(sys.argv[1])
