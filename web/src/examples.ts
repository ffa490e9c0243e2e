/** The documented tabs: the files of ../tabs in order of their numbers. The same files are run by tests. */
export interface Example {
  /** The file's name without its ending, as it stands in the page's address: "01-founding-question". */
  readonly slug: string;
  /** The question: the first paragraph of the file's leading comment. */
  readonly title: string;
  /** The operation's name, which GraphiQL shows on the tab. */
  readonly name: string;
  readonly query: string;
}

const files = import.meta.glob<string>('../tabs/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const examples: readonly Example[] = Object.entries(files)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, query]) => ({
    slug: path.replace(/^.*\//, '').replace(/\.graphql$/, ''),
    title: titleOf(query, path),
    name: must(/^(?!#).*query\s+(\w+)/m.exec(query), path, 'names no operation'),
    query,
  }));

/** Names this set of examples, so that a browser that has seen another set is shown the new one. */
export const edition: string = fingerprint(examples.map((example) => example.query).join('\n'));

function titleOf(query: string, path: string): string {
  const comment = must(
    /^((?:[ ]*#[ ]*\S.*\n)+)/.exec(query),
    path,
    'does not begin with a comment that is its question',
  );
  return comment.replaceAll(/\s*#\s*/g, ' ').trim();
}

function must(match: RegExpExecArray | null, path: string, otherwise: string): string {
  if (!match?.[1]) throw new Error(`${path}: ${otherwise}`);
  return match[1];
}

/** FNV-1a, 32 bits; good enough to tell editions apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
