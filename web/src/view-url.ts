import { examples, type Example } from './examples.js';

/**
 * A view of the playground is an address:
 *
 *     /playground?tab=02-ministers-that-met       a documented tab, as it is shipped
 *     /playground?query=…&variables=…             any other document
 *
 * Headers are left out on purpose: they may hold secrets.
 */
export interface View {
  readonly query: string;
  readonly variables: string;
}

/** What the address asks for, or undefined where it asks for nothing. */
export function viewOf(search: string): View | undefined {
  const params = new URLSearchParams(search);
  const query = params.get('query');
  if (query !== null) return { query, variables: params.get('variables') ?? '' };
  const slug = params.get('tab');
  const example = examples.find((candidate) => candidate.slug === slug);
  return example && { query: example.query, variables: '' };
}

/** The query string, with its "?", of a view; empty for an empty one. */
export function searchOf(view: View): string {
  const example = exampleOf(view);
  if (example) return `?tab=${example.slug}`;
  const params = new URLSearchParams();
  if (view.query.trim()) params.set('query', view.query);
  if (view.variables.trim()) params.set('variables', view.variables);
  const search = params.toString();
  return search && `?${search}`;
}

export function exampleOf(view: View): Example | undefined {
  if (view.variables.trim()) return undefined;
  return examples.find((candidate) => candidate.query === view.query);
}

/** Addresses longer than this are refused by some servers and proxies; such a view stays without one. */
const longestAddress = 8000;

/** Shows the view in the address bar without adding to the browser's history. */
export function showInAddress(view: View): void {
  const search = searchOf(view);
  const address = `${location.pathname}${search.length > longestAddress ? '' : search}${location.hash}`;
  if (address !== `${location.pathname}${location.search}${location.hash}`) {
    history.replaceState(history.state, '', address);
  }
}
