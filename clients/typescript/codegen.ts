import type { CodegenConfig } from '@graphql-codegen/cli';

const server = process.env.ENTENTE_URL ?? 'http://localhost:8080';

// Types of what the document asks, and no others. `entente schema > schema.graphql` gives the same schema without a server.
const config: CodegenConfig = {
  schema: `${server}/v1/schema.graphql`,
  documents: '../founding-question.graphql',
  generates: {
    'src/generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumType: 'string-literal',
        useTypeImports: true,
        strictScalars: true,
        scalars: { Day: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
