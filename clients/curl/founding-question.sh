#!/bin/sh
# How did the ties of two actors on a topic develop? Asks an Entente server, in GraphQL, with curl and jq.
#
#   ./founding-question.sh [A B [TOPIC]], with the server's address in ENTENTE_URL
set -eu

question=$(jq -n --rawfile query "$(dirname "$0")/../founding-question.graphql" \
  --arg a "${1:-JPN}" --arg b "${2:-KOR}" --arg topic "${3:-DEFENSE}" \
  '{query: $query, variables: {a: $a, b: $b, topic: $topic}}')

answer=$(curl --silent --show-error --header 'Content-Type: application/json' --data "$question" \
  "${ENTENTE_URL:-http://localhost:8080}/graphql")

printf '%s' "$answer" | jq -r '
  if .errors then
    [.errors[] | .message, "  \(.extensions.suggestions[]?)"] | join("\n") + "\n" | halt_error(1)
  else
    .data.dyad as $dyad | $dyad.ties[]
    | "\($dyad.a.name) and \($dyad.b.name), \(.topic): \(.status) on \(.statusOn)",
      (.spells[]
        | "\(.number). \([.status, .extent // empty] | join(" ")) \(
            .period.start.edtf // "(unknown)") to \(.period.end.edtf // "(\(.period.why))"), \(
            .contacts.nodes | length) meetings",
          (.startedBy // empty | "   began with: \(.title)"),
          (.began.because[]? | "   because of: \(.title)"),
          (.endedBy // empty | "   ended with: \(.title)"))
  end'
