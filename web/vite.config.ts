import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const dist = join(import.meta.dirname, 'dist');

/**
 * Empties dist but for the committed placeholder, which the Go package needs to embed the folder before
 * anything is built (so Vite's own emptyOutDir is off).
 */
function cleanDist(): Plugin {
  return {
    name: 'clean-dist',
    apply: 'build',
    buildStart() {
      for (const name of readdirSync(dist)) {
        if (name !== 'placeholder') rmSync(join(dist, name), { recursive: true });
      }
    },
  };
}

/** Writes a .gz beside every text file worth it; the server hands it to clients that accept gzip. */
function gzipBeside(): Plugin {
  return {
    name: 'gzip-beside',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(html|js|css|svg|ttf)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        const packed = gzipSync(content, { level: 9 });
        if (packed.length < 0.9 * content.length) writeFileSync(`${path}.gz`, packed);
      }
    },
  };
}

export default defineConfig({
  base: '/playground/',
  plugins: [cleanDist(), gzipBeside()],
  build: {
    emptyOutDir: false,
    target: 'es2022',
    // The code editor alone is larger than Vite's warning limit; it is loaded from the same machine.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: 'playground.html',
      // "use client" speaks to servers that render React; there is none here.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
  worker: { format: 'es' },
  // In `npm run dev` the GraphQL worker's CommonJS dependencies must be made into modules first.
  optimizeDeps: {
    include: ['monaco-graphql > picomatch-browser', 'monaco-graphql > graphql-language-service'],
  },
  // `npm run dev` with hot reload, against a server started beside it.
  server: { proxy: { '/graphql': 'http://localhost:8080', '/v1': 'http://localhost:8080' } },
});
