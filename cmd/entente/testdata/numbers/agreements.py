"""Agreements: alliances (atop), trade (desta, gptad), environment (ieadb), water (tfdd)."""

import re

import files as f
from number import number

A, M, D, G, I, T = ("atop-4/atop-alliance-level.csv", "atop-4/atop-member-level.csv", "desta/DESTA.csv", "gptad/GPTAD.csv", "ieadb/treaties.csv", "tfdd/TFDD.csv")
alliances, members = f.alliances(), f.members()

number("Alliances", A, len(alliances), "value agreements.totalCount", '{ agreements(where: {source: {eq: "atop"}}) { totalCount } }')
number("Alliances with a duty of defence", A, sum(r["defense"] == "1" for r in alliances), "value agreements.totalCount",
       '{ agreements(where: {source: {eq: "atop"}, obligations: {anyOf: [DEFENSE]}}) { totalCount } }')
number("Alliances signed from 1870 to 1914", A, sum("1870" <= r["begyr"] <= "1914" for r in alliances), "value agreements.totalCount",
       '{ agreements(where: {source: {eq: "atop"}, period: {from: "1870-01-01", to: "1914-12-31", overlap: BEGINS}}) { totalCount } }')
for on in ("1914-07-28", "1939-09-01", "1950-06-25", "2000-01-01"):
    number("Alliances in force on %s" % on, A, sum(f.cells(r, "begyr", "begmo", "begday") <= on <= f.cells(r, "endyr", "endmo", "endday", True) for r in alliances),
           "value agreements.totalCount", '{ agreements(where: {source: {eq: "atop"}, inForce: {eq: true, on: "%s"}}) { totalCount } }' % on)
for key, code, on in (("FRA", "220", "1938-01-01"), ("GBR", "200", "1939-08-31"), ("JPN", "740", "1941-12-06"), ("USA", "2", "1990-01-01"), ("CHN", "710", "1975-01-01")):
    number("Alliances of %s in force on %s" % (key, on), M,
           len({m["atopid"] for m in members if m["member"] == code
                and f.cells(m, "yrent", "moent", "dayent") <= on <= f.cells(m, "yrexit", "moexit", "dayexit", True)}),
           "value actor.agreements.totalCount",
           '{ actor(key: "%s") { agreements(where: {source: {eq: "atop"}, inForce: {eq: true, on: "%s"}}) { totalCount } } }' % (key, on))

desta = f.desta()
states = lambda r: {v for k, v in r.items() if re.fullmatch(r"c\d+", k) and v not in ("NA", "")}
for one, other, a, b in (("392", "484", "JPN", "MEX"), ("410", "152", "KOR", "CHL"), ("840", "410", "USA", "KOR"), ("76", "32", "BRA", "ARG"), ("36", "554", "AUS", "NZL")):
    both = [r for r in desta if {one, other} <= states(r)]
    # A negotiation is an agreement that was never signed: it began on some day from 1945 on, so not for certain from 1946 on.
    number("Base treaties of trade with both %s and %s" % (a, b), D, sum(r["entry_type"] == "base_treaty" for r in both), "value dyad.agreements.totalCount",
           '{ dyad(a: "%s", b: "%s") { agreements(where: {source: {eq: "desta"}, form: {eq: AGREEMENT}, period: {from: "1946-01-01", overlap: BEGINS, certainty: CERTAIN}}) { totalCount } } }' % (a, b))
for on, want in (("1944-12-31", 0), ("1945-01-01", sum(r["entry_type"] == "negotiation" for r in desta))):
    number("Trade agreements as of %s" % on, D, want, "value snapshot.agreements.totalCount",
           '{ snapshot(asOf: "%s") { agreements(where: {source: {eq: "desta"}}) { totalCount } } }' % on)
# By the year of entry into force, theirs or of an accession to them. Those in quarantine (419, 1011) and what is not read (243+2, 243+4, 330+3) are left out.
entered = {re.split(r"[+_]", r["number"])[0] if r["entry_type"] in ("accession", "withdrawal") else r["number"] for r in desta
           if r["entryforceyear"] != "NA" and int(r["entryforceyear"]) <= 2010 and r["number"] not in ("419", "1011", "243+2", "243+4", "330+3")
           and r["entry_type"] in ("base_treaty", "protocol or amendment", "accession")}
number("Trade agreements that may be in force on 2010-12-31", D, len(entered), "value agreements.totalCount",
       '{ agreements(where: {source: {eq: "desta"}, inForce: {eq: true, on: "2010-12-31", certainty: POSSIBLE}}) { totalCount } }')
number("Protocols among trade agreements", D, sum(r["entry_type"].startswith("protocol") for r in desta), "value agreements.totalCount",
       '{ agreements(where: {source: {eq: "desta"}, form: {eq: PROTOCOL}}) { totalCount } }')
number("Base treaties of trade signed in the 1990s", D, sum(r["entry_type"] == "base_treaty" and r["year"][:3] == "199" for r in desta),
       "value agreements.totalCount",
       '''{ agreements(where: {source: {eq: "desta"}, form: {eq: AGREEMENT}, period: {from: "1990-01-01", to: "1999-12-31", overlap: BEGINS, certainty: CERTAIN}})
       { totalCount } }''')

TOLD = "pageInfo { hasNextPage endCursor } nodes { key source { key } accounts { key source { key } %s } }"


def told(source, field, *actors):
    """How often a source tells of an agreement, whoever's account leads it in the list: those that it leads, and its accounts beside others'."""
    at, scope = [("", "%s"), ("actor.", 'actor(key: "%s") { %%s }'), ("dyad.", 'dyad(a: "%s", b: "%s") { %%s }')][len(actors)]
    pages, more, end = 100, "", "key"
    if len(actors) == 1:  # an account that another leads may name fewer parties than the one that leads
        pages, more, end = 25, "participations(first: 100) { nodes { role actor { key } } }", "participations.nodes[actor.key=iso3:%s].role" % actors
    listed = "agreements(first: %d, after: $after%s) { %s }" % (pages, field, TOLD % more)
    read = "count %sagreements.nodes[source.key=%s].key + %sagreements.nodes.accounts[source.key=%s].%s" % (at, source, at, source, end)
    return read, "query($after: String) { " + (scope % actors if actors else scope) % listed + " }"


gptad = f.table(G, encoding="utf-8")
# A row is an agreement, but for those that come twice or three times; four entered into force before they were signed, and wait in quarantine.


def american(text):
    m = re.match(r"(\d+)/(\d+)/(\d{4})$", text.strip())
    return (int(m[3]), int(m[1]), int(m[2])) if m else None


def in_order(r):
    signed, entered = american(r["Date.of.Signature"]), american(r["Date.of.Entry.into.Force"])
    return not (signed and entered and entered < signed)


for a, word in (("JPN", "Japan"), ("MEX", "Mexico"), ("TUR", "Turkey")):
    number("Preferential trade agreements of %s" % word, G, sum(word in [m.strip() for m in re.split("[,;]", r["Membership"])] and in_order(r) for r in gptad), *told("gptad", "", a))

ieadb = f.table(I, encoding="utf-8")
# In eight a date is none (2699-01-01, or with a part 00 that makes it contradict the year): in quarantine.
number("Environmental agreements that are in order", I, len(ieadb) - 8, *told("ieadb", ", where: {topics: {anyOf: [ENVIRONMENT]}}"))
number("Environmental agreements signed on 16 September 1987", I, sum(r["Signature Date"] == "1987-09-16" for r in ieadb), "value agreements.totalCount",
       '{ agreements(where: {source: {eq: "ieadb"}, period: {from: "1987-09-16", to: "1987-09-16", overlap: BEGINS, certainty: CERTAIN}}) { totalCount } }')
memb = f.sheet("ieadb/iea-memb.xlsx")
for key, word in (("JPN", "Japan"), ("NOR", "Norway"), ("MNG", "Mongolia")):
    number("Environmental agreements of %s" % word, "ieadb/iea-memb.xlsx", len({r["mitch_id"] for r in memb if r["country"] == word}), *told("ieadb", "", key))
number("Agreements with both Japan and Norway", "ieadb/iea-memb.xlsx",
       len({r["mitch_id"] for r in memb if r["country"] == "Japan"} & {r["mitch_id"] for r in memb if r["country"] == "Norway"}), "value dyad.agreements.totalCount",
       '{ dyad(a: "JPN", b: "NOR") { agreements(where: {source: {eq: "ieadb"}}) { totalCount } } }')

tfdd = f.table(T, encoding="utf-8-sig")
ids = lambda rows: {r["2016Update ID"] for r in rows} - {""}
number("Treaties about shared rivers", T, len(ids(tfdd)), *told("tfdd", ", where: {topics: {anyOf: [WATER]}}"))
for word, key in (("India", "IND"), ("Bolivia", "BOL"), ("Finland", "FIN"), ("Mexico", "MEX")):
    rows = [r for r in tfdd if word in [x.strip() for x in re.split("[,;]", r["Signatories"])]]
    number("Treaties about shared rivers that %s signed" % word, T, len(ids(rows)), *told("tfdd", "", key))
for one, other, a, b in (("Japan", "Mexico", "JPN", "MEX"), ("Chile", "Mexico", "CHL", "MEX"), ("Turkey", "Albania", "TUR", "ALB")):
    rows = [r for r in gptad if {one, other} <= {m.strip() for m in re.split("[,;]", r["Membership"])} and in_order(r)]
    number("Preferential trade agreements with both %s and %s" % (one, other), G, len(rows), *told("gptad", "", a, b))
