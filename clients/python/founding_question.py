"""How did the ties of two actors on a topic develop? Asks an Entente server, in GraphQL.

python founding_question.py [A B [TOPIC]], with the server's address in ENTENTE_URL.
"""

import os
import sys
from pathlib import Path

from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport

DOCUMENT = Path(__file__).parent.parent / "founding-question.graphql"


def main(a: str = "JPN", b: str = "KOR", topic: str = "DEFENSE") -> None:
    server = os.environ.get("ENTENTE_URL", "http://localhost:8080")
    # With the server's schema the document is checked before it is sent.
    client = Client(transport=RequestsHTTPTransport(url=server + "/graphql"), fetch_schema_from_transport=True)
    question = gql(DOCUMENT.read_text(encoding="utf-8"))
    question.variable_values = {"a": a, "b": b, "topic": topic}
    dyad = client.execute(question)["dyad"]
    for tie in dyad["ties"]:
        print(f"{dyad['a']['name']} and {dyad['b']['name']}, {tie['topic']}: {tie['status']} on {tie['statusOn']}")
        for spell in tie["spells"]:
            show(spell)


def show(spell: dict) -> None:
    period, began = spell["period"], spell["began"]
    status = " ".join(filter(None, [spell["status"], spell["extent"]]))
    start = period["start"]["edtf"] if period["start"] else "(unknown)"
    end = period["end"]["edtf"] if period["end"] else f"({period['why']})"
    print(f"{spell['number']}. {status} {start} to {end}, {len(spell['contacts']['nodes'])} meetings")
    if spell["startedBy"]:
        print("   began with:", spell["startedBy"]["title"])
    for cause in began["because"] if began else []:
        print("   because of:", cause["title"])
    if spell["endedBy"]:
        print("   ended with:", spell["endedBy"]["title"])


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except TransportQueryError as refused:
        for error in refused.errors or []:
            print(error["message"], *error.get("extensions", {}).get("suggestions", []), sep="\n  ", file=sys.stderr)
        sys.exit(1)
