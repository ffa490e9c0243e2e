import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';

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
    body: JSON.stringify(withoutStaleName(params)),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
};

/**
 * GraphiQL learns the name of an operation a moment after its document: asked at once after a change of tabs,
 * it would send the name from the other tab, and get an error for it.
 */
function withoutStaleName(params: FetcherParams): FetcherParams {
  const { operationName, ...rest } = params;
  if (!operationName) return params;
  try {
    const known = parse(params.query).definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operationName,
    );
    return known ? params : rest;
  } catch {
    return params; // the server says better what is wrong with the document
  }
}
