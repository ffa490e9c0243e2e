import type { Storage } from '@graphiql/toolkit';
import { edition, examples } from './examples.js';

/**
 * Where GraphiQL keeps its tabs between visits: the browser's storage under a prefix of its own, or memory
 * where the browser refuses (private windows).
 *
 * The edition of the examples is part of the prefix, or someone who has been here before would never see a
 * new or mended one. On the first visit the documented tabs are put there as if they had been open before:
 * only then does GraphiQL find the one that the address asks for among them.
 */
export function playgroundStorage(): Storage {
  const storage = prefixed(`entente:${edition}:`, browserStorage() ?? memoryStorage());
  if (storage.getItem(tabsKey) === null) storage.setItem(tabsKey, JSON.stringify(firstTabs()));
  return storage;
}

type Items = Pick<globalThis.Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** GraphiQL's storage puts "graphiql:" before its keys; this is the one of its tabs. */
const tabsKey = 'graphiql:tabState';

function firstTabs() {
  return {
    activeTabIndex: 0,
    tabs: examples.map(({ slug, name, query }) => ({
      id: slug,
      title: name,
      query,
      variables: null,
      headers: null,
      operationName: null,
      response: null,
    })),
  };
}

function browserStorage(): Items | undefined {
  try {
    const { localStorage } = window;
    localStorage.setItem('entente:probe', '');
    localStorage.removeItem('entente:probe');
    return localStorage;
  } catch {
    return undefined;
  }
}

function memoryStorage(): Items {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function prefixed(prefix: string, items: Items): Storage {
  const keys = () =>
    Array.from({ length: items.length }, (_, index) => items.key(index)).filter(
      (key): key is string => key?.startsWith(prefix) ?? false,
    );
  return {
    get length() {
      return keys().length;
    },
    getItem: (key) => items.getItem(prefix + key),
    setItem: (key, value) => items.setItem(prefix + key, value),
    removeItem: (key) => items.removeItem(prefix + key),
    clear: () => keys().forEach((key) => items.removeItem(key)),
  };
}
