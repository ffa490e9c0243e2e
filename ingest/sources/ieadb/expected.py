"""Counts in the raw files of IEADB what the graph must answer, by another road than the source.

The workbook is read as the zip of XML that it is, days are counted from 1899-12-30, and states are found by the regular
expressions of the R package countrycode. It prints JSON.

    python3 expected.py treaties.csv iea-memb.xlsx codelist_without_cldr.csv
"""

import collections
import csv
import datetime
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = datetime.date(1899, 12, 30)
# Treaties that are in quarantine, by the README.
QUARANTINE = {"8441", "2574", "1637"}
# Names that pass from one state to another, and the first day of the later one.
PASSED = {
    "RUS": ("SUN", "1991-12-26"),
    "SRB": ("YUG", "2006-06-04"),
    "YEM": ("cow:678", "1990-05-22"),
}
UNION = "1922-12-30"  # before it, Russia is Russia
LISTED = ("1900-01-01", "2020-12-31")  # on one of these days began what has no date


def holders(code, first, last):
    """Who had a name on one of the days from the first to the last."""
    before, since = PASSED.get(code, (None, ""))
    who = {code} if last >= since or code == "RUS" and first < UNION else set()
    if before and first < since and not (code == "RUS" and last < UNION):
        who.add(before)
    return who


def workbook(path):
    """Yields the rows of the first sheet as lists of cells."""
    with zipfile.ZipFile(path) as z:
        shared = ["".join(t.text or "" for t in si.iter(NS + "t")) for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
        with z.open("xl/worksheets/sheet1.xml") as f:
            for _, row in ET.iterparse(f):
                if row.tag != NS + "row":
                    continue
                cells = [""] * 15
                for c in row:
                    column = ord(re.match("[A-Z]+", c.get("r")).group()) - ord("A")
                    v = c.find(NS + "v")
                    if v is not None and v.text is not None:
                        cells[column] = shared[int(v.text)] if c.get("t") == "s" else v.text
                yield cells
                row.clear()


def day(serial):
    """A day in ISO 8601; nothing for no day and for the years that are none."""
    if not serial:
        return ""
    d = EPOCH + datetime.timedelta(days=int(serial))
    return "" if d.year >= 2500 else d.isoformat()


def main(treaties, members, codelist):
    with open(codelist, encoding="utf-8", newline="") as f:
        patterns = [
            (r["iso3c"], re.compile(r["country.name.en.regex"], re.I))
            for r in csv.DictReader(f)
            if r["iso3c"] not in ("", "NA") and r["country.name.en.regex"] not in ("", "NA")
        ]
    codes = {"Micronesia": "FSM", "European Union": None, "Netherlands Antilles": "ANT"}

    def find(name):
        if name not in codes:
            found = [c for c, p in patterns if p.search(name)]
            if len(found) != 1:
                raise SystemExit(f"{name}: {found}")
            codes[name] = found[0]
        return codes[name]

    with open(treaties, encoding="utf-8", newline="") as f:
        rows = [list(r.values()) for r in csv.DictReader(f)]
    signed, decades, quarantined = {}, collections.Counter(), []
    for r in rows:
        number, year, date, force = r[0], r[2], r[3], r[4]
        date = "" if date == "0000-00-00" or date >= "2500" else date
        if date and date[:4] != year or number in QUARANTINE:
            quarantined.append(number)
            continue
        signed[number] = date or (year if year < "2500" else "")
        if signed[number]:
            decades[signed[number][:3] + "0"] += 1

    sheet = workbook(members)
    header = next(sheet)
    assert header[:2] == ["country", "mitch_id"], header
    out = {k: collections.Counter() for k in ("Signed", "Ratified", "Entered", "Left")}
    parties, bound, memberships = collections.defaultdict(set), collections.defaultdict(list), 0
    sheet = list(sheet)
    # Where members were bound after the end that all rows name, that end is not believed.
    doubtful = {r[1] for r in sheet if day(r[5]) and any(day(e) > day(r[5]) for e in (r[8], r[10], r[12]))}
    for country, number, _, _, _, ended, sig, rat, *eif in sheet:
        memberships += 1
        if number not in signed:
            continue
        code = find(country)
        if code is None:
            continue
        sig, rat, ended = day(sig), day(rat), "" if number in doubtful else day(ended)
        turns = [day(e) for e in eif[:5]]
        for kind, days in (("Signed", [sig]), ("Ratified", [rat]), ("Entered", turns[0::2]), ("Left", turns[1::2])):
            out[kind].update(d[:4] for d in days if d)
        stretches = [(turns[i], turns[i + 1] or (ended if ended >= turns[i] else "")) for i in (0, 2) if turns[i]]
        if turns[4]:
            stretches.append((turns[4], ended if ended >= turns[4] else ""))
        if not stretches and not (sig or rat):  # whoever had the name while it was open
            parties[number] |= holders(code, signed[number] or LISTED[0], ended or LISTED[1])
        at = stretches or [(sig or rat, None)] * bool(sig or rat)
        for begin, end in at:
            who = {code}
            if code in PASSED:
                before, since = PASSED[code]
                if begin < since and not (code == "RUS" and begin < UNION):
                    who = {before}
                    if end is not None and (not end or end >= since):
                        who.add(code)
            parties[number] |= who
        bound[code] += [(number, b, e) for b, e in stretches]

    pairs = [("FRA", "DEU"), ("USA", "CAN"), ("JPN", "KOR"), ("ISL", "NOR"), ("BRA", "ARG"), ("IND", "PAK"), ("ZAF", "NAM"), ("AUS", "NZL"),
             ("EGY", "SDN"), ("CHN", "VNM"), ("GBR", "IRL"), ("TUR", "GRC"), ("MEX", "USA"), ("FIN", "EST")]
    both = {}
    for a, b in pairs:
        for on in ("1960-01-01", "1985-07-01", "1995-07-01", "2015-01-01"):
            now = [{n for n, s, e in bound[c] if s <= on and (not e or on <= e)} for c in (a, b)]
            both[f"{a} {b} {on}"] = sorted(now[0] & now[1])
    wide = {}
    for number in ("2982", "3149", "3249", "8507", "2621"):
        for on in ("1975-06-01", "1990-01-01", "2000-01-01", "2018-01-01"):
            wide[f"{number} {on}"] = sum(any(n == number and s <= on and (not e or on <= e) for n, s, e in of) for of in bound.values())
    json.dump(
        {
            "Treaties": len(rows), "Memberships": memberships, "Quarantined": sorted(quarantined, key=int), "Decades": decades,
            "Parties": {n: sorted(p) for n, p in parties.items()}, "Both": both, "Wide": wide, **out,
        },
        sys.stdout, indent=1, sort_keys=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
