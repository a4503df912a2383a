import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-stream-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...options: string[]) {
  return spawnSync(process.execPath, ['test/eval/run.ts', 'clustering', ...options], { encoding: 'utf8' });
}

const body =
  'The ferry Mapinduzi Star capsized off Pemba, the coastguard said. Captain Juma Haji Othman blamed the waves and fishermen saved 61 people.';
const documents = [
  { id: 'a', title: 'Ferry capsizes off Pemba', text: body },
  { id: 'b', title: 'Budget passes in Oslo', text: 'Parliament passed the budget of minister Kari Lund.' },
  { id: 'c', title: 'Captain blames waves', summary: 'A short word.', text: body },
].map((document) => ({ published: null, source: 'x', lang: 'en', summary: null, ...document }));

test('a stream is told story by story, in its order, and nothing else stands in the output', () => {
  const path = join(folder, 'stream.jsonl');
  writeFileSync(path, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  const full = run(path);
  expect(full.status).toBe(0);
  const told = full.stdout.trim().split('\n');
  const lines = told.map((line) => JSON.parse(line) as { id: string; cluster: string });
  expect(lines.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(lines[2]?.cluster).toBe(lines[0]?.cluster);
  expect(lines[1]?.cluster).not.toBe(lines[0]?.cluster);
  const short = run(path, '--text', 'title+summary');
  const clusters = short.stdout.trim().split('\n');
  expect(new Set(clusters.map((line) => JSON.parse(line).cluster)).size).toBe(3);
});

test.each([[], ['stream.jsonl', '--text', 'half'], ['/nowhere.jsonl']])(
  '%j ends with 2 and says why',
  (...options) => {
    const { status, stdout, stderr } = run(...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/usage: npm run eval -- clustering|no such file/);
  },
);
