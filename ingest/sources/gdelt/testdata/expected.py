"""Counts what the graph must answer from the headed sample of GDELT, by another road than the importer: the csv module,
no code of the program. Usage: expected.py FILE STATES_TABLES > expected.csv

Kept is what an actor of one state did toward one of another: both country codes are there, differ, and are ISO's.
A state's series count what its parts did as well (parts.csv), except between the two themselves.
"""

import csv
import sys
from collections import defaultdict

csv.field_size_limit(1 << 24)
events = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
iso = {row["alpha3"] for row in csv.DictReader(open(sys.argv[2] + "/iso.csv", encoding="utf-8"))}
wholes = defaultdict(list)
for row in csv.DictReader(open(sys.argv[2] + "/parts.csv", encoding="utf-8")):
    wholes[row["part"]].append((row["whole"], row["from"] or "0000", row["to"] or "9999"))


def sides(code, day):
    """The state itself, and what it is part of on that day."""
    found = ["iso3:" + code]
    for part in found:
        found += [w for w, a, b in wholes[part] if a <= day <= b + "~" and w not in found]
    return found


out = defaultdict(int)
tenths, counted = defaultdict(int), defaultdict(int)
for e in events:
    a, b = e["Actor1CountryCode"], e["Actor2CountryCode"]
    if a not in iso or b not in iso or a == b:
        out["left out", "", "", ""] += 1
        continue
    day = "-".join((e["SQLDATE"][:4], e["SQLDATE"][4:6], e["SQLDATE"][6:]))
    out["acts", "", "", ""] += 1
    out["acts of the day", "", "", day] += 1
    out["acts with topic", "", "", "any"] += 0
    out["acts by quad class", "", "", e["QuadClass"]] += 1
    out["acts by root", "", "", e["EventRootCode"]] += 1
    out["mentions", "", "", ""] += int(e["NumMentions"])
    for role in {e[f"Actor{n}Type{i}Code"] for n in "12" for i in "123"}:
        if role in ("GOV", "MIL", "REB"):
            out["acts with a role", "", "", role] += 1
    for dyad in {tuple(sorted((x, y))) for x in sides(a, day) for y in sides(b, day) if x != y}:
        if dyad[0] in sides(b, day) and dyad[0] in sides(a, day):
            continue
        month = day[:7]
        out["acts of the dyad", *dyad, month] += 1
        out["quad " + e["QuadClass"], *dyad, month] += 1
        tenths[dyad, month] += round(float(e["GoldsteinScale"]) * 10)
        counted[dyad, month] += 1

for (dyad, month), n in counted.items():
    if n >= 2:  # thousandths, halves away from zero, in whole numbers
        t = tenths[dyad, month] * 100
        out["mean Goldstein, thousandths", *dyad, month] = (abs(t) + n // 2) // n * (1 if t >= 0 else -1)
del out["acts with topic", "", "", "any"]
w = csv.writer(sys.stdout, lineterminator="\n")
w.writerow(["what", "a", "b", "when", "number"])
often = {k[1:3] for k, n in out.items() if k[0] == "acts of the dyad" and n >= 3}
for key in sorted(out):
    if key[1] and key[1:3] not in often:
        continue
    w.writerow([*key, out[key]])
