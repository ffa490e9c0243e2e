/** The server that the tests ask. It holds the shipped sample and nothing else. */
if (!process.env.ENTENTE_URL) {
  throw new Error(
    'ENTENTE_URL is not set: start `entente serve --sample` and give its address, for example ENTENTE_URL=http://localhost:8080',
  );
}
export const server = new URL(process.env.ENTENTE_URL);

/** Asks the graph and gives the data of the answer; an answer with errors is a failure. */
export async function ask(query, variables = {}) {
  const response = await fetch(new URL('/graphql', server), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (answer.errors) throw new Error(`the graph refuses: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}
