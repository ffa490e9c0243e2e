import { getNamedType, getNullableType, isListType, isObjectType, Kind } from 'graphql';

/**
 * Compiles one operation to what relay-runtime runs. Relay's own compiler is a native program that writes such
 * objects into files; the tests need a dozen fields of it: fields with aliases and literal arguments, and fragments,
 * which are inlined. Variables, directives and inline fragments on other types are refused.
 */
export function compile(schema, document) {
  const fragments = new Map();
  let operation;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else operation = definition;
  }
  const selections = selectionsOf(schema, fragments, schema.getQueryType(), operation.selectionSet);
  const name = operation.name.value;
  return {
    kind: 'Request',
    fragment: {
      kind: 'Fragment',
      name,
      type: 'Query',
      metadata: null,
      abstractKey: null,
      argumentDefinitions: [],
      selections,
    },
    operation: { kind: 'Operation', name, argumentDefinitions: [], selections },
    params: { cacheID: name, id: null, metadata: {}, name, operationKind: 'query', text: null },
  };
}

function selectionsOf(schema, fragments, parent, set) {
  return set.selections.flatMap((selection) => {
    if (selection.directives?.length) throw new Error(`directives are not compiled: ${selection.name.value}`);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return selectionsOf(schema, fragments, parent, fragments.get(selection.name.value).selectionSet);
    }
    if (selection.kind !== Kind.FIELD) throw new Error(`${selection.kind} is not compiled`);
    return [field(schema, fragments, parent, selection)];
  });
}

function field(schema, fragments, parent, node) {
  const name = node.name.value;
  const shared = {
    alias: node.alias?.value ?? null,
    args: node.arguments.length ? node.arguments.map(argument) : null,
    name,
    storageKey: null,
  };
  if (!node.selectionSet) return { kind: 'ScalarField', ...shared };
  const type = parent.getFields()[name].type;
  const named = getNamedType(type);
  return {
    kind: 'LinkedField',
    ...shared,
    concreteType: isObjectType(named) ? named.name : null,
    plural: isListType(getNullableType(type)),
    selections: selectionsOf(schema, fragments, named, node.selectionSet),
  };
}

function argument(node) {
  return { kind: 'Literal', name: node.name.value, value: literal(node.value) };
}

function literal(value) {
  switch (value.kind) {
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return value.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(value.value);
    case Kind.LIST:
      return value.values.map(literal);
    default:
      throw new Error(`an argument of kind ${value.kind} is not compiled`);
  }
}
