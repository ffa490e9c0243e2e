#!/usr/bin/env python3
"""Counts in the files of us-visits, by another road than the source: python3 expected.py FOLDER > testdata/expected.csv

Nothing is shared with the Go code, neither its tables nor its rules as written there. What is counted:

  visits,DECADE,,N            records in the file of a decade
  country,ID,YEAR,N           meetings with visitors from a country that began in a year: a country that came
                              with two to one occasion is counted once
  occasion,WORDS,YEAR,N       visits of a year whose description has the words, all of one occasion
  meetings,,,N                meetings in all, several on one occasion being one
  visitor,NAME-COUNTRY-DECADE,,N  meetings with a visitor of eight or more in a decade, the name in plain letters
"""
import collections
import csv
import datetime
import glob
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

# Occasions that visitors came to together, by words that stand in all their descriptions and in no other of the year.
OCCASIONS = [
    ("United Nations Conference in San Francisco", 1945), ("Trident Conference", 1943), ("Arcadia", 1941),
    ("Japanese Peace Conference", 1951), ("White Sulphur Springs", 1956), ("Minnesota Statehood", 1958),
    ("CENTO Ministerial", 1959), ("funeral of President Kennedy", 1963), ("funeral of former President Eisenhower", 1969),
    ("White House dinner on 25th", 1970), ("former President Truman", 1973), ("Dorado Beach", 1976),
    ("signing of the Panama Canal Treaty", 1977), ("North Atlantic Alliance Summit", 1978), ("(Camp David summit talks)", 1978),
    ("Signed Egyptian-Israeli", 1979), ("dedication of the Gerald R. Ford", 1981), ("Williamsburg (Va.)", 1983),
    ("Caribbean Heads of Government", 1984), ("Economic Summit Meeting in Houston", 1990), ("Honolulu, Hawaii", 1990), ("Drug Summit", 1992),
    ("initialling", 1992), ("dedication of the Holocaust Memorial", 1993), ("CARICOM", 1993), ("APEC meeting", 1993),
    ("working brunch", 1993), ("Muslim-Croat", 1994), ("Signed the Washington Declaration", 1994), ("Summit of the Americas", 1994),
    ("Palestinian Interim", 1995), ("Africare", 1995), ("Cedar Rapids", 1995), ("Federation Forum", 1996),
    ("Middle East Summit", 1996), ("Denver, Colorado", 1997), ("Strengthening Democracy", 1998),
    ("Central American reconstruction", 1998), ("NATO’s 50th", 1999), ("Cut Hunger", 2001), ("Attended United States-Africa Business", 2003),
    ("NATO Accession", 2004), ("Attended G-8 Economic Summit at Sea Island", 2004), ("CARICOM", 2007),
    ("North American Leaders", 2008), ("G-20", 2008), ("Friends of Democratic Pakistan", 2009), ("G-20", 2009),
    ("Nuclear Security", 2010), ("Middle East peace talks", 2010), ("Holbrooke", 2011), ("Kapolei", 2011),
    ("North American Leaders", 2012), ("G-8", 2012), ("Attended the NATO Summit", 2012), ("African Leaders", 2013),
    ("Africa Leaders", 2014), ("Ebola", 2015), ("Gulf Cooperation", 2015), ("Sunnylands", 2016), ("Nuclear Security", 2016),
    ("Nordic", 2016), ("Prosperity and Security in Central America", 2017), ("Baltic", 2018), ("Mar-a-Lago, Florida", 2019),
    ("Freely Associated", 2019), ("Quad Leaders", 2021), ("North American Leaders", 2021), ("U.S.-ASEAN", 2022),
    ("Summit of the Americas", 2022), ("U.S.-Pacific Island", 2022), ("Africa Leaders", 2022), ("AUKUS", 2023),
    ("Trilateral Summit", 2023), ("Pacific Islands Countries", 2023), ("APEP", 2023), ("APEC", 2023), ("C5+1", 2023),
    ("Quad Leaders", 2024), ("NATO 75th", 2024),
]
# Visits that others made with someone: the visits are one meeting.
WITH = [(2177, 2178), (2199, 2200), (2218, 2219), (2260, 2261)]
# The funeral of Reagan: those who came to it alone.
ALONE = "Attended the funeral of Former President Reagan."


def main(folder):
    visits = []
    for path in sorted(glob.glob(os.path.join(folder, "*.xml"))):
        for v in ET.parse(path).getroot():
            text = {c.tag: re.sub(r"\s+", " ", "".join(c.itertext())).strip() for c in v}
            text["country"] = v.find("from").get("id")
            text["decade"] = os.path.basename(path)[:4]
            text["year"] = int(text["start-date"][:4])
            text["n"] = int(text["id"])
            visits.append(text)
    out = csv.writer(sys.stdout, lineterminator="\n")
    for decade, n in sorted(collections.Counter(v["decade"] for v in visits).items()):
        out.writerow(["visits", decade, "", n])

    group = {}  # number -> occasion
    for words, year in OCCASIONS:
        here = [v for v in visits if words in v["description"] and v["year"] == year]
        if len(here) < 2:
            raise SystemExit(f"{words} {year}: {len(here)} visits")
        for v in here:
            if v["n"] in group:
                raise SystemExit(f"visit {v['n']} is of two occasions")
            group[v["n"]] = (words, year)
        out.writerow(["occasion", words, year, len(here)])
    for v in visits:
        if v["description"] == ALONE:
            group[v["n"]] = ("funeral", 2004)
    accompanied = [v for v in visits if v["description"].startswith("Accompanied Queen")]
    for v in visits:
        if v["year"] == 1957 and "350th anniversary" in v["description"]:
            for a in accompanied:
                if a["year"] == 1957:
                    group[v["n"]] = group[a["n"]] = ("Jamestown", 1957)
    for a, b in WITH:
        if not any(v["n"] == b and v["description"].startswith("Accompanied") for v in visits):
            raise SystemExit(f"visit {b} accompanied nobody")
        group[a] = group[b] = (a, b)
    out.writerow(["meetings", "", "", len({group.get(v["n"], v["n"]) for v in visits})])

    countries = collections.defaultdict(set)
    for v in visits:
        what = group.get(v["n"], v["n"])
        countries[v["country"], v["year"]].add(what)
    for (country, year), what in sorted(countries.items()):
        out.writerow(["country", country, year, len(what)])
    came = collections.defaultdict(set)
    for v in visits:
        title, _, name = re.match(r"((President-elect|President|Prime Minister|King|Chancellor|Chairman) )?(.+)", v["visitor"]).groups()
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
        if title and "-and-" not in slug:
            came[f"{slug}-{v['country']}-{v['decade']}s"].add(group.get(v["n"], v["n"]))
    for visitor, what in sorted(came.items()):
        if len(what) >= 8:
            out.writerow(["visitor", visitor, "", len(what)])


if __name__ == "__main__":
    main(sys.argv[1])
