/**
 * How did the ties of two actors on a topic develop? Asks an Entente server, in GraphQL.
 *
 *     node dist/main.js [A B [TOPIC]], with the server's address in ENTENTE_URL
 */
import { ClientError, request } from 'graphql-request';
import { FoundingQuestionDocument, type FoundingQuestionQuery, type Topic } from './generated.js';

type Spell = NonNullable<FoundingQuestionQuery['dyad']>['ties'][number]['spells'][number];

async function main(a = 'JPN', b = 'KOR', topic = 'DEFENSE'): Promise<void> {
  const server = process.env.ENTENTE_URL ?? 'http://localhost:8080';
  const { dyad } = await request(`${server}/graphql`, FoundingQuestionDocument, {
    a,
    b,
    topic: topic as Topic, // the server says so if it is none
  });
  for (const tie of dyad?.ties ?? []) {
    console.log(`${dyad?.a.name} and ${dyad?.b.name}, ${tie.topic}: ${tie.status} on ${tie.statusOn}`);
    tie.spells.forEach(show);
  }
}

function show({ number, status, extent, period, startedBy, began, endedBy, contacts }: Spell): void {
  const start = period.start?.edtf ?? '(unknown)';
  const end = period.end?.edtf ?? `(${period.why})`;
  const held = extent ? `${status} ${extent}` : status;
  console.log(`${number}. ${held} ${start} to ${end}, ${contacts.nodes.length} meetings`);
  if (startedBy) console.log(`   began with: ${startedBy.title}`);
  for (const cause of began?.because ?? []) console.log(`   because of: ${cause.title}`);
  if (endedBy) console.log(`   ended with: ${endedBy.title}`);
}

try {
  await main(...process.argv.slice(2));
} catch (refused) {
  if (!(refused instanceof ClientError)) throw refused;
  for (const { message, extensions } of refused.response.errors ?? []) {
    const suggestions = (extensions?.suggestions ?? []) as string[];
    console.error([message, ...suggestions].join('\n  '));
  }
  process.exitCode = 1;
}
