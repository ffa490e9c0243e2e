"""Counts in the raw file of DESTA what the graph must answer, by another road than the source.

It reads the file with the standard library, knows nothing of the program, and prints JSON. States are numbers of ISO 3166-1
as the file has them; whom they name is for the registry. What the README says of slips is repeated here as data.

    python3 expected.py DESTA.csv
"""

import collections
import csv
import json
import re
import sys

# Rows and cells that are not read, by the README's list of slips.
NOT_READ = {"330+3"}
NOT_A_MEMBER = {
    ("357+3", "760"), ("357+4", "760"), ("357+5", "760"), ("186+2", "591"), ("243+3", "834"), ("243+3", "516"),
}
NO_FORCE = {"243+2", "243+4"}
# Treaties that are put in quarantine: in force before they were signed.
QUARANTINE = {"419", "1011"}
# Who withdrew, as a person reads it in the title.
WITHDREW = {
    "22_1": "862", "26_1": "862", "149_1": "40 246 752", "192_1": "203 348 616 703 705", "193_1": "100 642",
    "193_2": "191", "243_1": "426 508", "243_2": "516", "243_3": "834", "243_4": "24", "244_1": "268",
    "324_1": "826", "364_1": "646", "367_1": "478", "375_1": "208 826", "375_2": "620", "375_3": "40 246 752",
    "380_1": "40 246 752", "382_1": "40 246 752", "392_1": "40 246 752", "393_1": "40 246 752", "402_1": "40 246 752",
    "434_1": "860", "461_1": "642", "464_1": "862", "465_1": "862", "647_1": "300", "647_2": "724", "672_1": "690",
    "693_1": "862",
}


def members(row):
    seen = []
    for i in range(1, 92):
        v = row[f"c{i}"]
        if v != "NA" and v not in seen and (row["number"], v) not in NOT_A_MEMBER:
            seen.append(v)
    return seen


def main(path):
    with open(path, encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f, delimiter=";") if r["number"] not in NOT_READ]
    heads = {r["number"]: r for r in rows if r["entry_type"] in ("base_treaty", "negotiation", "protocol or amendment")}
    for q in QUARANTINE:
        heads.pop(q)

    # Every time of every party, as [first year or "", last year or ""]; "" is the treaty's own.
    stays = {n: [[m, "", ""] for m in members(r)] for n, r in heads.items()}
    accessions, withdrawals = collections.Counter(), collections.Counter()
    events = [r for r in rows if r["entry_type"] in ("accession", "withdrawal")]
    for r in sorted(events, key=lambda r: (int(r["year"]), r["entry_type"])):
        of = stays[re.split(r"[+_]", r["number"])[0]]
        if r["entry_type"] == "accession":
            now = {s[0] for s in of if not s[2]}
            force = r["entryforceyear"]
            since = r["year"] if force == "NA" or r["number"] in NO_FORCE else force
            for m in members(r):
                if m not in now:
                    of.append([m, since, ""])
                    accessions[r["year"]] += 1
        else:
            for m in WITHDREW[r["number"]].split():
                s = next(s for s in of if s[0] == m and not s[2])
                s[2] = r["year"]
                withdrawals[r["year"]] += 1

    # In force between two, as far as the list says: entered into force in an earlier year, both party on the first of July.
    # Nothing says that it still is.
    pairs = [("36", "554"), ("124", "840"), ("840", "484"), ("752", "246"), ("752", "56"), ("826", "372"), ("862", "170"),
             ("40", "528"), ("616", "203"), ("642", "100"), ("398", "643"), ("690", "710"), ("788", "504"), ("784", "682"),
             ("392", "702"), ("704", "410"), ("152", "156"), ("356", "144"), ("818", "300"), ("578", "352")]
    in_force = {}
    for a, b in pairs:
        for year in range(1960, 2021, 10):
            found = []
            for n, r in heads.items():
                if r["entryforceyear"] == "NA" or int(r["entryforceyear"]) >= year:
                    continue
                here = [any(s[0] == who and (not s[1] or int(s[1]) <= year) and (not s[2] or int(s[2]) >= year) for s in stays[n]) for who in (a, b)]
                if all(here):
                    found.append(n)
            in_force[f"{a} {b} {year}-07-01"] = sorted(found)

    decades = collections.Counter(r["year"][:3] + "0" for r in heads.values() if r["year"] != "NA")
    json.dump({
        "Rows": len(rows) + len(NOT_READ),
        "Kinds": collections.Counter(r["entry_type"] for r in heads.values()),
        "Stays": {
            n: sorted([f"{int(s[0]):03d}", s[1] if s[1] != heads[n]["year"] else "", s[2]] for s in of)
            for n, of in stays.items()
        },
        "Accessions": accessions,
        "Withdrawals": withdrawals,
        "InForce": in_force,
        "Decades": decades,
        "Entered": collections.Counter(r["entryforceyear"] for r in heads.values() if r["entryforceyear"] != "NA"),
    }, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main(sys.argv[1])
