import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-keyfacts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...options: string[]) {
  return spawnSync(process.execPath, ['test/eval/run.ts', 'keyfacts', ...options], { encoding: 'utf8' });
}

/** What is printed for each document. */
function answers(task: string, documents: object[]): unknown[] {
  const path = join(folder, `${task}.jsonl`);
  writeFileSync(path, documents.map((document) => JSON.stringify(document)).join('\n'));
  const { status, stderr, stdout } = run(path, '--task', task);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('the places and days of several incidents are printed, not those of what else happened', () => {
  const report = {
    id: 'report',
    published: '1989-10-04',
    dateline: 'Lima, 4 Oct 89 (EFE)',
    text: 'Gunmen killed a mayor in Huancayo on 2 October. The bishop visited Cusco on 1 October. A bomb destroyed a bank in Ayacucho yesterday.',
  };
  expect(answers('muc', [report])).toMatchObject([
    { incidents: [{ places: ['Huancayo', 'Ayacucho'], date: ['1989-10-02', '1989-10-03'] }] },
  ]);
});

test('an attack is printed in the slots of MUC-4, and a report of none as no incident', () => {
  const attack = {
    id: 'attack',
    published: '1989-10-04',
    dateline: 'Lima, 4 Oct 89 (EFE)',
    text: 'A car bomb exploded outside the Chilean embassy in Lima yesterday, killing Carlos Soto and wounding five guards. The police attributed the attack to the Shining Path.',
  };
  const harvest = {
    id: 'harvest',
    published: '1989-10-04',
    text: 'Farmers expect a good harvest this year.',
  };
  expect(answers('muc', [attack, harvest])).toMatchObject([
    {
      id: 'attack',
      incidents: [
        {
          type: 'BOMBING',
          countries: ['Peru'],
          places: ['Lima'],
          date: ['1989-10-03'],
          perpIndividuals: [],
          perpOrgs: [{ name: ['Shining Path', 'Shining Path'], status: 'accused' }],
          targets: [['the Chilean embassy']],
          victims: [['Carlos Soto'], ['five guards']],
          weapons: [['car bomb']],
          killed: 1,
          injured: 5,
        },
      ],
      summary: expect.stringContaining('Who blamed by The police: “the Shining Path”'),
    },
    { id: 'harvest', incidents: [] },
  ]);
});

test('tolls of one verb are one, bounds are none, and whom the sentences of deeds name did it', () => {
  const document = (id: string, text: string) => ({
    id,
    published: '1989-10-04',
    dateline: 'Lima, 4 Oct 89 (EFE)',
    text: `In a terrorist attack on Tuesday ${text}`,
  });
  const printed = answers('muc', [
    document('joint', 'six priests and two cooks were killed and a church was burned down.'),
    document('bound', 'at least nine villagers were killed and a church was burned down.'),
    document('named', 'Judge Ana Ruiz was murdered in Lima, a stronghold of Shining Path guerrillas.'),
  ]);
  expect(printed).toMatchObject([
    { id: 'joint', incidents: expect.arrayContaining([expect.objectContaining({ killed: 8 })]) },
    { id: 'bound', incidents: expect.not.arrayContaining([expect.objectContaining({ killed: 9 })]) },
    {
      id: 'named',
      incidents: [
        {
          perpIndividuals: [['guerrillas']],
          perpOrgs: [{ name: ['Shining Path', 'Shining Path'], status: 'fact' }],
          killed: 1,
        },
      ],
    },
  ]);
});

test('an article is printed as the answers to what, who, when and where', () => {
  const article = {
    id: 'fire',
    published: '2016-11-10',
    title: 'Arsonists burn down town hall in Nairobi',
    text: 'Two arsonists burned down the town hall in Nairobi on Wednesday, police said.',
  };
  expect(answers('fivew', [article])).toMatchObject([
    {
      id: 'fire',
      what: 'Arsonists burn down town hall in Nairobi',
      who: expect.stringMatching(/arsonists/i),
      when: { text: 'on Wednesday', date: '2016-11-09' },
      where: 'Nairobi',
      summary: expect.stringContaining('Where Nairobi'),
    },
  ]);
});

test('without a task or documents it says how it is used', () => {
  expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('--task muc|fivew') });
});
