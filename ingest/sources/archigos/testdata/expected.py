#!/usr/bin/env python3
"""Numbers that the graph must give, counted in the Stata file of Archigos 4.1, which the program does not read: it has a row
for each tenure, where the text file that is read has one for each year of it.

    python3 expected.py ARCHIGOS TABLES MID          prints expected.csv

ARCHIGOS is the folder with the .dta, TABLES the registry's (gw.csv, cow.csv: who held which number when), MID the folder of MID 5.0.
Standard library only, and nothing of the program.
"""
import collections
import csv
import os
import struct
import sys

LAST = "2015-12-31"
OPEN = "9999-12-31"


def dta(path):
    """The rows of a Stata file of release 118."""
    b = open(path, "rb").read()

    def after(tag):
        return b.index(b"<" + tag + b">") + len(tag) + 2

    columns = struct.unpack_from("<H", b, after(b"K"))[0]
    rows = struct.unpack_from("<Q", b, after(b"N"))[0]
    places = struct.unpack_from("<14Q", b, after(b"map"))
    types = struct.unpack_from("<%dH" % columns, b, places[2] + len("<variable_types>"))
    names_at = places[3] + len("<varnames>")
    names = [b[names_at + 129 * i:names_at + 129 * (i + 1)].split(b"\0")[0].decode() for i in range(columns)]
    at = places[9] + len("<data>")
    numbers = {65526: "<d", 65527: "<f", 65528: "<i", 65529: "<h", 65530: "<b"}
    for _ in range(rows):
        row = {}
        for name, kind in zip(names, types):
            if kind in numbers:
                row[name] = struct.unpack_from(numbers[kind], b, at)[0]
                at += struct.calcsize(numbers[kind])
            else:
                cell = b[at:at + kind].split(b"\0")[0]
                try:
                    row[name] = cell.decode()
                except UnicodeDecodeError:  # the file mixes charsets
                    row[name] = cell.decode("latin-1")
                row[name] = row[name].strip()
                at += kind
        yield row


def holders(folder, table):
    spells = collections.defaultdict(list)
    with open(os.path.join(folder, table), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["number"]:
                spells[r["number"]].append((r["from"], r["to"] or OPEN, r["actor"]))
    return {n: sorted(s) for n, s in spells.items()}


def whose(spells, number, first, last):
    """Who held a number in some days, in turn; who alone ever did, where nobody did then."""
    actors = []
    for start, end, actor in spells[number]:
        if start <= last and end >= first and actor not in actors:
            actors.append(actor)
    return actors or sorted({a for _, _, a in spells[number]})[:1]


# Whoever has the leadid of somebody else: see README.md.
OTHERS = {"CAN-1921": "CAN-1921", "CAN-1926-2": "CAN-1921", "CAN-1935": "CAN-1921", "HON-1919": "HON-1919", "SWD-1991": "SWD-1991"}

# Leaders on a day: a state of the Gleditsch-Ward list, and its number.
ON = [
    (740, "1904-02-08"), (740, "1941-12-07"), (740, "1945-08-14"), (740, "1998-08-31"), (732, "1950-06-25"), (732, "1965-06-22"),
    (732, "2012-08-10"), (731, "1950-06-25"), (731, "2006-10-09"), (710, "1937-07-07"), (710, "1962-10-20"), (365, "1914-08-01"),
    (365, "1939-08-23"), (365, "1962-10-22"), (365, "2008-08-07"), (2, "1917-04-06"), (2, "1962-10-22"), (2, "2003-03-20"),
    (200, "1938-09-30"), (200, "1956-11-05"), (220, "1940-06-22"), (255, "1914-07-31"), (255, "1939-09-01"), (260, "1961-08-13"),
    (265, "1961-08-13"), (20, "1939-09-10"), (651, "1967-06-05"), (666, "1973-10-06"), (640, "1974-07-20"), (700, "1979-12-24"),
]

# Who governed the parties of a dispute while they were in it: numbers of MID 5.0.
DISPUTES = ["61", "112", "246", "258", "125", "611", "1353", "345", "3552", "4283", "4273", "1293", "257", "51", "3551", "19"]


def date(row, prefix):
    year, month, day = (int(row[prefix + part]) for part in ("year", "mon", "day"))
    if year == -9:
        return None, None
    if month == -9:
        return "%04d-01-01" % year, "%04d-12-31" % year
    if day == -9:
        return "%04d-%02d-01" % (year, month), "%04d-%02d-31" % (year, month)
    return ("%04d-%02d-%02d" % (year, month, day),) * 2


def main():
    folder, tables, mid = sys.argv[1:]
    gw, cow = holders(tables, "gw.csv"), holders(tables, "cow.csv")
    name = next(n for n in os.listdir(folder) if n.endswith(".dta"))
    tenures = list(dta(os.path.join(folder, name)))
    for t in tenures:
        t["person"] = OTHERS.get(t["obsid"], t["leadid"])
        t["of"] = whose(gw, str(t["ccode"]), t["startdate"], t["enddate"])
        t["open"] = t["exit"] == "Still in Office"
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "answer", "reason"])

    def put(what, of, answer, reason=""):
        out.writerow([what, of, answer, reason])

    put("persons", "all", len({t["person"] for t in tenures}), "2802 ids, three of which are two persons'")
    with open(os.path.join(folder, "arch_annual.txt"), encoding="cp1252", newline="\n") as f:
        header = f.readline().rstrip("\n").split("\t")
        women = {r[header.index("leadid")] for r in (line.rstrip("\n").split("\t") for line in f) if r[header.index("gender")] == "F"}
    put("women", "all", len(women), "of the text file: the Stata file has others, Keith Rowley and Mauricio Macri among them")
    put("tenures in the file", "all", len(tenures))
    put("tenures", "all", sum(len(t["of"]) for t in tenures), "one for each holder of the state's number")
    put("tenures that go on when the data ends", "all", sum(t["open"] for t in tenures), "Still in Office, also where the row ends in 2014")
    for column, what in (("entry", "tenures by entry"), ("exit", "tenures by exit"), ("exitcode", "tenures by exit in words")):
        for word, n in sorted(collections.Counter(t[column] for t in tenures).items()):
            put(what, word, n)
    for decade, n in sorted(collections.Counter(t["startdate"][:3] + "0" for t in tenures).items()):
        put("tenures begun in the decade", decade, n)
    for year in range(1875, 2016, 5):
        day = "%d-07-01" % year
        put("leaders in office on", day, sum(t["startdate"] <= day and (t["open"] or t["enddate"] >= day) for t in tenures))
    for actor, n in sorted(collections.Counter(a for t in tenures for a in t["of"]).items()):
        put("tenures of", actor, n)
    for number, day in ON:
        (actor,) = whose(gw, str(number), day, day)
        names = sorted(t["leader"] for t in tenures if t["ccode"] == number and t["startdate"] <= day and (t["open"] or t["enddate"] >= day))
        put("leader of", actor + " on " + day, "; ".join(names))
    with open(os.path.join(mid, "MIDB 5.0.csv"), newline="", encoding="ascii") as f:
        rows = [r for r in csv.DictReader(f) if r["dispnum"] in DISPUTES]
    found = collections.defaultdict(set)
    for r in rows:
        first, last = date(r, "st")[0], date(r, "end")[1] or OPEN
        for actor in whose(cow, r["ccode"], first, last):
            start, end = first, last
            for t in tenures:
                if actor not in t["of"]:
                    continue
                # A state whose number passed on has the tenure, and the row of the dispute, from or to that day only.
                spans = [(s, e) for s, e, a in gw[str(t["ccode"])] if a == actor and len(t["of"]) > 1]
                took = [(s, e) for s, e, a in cow[r["ccode"]] if a == actor and len(whose(cow, r["ccode"], first, last)) > 1]
                begun = max([t["startdate"], start] + [s for s, _ in spans[:1] + took[:1]])
                ended = min([OPEN if t["open"] else t["enddate"], end] + [e for _, e in spans[-1:] + took[-1:]])
                if begun <= ended:
                    found[r["dispnum"]].add((actor, t["leader"]))
    for number in DISPUTES:
        put("leaders of the parties of dispute", number, "; ".join("%s %s" % f for f in sorted(found[number])))


main()
