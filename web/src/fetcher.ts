import type { Fetcher } from '@graphiql/toolkit';

/**
 * Asks the graph over POST. The API knows neither subscriptions nor incremental delivery, so one request has
 * one answer, and GraphiQL's own fetcher with its transports is not needed.
 */
export const fetcher: Fetcher = async (params, options) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      ...options?.headers,
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
};
