"""What needs two sources or more at once: alliances between the sides of a dispute, leaders in office during one, missions open
while one ran, trade agreements of opponents, envoys at a visit, one account against another."""

import files as f
from number import number

MID, ATOP, ARCHIGOS = "cow-mid-5/MIDA 5.0.csv, MIDB 5.0.csv", "atop-4/atop-member-level.csv", "archigos/arch_annual.txt"


def key(code):
    return f.KEY.get(code, "cow:" + code)


# Alliances in force between opposing sides of a dispute on the day it began.
BILATERAL = ["4442", "4639", "4402", "1279", "4689", "3171", "22", "2173", "4223", "1323", "3109", "2968", "316", "2741", "4643", "1345"]
for n in BILATERAL:
    m = f.mid(n)
    a, b = f.sides(n)
    if len(a) != 1 or len(b) != 1 or m["stday"] == "-9":
        continue
    one, other, began = a[0]["ccode"], b[0]["ccode"], f.starts(m)
    what = "of %s and %s on %s, when dispute %s between them began" % (key(one), key(other), began, n)
    files = MID + ", " + ATOP
    if n == "22":  # 365 is the Soviet Union, on that day: a code is read in a snapshot for its day
        a, b, on = "cow:365", "cow:367", 'snapshot(asOf: "%s")' % began
        number("Alliances in force " + what, files, len(f.allied(one, other, began)), "value snapshot.dyad.agreements.totalCount",
               '{ %s { dyad(a: "%s", b: "%s") { agreements(where: {source: {eq: "atop"}}) { totalCount } } } }' % (on, a, b))
        continue
    number("Alliances in force " + what, files, len(f.allied(one, other, began)), "value dyad.agreements.totalCount",
           '''{ dyad(a: "%s", b: "%s") { disputes(where: {period: {from: "%s", to: "%s"}, source: {eq: "cow-mid"}}) { nodes { key } }
              agreements(where: {source: {eq: "atop"}, inForce: {eq: true, on: "%s"}}) { totalCount } } }''' % (key(one), key(other), began, began, began))
    number("Those among them with a duty of defence", files, len(f.allied(one, other, began, ("defense",))), "value dyad.agreements.totalCount",
           '''{ dyad(a: "%s", b: "%s") { agreements(where: {source: {eq: "atop"}, obligations: {anyOf: [DEFENSE]}, inForce: {eq: true, on: "%s"}}) { totalCount } } }'''
           % (key(one), key(other), began))

# Leaders in office of each side while a dispute ran: one document, from the dispute to its parties to their leaders.
for n in ("1345", "61", "3551", "258", "51", "4007", "2115", "1363", "3957", "4283", "316", "4442"):
    rows = [r for r in f.midb() if r["dispnum"] == n]
    want = 0
    for r in rows:
        first, last = f.starts(r), f.ends(r)
        want += len(f.leaders(f.gw(r["ccode"], first), first, last))
    number("Leaders in office of the states of dispute %s while each was in it, each stay by itself" % n, MID + ", " + ARCHIGOS, want,
           "count engagement.participations.nodes.officeHolders.person.key",
           '''{ engagement(key: "cow-mid:%s") { period { edtf } participations(first: 100) { nodes { actor { key } period { edtf }
              officeHolders(office: "effective leader") { person { key name } period { edtf } } } } } }''' % n)

# Missions of the United States at an opponent while a dispute ran.
for n in ("1557", "2002", "2740", "2775", "2924", "2958", "2978", "3901", "4216", "4465", "4518", "69", "144", "4604", "398", "1544"):
    rows = [r for r in f.midb() if r["dispnum"] == n]
    us = [r for r in rows if r["ccode"] == "2"]
    if len(us) != 1:
        continue
    others = [r["ccode"] for r in rows if r["sidea"] != us[0]["sidea"]]
    if len(others) != 1:
        continue
    other, first, last = others[0], f.starts(us[0]), f.ends(us[0])
    levels = {s["us_mission_status"] for s in f.missions() if s["country_code_cow"] == other and s["date_start"] <= last and first <= s["date_end"]}
    number("Levels (None among them) that the mission of the USA at %s had while dispute %s ran, %s to %s" % (key(other), n, first, last),
           MID + ", us-diplomatic-missions/mission_status_range_cow_v0.1.csv", len(levels), "count dyad.missions.levels",
           '''{ dyad(a: "USA", b: "%s") { missions(from: "%s", to: "%s") { sender { key } status levels } } }''' % (key(other), first, last))

# Where a mission of one at the other was observed in the years of a dispute (what was observed in a year is certain of no day in it).
for a, b in (("740", "710"), ("2", "40"), ("740", "732")):
    waves = {(r["ccode1"], r["ccode2"], int(r["year"])): r for r in f.exchange()}
    found, years = set(), set()
    for r in f.midb():
        if r["ccode"] == a:
            for s in f.midb():
                if s["dispnum"] == r["dispnum"] and s["ccode"] == b and s["sidea"] != r["sidea"]:
                    for y in range(int(r["styear"]), int(r["endyear"]) + 1):
                        years.add(y)
    one, other = sorted((a, b), key=int)
    for y in sorted(years)[:60]:
        w = waves.get((one, other, y)) or waves.get((other, one, y))
        if w and len(found) < 2:
            found.add(y)
            at_b = w["DR_at_2"] if w["ccode1"] == a else w["DR_at_1"]
            if at_b == "9" and w["DE"] == "0":
                at_b = "?"  # no exchange, and a mission all the same: the row contradicts itself
            number("The level (none is none) at which %s was represented at %s in %d, a year in which a dispute of theirs ran" % (key(a), key(b), y),
                   MID + ", cow-diplomatic-exchange/*.csv", 1, "count dyad.representations.nodes.records[level=%s].observed.edtf" % (
                       {"0": "NONE", "1": "CHARGE", "2": "MINISTER", "3": "AMBASSADOR", "9": "OTHER", "?": "UNKNOWN"}[at_b]),
                   '''{ dyad(a: "%s", b: "%s") { disputes(where: {source: {eq: "cow-mid"}, period: {from: "%d-01-01", to: "%d-12-31"}}) { totalCount }
                   representations(sender: "%s", during: {from: "%d-01-01", to: "%d-12-31"}) {
                   nodes { records(during: {from: "%d-01-01", to: "%d-12-31"}) { level observed { edtf } } } } } }''' % (
                       key(a), key(b), y, y, key(a), y, y, y, y))

# Trade agreements that both had signed, or joined, before the year in which a dispute between them began.
ISO = {"750": "356", "770": "586", "101": "862", "100": "170", "135": "604", "130": "218", "70": "484", "2": "840", "20": "124", "640": "792", "350": "300",
       "710": "156", "850": "360", "800": "764", "820": "458", "840": "608", "92": "222", "91": "340"}
desta = f.desta()


def in_trade(code, base, before):
    """Whether a state signed a base treaty, or acceded to it, before a year."""
    return any(r["base_treaty"] == base and r["entry_type"] in ("base_treaty", "accession") and r["year"] not in ("NA", "") and int(r["year"]) < before
               and code in (r["c%d" % i] for i in range(1, 92)) for r in desta)


def traded(a, b, before):
    bases = {r["base_treaty"] for r in desta if r["entry_type"] == "base_treaty"}
    return sum(in_trade(ISO[a], n, before) and in_trade(ISO[b], n, before) for n in bases)


pairs = {}
for r in f.midb():
    pairs.setdefault(r["dispnum"], []).append(r)
done = set()
for n, rows in pairs.items():
    codes = tuple(sorted({r["ccode"] for r in rows}))
    if len(rows) != 2 or codes in done or not set(codes) <= set(ISO) or int(rows[0]["styear"]) < 1975 or rows[0]["stday"] == "-9":
        continue
    done.add(codes)
    a, b, year = codes[0], codes[1], int(rows[0]["styear"])
    number("Trade agreements of %s and %s from before %d, in which dispute %s began" % (key(a), key(b), year, n), MID + ", desta/DESTA.csv", traded(a, b, year),
           "value dyad.agreements.totalCount",
           '''{ dyad(a: "%s", b: "%s") { agreements(where: {source: {eq: "desta"}, form: {eq: AGREEMENT}, parties: {allOf: ["%s", "%s"], to: "%d-12-31"},
           period: {to: "%d-12-31", overlap: BEGINS, certainty: CERTAIN}}) { totalCount } } }''' % (key(a), key(b), key(a), key(b), year - 1, year - 1))

# Chiefs of the United States' mission in office on the first day of a visit of the receiver's leader.
ENVOY = '["Ambassador Extraordinary and Plenipotentiary, %s"]'
for country, land, name, k in (("japan", "japan", "Japan", "JPN"), ("mexico", "mexico", "Mexico", "MEX"), ("france", "france", "France", "FRA"), ("israel", "israel", "Israel", "ISR")):
    chiefs = [c for c in f.chiefs(land) if c["started"] and c["title"] == "ambassador-e-p"]
    seen = [v for v in f.visits() if v["."].find("from").get("id") == country and "1961" <= v["start-date"] <= "2016"]
    for v in seen[:: max(1, len(seen) // 3)][:3]:
        on = v["start-date"]
        number("Ambassadors of the USA in %s in office on %s, when %s came" % (name, on, v["visitor"]),
               "us-state-visits/*.xml, us-state-pocom/missions-countries/%s.xml" % land,
               sum(c["started"] <= on and (not c["ended"] or on <= c["ended"]) for c in chiefs), "count office.holder.person.key",
               '''{ dyad(a: "USA", b: "%s") { meetings(where: {source: {eq: "us-visits"}, period: {from: "%s", to: "%s"}}) { nodes { title } } }
               office(of: "USA", title: %s) { holder(on: "%s") { person { key name } period { edtf } } } }''' % (k, on, on, ENVOY % name, on))

# The leader of the visitor's state, by the list of leaders, on the first day of a visit.
for v in [v for v in f.visits() if v["."].find("from").get("id") in ("japan", "israel", "mexico")][10:80:12]:
    land = v["."].find("from").get("id")
    code, k = {"japan": ("740", "JPN"), "israel": ("666", "ISR"), "mexico": ("70", "MEX")}[land]
    on = v["start-date"]
    number("Leaders of %s in office while %s was in the USA, %s" % (land, v["visitor"], on), "us-state-visits/*.xml, " + ARCHIGOS,
           len(f.leaders(code, v["start-date"], v["end-date"])), "count dyad.meetings.nodes.participations.nodes.officeHolders[of.key=iso3:%s].person.key" % k,
           '''{ dyad(a: "USA", b: "%s") { meetings(where: {source: {eq: "us-visits"}, period: {from: "%s", to: "%s"}}) { nodes { title
           participations(role: [PARTICIPANT], first: 100) { nodes { actor { key } officeHolders(office: "effective leader") { of { key } person { key name } } } } } } } }'''
           % (k, on, on))

# One account against another: what the Correlates of War say of a dispute, and what Gibler, Miller and Little do.
gml = {r["dispnum"]: r for r in f.gml()}
mids = {r["dispnum"]: r for r in f.mida()}
differ = [n for n in sorted(gml, key=int) if n in mids and gml[n]["hostlev"] != mids[n]["hostlev"]]
for n in differ[::24]:
    number("The hostility of dispute %s, by the one and by the other, together" % n, "cow-mid-5/MIDA 5.0.csv, gml-mid/*.csv", int(gml[n]["hostlev"]) + int(mids[n]["hostlev"]),
           "sum engagement.hostility + engagement.accounts.hostility",
           '{ engagement(key: "cow-mid:%s") { ... on Dispute { hostility } accounts { key ... on Dispute { hostility } } } }' % n)
    number("In so many ways the two contradict each other about it: hostility", "cow-mid-5/MIDA 5.0.csv, gml-mid/*.csv", 1,
           "count conflicts.nodes[field=hostility].type", '{ conflicts(about: ["cow-mid:%s"], first: 100) { nodes { type field values { value } } } }' % n)
for n in [n for n in differ if gml[n]["fatality"] == mids[n]["fatality"]][::40]:
    number("And none about deaths in dispute %s" % n, "cow-mid-5/MIDA 5.0.csv, gml-mid/*.csv", 0, "count conflicts.nodes[field=fatalities].type",
           '{ conflicts(about: ["cow-mid:%s"], first: 100) { nodes { type field } } }' % n)


def sides(rows, a, b, side):
    """The opponents among rows, in either order."""
    return {frozenset((r[a], s[b])) for r in rows for s in rows if r[side] != s[side]}


def same_dispute(n):
    """Whether two of the states were opposed by both accounts, and they are no more than a year apart."""
    if not {frozenset((r["ccode1"], r["ccode2"])) for r in gml_rows[n]} & sides(pairs[n], "ccode", "ccode", "sidea"):
        return False
    first = min((int(r["year"]), int(r["stmon"])) for r in gml_rows[n])
    last = max((int(r["year"]), int(r["endmon"])) for r in gml_rows[n])
    m = mids[n]
    begins, ends = (int(m["styear"]), int(m["stmon"])), (int(m["endyear"]), int(m["endmon"]))
    apart = max(first[0] * 12 + first[1] - ends[0] * 12 - ends[1], begins[0] * 12 + begins[1] - last[0] * 12 - last[1])
    return apart <= 12


gml_rows = {}
for r in f.gml():
    gml_rows.setdefault(r["dispnum"], []).append(r)
# Seven are under another number in 5.0: the same opponents in the same months, under a number that GML does not have.
NOW = {"266": "1706", "1789": "3517", "2030": "2028", "2683": "3136", "3542": "3821", "3647": "3646", "3877": "3524"}
number("Disputes by both counts, each once: those of 5.0, and those of GML that are not the same there", "cow-mid-5/MIDA 5.0.csv, MIDB 5.0.csv, gml-mid/*.csv",
       len(mids) + sum(n not in NOW and (n not in mids or not same_dispute(n)) for n in gml), "value disputes.totalCount", '{ disputes(where: {source: {in: ["cow-mid", "gml-mid"]}}) { totalCount } }')

# In a war together, and when: the Second World War is a dispute of the USA and Germany from December 1941 on.
for a, b, first, last in (("2", "255", "1939-01-01", "1941-06-30"), ("2", "255", "1942-01-01", "1942-12-31"), ("365", "740", "1945-01-01", "1945-07-31"),
                          ("365", "740", "1939-05-01", "1939-12-31"), ("220", "740", "1941-01-01", "1945-12-31")):
    n = set()
    for r in f.midb():
        for s in pairs[r["dispnum"]]:
            if r["ccode"] == a and s["ccode"] == b and r["sidea"] != s["sidea"]:
                if max(f.starts(r), f.starts(s), first) <= min(f.ends(r), f.ends(s), last):
                    n.add(r["dispnum"])
    k = [{"2": "USA", "255": "DEU", "365": "SUN", "740": "JPN", "220": "FRA"}[c] for c in (a, b)]
    number("Disputes in which %s and %s were opposed, both in them, from %s to %s" % (k[0], k[1], first, last), MID, len(n), "value disputes.totalCount",
           '''{ disputes(where: {source: {eq: "cow-mid"}, parties: {allOf: ["%s", "%s"], alignment: OPPOSED, from: "%s", to: "%s"}}) { totalCount } }'''
           % (k[0], k[1], first, last))

# Trade and alliance, alliance and mission: of one day, in one document.
for a, b, on in (("2", "740", "1960-06-01"), ("2", "40", "1961-04-15"), ("2", "630", "1979-11-04"), ("2", "640", "1975-02-05"), ("2", "800", "1970-05-01")):
    spell = [s for s in f.missions() if s["country_code_cow"] == b and s["date_start"] <= on <= s["date_end"] and s["us_mission_status"] != "None"]
    number("Alliances of the USA and %s in force on %s, and missions of the USA there on that day, together" % (key(b), on),
           ATOP + ", us-diplomatic-missions/mission_status_range_cow_v0.1.csv", len(f.allied(a, b, on)) + len(spell),
           "count dyad.agreements.nodes.key + dyad.missions[status=OPEN].sender[key=iso3:USA].key",
           '''{ dyad(a: "USA", b: "%s") { agreements(first: 100, where: {source: {eq: "atop"}, inForce: {eq: true, on: "%s"}}) { nodes { key } }
           missions(on: "%s", level: [EMBASSY, LEGATION, LIAISON, INTERESTS, CONSULATE, AMBASSADOR_NONRESIDENT, ENVOY_NONRESIDENT]) {
           sender { key } status } } }''' % (key(b), on, on))

# Wars and the leaders who led them: a war of the list of wars is a dispute of its own, with parties of its own.
inter = f.table("cow-wars/Inter-StateWarData_v4.0.csv", encoding="cp1252")
for n, what in (("106", "the First World War"), ("151", "the Korean War"), ("199", "the war of Iran and Iraq"), ("211", "the Gulf War"), ("147", "the first Kashmir War")):
    rows = [r for r in inter if r["WarNum"] == n]
    want = 0
    for r in rows:
        for i in "12":
            if int(r["StartYear" + i]) > 0:
                first = f.day(r["StartYear" + i], r["StartMonth" + i], r["StartDay" + i])
                last = f.day(r["EndYear" + i], r["EndMonth" + i], r["EndDay" + i], True)
                want += len(f.leaders(f.gw(r["ccode"], first), first, last))
    number("Leaders in office of the states in %s while each fought" % what, "cow-wars/Inter-StateWarData_v4.0.csv, " + ARCHIGOS, want,
           "count engagement.participations.nodes.officeHolders.key",
           '''{ engagement(key: "cow-wars:%s") { participations(first: 100) { nodes { actor { key } officeHolders(office: "effective leader") {
           key person { name } } } } } }''' % n)

# System membership and a dispute: parties of a dispute that were in the state system on its first day.
states = [(r["ccode"], f.day(r["styear"], r["stmonth"], r["stday"]), f.day(r["endyear"], r["endmonth"], r["endday"], True))
          for r in f.table("cow-state-system/cow_statelist2024.csv", encoding="utf-8")]
for n in ("257", "51", "611"):
    on = f.starts(mids[n])
    codes = {r["ccode"] for r in pairs[n]}
    number("Parties of dispute %s that were in the state system on %s, its first day" % (n, on), MID + ", cow-state-system/cow_statelist2024.csv",
           sum(any(c == s and x <= on <= y for s, x, y in states) for c in codes), "count engagement.participations.nodes.actor.memberships.nodes[holds=CERTAIN].key",
           '''{ engagement(key: "cow-mid:%s") { participations(first: 100) { nodes { actor { key memberships(in: "org:cow-state-system",
           during: {from: "%s", to: "%s"}) { nodes { key holds(on: "%s") } } } } } } }''' % (n, on, on, on))
