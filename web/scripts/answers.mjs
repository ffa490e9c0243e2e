// Writes beside each tab the answer that the server at ENTENTE_URL gives. Read the difference before you commit it:
// from then on tests hold the program to it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../test/server.mjs';

const folder = join(import.meta.dirname, '..', 'tabs');
for (const name of (await readdir(folder)).sort()) {
  if (!name.endsWith('.graphql')) continue;
  const data = await ask(await readFile(join(folder, name), 'utf8'));
  await writeFile(join(folder, name.replace(/graphql$/, 'json')), `${JSON.stringify({ data }, null, 2)}\n`);
}
