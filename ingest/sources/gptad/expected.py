"""Counts in the raw file of GPTAD what the graph must answer, by another road than the source.

Names of states are found by the regular expressions of the R package countrycode (English, then French), and not by the
program's tables. It prints JSON.

    python3 expected.py GPTAD.csv codelist_without_cldr.csv
"""

import collections
import csv
import json
import re
import sys
import unicodedata

# What no expression finds, or finds wrongly; and agreements that are in quarantine, by the README.
BY_HAND = {
    "korea": "KOR", "sahrawi": "ESH", "unmik": "XKX", "kosovo": "XKX", "virgin islands": None, "british": "VGB",
    "palestinian authority": "PSE", "palestine liberation organization": "PSE", "palestine authority": None,
    "gabonaise": "GAB", "centrafricaine": "CAF", "buglaria": "BGR", "jordon": "JOR", "luxembourt": "LUX", "luxemburg": "LUX",
    "lichtenstein": "LIE", "northern ireland": None, "islas malvinas": None, "uae": None, "yugoslavia": "YUG",
    "irelande": "IRL", "serbia": "SRB", "st. kitts-nevis-anguilla": "KNA", "netherlands antilles": "ANT",
    "pitcairn": "PCN", "micronesia": "FSM", "herzegovina": None, "zaire": "COD", "republic of zaire": "COD", "overseas countries and territories": None,
    "south asian association for regional cooperation": None, "congo": "COG",
}
ORGANISATIONS = {
    "asean", "andean community", "bimst-ec", "caricom", "cariforum states", "cefta", "caribbean community", "efta", "ec",
    "communaute europeenne", "communauté européenne", "european communitiy", "european community", "european economic area",
    "european atomic energy community", "european coal and steel community", "gulf cooperation council", "mercosur", "saarc", "sacu",
}


def plain(text):
    return " ".join(text.replace("\\r", " ").replace("\\n", " ").split())


def iso(day):
    m, d, y = day.split("/")
    return f"{y}-{m}-{d}"


def slug(text):
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn" and c not in "'’").lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def main(path, codelist):
    with open(codelist, encoding="utf-8", newline="") as f:
        codes = list(csv.DictReader(f))
    patterns = [
        (r["iso3c"], re.compile(r[column], re.I))
        for column in ("country.name.en.regex", "country.name.fr.regex")
        for r in codes
        if r[column] not in ("", "NA") and r["iso3c"] not in ("", "NA")
    ]

    unknown = []

    def find(name):
        name = name.strip(" .()")
        key = re.sub(r"^the ", "", name.lower())
        if key in BY_HAND:
            return BY_HAND[key]
        if key in ORGANISATIONS or not key:
            return None
        for code, pattern in patterns:
            if pattern.search(name):
                return code
        unknown.append(name)

    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    agreements = {}  # by key, a list of what each row says
    for r in rows:
        signed, entered = r["Date.of.Signature"], r["Date.of.Entry.into.Force"]
        key = slug(r["Common.Name"]) + ("-" + iso(signed) if signed != "n/a" else "")
        text = re.sub(r"\bBosnia(,| &| and) Herzegovina", "Bosnia-Herzegovina", plain(r["Membership"]))
        for a, b in (("Trinidad and", "Trinidad &"), ("Antigua and", "Antigua &"), ("Kitts and", "Kitts &"), ("Vincent and", "Vincent &"),
                     ("Tome and", "Tome &"), ("Wallis and", "Wallis &"), ("Pierre and", "Pierre &"), ("Turks and", "Turks &"),
                     ("Georgia and the South", "Georgia & the South"), ("Britain and", "Britain &"), ("Countries and", "Countries &"),
                     ("Finland France", "Finland, France"), ("Spain Sweden", "Spain, Sweden"), ("Thailand Vietnam", "Thailand, Vietnam"),
                     ("Singapore - Korea", "Singapore, Korea"), ("Overseas Countries & Territories", ""), ("European Coal and Steel Community", ""),
                     ("China (Taiwan)", "Taiwan")):
            text = text.replace(a, b)
        found = {find(n) for n in re.split(r"[,;()]|\band\b", text)} - {None}
        state = r["In.force.status"]
        bad = (
            not found
            or (signed != "n/a" and entered != "N/A" and iso(entered) < iso(signed))
            or (state.startswith("signed") and entered != "N/A")
            or (signed == "n/a" and entered == "N/A" and found & {"SRB", "RUS"})  # whose name passed on, and without a date
        )
        agreements.setdefault(key, []).append((found, state, entered, signed, bad))

    if unknown:
        raise SystemExit(f"no expression finds {sorted(set(unknown))}")
    out = {"Rows": len(rows), "Parties": {}, "Quarantined": [], "Status": collections.Counter(), "Decades": collections.Counter(), "InForce": {}}
    known = {}
    for key, of in agreements.items():
        if any(x[4] for x in of):
            out["Quarantined"].append(key)
            continue
        found, state, entered, signed, _ = min(of, key=lambda x: (x[2] == "N/A", x[1] in ("", "unknown")))
        known[key] = (found, state, entered)
        date = iso(signed) if signed != "n/a" else iso(entered) if entered != "N/A" else ""
        if date < "2006-06-04" and "SRB" in found and date:
            found = (found - {"SRB"}) | {"YUG"}
        out["Parties"][key] = sorted(found)
        out["Status"][state] += 1
        if signed != "n/a":
            out["Decades"][iso(signed)[:3] + "0"] += 1
    # Certainly in force: the database says so, with a day, and says nothing of an end.
    pairs = [("AUT", "FIN"), ("CHL", "MEX"), ("MEX", "COL"), ("IND", "LKA"), ("TUR", "ISR"), ("EGY", "JOR"), ("SGP", "USA"), ("JPN", "MEX"),
             ("KAZ", "UKR"), ("NOR", "CHE"), ("DEU", "FRA"), ("ZAF", "BWA"), ("CRI", "SLV"), ("AUS", "NZL"), ("EST", "UKR")]
    for a, b in pairs:
        for day in ("1985-06-01", "1996-06-01", "2005-06-01", "2010-12-01"):
            out["InForce"][f"{a} {b} {day}"] = sorted(
                k for k, (found, state, entered) in known.items()
                if state == "in force" and entered != "N/A" and iso(entered) <= day and {a, b} <= found
            )
    out["Quarantined"].sort()
    json.dump(out, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
