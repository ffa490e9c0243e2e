import { examples } from './examples.js';
import { Holdings } from './holdings.js';

const words = [
  [
    'Actor',
    'A state, an organisation or a person. Codes are keys: JPN, cow:740, gw:732, person:minoru-kihara, org:jmsdf.',
  ],
  [
    'Engagement',
    'What actors take part in, for a time: an Agreement, a Dispute, a Meeting or an Act. A summit is a meeting of heads of state or government.',
  ],
  [
    'Tie',
    'What binds two actors on a topic, concluded from the engagements by a rule that is named in the answer. It is told as spells.',
  ],
  [
    'Spell',
    'A stretch of a tie with one status, ACTIVE or SUSPENDED, with what began and what ended it. Spells are never merged because they lie close together.',
  ],
  ['Dyad', 'Two actors, in either order, with all that passed between them.'],
  [
    'Assertion',
    'Who asserts, denies or reserves what. Where the parties disagree, both versions stand, each with its author and its source.',
  ],
] as const;

const times = [
  [
    'snapshot(asOf: "2019-06-01")',
    'The world as it was on that day. The day holds for every field inside; several snapshots fit into one document.',
  ],
  [
    'snapshot(load: 2)',
    'What the graph knew then. Every load has a number, and each earlier one still answers.',
  ],
  [
    '1979~, 2018-12, 2019?',
    'Dates are as precise as the source: about 1979, a month, an uncertain year. earliest and latest give the days.',
  ],
  [
    'NONE or NO_DATA',
    'NONE: the sources cover that day completely, and there was nothing. NO_DATA: they do not cover it.',
  ],
] as const;

/** What the graph holds and how to ask, for someone who sees it for the first time. */
export function Guide({ close }: { close: () => void }) {
  return (
    <article className="guide">
      <header>
        <h2 id="guide-title">What the graph holds</h2>
        <button type="button" onClick={close} aria-label="Close">
          ×
        </button>
      </header>
      <p>
        Who the actors were, what they agreed, what they disputed, where they met and what they did to one
        another, read from published sources and kept with a citation for each statement. The shipped sample
        holds the states since 1816, a dossier on Japan and the Republic of Korea with their neighbours, 1951
        to 2026, and the visits of foreign leaders to the United States and of its presidents and secretaries
        of state abroad.
      </p>
      <Holdings />
      <h3>Words</h3>
      <Terms rows={words} />
      <h3>Time</h3>
      <Terms rows={times} code />
      <h3>Examples</h3>
      <ul>
        {examples.map(({ slug, title }) => (
          <li key={slug}>
            <a href={`/playground?tab=${slug}`}>{title}</a>
          </li>
        ))}
      </ul>
      <p>
        Each type and field is described in the schema: open the book on the left, or hover over a field in
        the editor. What you type is kept in the page's address, so a question can be sent as a link.
      </p>
    </article>
  );
}

function Terms({ rows, code = false }: { rows: readonly (readonly [string, string])[]; code?: boolean }) {
  return (
    <dl>
      {rows.map(([term, meaning]) => (
        <div key={term}>
          <dt>{code ? <code>{term}</code> : term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
