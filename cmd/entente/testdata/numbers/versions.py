"""A newer version over an older: MID 4.3 as it was known at its load (7), MID 5.0 from the next load (8) on."""

import files as f
from number import number

OLD, NEW = "cow-mid-4.3/MIDA 4.3.csv", "cow-mid-5/MIDA 5.0.csv"


def name(r):
    return r["dispnum3"] if r["dispnum3"] != "-9" else r["dispnum4"]


old, new = {name(r): r for r in f.mida43()}, {r["dispnum"]: r for r in f.mida()}

# Of 365, 4344 and 4345 a level contradicts the codebook, of 3834 all three states are on one side: they are in quarantine.
number("Disputes in MID 4.3 that are in order, as known at its load", OLD, len(old) - 4, "value snapshot.disputes.totalCount",
       '{ snapshot(load: 7) { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } }')
number("Disputes in MID 5.0, as known at its load", NEW, len(new), "value snapshot.disputes.totalCount",
       '{ snapshot(load: 8) { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } }')
number("Disputes of MID 4.3 that reached war", OLD, sum(r["hostlev"] == "5" for r in old.values()), "value snapshot.disputes.totalCount",
       '{ snapshot(load: 7) { disputes(where: {source: {eq: "cow-mid"}, hostility: {eq: 5}}) { totalCount } } }')


def opposed(rows, who, other):
    """Disputes in which the two were on different sides at one time."""
    at = {}
    for r in rows:
        if r["ccode"] in (who, other):
            at.setdefault(r.get("dispnum") or name(r), []).append(r)
    return sum(any(x["ccode"] == who and y["ccode"] == other and x["sidea"] != y["sidea"] and f.starts(x) <= f.ends(y) and f.starts(y) <= f.ends(x)
                   for x in of for y in of) for of in at.values())


for a, b in (("732", "740"), ("731", "732"), ("710", "740"), ("770", "750")):
    number("Disputes between %s and %s in MID 4.3" % (f.KEY[a], f.KEY[b]), OLD + ", MIDB 4.3.csv", opposed(f.midb43(), a, b),
           "value snapshot.dyad.disputes.totalCount",
           '{ snapshot(load: 7) { dyad(a: "%s", b: "%s") { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } } }' % (f.KEY[a], f.KEY[b]))
    number("Disputes between %s and %s in MID 5.0" % (f.KEY[a], f.KEY[b]), NEW + ", MIDB 5.0.csv", opposed(f.midb(), a, b),
           "value snapshot.dyad.disputes.totalCount",
           '{ snapshot(load: 8) { dyad(a: "%s", b: "%s") { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } } }' % (f.KEY[a], f.KEY[b]))

# 4.3 has a dispute of Japan and South Korea of 2006 as 30602, 5.0 as 4476: one dispute, told twice.
number("Under the old number of 2006, at the newest load, disputes of that day between the two", OLD + ", " + NEW,
       sum(r["styear"] == "2006" and {"732", "740"} <= {p["ccode"] for p in f.midb() if p["dispnum"] == r["dispnum"]} for r in new.values()),
       "count dyad.disputes.nodes.key",
       '''{ dyad(a: "JPN", b: "KOR") { disputes(where: {source: {eq: "cow-mid"}, period: {from: "2006-01-01", to: "2006-12-31", overlap: BEGINS}})
       { nodes { key title } } } }''')
for n in ("30602", "30501", "50201"):
    r = next(r for r in f.mida43() if r["dispnum4"] == n)
    number("Disputes of the year that have the number %s of 4.3, at the newest load" % n, OLD,
           sum(x["dispnum4"] == n and x["styear"] == r["styear"] for x in f.mida43()), "count disputes.nodes.key",
           '''{ disputes(where: {identifier: {scheme: "cow-mid-4", eq: "%s"}, period: {from: "%s-01-01", to: "%s-12-31", overlap: BEGINS}})
           { nodes { key } } }''' % (n, r["styear"], r["styear"]))
r = next(r for r in f.mida43() if r["dispnum4"] == "30602")
number("States in dispute 4283 in 4.3", "cow-mid-4.3/MIDB 4.3.csv", len({r["ccode"] for r in f.midb43() if name(r) == "4283"}) or 0,
       "distinct snapshot.engagement.participations.nodes.actor.key",
       '{ snapshot(load: 7) { engagement(key: "cow-mid:4283") { participations(first: 100) { nodes { actor { key } } } } } }')

number("Disputes of MID 4.3, as known a moment before the newer version: asked by time", OLD, len(old) - 4, "value then.disputes.totalCount",
       '{ then: snapshot(knownAt: "recorded 7") { disputes(where: {source: {eq: "cow-mid"}}) { totalCount } } }')
number("Disputes that only 5.0 has: added by its load", OLD + ", " + NEW, len(set(new) - set(old)) + 4, "count changes.nodes.after[engagement.kind=DISPUTE].recorded.number",
       '''query($after: String) { changes(fromLoad: 7, toLoad: 8, first: 100, after: $after, where: {type: [ADDED], kind: ["engagement"]})
       { pageInfo { hasNextPage endCursor } nodes { key title after { recorded { number } engagement { kind } } } } }''')
