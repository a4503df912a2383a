import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import peggy from 'peggy';

const folder = new URL('../../src/matching/', import.meta.url);

test('the checked-in parser is the one that the grammar generates (otherwise: npm run grammar)', async () => {
  const grammar = await readFile(new URL('watch.peggy', folder), 'utf8');
  const generated = peggy.generate(grammar, { format: 'es', output: 'source' });
  expect((await readFile(new URL('grammar.js', folder), 'utf8')).trim()).toBe(generated.trim());
});
