"""Disputes: cow-mid 5.0, gml-mid, cow-midloc, cow-wars and the dyadic wars."""

import files as f
from number import number

MID = "cow-mid-5/MIDA 5.0.csv, MIDB 5.0.csv"
mida, midb = f.mida(), f.midb()


def opposed(a, b, same=False):
    """The numbers of the disputes in which two states stood on different sides (or on one) at one time: they possibly share a day."""
    rows = {}
    for r in midb:
        if r["ccode"] in (a, b):
            rows.setdefault(r["dispnum"], []).append(r)
    found = []
    for n, of in rows.items():
        for x in of:
            for y in of:
                if x["ccode"] == a and y["ccode"] == b and (x["sidea"] == y["sidea"]) == same:
                    if f.starts(x) <= f.ends(y) and f.starts(y) <= f.ends(x) and n not in found:
                        found.append(n)
    return found


number("Disputes in MID 5.0", "cow-mid-5/MIDA 5.0.csv", len(mida), "value disputes.totalCount",
       '{ disputes(where: {source: {eq: "cow-mid"}}) { totalCount } }')

number("Disputes in MID 5.0 that reached hostility 5", "cow-mid-5/MIDA 5.0.csv", sum(r["hostlev"] == "5" for r in mida),
       "value disputes.totalCount", '{ disputes(where: {source: {eq: "cow-mid"}, hostility: {eq: 5}}) { totalCount } }')

number("Disputes in MID 5.0 with hostility 2 or 3", "cow-mid-5/MIDA 5.0.csv", sum(r["hostlev"] in "23" for r in mida),
       "value disputes.totalCount", '{ disputes(where: {source: {eq: "cow-mid"}, hostility: {gte: 2, lte: 3}}) { totalCount } }')

number("Disputes in MID 5.0 that began in 1965, whatever the month", "cow-mid-5/MIDA 5.0.csv", sum(r["styear"] == "1965" for r in mida),
       "value disputes.totalCount", '''{ disputes(where: {source: {eq: "cow-mid"}, period: {from: "1965-01-01", to: "1965-12-31", overlap: BEGINS}})
       { totalCount } }''')

number("Disputes in MID 5.0 that ended in the 1990s", "cow-mid-5/MIDA 5.0.csv",
       sum("1990" <= r["endyear"] <= "1999" for r in mida), "value disputes.totalCount",
       '''{ disputes(where: {source: {eq: "cow-mid"}, period: {from: "1990-01-01", to: "1999-12-31", overlap: ENDS, certainty: CERTAIN}})
       { totalCount } }''')

number("Disputes in MID 5.0 that ran on 1 July 1914, possibly", "cow-mid-5/MIDA 5.0.csv",
       sum(f.starts(r) <= "1914-07-01" <= f.ends(r) for r in mida), "value disputes.totalCount",
       '{ disputes(where: {source: {eq: "cow-mid"}, period: {from: "1914-07-01", to: "1914-07-01"}}) { totalCount } }')

number("Disputes in MID 5.0 that ran on 1 July 1914 for certain", "cow-mid-5/MIDA 5.0.csv",
       sum(f.starts(r, True) <= "1914-07-01" <= f.ends(r, False) for r in mida), "value disputes.totalCount",
       '{ disputes(where: {source: {eq: "cow-mid"}, period: {from: "1914-07-01", to: "1914-07-01", certainty: CERTAIN}}) { totalCount } }')

number("Disputes that MID 5.0 says go on at its end", "cow-mid-5/MIDA 5.0.csv", sum(r["ongo2014"] == "1" for r in mida),
       "count disputes.nodes.period[why=CENSORED].edtf",
       '''query($after: String) { disputes(first: 100, after: $after, where: {source: {eq: "cow-mid"}, period: {from: "2014-12-31"}})
       { pageInfo { hasNextPage endCursor } nodes { period { why edtf } } } }''')

for a, b in (("740", "732"), ("750", "770"), ("2", "710"), ("666", "651"), ("645", "630"), ("155", "160"), ("100", "101")):
    number("Disputes of MID 5.0 in which %s and %s were opposed" % (a, b), MID, len(opposed(a, b)), "value dyad.disputes.totalCount",
           '{ dyad(a: "cow:%s", b: "cow:%s") { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } }' % (a, b))

number("Disputes of MID 5.0 in which France and the United Kingdom were on one side", MID,
       len(opposed("200", "220", same=True)),
       "count dyad.disputes.nodes.key",
       '''query($after: String) { dyad(a: "GBR", b: "FRA") { disputes(first: 100, after: $after, alignment: SAME_SIDE, where: {source: {eq: "cow-mid"}})
       { pageInfo { hasNextPage endCursor } nodes { key } } } }''')

wwii = [r for r in midb if r["dispnum"] == "258"]
number("States in dispute 258, the Second World War", MID, len({r["ccode"] for r in wwii}), "distinct engagement.participations.nodes.actor.key",
       '{ engagement(key: "cow-mid:258") { participations(first: 100) { nodes { actor { key } } } } }')
number("Incidents of dispute 3551 in MID 5.0", "cow-mid-5/MIDI 5.0.csv", sum(r["dispnum"] == "3551" for r in f.midi()),
       "value acts.totalCount", '{ acts(where: {partOf: {eq: "cow-mid:3551"}}) { totalCount } }')

number("Incidents of dispute 3551 in which the United States acted", "cow-mid-5/MIDIP 5.0.csv",
       len({r["incidnum"] for r in f.table("cow-mid-5/MIDIP 5.0.csv") if r["dispnum"] == "3551" and r["ccode"] == "2"}),
       "value acts.totalCount", '{ acts(where: {partOf: {eq: "cow-mid:3551"}, parties: {anyOf: ["USA"]}}) { totalCount } }')

# Of one incident the file of participants has no row (4269010), and of one a participant leaves before it comes (4193001).
number("Incidents in MID 5.0 that are in order", "cow-mid-5/MIDI 5.0.csv, MIDIP 5.0.csv", len(f.midi()) - 2, "value acts.totalCount",
       '{ acts(where: {source: {eq: "cow-mid"}}) { totalCount } }')

number("Participants on the first day (originators) of dispute 257, the First World War", MID,
       sum(r["dispnum"] == "257" and r["orig"] == "1" for r in midb), "count engagement.participations.nodes[originator=true].role",
       '{ engagement(key: "cow-mid:257") { participations(first: 100) { nodes { originator role } } } }')

number("Revisionists in dispute 61, the Cuban missile crisis", MID, sum(r["dispnum"] == "61" and r["revstate"] == "1" for r in midb),
       "count engagement.participations.nodes[revisionist=true].role",
       '{ engagement(key: "cow-mid:61") { participations { nodes { revisionist role } } } }')

# The second account: GML, in directed dyad-years.
gml, GML = f.gml(), "gml-mid/gml-ddy-disputes-2.1.1.csv"

# Series: what an analyst of dyads takes first, a count a year, with the disputes in which GML alone opposes the two.
for a, b, first, last in (("750", "770", 1947, 2010), ("2", "365", 1946, 1990), ("666", "652", 1948, 2010)):
    years = {n: [] for n in opposed(a, b)}
    for n in years:
        of = [r for r in midb if r["dispnum"] == n]
        for x in of:
            for y in of:
                if x["ccode"] == a and y["ccode"] == b and x["sidea"] != y["sidea"]:
                    years[n].append((max(f.starts(x), f.starts(y))[:4], min(f.ends(x), f.ends(y))[:4]))
    per = {y: sum(any(s <= str(y) <= e for s, e in spells) for spells in years.values()) for y in range(first, last + 1)}
    doc = '''{ dyad(a: "cow:%s", b: "%s") { series(measures: [DISPUTES], sources: ["cow-mid"], from: "%d-01-01", to: "%d-12-31") { values } } }''' % (
        a, "SUN" if b == "365" else "cow:" + b, first, last)
    number("Dispute-years of %s and %s by MID 5.0 alone, %d to %d" % (a, b, first, last), MID, sum(per.values()), "sum dyad.series.values", doc)
    for r in gml:
        if r["ccode1"] == a and r["ccode2"] == b and r["dispnum"] not in opposed(a, b):
            years.setdefault(r["dispnum"], []).append((r["year"], r["year"]))
    per = {y: sum(any(s <= str(y) <= e for s, e in spells) for spells in years.values()) for y in range(first, last + 1)}
    doc = '''{ dyad(a: "cow:%s", b: "%s") { series(measures: [DISPUTES], from: "%d-01-01", to: "%d-12-31") { values } } }''' % (
        a, "SUN" if b == "365" else "cow:" + b, first, last)
    if a != "2":
        continue
    number("Dispute-years of %s and %s, %d to %d" % (a, b, first, last), MID + ", " + GML, sum(per.values()), "sum dyad.series.values", doc)


kept = {r["dispnum"] for r in gml}
both = kept & {r["dispnum"] for r in mida}
for n in ("1345", "1363", "61", "3972", "173"):
    mine = [r for r in gml if r["dispnum"] == n]
    if mine[0]["fatality"] != "-9":
        number("The fatality level (of 0 to 6) of dispute %s by GML, as the least number of deaths" % n, GML,
               {"0": 0, "1": 1, "2": 26, "3": 101, "4": 251, "5": 501, "6": 1000}[mine[0]["fatality"]],
               "value engagement.accounts.fatalities.low",
               '{ engagement(key: "cow-mid:%s") { accounts { source { key } ... on Dispute { fatalities { low high } } } } }' % n)
    number("The highest hostility of dispute %s by GML" % n, GML, int(mine[0]["hostlev"]), "value engagement.accounts.hostility",
           '{ engagement(key: "cow-mid:%s") { accounts { ... on Dispute { hostility } } } }' % n)


# Wars.
inter, INTER = f.table("cow-wars/Inter-StateWarData_v4.0.csv", encoding="cp1252"), "cow-wars/Inter-StateWarData_v4.0.csv"
number("Inter-state wars", INTER, len({r["WarNum"] for r in inter}), "value disputes.totalCount",
       '{ disputes(where: {source: {eq: "cow-wars"}, title: {contains: "inter-state war"}}) { totalCount } }')
number("Wars, of states, empires, rebels and others", "cow-wars/*.csv",
       sum(len({r["WarNum"] for r in f.table("cow-wars/" + n, encoding="cp1252")}) for n in (
           "Inter-StateWarData_v4.0.csv", "Extra-StateWarData_v4.0.csv", "Intra-StateWarData_v4.1.csv", "Non-StateWarData_v4.0.csv")),
       "value disputes.totalCount", '{ disputes(where: {source: {eq: "cow-wars"}, form: {eq: WAR}}) { totalCount } }')
for n, what in (("106", "the First World War"), ("139", "the Second World War"), ("151", "the Korean War"), ("211", "the Gulf War")):
    number("States in war %s, %s" % (n, what), INTER, len({r["ccode"] for r in inter if r["WarNum"] == n}),
           "distinct engagement.participations.nodes.actor.key",
           '{ engagement(key: "cow-wars:%s") { participations(first: 100) { nodes { actor { key } } } } }' % n)
    if n == "139":
        continue  # what a state lost that left and came back the file does not tell apart
    number("Battle deaths in war %s, as far as they are known" % n, INTER,
           sum(int(r["BatDeath"]) for r in inter if r["WarNum"] == n and int(r["BatDeath"]) >= 0),
           "sum engagement.participations.nodes.fatalities.low",
           '{ engagement(key: "cow-wars:%s") { participations(first: 100) { nodes { fatalities { low } } } } }' % n)
number("Inter-state wars in which Japan fought", INTER, len({r["WarNum"] for r in inter if r["ccode"] == "740"}),
       "value actor.disputes.totalCount",
       '{ actor(key: "JPN") { disputes(where: {source: {eq: "cow-wars"}, title: {contains: "inter-state war"}}) { totalCount } } }')
# New Zealand is in the dyadic war and not in the inter-state war, and the two directions of Belgium and China have different dates.
korea = {r["ccode"] for r in inter if r["WarNum"] == "151"}
pairs = {r["dyindex"] for r in f.table("cow-wars/directed_dyadic_war.csv") if r["warnum"] == "151" and {r["statea"], r["stateb"]} <= korea}
number("Dyadic wars that are accounts of the Korean War: both are in it", INTER + ", directed_dyadic_war.csv", len(pairs - {"51.011"}),
       "count engagement.accounts.key", '{ engagement(key: "cow-wars:151") { accounts { key } } }')
fought = {}
for r in inter:
    fought.setdefault(r["WarNum"], set()).add(r["ccode"])
for n in ("51", "258", "257", "261", "189"):
    wars = {r["warnum"] for r in f.table("cow-wars/directed_dyadic_war.csv") if r["disno"] == n and {r["statea"], r["stateb"]} <= fought[r["warnum"]]}
    number("Inter-state wars that militarized dispute %s became" % n, INTER + ", directed_dyadic_war.csv", len(wars),
           "count engagement.related[source.key=cow-wars].key", '{ engagement(key: "cow-mid:%s") { related { key source { key } } } }' % n)

# Places.
LOC = "cow-midloc-2.0/MIDLOCA_2.0.csv"
places = f.table(LOC, encoding="cp1252")
number("The latitude of the onset of dispute 1345", LOC,
       float(next(r for r in places if r["dispnum"] == "1345")["midloc2_ylatitude"]), "value engagement.locations.latitude",
       '{ engagement(key: "cow-mid:1345") { locations { latitude } } }')
incidents = f.table("cow-midloc-2.0/MIDLOCI_2.0.csv", encoding="cp1252")
there = {r["incidnum"] for r in incidents if r["dispnum"] == "3551" and r["midloc2_ylatitude"] not in ("", "NA", "-9")}
number("Incidents of dispute 3551 whose place MIDLOC has", "cow-midloc-2.0/MIDLOCI_2.0.csv, cow-mid-5/MIDI 5.0.csv",
       len(there & {r["incidnum"] for r in f.midi()}), "count acts.nodes.locations.latitude",
       '{ acts(first: 100, where: {partOf: {eq: "cow-mid:3551"}}) { nodes { locations { latitude } } } }')
for n in ("3551", "4126", "2774", "50"):
    r = next((r for r in places if r["dispnum"] == n), None)
    if r and r["midloc2_xlongitude"]:
        number("The longitude of the onset of dispute %s" % n, LOC, float(r["midloc2_xlongitude"]), "value engagement.locations.longitude",
               '{ engagement(key: "cow-mid:%s") { locations { longitude } } }' % n)
