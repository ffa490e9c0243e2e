#!/usr/bin/env python3
"""Numbers that the graph must give, counted straight from the file of the ICOW Colonial History.

    python3 expected.py FOLDER TABLES          prints expected.csv

TABLES is the folder of the registry's tables (cow.csv: who held which number when). Standard library only, and nothing of
the program.
"""
import collections
import csv
import os
import sys

OPEN = "9999-12-31"


def main():
    folder, tables = sys.argv[1:]
    spells = collections.defaultdict(list)
    with open(os.path.join(tables, "cow.csv"), newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["number"]:
                spells[r["number"]].append((r["from"], r["to"] or OPEN, r["actor"]))
    for s in spells.values():
        s.sort()
    spells["89"] = [("1816-01-01", OPEN, "gw:89")]  # the United Provinces of Central America: see README.md

    def on(date):
        year, month = date[:-2].zfill(4), date[-2:]
        return (year + "-01-01", year + "-12-31") if month == "00" else (year + "-" + month + "-01", year + "-" + month + "-31")

    def holder(number, date):
        """Who had a number on the first day of a date, else in it, else who alone ever had it."""
        first, last = on(date)
        for start, end in ((first, first), (first, last)):
            for a, b, actor in spells[number]:
                if a <= end and b >= start:
                    return actor
        (only,) = {actor for _, _, actor in spells[number]}
        return only

    def self(number, date):
        return spells[number][0][2] if on(date)[1] < spells[number][0][0] else holder(number, date)

    with open(os.path.join(folder, "coldata110.csv"), newline="", encoding="utf-8-sig") as f:
        rows = list(csv.DictReader(f))
    n = collections.Counter()
    pairs = {}
    for r in rows:
        of, date = r["State"], r["IndDate"]
        n["independences", "all"] += 1
        n["independences by kind", r["IndType"]] += 1
        n["independences, violent or not", r["IndViol"]] += 1
        n["independences begun in", on(date)[0][:2] + "00"] += 1
        if int(date[:-2]) >= 1940:
            n["independences in the year", date[:-2]] += 1
        me = self(of, date)
        other = holder(r["IndFrom"], date) if r["IndFrom"] != "-9" else None
        if other == me:
            other = None
        n["independences of", other or "nobody"] += 1
        pairs["independence of", me] = pairs.get(("independence of", me), []) + [on(date)[0][:4] + (" from " + other if other else "")]
        if other:
            n["successions", "all"] += 1
        if r["SecFrom"] != "-9":
            then, away = self(of, r["SecDate"]), holder(r["SecFrom"], r["SecDate"])
            if not (r["SecDate"] == date and r["IndFrom"] != "-9" and away == holder(r["IndFrom"], date)):
                n["secessions that are another event", "all"] += 1
                pairs["secession of", then] = [on(r["SecDate"])[0][:4] + " from " + away]
                if then == me and away not in (me, other):
                    n["successions", "all"] += 1
        if r["Into"] != "-9":
            then, into = self(of, r["IntoDate"]), holder(r["Into"], r["IntoDate"])
            if then != into:
                n["mergers", "all"] += 1
                pairs["merger of", then] = [on(r["IntoDate"])[0][:7] + " into " + into]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["what", "of", "answer", "reason"])
    for (what, of), count in sorted(n.items()):
        out.writerow([what, of, count, ""])
    for (what, of), said in sorted(pairs.items()):
        if what != "independence of" or of in ("iso3:KOR", "iso3:PRK", "iso3:USA", "iso3:IND", "iso3:DZA", "iso3:DEU", "iso3:RUS", "iso3:EST", "iso3:SVK", "iso3:GTM", "iso3:TLS", "iso3:SSD", "iso3:YEM", "iso3:SMR", "iso3:DNK", "iso3:JPN", "iso3:IRQ", "iso3:ISR", "cow:347", "iso3:SRB"):
            out.writerow([what, of, "; ".join(sorted(said)), ""])


main()
