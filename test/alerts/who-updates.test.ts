import { describe, expect, test } from '@jest/globals';
import { composeAlert, extendAlert } from '../../src/alerts/compose.ts';
import { labelledNews } from '../../src/chat/alert-text.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { articleOf } from '../facts/article.ts';

const places = loadGazetteer();

function readingOf(id: string, body: string, title = 'Blast in Homs') {
  return readArticle(articleOf(title, body, { id, outlet: id }), { places });
}

const FIRST = 'A bomb killed nine people in Homs on Thursday. The town was attacked by gunmen, police said.';

/** What a reply in the thread says when another article arrives. */
function news(body: string, title?: string): string[] {
  const told = composeAlert(readingOf('first', FIRST), []);
  const update = extendAlert(told, readingOf('second', body, title), [])?.update;
  if (update == null) return [];
  return labelledNews(update).flatMap(({ label, items }) =>
    items.map((line) => `${label}: ${line.map((part) => (typeof part === 'string' ? part : '')).join('')}`),
  );
}

test('A reply tells of no place that an article only speaks of most', () => {
  const body =
    'Survivors of the earthquake in Jajarkot spent a night outdoors. No reports of damage came from Kathmandu.';
  expect(news(body, 'Survivors face cold').filter((line) => line.startsWith('Where'))).toEqual([]);
});

describe('A reply tells of', () => {
  test.each([
    [
      'a claim of responsibility, even in the lead',
      'The Red Front claimed responsibility for the attack in Homs.',
      ['Who: claimed responsibility: “The Red Front” [2]'],
    ],
    [
      'somebody who is blamed',
      'The governor blamed Islamic State for the attack in Homs.',
      ['Who: blamed by The governor: “Islamic State” [2]'],
    ],
    ['a weapon of another kind', 'Rockets were fired at Homs.', ['With: “Rockets” [2]']],
  ])('%s', (_, body, expected) => {
    expect(news(body)).toEqual(expected);
  });
});

test('Who is blamed is heard beside who blames, wherever the denial stands', () => {
  const body =
    'The governor blamed the Red Front for the attack in Homs. The Red Front denied involvement and said it had no men there.';
  expect(news(body)).toEqual([
    'Who: blamed by The governor: “the Red Front” [2]',
    'Claims: “denied involvement and said it had no men there” — The Red Front [2]',
  ]);
});

describe('No reply is made for', () => {
  test.each([
    ['another word for the same gunmen', 'Masked men attacked a market in Homs.'],
    ['another word for the same weapon', 'Explosives were set off in Homs.'],
    ['a group that denies it', 'The Red Front denied that it claimed responsibility for the attack in Homs.'],
  ])('%s', (_, body) => {
    expect(news(body, 'Survivors face cold').filter((line) => /^(?:Who|With)/.test(line))).toEqual([]);
  });
});

test('A claim of responsibility stands on one line only', () => {
  const body =
    'A bomb killed nine people in Homs. It was noon. The Red Front claimed responsibility for the attack.';
  const { lines } = composeAlert(readingOf('first', body), []);
  expect(lines.find(({ label }) => label === 'Claims')).toBeUndefined();
  expect(lines.find(({ label }) => label === 'Who')?.items).toMatchObject([
    { text: 'The Red Front', status: 'claimed', speaker: null },
  ]);
});
