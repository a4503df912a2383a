import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-headlines-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...paths: string[]) {
  return spawnSync(process.execPath, ['test/eval/run.ts', 'guards', ...paths], { encoding: 'utf8' });
}

function written(name: string, entries: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(entries));
  return path;
}

test('each headline is told with what its topic makes of it, and each kind is counted', () => {
  const path = written('headlines.yaml', [
    { topic: 'bombing', kind: 'real-with-signs', text: 'Car bomb kills nine outside cinema' },
    { topic: 'bombing', kind: 'real', text: 'Council passes budget' },
    { topic: 'coup', kind: 'figurative', text: 'Transfer coup for the general manager' },
    { topic: 'storm', kind: 'figurative', text: 'Storm kills two\n\nA cyclone made landfall at dawn.' },
  ]);
  const { status, stdout, stderr } = run(path);
  expect(status).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(['alert', 'none', 'near-miss', 'alert']);
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({
    doubts: [{ tells: 'another sense', found: 'Transfer coup' }],
  });
  expect(stderr.trim().split('\n')).toEqual([
    'real-with-signs  alerted 1 of 1 (the topics find 1 of 1)',
    'real             alerted 0 of 0 (the topics find 0 of 1)',
    'figurative       kept out 1 of 2 (the topics find 2 of 2)',
    '  alert storm: Storm kills two',
  ]);
});

test('the headlines of the repository lose no real event', () => {
  const { status, stdout } = run();
  expect(status).toBe(0);
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; outcome: string; text: string });
  expect(told.filter(({ kind, outcome }) => kind !== 'figurative' && outcome === 'near-miss')).toEqual([]);
});

test.each([
  ['a kind that is none', [{ topic: 'coup', kind: 'unreal', text: 'Coup' }], 'give a list of'],
  ['a topic that is none', [{ topic: 'pie-throwing', kind: 'real', text: 'Pie thrown' }], 'pie-throwing'],
])('%s ends with 2 and is named', (_, entries, message) => {
  const { status, stdout, stderr } = run(written('wrong.yaml', entries));
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
