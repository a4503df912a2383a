import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { parse, parseDate } from './feed-adapter.ts';
import { replaySeries } from './feed-series.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-corpus-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, ...options: string[]) {
  return spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });
}

test.each([
  ['test/eval/run.ts', [], 'usage: npm run eval -- feeds'],
  ['test/eval/run.ts', ['constructor'], 'usage: npm run eval -- feeds'],
  ['test/eval/run.ts', ['feeds'], 'Give its folder'],
  ['test/eval/run.ts', ['verifier'], 'usage: npm run eval -- verifier'],
  ['test/eval/run.ts', ['feeds', '/nowhere'], '/nowhere has no index.json'],
  ['test/bench/run.ts', ['unheard-of'], 'usage: npm run bench -- feeds'],
])('%s %j ends with 2 and says what to do', (script, options, message) => {
  const { status, stdout, stderr } = run(script, ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('the adapter gives a document and a date as the scorer wants them', async () => {
  const item = { title: 'Talks', link: '/talks', guid: '1', publishedAt: '2026-02-03T10:00:00Z', html: 'x' };
  const document = Buffer.from(rssFeed({ title: 'Daily News', items: [item] }));
  expect(await parse(document, 'text/xml', 'https://news.example/feed')).toEqual({
    title: 'Daily News',
    link: 'https://example.org/',
    items: [
      {
        id: '1',
        title: 'Talks',
        link: 'https://news.example/talks',
        published: new Date('2026-02-03T10:00:00Z'),
        updated: null,
        summary: '',
        content: 'x',
        author: null,
      },
    ],
  });
  expect(parseDate('3 Feb 2026')).toEqual(new Date('2026-02-03T00:00:00Z'));
  expect(parseDate('soon')).toBeNull();
});

test('a series of readings counts every story once, however its link and id change', async () => {
  const part = join(folder, 'dev');
  mkdirSync(part);
  const story = (number: number, churn: number) => ({
    title: `Story ${number}`,
    link: `https://news.example/${number}?utm_source=${churn}`,
    guid: `https://news.example/${number}#${churn}`,
  });
  const other = { title: 'Another headline', link: 'https://news.example/1', guid: 'another' };
  const readings = [[story(1, 0)], [story(2, 0), story(1, 1)], [story(2, 0), other]];
  const snapshots = readings.map((items, index) => {
    writeFileSync(join(part, `${index}.xml`), rssFeed({ items }));
    return { path: `dev/${index}.xml`, newStories: [1, 1, 0][index] };
  });
  writeFileSync(join(part, 'series.json'), JSON.stringify({ series: { daily: { snapshots } } }));
  expect(await replaySeries(part)).toEqual([
    { measure: 'series.exact', value: 2, of: 3 },
    { measure: 'series.repeats', value: 1, of: 2 },
  ]);
});
