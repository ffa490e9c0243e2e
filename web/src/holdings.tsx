import { useEffect, useState } from 'react';

/** What the store at hand holds, asked when the guide is first shown. */
interface Meta {
  readonly load: { readonly number: number; readonly recorded: string } | null;
  readonly sources: readonly { readonly key: string; readonly title: string; readonly version: string }[];
}

const question = '{ meta { load { number recorded } sources { key title version } } }';

/** One sentence on the loads and a list of the sources; nothing while, or where, the server does not answer. */
export function Holdings() {
  const [meta, setMeta] = useState<Meta>();

  useEffect(() => {
    const asking = new AbortController();
    fetch(`/graphql?query=${encodeURIComponent(question)}`, { signal: asking.signal })
      .then((response) => response.json())
      .then((answer: { data?: { meta?: Meta } }) => setMeta(answer.data?.meta))
      .catch(() => setMeta(undefined)); // the rest of the guide stands without it
    return () => asking.abort();
  }, []);

  if (!meta) return null;
  if (!meta.load) return <p>This store is empty.</p>;
  return (
    <>
      <h3>This store</h3>
      <p>
        Its newest load is number {meta.load.number}, recorded {meta.load.recorded.slice(0, 10)}, and its
        sources:
      </p>
      <ul>
        {meta.sources.map(({ key, title, version }) => (
          <li key={key}>
            {title} <small>{version}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
