import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-sets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What an evaluation prints for a set, line by line. */
function predictions(name: string, set: unknown): unknown[] {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(set));
  const run = spawnSync(process.execPath, ['test/eval/run.ts', name, path], { encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  const lines = run.stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('casualties are printed with the yardstick’s kinds and qualifiers', () => {
  const sentences = [
    'More than 20 villagers were abducted and scores were wounded.',
    'No one was injured or killed, and there were no reports of deaths elsewhere.',
    'At least 12 people, many of them children, died.',
    'Nothing happened.',
  ];
  expect(
    predictions(
      'casualties',
      sentences.map((text, index) => ({ id: `S${index}`, text })),
    ),
  ).toEqual([
    {
      id: 'S0',
      facts: [
        { kind: 'kidnapped', value: 20, q: 'over', victim: 'villagers' },
        { kind: 'injured', value: 'scores', q: 'fuzzy', victim: '' },
      ],
    },
    {
      id: 'S1',
      facts: [
        { kind: 'injured', value: 0, q: 'none', victim: '' },
        { kind: 'killed', value: 0, q: 'none', victim: '' },
        { kind: 'killed', value: 0, q: 'none', victim: '' },
      ],
    },
    { id: 'S2', facts: [{ kind: 'killed', value: 12, q: 'atleast', victim: 'people' }] },
    { id: 'S3', facts: [] },
  ]);
});

test('dates are printed as a day, a month, a year or NONE', () => {
  const items = [
    ['The raid came late on Monday', '2022-01-31'],
    ['in October 2019', '2019-10'],
    ['since 2011', '2011'],
    ['for 15 days', 'NONE'],
  ];
  expect(predictions('dates', { ref: '2022-02-03T09:00:00Z', items })).toEqual(
    items.map(([, date], id) => ({ id, date })),
  );
});

test('sentences are printed as they are split', () => {
  const pair = ['The U.S. raid began at 1 a.m. on Feb. 3.', 'Lt. Col. Hale spoke.'];
  expect(predictions('sentences', [pair])).toEqual([{ id: 0, sentences: pair }]);
});
