#!/usr/bin/env python3
"""Computes from the raw files of ATOP 4.01 what the graph must answer: by another road than the source, and in its own
words. Standard library only. Prints JSON; real_test.go compares.

    python3 expected.py FOLDER

Actors stand here by their COW number. A number is the same actor all the time, except for those in SUCCESSOR, where it
passes to another one from a day on, and those in SAME, which name an actor that has another number too.
"""

import collections
import csv
import json
import os
import sys

OPEN = "9999-99-99"
TYPES = ["defense", "offense", "neutral", "nonagg", "consul"]
SAME = {"260": "255"}  # the Federal Republic, before and after 1990


def find(folder):
    """The two files, by a column that only one of them has."""
    alliances = members = None
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".csv"):
            continue
        with open(os.path.join(folder, name), newline="") as f:
            rows = list(csv.DictReader(f))
        if "mem1" in rows[0]:
            alliances = rows
        elif "obvary" in rows[0]:
            members = rows
    return alliances, members


def text(year, month, day):
    """A date as precise as the cells: 1815-11, 1815-11-20."""
    if year == "0":
        return ""
    return "-".join(["%04d" % int(year)] + ["%02d" % int(x) for x in (month, day) if x != ""])


def first(date):
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def last(date):
    """Sorts at or behind the last day of the date; good for comparing, not for printing."""
    return OPEN if date == "" else (date + "-99-99")[:10]


def enters(m):
    return text(m["yrent"], m["moent"], m["dayent"])


def leaves(m):
    return text(m["yrexit"], m["moexit"], m["dayexit"])


def holds(m, day):
    """Whether a row holds on a day: from its first to its last day, both included."""
    return first(enters(m)) <= day <= last(leaves(m))


def actor(number):
    return SAME.get(number, number)


def parted(m, n):
    """Whether two rows of an alliance that hold on one day are of different phases at once."""
    return m["phase"] != n["phase"] and not (leaves(m) == enters(n) or leaves(n) == enters(m))


def owes(rows, by, toward, kind, day):
    """Whether one owes another an obligation of a kind on a day, in any alliance."""
    for m in rows:
        if actor(m["member"]) != by or m[kind] != "1" or not holds(m, day):
            continue
        for n in rows:
            if n["atopid"] == m["atopid"] and actor(n["member"]) == toward and holds(n, day) and not parted(m, n):
                return True
    return False


def stays(rows):
    """Entry and exit of each member of one alliance, where rows follow one another without a day between."""
    out = []
    by = collections.defaultdict(list)
    for m in rows:
        by[actor(m["member"])].append(m)
    for number, own in by.items():
        own.sort(key=lambda m: (first(enters(m)), m["phase"]))
        current = None
        for m in own:
            e, x = enters(m), leaves(m)
            if current and (current[1] == "" or first(e) <= next_day(current[1])):
                if x == "" or current[1] != "" and last(x) > last(current[1]):
                    current[1] = x
            else:
                current = [e, x]
                out.append(current)
    return out


def next_day(date):
    """The day after a date, for comparing."""
    if len(date) < 10:
        return last(date)
    import datetime

    return str(datetime.date.fromisoformat(date) + datetime.timedelta(days=1))


def in_force(alliance, rows, day):
    """Yes from its beginning to the day before its end, except where nobody was a member for a time; perhaps while the end
    may be on that day or before."""
    end = text(alliance["endyr"], alliance["endmo"], alliance["endday"])
    begin = text(alliance["begyr"], alliance["begmo"], alliance["begday"])
    if not first(begin) <= day:
        return "no"
    if end and first(end) <= day:
        return "perhaps" if len(end) < 10 and day < last(end) else "no"
    return "yes" if any(first(enters(m)) <= day < first(leaves(m) or OPEN) for m in rows) else "no"


# By whom, toward whom, which, on which day: asked in both directions.
QUESTIONS = [
    ("2", "740", "defense", ["1950-01-01", "1952-01-01", "1960-01-01", "1960-06-01", "2000-01-01", "2016-12-31"]),
    ("2", "740", "consul", ["1955-01-01", "1970-01-01"]),
    ("2", "732", "defense", ["1953-01-01", "1954-01-01", "2016-12-31"]),
    ("2", "200", "defense", ["1920-01-01", "1943-01-01", "1948-01-01", "1950-01-01", "2016-12-31"]),
    ("731", "710", "defense", ["1955-01-01", "1965-01-01", "2016-12-31"]),
    ("731", "365", "defense", ["1965-01-01", "1990-01-01", "2000-01-01"]),
    ("710", "365", "defense", ["1945-09-01", "1955-01-01", "1985-01-01"]),
    ("220", "200", "offense", ["1855-01-01", "1915-01-01", "1939-12-01"]),
    ("220", "200", "defense", ["1900-01-01", "1939-12-01", "1950-01-01"]),
    ("255", "365", "nonagg", ["1930-01-01", "1940-01-01", "1942-01-01", "2000-01-01"]),
    ("255", "365", "neutral", ["1888-01-01", "1927-01-01"]),
    ("255", "300", "defense", ["1881-01-01", "1914-07-01"]),
    ("255", "325", "offense", ["1888-01-01", "1940-01-01"]),
    ("255", "740", "defense", ["1939-01-01", "1941-01-01"]),
    ("255", "220", "defense", ["1930-01-01", "1960-01-01", "2016-12-31"]),
    ("360", "316", "defense", ["1993-06-01", "1994-01-01"]),
    ("360", "317", "defense", ["1993-06-01", "1994-01-01"]),
    ("316", "317", "defense", ["1993-06-01", "2004-01-01"]),
    ("339", "365", "defense", ["1960-01-01", "1975-01-01"]),
    ("704", "365", "defense", ["1995-01-01", "2003-01-01", "2008-01-01", "2014-01-01"]),
    ("651", "663", "defense", ["1960-01-01", "1985-01-01", "1995-01-01"]),
    ("40", "2", "defense", ["1955-01-01", "1970-01-01"]),
    ("350", "2", "defense", ["1951-01-01", "1952-01-01"]),
    ("732", "740", "nonagg", ["1990-01-01", "2005-01-01"]),
    ("732", "740", "defense", ["1990-01-01", "2005-01-01"]),
    ("235", "230", "consul", ["1939-12-31", "1950-01-01"]),
    ("200", "380", "defense", ["1855-12-01"]),
    ("220", "815", "defense", ["1875-01-01"]),
    ("130", "135", "defense", ["1840-01-01"]),
]

# The number that stands for a member whose own is in no list: Annam.
NUMBERS = {"8152": "815"}


def main(folder):
    alliances, members = find(folder)
    for m in members:
        m["member"] = NUMBERS.get(m["member"], m["member"])
    rows = collections.defaultdict(list)
    for m in members:
        rows[m["atopid"]].append(m)
    obligations = []
    for a, b, kind, days in QUESTIONS:
        for day in days:
            for by, toward in ((a, b), (b, a)):
                obligations.append({"by": by, "toward": toward, "type": kind, "day": day, "owed": owes(members, by, toward, kind, day)})
    years = {}
    for year in range(1815, 2017):
        day = "%d-07-01" % year
        said = collections.Counter(in_force(a, rows[a["atopid"]], day) for a in alliances)
        years[day] = [said["yes"], said["perhaps"]]
    dyads = {}
    for year in (1850, 1880, 1914, 1938, 1970, 2016):
        day = "%d-07-01" % year
        pairs = set()
        for own in rows.values():
            here = [m for m in own if first(enters(m)) <= day < first(leaves(m) or OPEN)]
            for m in here:
                if m["defense"] == "1" or m["offense"] == "1":
                    for n in here:
                        if actor(n["member"]) != actor(m["member"]) and not parted(m, n):
                            pairs.add(tuple(sorted((actor(m["member"]), actor(n["member"])))))
        dyads[day] = sorted(pairs)
    held = collections.Counter()
    for number, day in (("3180", "1950-01-01"), ("3180", "1960-01-01"), ("3180", "2000-01-01"), ("3180", "2016-12-31"), ("3285", "1960-01-01"), ("3285", "1970-01-01"), ("3285", "1991-01-01"), ("3755", "2016-12-31"), ("3075", "1960-01-01"), ("3075", "2016-12-31"), ("2550", "1945-05-01"), ("3205", "1985-01-01"), ("1350", "1914-01-01")):
        held[number + " " + day] = len({actor(m["member"]) for m in rows[number] if holds(m, day)})
    json.dump(
        {
            "alliances": len(alliances),
            "rows": len(members),
            "obligations": obligations,
            "stays": {n: sorted(stays(own)) for n, own in rows.items()},
            "inForce": years,
            "dyads": dyads,
            "members": held,
            "varying": sum(m["obvary"] == "1" for m in members),
            "open": sum(a["endyr"] == "0" for a in alliances),
        },
        sys.stdout,
        indent=1,
    )


main(sys.argv[1])
