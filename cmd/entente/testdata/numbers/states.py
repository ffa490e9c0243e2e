"""Who counts as a state: the lists of the Correlates of War and of Gleditsch and Ward, major powers, years by year."""

import files as f
from number import number

COW, GW, MAJORS = "cow-state-system/cow_statelist2024.csv", "gw-state-list/ksgmdw.txt", "cow-state-system/majors2016.csv"
cow = [(r["ccode"], f.day(r["styear"], r["stmonth"], r["stday"]), f.day(r["endyear"], r["endmonth"], r["endday"], True)) for r in f.table(COW, encoding="utf-8")]
majors = [(r["ccode"], f.day(r["styear"], r["stmonth"], r["stday"]), f.day(r["endyear"], r["endmonth"], r["endday"], True)) for r in f.table(MAJORS)]
gw = [(r["statenumber"], r["start"], r["end"]) for r in f.table(GW, encoding="cp1252", delimiter="\t")]

for on in ("1816-06-01", "1914-06-28", "1939-08-31", "1948-01-01", "1960-12-31", "1991-12-31", "2010-06-01"):
    number("Members of the state system of the Correlates of War on %s" % on, COW, sum(a <= on <= b for _, a, b in cow),
           "value actor.members.totalCount", '{ actor(key: "org:cow-state-system") { members(during: {from: "%s", to: "%s"}) { totalCount } } }' % (on, on))
for on in ("1816-06-01", "1914-06-28", "1960-12-31", "2010-06-01"):
    number("Independent states by Gleditsch and Ward on %s" % on, GW, sum(a <= on <= b for _, a, b in gw), "value snapshot.actor.members.totalCount",
           '{ snapshot(asOf: "%s") { actor(key: "org:gw-state-system") { members { totalCount } } } }' % on)
for on in ("1900-01-01", "1938-01-01", "1950-01-01", "2000-01-01"):
    number("Major powers on %s" % on, MAJORS, sum(a <= on <= b for _, a, b in majors), "value snapshot.actor.members.totalCount",
           '{ snapshot(asOf: "%s") { actor(key: "org:cow-major-powers") { members { totalCount } } } }' % on)
number("States that joined the system in 1960", COW, sum(a[:4] == "1960" for _, a, _ in cow), "value actor.members.totalCount",
       '{ actor(key: "org:cow-state-system") { members(during: {from: "1960-01-01", to: "1960-12-31", overlap: BEGINS}) { totalCount } } }')
number("States that left it from 1938 to 1945", COW, sum("1938" <= b[:4] <= "1945" for _, _, b in cow), "value actor.members.totalCount",
       '{ actor(key: "org:cow-state-system") { members(during: {from: "1938-01-01", to: "1945-12-31", overlap: ENDS}) { totalCount } } }')
number("Spells of Japan as a major power", MAJORS, sum(c == "740" for c, _, _ in majors), "value actor.memberships.totalCount",
       '{ actor(key: "JPN") { memberships(in: "org:cow-major-powers") { totalCount } } }')
number("Spells of France in the state system", COW, sum(c == "220" for c, _, _ in cow), "value actor.memberships.totalCount",
       '{ actor(key: "FRA") { memberships(in: "org:cow-state-system") { totalCount } } }')

# One list against the other. Serbia is 345 in the one and 340 in the other.
for on in ("1900-01-01", "1950-01-01"):
    mine, theirs = {{"345": "340"}.get(c, c) if on < "1918" else c for c, a, b in cow if a <= on <= b}, {c for c, a, b in gw if a <= on <= b}
    number("States on %s in the list of Gleditsch and Ward and not in that of the Correlates of War" % on, COW + ", " + GW, len(theirs - mine),
           "value snapshot.actors.totalCount",
           '''{ snapshot(asOf: "%s") { actors(where: {memberOf: {eq: "org:gw-state-system"}, NOT: {memberOf: {eq: "org:cow-state-system"}}})
           { totalCount } } }''' % on)
    number("And the other way round", COW + ", " + GW, len(mine - theirs), "value snapshot.actors.totalCount",
           '''{ snapshot(asOf: "%s") { actors(where: {memberOf: {eq: "org:cow-state-system"}, NOT: {memberOf: {eq: "org:gw-state-system"}}})
           { totalCount } } }''' % on)
