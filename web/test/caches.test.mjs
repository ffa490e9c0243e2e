// Clients that keep answers in a normalised cache file objects by their ids. One document with two snapshots holds
// the same tie twice, on two days: the ids must differ, or the cache gives one day's status for the other's.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { InMemoryCache } from '@apollo/client/cache';
import { buildClientSchema, getIntrospectionQuery, parse } from 'graphql';
import relay from 'relay-runtime';
import { compile } from './relay-compile.mjs';
import { ask } from './server.mjs';

const question = /* GraphQL */ `
  query TwoDays {
    __typename
    june2019: snapshot(asOf: "2019-06-01") {
      __typename
      asOf
      dyad(a: "JPN", b: "KOR") {
        ...Defence
      }
    }
    june2024: snapshot(asOf: "2024-06-02") {
      __typename
      asOf
      dyad(a: "JPN", b: "KOR") {
        ...Defence
      }
    }
  }

  fragment Defence on Dyad {
    __typename
    id
    ties(topics: [DEFENSE]) {
      __typename
      id
      status
      statusOn
      spells {
        __typename
        id
        status
        period {
          __typename
          start {
            __typename
            edtf
          }
        }
      }
    }
  }
`;

const document = parse(question);
let answer;
let schema;
before(async () => {
  answer = await ask(question);
  schema = buildClientSchema(await ask(getIntrospectionQuery()));
});

/** Writes an answer to Apollo's cache and reads it back. */
function throughApollo(data) {
  const cache = new InMemoryCache();
  cache.writeQuery({ query: document, data });
  return cache.readQuery({ query: document });
}

/** Writes an answer to Relay's store and reads it back. */
function throughRelay(data) {
  const store = new relay.Store(new relay.RecordSource());
  const environment = new relay.Environment({
    store,
    network: relay.Network.create(() => {
      throw new Error('the store is asked, not the network');
    }),
  });
  const operation = relay.createOperationDescriptor(compile(schema, document), {});
  environment.commitPayload(operation, data);
  return environment.lookup(operation.fragment).data;
}

const statuses = (data) => [data.june2019.dyad.ties[0].status, data.june2024.dyad.ties[0].status];

test('the graph answers for two days in one document', () => {
  assert.deepEqual(statuses(answer), ['SUSPENDED', 'ACTIVE']);
});

for (const [client, through] of Object.entries({ Apollo: throughApollo, Relay: throughRelay })) {
  test(`${client}'s cache reads the two days back unmixed`, () => {
    const read = through(answer);
    assert.deepEqual(statuses(read), ['SUSPENDED', 'ACTIVE']);
    assert.deepEqual(plain(read), plain(answer));
  });

  // Shows that the test above can fail: with the same id on both days this cache does mix them.
  test(`${client}'s cache mixes days whose ties have one id`, () => {
    const mixed = plain(answer);
    mixed.june2019.dyad.ties[0].id = mixed.june2024.dyad.ties[0].id;
    assert.notDeepEqual(statuses(through(mixed)), ['SUSPENDED', 'ACTIVE']);
  });
}

test('an id leads back to its own day', async () => {
  const ids = [answer.june2019.dyad.ties[0].id, answer.june2024.dyad.ties[0].id];
  const { nodes } = await ask('query Again($ids: [ID!]!) { nodes(ids: $ids) { id ... on Tie { status } } }', {
    ids,
  });
  assert.deepEqual(
    nodes.map((node) => node.status),
    ['SUSPENDED', 'ACTIVE'],
  );
  assert.deepEqual(
    nodes.map((node) => node.id),
    ids,
  );
});

/** A copy of plain objects: caches freeze what they give, or give it another prototype. */
function plain(data) {
  return JSON.parse(JSON.stringify(data));
}
