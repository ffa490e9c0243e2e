"""A number: what it is, from which files, what it comes to, and the GraphQL document that asks the program for it.

How it is read from the answer (read): an operator and a path. A path goes through objects by name and through all items of lists;
a step as missions[status=OPEN] takes the items alone that have that value. Operators:

    value     the one value there is
    count     how many values there are, null not counted
    distinct  how many different ones
    sum       their sum

Several paths are joined by " + ". A document with a variable $after is asked page by page; in one "recorded 7" stands for the moment at which
load 7 was recorded. What begins with GET is an address of a table in CSV: its rows are objects of their columns, under rows.
"""

ALL = []


def number(what, files, want, read, ask):
    ALL.append({"what": what, "files": files, "want": want, "read": read, "ask": " ".join(ask.split())})
