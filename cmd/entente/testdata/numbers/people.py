"""People: leaders (archigos), chiefs of mission (us-envoys), visits to and travels of the United States, and who is who."""

import re

import files as f
from number import number

ARCHIGOS, VISITS = "archigos/arch_annual.txt", "us-state-visits/*.xml"
leaders = f.archigos()


def visits(country, first="0000", last="9999"):
    return [v for v in f.visits() if v["."].find("from").get("id") == country and first <= v["start-date"] <= last]


for key, gw in (("JPN", "740"), ("KOR", "732"), ("FRA", "220"), ("PER", "135")):
    number("Stays in office of the leaders of %s" % key, ARCHIGOS, sum(t["ccode"] == gw for t in leaders), "value officeHolders.totalCount",
           '{ officeHolders(of: "%s", office: "effective leader") { totalCount } }' % key)
for key, gw, first, last in (("JPN", "740", "1945-08-15", "1960-12-31"), ("ARG", "160", "1955-01-01", "1983-12-31"), ("USA", "2", "1900-01-01", "1999-12-31")):
    number("Leaders' stays in %s that touch %s to %s" % (key, first, last), ARCHIGOS, len(f.leaders(gw, first, last)), "value officeHolders.totalCount",
           '{ officeHolders(of: "%s", office: "effective leader", during: {from: "%s", to: "%s"}) { totalCount } }' % (key, first, last))
number("Leaders who came to office in Argentina in the 1970s", ARCHIGOS, sum(t["ccode"] == "160" and t["startdate"][:3] == "197" for t in leaders),
       "value officeHolders.totalCount",
       '{ officeHolders(of: "ARG", office: "effective leader", during: {from: "1970-01-01", to: "1979-12-31", overlap: BEGINS}) { totalCount } }')
for key, gw in (("BOL", "145"), ("SYR", "652"), ("THA", "800")):
    number("Leaders of %s who came into office against the rules" % key, ARCHIGOS, sum(t["ccode"] == gw and t["entry"] == "Irregular" for t in leaders),
           "count officeHolders.nodes[entry=IRREGULAR].entry",
           '''query($after: String) { officeHolders(of: "%s", office: "effective leader", first: 100, after: $after)
           { pageInfo { hasNextPage endCursor } nodes { entry } } }''' % key)

# Chiefs of mission.
for on in ("1950-06-25", "1975-01-01", "2000-01-01", "1931-09-18"):
    number("Chief of the mission in Japan on %s" % on, "us-state-pocom/missions-countries/japan.xml",
           sum(bool(c["started"]) and c["started"] <= on and (not c["ended"] or on <= c["ended"]) for c in f.chiefs("japan")),
           "count office.holder.person.key",
           '''{ office(of: "USA", title: ["Ambassador Extraordinary and Plenipotentiary, Japan", "Minister Resident, Japan",
           "Envoy Extraordinary and Minister Plenipotentiary, Japan"]) { holder(on: "%s") { person { key } } } }''' % on)

# Visits to the United States, travels of its presidents.
# Several visitors to one occasion, as to a funeral or a summit, are one meeting: the visitors are counted, not the meetings.
for first, last in (("1960-01-01", "1960-12-31"), ("1963-11-24", "1963-11-25"), ("2012-01-01", "2012-12-31")):
    number("Visitors to the United States whose visits touch %s to %s" % (first, last), VISITS,
           sum(v["start-date"] <= last and first <= v["end-date"] for v in f.visits()), "count meetings.nodes.participations.nodes.actor.key",
           '''query($after: String) { meetings(first: 100, after: $after, where: {source: {eq: "us-visits"}, period: {from: "%s", to: "%s"}})
           { pageInfo { hasNextPage endCursor } nodes { participations(role: [REPRESENTATIVE], first: 100) { nodes { actor { key } period { edtf } } } } } }'''
           % (first, last))
# Two leaders of New Caledonia and French Polynesia came to summits of the Pacific; they are part of France, and it took not part itself.
for country, key in (("france", "FRA"), ("israel", "ISR"), ("mexico", "MEX")):
    number("Visits of leaders of %s" % country, VISITS, len(visits(country)), "value snapshot.dyad.meetings.totalCount",
           '''{ snapshot(load: 3) { dyad(a: "USA", b: "%s") { meetings(through: [DIRECT, REPRESENTED], where: {source: {eq: "us-visits"}})
           { totalCount } } } }''' % key)
number("Visits of leaders of Japan in the 1980s", VISITS, len(visits("japan", "1980", "1989-12-31")), "value dyad.meetings.totalCount",
       '''{ dyad(a: "USA", b: "JPN") { meetings(where: {source: {eq: "us-visits"}, parties: {anyOf: ["USA"], role: {eq: HOST}},
       period: {from: "1980-01-01", to: "1989-12-31", overlap: BEGINS}}) { totalCount } } }''')
for who, name in (("bush-george-h-w", "George H.W. Bush"), ("nixon-richard-m", "Nixon")):
    mine = [t for t in f.trips("president") if t["file"] == who + ".xml"]
    number("Legs of the travels of President %s" % name, "us-state-travels/president-travels/%s.xml" % who, len(mine),
           "value actor.meetings.totalCount",
           '{ actor(key: "us-travels:%s") { meetings(where: {source: {eq: "us-travels"}, period: {from: "1969-01-20", to: "1993-01-20"}}) { totalCount } } }' % who)
for who, country, key in (("nixon-richard-m", "china", "CHN"), ("obama-barack", "japan", "JPN"), ("clinton-william-j", "korea-south", "KOR")):
    mine = [t for t in f.trips("president") if t["file"] == who + ".xml" and t["."].find("country").get("id") == country]
    number("Travels of %s to %s" % (who, country), "us-state-travels/president-travels/%s.xml" % who, len(mine), "value actor.meetings.totalCount",
           '{ actor(key: "us-travels:%s") { meetings(where: {source: {eq: "us-travels"}, parties: {anyOf: ["%s"], role: {eq: HOST}}}) { totalCount } } }' % (who, key))
# Whom remarks name of third states took part: the files' words, read by another road.
for who, home, people, key in (("kennedy-john-f", "russia", "Soviet", "SUN"), ("reagan-ronald", "russia", "Soviet", "SUN"), ("trump-donald-j", "korea-north", "North Korean|North Korea-U.S.", "PRK")):
    mine = [t for t in f.trips("president") if t["file"] == who + ".xml" and t["."].find("country").get("id") != home
            and re.search(r"(with|second) (%s) ?(Premier|General Secretary|leader|summit)" % people, t["remarks"])]
    number("Summits of %s with %s in other countries" % (who, key), "us-state-travels/president-travels/%s.xml" % who, len(mine), "value actor.meetings.totalCount",
           '{ actor(key: "us-travels:%s") { meetings(where: {level: {eq: SUMMIT}, parties: {anyOf: ["%s"], role: {eq: PARTICIPANT}}, source: {eq: "us-travels"}}) { totalCount } } }' % (who, key))

# One person in several sources: what is said under any key counts for the person.
PERSONS = VISITS + ", " + ARCHIGOS


for key, who, lands, last, leader in (
        ("person:shinzo-abe", r"\bAbe\b", ("japan",), "2024", ("740", "Shinzo Abe")),
        ("us-visits:mikhail-s-gorbachev-russia-1990s", "Gorbachev", ("russia",), "2024", ("365", "Gorbachev")),
        ("person:chung-hee-park", r"Park\b", ("korea-south",), "1979", ("732", "Hee Park"))):
    seen = [v for v in f.visits() if re.search(who, v["visitor"]) and v["."].find("from").get("id") in lands and v["start-date"] < last]
    number("Visits to the USA of %s, whatever key is asked" % leader[1], VISITS, len(seen), "value actor.meetings.totalCount",
           '{ actor(key: "%s") { meetings(where: {source: {eq: "us-visits"}}) { totalCount } } }' % key)
    number("Stays of %s as leader" % leader[1], ARCHIGOS, sum(t["ccode"] == leader[0] and t["leader"] == leader[1] for t in leaders),
           "count actor.tenures[office=effective leader].key", '{ actor(key: "%s") { tenures { key office } } }' % key)
for who, key in (("bush-george-h-w", "archigos:81ddb59a-1e42-11e4-b4cd-db5882bf8def"), ("nixon-richard-m", "archigos:81dd84c7-1e42-11e4-b4cd-db5882bf8def")):
    number("Legs of travels of %s, asked by the key that the list of leaders has" % who, "us-state-travels/president-travels/%s.xml, %s" % (who, ARCHIGOS),
           sum(t["file"] == who + ".xml" for t in f.trips("president")), "value actor.meetings.totalCount",
           '{ actor(key: "%s") { meetings(where: {source: {eq: "us-travels"}, parties: {anyOf: ["%s"], role: {eq: REPRESENTATIVE}}}) { totalCount } } }' % (key, key))
