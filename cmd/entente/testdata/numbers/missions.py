"""Missions: of the United States in spells (us-missions), of states in waves (cow-diplomatic-exchange)."""

import files as f
from number import number

US, DE = "us-diplomatic-missions/mission_status_range_cow_v0.1.csv", "cow-diplomatic-exchange/Diplomatic_Exchange_2006v1.excerpt.csv"
spells = f.missions()
LEVEL = {"Embassy": "EMBASSY", "Legation": "LEGATION", "None": "NONE", "Ambassador Nonresident": "AMBASSADOR_NONRESIDENT", "Interests": "INTERESTS",
         "Liaison": "LIAISON", "Consulate": "CONSULATE", "Envoy Nonresident": "ENVOY_NONRESIDENT"}

for on in ("1860-07-01", "1913-01-01", "1941-12-31", "1960-01-01", "2000-01-01"):
    for status in ("Embassy", "Legation"):
        want = len({s["country_code_cow"] for s in spells if s["us_mission_status"] == status and s["date_start"] <= on <= s["date_end"]})
        if want:
            number("Receivers at which the USA had, on %s: %s" % (on, status), US, want, "value representations.totalCount",
                   '''{ representations(sender: "USA", level: [%s], during: {from: "%s", to: "%s"}) { totalCount } }''' % (LEVEL[status], on, on))
for code in ("40", "640", "740", "630"):
    number("Spells that the file has of the mission of the USA at %s" % f.KEY[code], US, sum(s["country_code_cow"] == code for s in spells),
           "count representations.nodes[source.key=us-missions].records.level",
           '{ representations(sender: "USA", receiver: "%s") { nodes { source { key } records { level period { edtf } } } } }' % f.KEY[code])
number("Missions of the USA that began in 1961", US, sum(s["date_start"][:4] == "1961" and s["us_mission_status"] != "None" for s in spells),
       "count representations.nodes.records.level",
       '''query($after: String) { representations(sender: "USA", first: 100, after: $after, during: {from: "1961-01-01", to: "1961-12-31", overlap: BEGINS})
       { pageInfo { hasNextPage endCursor } nodes { receiver { key } records(level: [EMBASSY, LEGATION, LIAISON, INTERESTS, CONSULATE, AMBASSADOR_NONRESIDENT,
       ENVOY_NONRESIDENT, CONSUL_NONRESIDENT, OTHER], during: {from: "1961-01-01", to: "1961-12-31", overlap: BEGINS}) { level period { edtf } } } } }''')

# DR_at_2 of the pair (1, 2) is the mission of 1 at 2; DR_at_1 that of 2 at 1.
waves = f.exchange()
for a, b in (("740", "731"), ("740", "732"), ("740", "710"), ("2", "20"), ("2", "40")):
    rows = [r for r in waves if {r["ccode1"], r["ccode2"]} == {a, b}]
    sent = sum(int(r["DR_at_2"] if r["ccode1"] == a else r["DR_at_1"]) == 3 for r in rows)
    if rows:
        number("Waves in which %s was represented at %s by an ambassador" % (f.KEY[a], f.KEY[b]), DE, sent,
               "count dyad.representations.nodes.records.observed.edtf",
               '{ dyad(a: "%s", b: "%s") { representations(sender: "%s", level: AMBASSADOR) { nodes { records(level: AMBASSADOR) { observed { edtf } } } } } }' % (
                   f.KEY[a], f.KEY[b], f.KEY[a]))
