/// <reference types="vite/client" />

declare module 'monaco-graphql/esm/graphql.worker.js?worker' {
  const worker: new () => Worker;
  export default worker;
}

/** Where the editor looks for its workers. */
declare var MonacoEnvironment: { getWorker(workerId: string, label: string): Worker };
