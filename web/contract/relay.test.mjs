// Relay's own compiler, run on fragments that it alone accepts where a schema keeps its rules: @connection on every list that
// has cursors, @refetchable on every type that is a Node. The fragments are made from the schema that the server gives, so
// that a new field is held to the rules by being there. Then relay-runtime pages and refetches with what was compiled.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  printSchema,
} from 'graphql';
import relay from 'relay-runtime';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'entente-relay-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let schema;
let lists; // every field that gives a connection: {parent, field}
let nodes; // every object type with an id

before(async () => {
  const { data } = await (await asked({ query: getIntrospectionQuery() })).json();
  schema = buildClientSchema(data);
  const objects = Object.values(schema.getTypeMap()).filter(
    (t) => t.getFields && !t.name.startsWith('__') && !isInputObjectType(t),
  );
  nodes = schema.getPossibleTypes(schema.getType('Node'));
  lists = objects.flatMap((parent) =>
    Object.values(parent.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map((field) => ({ parent, field })),
  );
});

function asked(body) {
  return fetch(new URL('/graphql', process.env.ENTENTE_URL), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('connections, edges and PageInfo are as Relay has them', () => {
  assert.ok(lists.length >= 20, `only ${lists.length} connections`);
  for (const { parent, field } of lists) {
    const where = `${parent.name}.${field.name}`;
    const connection = getNamedType(field.type);
    const fields = connection.getFields();
    assert.equal(String(fields.pageInfo?.type), 'PageInfo!', where);
    const edge = getNamedType(fields.edges.type);
    assert.ok(isListType(fields.edges.type.ofType ?? fields.edges.type), where);
    assert.equal(edge.name, connection.name.replace(/Connection$/, 'Edge'), where);
    assert.equal(String(edge.getFields().cursor.type), 'String!', where);
    assert.ok(edge.getFields().node, where);
    const args = Object.fromEntries(field.args.map((arg) => [arg.name, String(arg.type)]));
    assert.equal(args.first, 'Int', where);
    assert.equal(args.after, 'String', where);
    assert.equal(args.last === undefined, args.before === undefined, where);
  }
  const info = schema.getType('PageInfo').getFields();
  assert.deepEqual(
    ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'].map((name) => String(info[name].type)),
    ['Boolean!', 'Boolean!', 'String', 'String'],
  );
});

test('node, nodes and Node are as Relay has them', () => {
  const query = schema.getQueryType().getFields();
  const args = (field) => field.args.map((arg) => `${arg.name}: ${arg.type}`);
  assert.deepEqual(args(query.node), ['id: ID!']);
  assert.equal(String(query.node.type), 'Node');
  assert.deepEqual(args(query.nodes), ['ids: [ID!]!']);
  assert.equal(String(query.nodes.type), '[Node]!');
  assert.equal(String(schema.getType('Node').getFields().id.type), 'ID!');
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (String(type.getFields().id?.type) !== 'ID!') continue;
    assert.ok(nodes.includes(type), `${type.name} has an id and is no Node`);
  }
  assert.ok(nodes.length >= 10, `only ${nodes.length} types are Nodes`);
});

/** What a required argument needs at least. */
function least(type) {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return `[${least(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0].name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(
      (f) => isNonNullType(f.type) && f.defaultValue === undefined,
    );
    return `{${required.map((f) => `${f.name}: ${least(f.type)}`).join(', ')}}`;
  }
  return (
    { Int: '1', Float: '1', Boolean: 'true', Day: '"2019-06-01"', DateTime: '"2024-01-01T00:00:00Z"' }[
      type.name
    ] ?? '"JPN"'
  );
}

function required(field) {
  return field.args
    .filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)
    .map((arg) => `, ${arg.name}: ${least(arg.type)}`)
    .join('');
}

/** A fragment with a page of the field, which a component would page through. */
function paged({ parent, field }) {
  const name = `Rules_${parent.name}_${field.name}`;
  const again = parent.name === 'Query' || parent.getInterfaces().some((i) => i.name === 'Node');
  const refetchable = again ? `@refetchable(queryName: "${name}Query")` : '';
  return `export const ${name} = graphql\`
  fragment ${name} on ${parent.name}
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" }) ${refetchable} {
    ${field.name}(first: $count, after: $cursor${required(field)}) @connection(key: "${name}__${field.name}") {
      edges { node { __typename } }
    }
  }
\`;\n`;
}

/** A fragment that is asked for again by the id of what it is on. */
function refetched(type) {
  const name = `Rules_${type.name}`;
  return `export const ${name} = graphql\`
  fragment ${name} on ${type.name} @refetchable(queryName: "${name}Query") { id __typename }
\`;\n`;
}

const written = `
export const page = graphql\`
  query RulesPageQuery($count: Int!, $cursor: String) {
    ...Rules_Query_meetings @arguments(count: $count, cursor: $cursor)
    dyad(a: "JPN", b: "KOR") { id ...Rules_Dyad_agreements @arguments(count: 1) }
  }
\`;
`;

test('Relay’s compiler takes a page of every connection, and every Node again by its id', () => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'schema.graphql'), printSchema(schema));
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, 'src', 'Rules.js'),
    `import { graphql } from 'relay-runtime';\n${lists.map(paged).join('')}${nodes.map(refetched).join('')}${written}`,
  );
  writeFileSync(
    join(folder, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'javascript',
      eagerEsModules: false,
    }),
  );
  try {
    execFileSync(require('relay-compiler'), ['relay.config.json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    assert.fail(`relay-compiler refuses:\n${error.stdout}\n${error.stderr}`);
  }
  const artifacts = readdirSync(join(folder, 'src', '__generated__'));
  assert.ok(artifacts.length >= lists.length + nodes.length, `only ${artifacts.length} artifacts`);
  assert.ok(artifacts.includes('Rules_Query_meetingsQuery.graphql.js'));
});

const artifact = (name) => require(join(folder, 'src', '__generated__', `${name}.graphql.js`));

function environment() {
  return new relay.Environment({
    store: new relay.Store(new relay.RecordSource()),
    network: relay.Network.create(async (operation, variables) => {
      const answer = await (await asked({ query: operation.text, variables })).json();
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer;
    }),
  });
}

const fetched = (env, query, variables) => relay.fetchQuery(env, query, variables).toPromise();

/** Reads what a component with the fragment would be given. */
function read(env, query, variables, fragment, reference) {
  const owner = relay.createOperationDescriptor(query, variables);
  env.retain(owner);
  const selector = relay.getSingularSelector(fragment, reference(env.lookup(owner.fragment).data));
  return env.lookup(selector).data;
}

test('the runtime pages on: the next page joins the first in one connection', async () => {
  const env = environment();
  const [query, more, fragment] = ['RulesPageQuery', 'Rules_Query_meetingsQuery', 'Rules_Query_meetings'].map(
    artifact,
  );
  const variables = { count: 2, cursor: null };
  await fetched(env, query, variables);
  const look = () => read(env, query, variables, fragment, (data) => data).meetings;
  const first = look();
  assert.equal(first.edges.length, 2);
  assert.equal(first.pageInfo.hasNextPage, true);
  await fetched(env, more, { count: 3, cursor: first.pageInfo.endCursor });
  const both = look();
  assert.equal(both.edges.length, 5);
  assert.deepEqual(both.edges.slice(0, 2), first.edges);
  assert.equal(new Set(both.edges.map((edge) => edge.cursor)).size, 5, 'nothing twice');
});

test('the runtime asks for a Node again by its id', async () => {
  const env = environment();
  const [query, again, fragment] = [
    'RulesPageQuery',
    'Rules_Dyad_agreementsQuery',
    'Rules_Dyad_agreements',
  ].map(artifact);
  const variables = { count: 1, cursor: null };
  await fetched(env, query, variables);
  const id = env.lookup(relay.createOperationDescriptor(query, variables).fragment).data.dyad.id;
  const look = () => read(env, query, variables, fragment, (data) => data.dyad).agreements;
  const first = look();
  assert.equal(first.edges.length, 1);
  await fetched(env, again, { id, count: 1, cursor: first.pageInfo.endCursor });
  assert.equal(look().edges.length, 2);
});
