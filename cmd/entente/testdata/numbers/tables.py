"""Tables over plain HTTP, as a spreadsheet or a program in R reads them: /v1/dyads/{a}/{b}/ties.csv. Asked by GET; the rows of a
table are its values under rows."""

import files as f
from number import number

MID, ATOP, WARS = "cow-mid-5/MIDB 5.0.csv", "atop-4/atop-member-level.csv", "cow-wars/Inter-StateWarData_v4.0.csv"
midb, inter = f.midb(), f.table(WARS, encoding="cp1252")


def stretches(a, b):
    """The days on which two states were opposed in a militarized dispute or an inter-state war, put together where they touch."""
    spans = []
    groups = {}
    for r in midb:
        groups.setdefault("mid" + r["dispnum"], []).append((r["ccode"], r["sidea"], f.starts(r), f.ends(r)))
    for r in inter:
        for i in "12":
            if int(r["StartYear" + i]) > 0:
                groups.setdefault("war" + r["WarNum"], []).append((
                    r["ccode"], r["Side"], f.day(r["StartYear" + i], r["StartMonth" + i], r["StartDay" + i]), f.day(r["EndYear" + i], r["EndMonth" + i], r["EndDay" + i], True)))
    for of in groups.values():
        for x in of:
            for y in of:
                if x[0] == a and y[0] == b and x[1] != y[1] and max(x[2], y[2]) <= min(x[3], y[3]):
                    spans.append((max(x[2], y[2]), min(x[3], y[3])))
    return merged(spans)


def merged(spans):
    """Stretches put together where they overlap or touch."""
    out = []
    for s, e in sorted(spans):
        if out and s <= after(out[-1][1]):
            out[-1] = (out[-1][0], max(e, out[-1][1]))
        else:
            out.append((s, e))
    return out


def after(day):
    y, m, d = (int(x) for x in day.split("-"))
    d += 1
    if y < 9999 and d > f.days_in(y, m):
        y, m, d = (y + 1, 1, 1) if m == 12 else (y, m + 1, 1)
    return "%04d-%02d-%02d" % (y, m, d)

def bound(a, b, on):
    """The stretches, begun by a day, of the days on which two states owed one another defence, or help in attack, by an alliance of both."""
    spans = []
    for x in f.members():
        for y in f.members():
            if x["member"] == a and y["member"] == b and x["atopid"] == y["atopid"] and (x["defense"] == "1" or x["offense"] == "1" or y["defense"] == "1" or y["offense"] == "1"):
                first = max(f.cells(m, "yrent", "moent", "dayent") for m in (x, y))
                last = min(f.cells(m, "yrexit", "moexit", "dayexit", True) for m in (x, y))
                if first <= min(last, on):
                    spans.append((first, last))
    return merged(spans)


for a, b, on in (("2", "740", "1958-01-01"), ("2", "740", "1935-01-01"), ("200", "220", "1940-01-01"), ("200", "220", "1930-06-01"),
                 ("640", "350", "1963-12-25"), ("710", "731", "1975-01-01"), ("651", "666", "1970-01-01")):
    number("Stretches, begun by %s, of the tie of defence of %s and %s" % (on, f.KEY[a], f.KEY[b]), ATOP, len(bound(a, b, on)),
           "count rows[status=ACTIVE].topic", "GET /v1/dyads/cow:%s/cow:%s/ties.csv?topic=defense&asOf=%s" % (a, b, on))


for a, b in (("750", "770"), ("640", "350"), ("155", "160"), ("710", "750"), ("135", "130")):
    number("Stretches of contention between %s and %s: disputes and wars put together" % (f.KEY[a], f.KEY[b]), MID + ", " + WARS, len(stretches(a, b)),
           "count rows.start", "GET /v1/dyads/cow:%s/cow:%s/ties.csv?nature=contention&topic=defense" % (a, b))
