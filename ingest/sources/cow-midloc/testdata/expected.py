#!/usr/bin/env python3
"""Numbers that the graph must give, computed straight from the files of MIDLOC 2.0 and MID 5.0.

    python3 expected.py DATA MID5             prints expected.csv
    python3 expected.py DATA MID5 --places    prints every place of a dispute or incident that MID 5.0 has: key, latitude,
                                              longitude, place

Standard library only, and nothing of the program: this is the other road to the same numbers.
"""
import collections
import csv
import os
import sys


def rows(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="cp1252") as f:
        return list(csv.DictReader(f))


def main(folder, mid, *how):
    out = csv.writer(sys.stdout, lineterminator="\n")
    there = {"cow-mid:" + r["dispnum"]: r["styear"] for r in rows(mid, "MIDA 5.0.csv")}
    there.update({"cow-mid:incident-" + r["incidnum"]: r["styear"] for r in rows(mid, "MIDI 5.0.csv")})
    if not how:
        out.writerow(["what", "of", "with", "number"])
    for name, kind, column, key in (("MIDLOCA_2.0.csv", "disputes", "dispnum", "cow-mid:"), ("MIDLOCI_2.0.csv", "incidents", "incidnum", "cow-mid:incident-")):
        all_ = rows(folder, name)
        known = [r for r in all_ if r["midloc2_precision"] != "-99"]
        if how:
            for r in known:
                if key + r[column] in there:
                    out.writerow([key + r[column], float(r["midloc2_ylatitude"]), float(r["midloc2_xlongitude"]), " ".join(r["midloc2_location"].split())])
            continue
        out.writerow(["rows without a place", kind, "", len(all_) - len(known)])
        out.writerow(["places", kind, "", len(known)])
        for what, counts in (
            ("places with precision", collections.Counter(r["midloc2_precision"] for r in known)),
            ("places in the decade", collections.Counter(r["year"][:3] + "0" for r in known)),
        ):
            for k in sorted(counts):
                out.writerow([what, kind, k, counts[k]])
        for r in known:
            if key + r[column] not in there:
                out.writerow(["not in MID 5.0", key + r[column], "", 1])
            elif there[key + r[column]] != r["year"]:
                out.writerow(["another year in MID 5.0", key + r[column], "", 1])


main(*sys.argv[1:])
