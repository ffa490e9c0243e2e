"""Acts: independence (icow-colonial), transfers of territory (cow-territorial-change), coded events (gdelt)."""

import files as f
from number import number

TC, ICOW, GDELT = "cow-territorial-change/tc2018.csv", "icow/coldata110.csv", "gdelt/events2samps.csv"
changes = f.table(TC)

number("Changes of territory", TC, len(changes), "value acts.totalCount", '{ acts(where: {source: {eq: "cow-territorial-change"}}) { totalCount } }')
number("Changes in which a state became independent", TC, sum(r["indep"] == "1" for r in changes), "value acts.totalCount",
       '{ acts(where: {source: {eq: "cow-territorial-change"}, type: {eq: INDEPENDENCE}}) { totalCount } }')
for key, code in (("GBR", "200"), ("JPN", "740"), ("FRA", "220")):
    number("Changes in which %s gained" % key, TC, sum(r["gainer"] == code for r in changes), "value acts.totalCount",
           '{ acts(where: {source: {eq: "cow-territorial-change"}, by: {eq: "%s"}}) { totalCount } }' % key)
    number("Changes in which %s lost" % key, TC, sum(r["loser"] == code for r in changes), "value acts.totalCount",
           '{ acts(where: {source: {eq: "cow-territorial-change"}, toward: {eq: "%s"}}) { totalCount } }' % key)
number("Changes in 1919", TC, sum(r["year"] == "1919" for r in changes), "value acts.totalCount",
       '{ acts(where: {source: {eq: "cow-territorial-change"}, period: {from: "1919-01-01", to: "1919-12-31"}}) { totalCount } }')

states = f.table(ICOW, encoding="utf-8-sig")
number("States that became independent of the United Kingdom, whoever's account leads", ICOW, sum(r["IndFrom"] == "200" for r in states), "value snapshot.acts.totalCount",
       '{ snapshot(load: 17) { acts(where: {source: {eq: "icow-colonial"}, type: {eq: INDEPENDENCE}, toward: {eq: "GBR"}}) { totalCount } } }')
number("States whose independence was violent and from 1960 to 1975", ICOW,
       sum("196000" <= r["IndDate"] <= "197512" and r["IndFrom"] == "220" for r in states), "value snapshot.acts.totalCount",
       '''{ snapshot(load: 17) { acts(where: {source: {eq: "icow-colonial"}, type: {eq: INDEPENDENCE}, toward: {eq: "FRA"},
       period: {from: "1960-01-01", to: "1975-12-31"}}) { totalCount } } }''')

events = f.table(GDELT, encoding="utf-8")
between = [r for r in events if r["Actor1CountryCode"] and r["Actor2CountryCode"]]
for a, b in (("USA", "RUS"), ("ISR", "PSE"), ("CHN", "USA"), ("USA", "GBR")):
    number("Coded acts of %s toward %s" % (a, b), GDELT, sum(r["Actor1CountryCode"] == a and r["Actor2CountryCode"] == b for r in events), "value acts.totalCount",
           '{ acts(where: {source: {eq: "gdelt"}, by: {eq: "%s"}, toward: {eq: "%s"}}) { totalCount } }' % (a, b))
for quad in "1234":
    number("Coded acts of the USA toward others of quad class %s" % quad, GDELT,
           sum(r["Actor1CountryCode"] == "USA" and r["Actor2CountryCode"] == "CHN" and r["QuadClass"] == quad for r in events), "value acts.totalCount",
           '{ acts(where: {source: {eq: "gdelt"}, by: {eq: "USA"}, toward: {eq: "CHN"}, quadClass: {eq: %s}}) { totalCount } }' % quad)
number("Coded acts of the USA toward China whose Goldstein score is negative", GDELT,
       sum(r["Actor1CountryCode"] == "USA" and r["Actor2CountryCode"] == "CHN" and float(r["GoldsteinScale"]) < 0 for r in events), "value acts.totalCount",
       '{ acts(where: {source: {eq: "gdelt"}, by: {eq: "USA"}, toward: {eq: "CHN"}, goldstein: {lt: 0}}) { totalCount } }')

# Who is independent of whom by colonial history, before the list of changes of territory speaks of the same.
for key, code in (("ESP", "230"), ("PRT", "235"), ("NLD", "210")):
    number("States that became independent of %s" % key, ICOW, sum(r["IndFrom"] == code for r in states), "value snapshot.acts.totalCount",
           '{ snapshot(load: 17) { acts(where: {source: {eq: "icow-colonial"}, type: {eq: INDEPENDENCE}, toward: {eq: "%s"}}) { totalCount } } }' % key)
for key, code in (("KOR", "732"), ("IND", "750"), ("DZA", "615")):
    r = next(r for r in states if r["State"] == code)
    number("The year in which %s became independent, in acts of that year toward anybody" % key, ICOW, 1, "value snapshot.acts.totalCount",
           '''{ snapshot(load: 17) { acts(where: {source: {eq: "icow-colonial"}, type: {eq: INDEPENDENCE}, by: {eq: "%s"},
           period: {from: "%s-01-01", to: "%s-12-31", overlap: WITHIN}}) { totalCount } } }''' % (key, r["IndDate"][:4], r["IndDate"][:4]))
# In the list of changes and in colonial history, one independence each, told twice: the list's account leads, the other stands by it.
for number_of, code in (("3", "160"),):
    r = next(r for r in changes if r["number"] == number_of)
    other = next(s for s in states if s["State"] == code)
    number("Accounts of the independence of Argentina, 1816: months and ruler agree in both files", TC + ", " + ICOW,
           int(r["gainer"] == code and other["IndDate"] == r["year"] + r["month"].zfill(2) and other["IndFrom"] == r["loser"]),
           "count engagement.accounts.key", '{ engagement(key: "cow-territorial-change:%s") { accounts { key } } }' % number_of)
