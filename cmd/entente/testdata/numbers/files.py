"""Reads the raw files of the field's datasets as their codebooks describe them. Standard library only; nothing here knows how
the program reads them."""

import csv
import functools
import glob
import io
import os
import re
import xml.etree.ElementTree as xml
import zipfile

DATA = os.environ.get("ENTENTE_TEST_DATA", "")

# Numbers of the Correlates of War and the keys of actors that they name all the time.
KEY = {
    "2": "USA", "20": "CAN", "40": "CUB", "70": "MEX", "100": "COL", "101": "VEN", "130": "ECU", "135": "PER", "140": "BRA",
    "145": "BOL", "150": "PRY", "155": "CHL", "160": "ARG", "165": "URY", "200": "GBR", "210": "NLD", "220": "FRA", "230": "ESP",
    "350": "GRC", "352": "CYP", "530": "ETH", "640": "TUR", "651": "EGY", "652": "SYR", "630": "IRN", "645": "IRQ", "666": "ISR",
    "663": "JOR", "660": "LBN", "670": "SAU", "710": "CHN", "712": "MNG", "731": "PRK", "732": "KOR", "740": "JPN", "750": "IND",
    "770": "PAK", "800": "THA", "850": "IDN", "900": "AUS", "920": "NZL", "310": "HUN", "290": "POL", "220": "FRA", "380": "SWE",
    "385": "NOR", "390": "DNK", "395": "ISL", "360": "ROU", "290": "POL", "820": "MYS", "840": "PHL", "92": "SLV", "91": "HND",
}


def path(name):
    return os.path.join(DATA, name)


def table(name, encoding="ascii", delimiter=","):
    """The rows of a text file with a header, whatever ends its lines."""
    with open(path(name), encoding=encoding, newline="") as f:
        text = f.read()
    if "\n" not in text:
        text = text.replace("\r", "\n")
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    head = [h.strip() for h in next(rows)]
    return [dict(zip(head, row)) for row in rows if row]


def day(y, m, d, last=False):
    """The first (or last) day that a date of three cells may be; -9 and 0 are unknown."""
    y, m, d = int(y), int(m), int(d)
    if m <= 0:
        m, d = (12, 31) if last else (1, 1)
    elif d <= 0:
        d = days_in(y, m) if last else 1
    return "%04d-%02d-%02d" % (y, m, d)


def days_in(y, m):
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    return [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]


def starts(row, last=False):
    return day(row["styear"], row["stmon"], row["stday"], last)


def ends(row, last=True):
    return day(row["endyear"], row["endmon"], row["endday"], last)


class Cache:
    def __init__(self):
        self.kept = {}

    def __call__(self, name, **how):
        if name not in self.kept:
            self.kept[name] = table(name, **how)
        return self.kept[name]


_cache = Cache()


def mida():
    return _cache("cow-mid-5/MIDA 5.0.csv")


def midb():
    return _cache("cow-mid-5/MIDB 5.0.csv")


def midi():
    return _cache("cow-mid-5/MIDI 5.0.csv")


def mida43():
    return _cache("cow-mid-4.3/MIDA 4.3.csv")


def midb43():
    return _cache("cow-mid-4.3/MIDB 4.3.csv")


def mid(number):
    return next(r for r in mida() if r["dispnum"] == str(number))


def sides(number):
    """The rows of the participants of a dispute: side A, side B."""
    rows = [r for r in midb() if r["dispnum"] == str(number)]
    return [r for r in rows if r["sidea"] == "1"], [r for r in rows if r["sidea"] == "0"]


def gml():
    return _cache("gml-mid/gml-ddy-disputes-2.1.1.csv")


@functools.cache
def archigos():
    """Tenures: the rows of one obsid are one, year by year; start and end of the whole."""
    whole = {}
    for r in _cache("archigos/arch_annual.txt", encoding="cp1252", delimiter="\t"):
        t = whole.setdefault(r["obsid"], dict(r, years=[]))
        t["startdate"] = min(t["startdate"], r["startdate"])
        t["enddate"] = max(t["enddate"], r["enddate"])
        t["years"].append(r)
        for what, none in (("entry", "(p_year)"), ("exit", "(n_year)")):
            if r[what] != none:
                t[what] = r[what]
                if what == "exit":
                    t["exitcode"] = r["exitcode"]
    return list(whole.values())


def leaders(gw, first, last):
    """Tenures of a state (by Gleditsch and Ward's number) that share a day with an interval."""
    return [t for t in archigos() if t["ccode"] == str(gw) and t["startdate"] <= last and first <= t["enddate"]]


def gw(code, on):
    """Gleditsch and Ward's number for one of the Correlates of War: others for Germany and Yemen since 1990, and for Serbia before Yugoslavia."""
    return ({"255": "260", "679": "678"} if on >= "1945-05-08" else {"345": "340"} if on < "1918-12-01" else {}).get(code, code)


def alliances():
    return _cache("atop-4/atop-alliance-level.csv", encoding="latin-1")


def members():
    return _cache("atop-4/atop-member-level.csv", encoding="latin-1")


def cells(row, y, m, d, last=False):
    """A date of ATOP: blank month or day is unknown, year 0 is none."""
    if row[y] in ("", "0"):
        return "9999-12-31"
    return day(row[y], row[m] or -9, row[d] or -9, last)


@functools.cache
def by_member():
    """The rows of members, by state and then alliance."""
    found = {}
    for m in members():
        found.setdefault(m["member"], {}).setdefault(m["atopid"], []).append(m)
    return found


def allied(a, b, on, types=("defense", "offense", "neutral", "nonagg", "consul")):
    """Alliances of ATOP to which both belonged on a day, and whose members' texts have one of the obligations."""
    found = set()
    for number, rows in by_member().get(str(a), {}).items():
        for one in rows:
            for other in by_member().get(str(b), {}).get(number, []):
                if all(cells(m, "yrent", "moent", "dayent") <= on <= cells(m, "yrexit", "moexit", "dayexit", True) for m in (one, other)):
                    if any(m[t] == "1" for t in types for m in (one, other)):
                        found.add(number)
    return found


def missions():
    """Spells of the United States' missions: code, from, to, status."""
    return _cache("us-diplomatic-missions/mission_status_range_cow_v0.1.csv", encoding="utf-8")


def exchange():
    return _cache("cow-diplomatic-exchange/Diplomatic_Exchange_2006v1.excerpt.csv")


def texts(folder, tag):
    """The elements of a folder's XML files, each as a dict of the texts of its children, and the element itself."""
    out = []
    for name in sorted(glob.glob(path(folder))):
        for e in xml.parse(name).getroot().iter(tag):
            row = {c.tag: " ".join((c.text or "").split()) for c in e}
            row["."] = e
            row["file"] = os.path.basename(name)
            out.append(row)
    return out


@functools.cache
def visits():
    return texts("us-state-visits/*.xml", "visit")


@functools.cache
def trips(role):
    return texts("us-state-travels/%s-travels/*.xml" % role, "trip")


@functools.cache
def chiefs(country):
    """Chiefs of mission: person, started, ended (dates as they stand, or empty)."""
    out = []
    for r in texts("us-state-pocom/missions-countries/%s.xml" % country, "chief"):
        e = r["."]
        out.append({"person": r.get("person-id", ""), "title": r.get("role-title-id", ""), "id": r.get("id", ""),
                    "territory": r.get("contemporary-territory-id", ""),
                    "started": (e.findtext("started/date") or "").strip(), "appointed": (e.findtext("appointed/date") or "").strip(),
                    "ended": (e.findtext("ended/date") or "").strip(), "arrived": (e.findtext("arrived/date") or "").strip()})
    return out


def desta():
    return _cache("desta/DESTA.csv", encoding="latin-1", delimiter=";")


def sheet(name):
    """The first sheet of an Excel file: rows as dicts of texts."""
    ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path(name)) as z:
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            for si in xml.fromstring(z.read("xl/sharedStrings.xml")):
                shared.append("".join(t.text or "" for t in si.iter(ns + "t")))
        rows = []
        for row in xml.fromstring(z.read("xl/worksheets/sheet1.xml")).iter(ns + "row"):
            cells = {}
            for c in row:
                v = c.findtext(ns + "v")
                if v is None:
                    v = "".join(t.text or "" for t in c.iter(ns + "t"))
                elif c.get("t") == "s":
                    v = shared[int(v)]
                cells[re.match("[A-Z]+", c.get("r")).group()] = v
            rows.append(cells)
    head = rows[0]
    return [{head[k]: r.get(k, "") for k in head} for r in rows[1:]]
