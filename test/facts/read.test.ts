import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findFacts, readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Fact } from '../../src/model/fact.ts';
import { isGrounded } from '../../src/text/grounding.ts';
import { articleOf, factsOf } from './article.ts';

const TITLE = 'Raid near Barisha kills at least nine, monitor says';
const BODY = `A night raid by foreign troops near Barisha, a town in Syria's Idlib province, killed at least nine people on Wednesday, a war monitor said.

The Syrian Observatory for Human Rights, which is based in Britain, said two children were among the dead. It reported that 14 people were wounded.

Pentagon spokesman Dan Hale said: "The mission was successful." He told reporters that there were no US casualties.

Rescuers put the death toll at 12. Their figure could not be independently verified.

A helicopter was destroyed after a mechanical failure, according to a US official speaking on condition of anonymity.

The Pentagon did not name the target.

A raid near the same town in October 2019 killed four guards. More than 300,000 people have been killed since the war began in 2011.

Officials in Damascus denied that five soldiers were killed. Nurses aged 30 to 45 treated the wounded on Thursday.`;

function lineOf(fact: Fact): string {
  const value = Object.values(fact.value).join(' ');
  const hedge = fact.hedge === null ? '' : ` [${fact.hedge}]`;
  return `${fact.scope} ${fact.kind}: ${fact.evidence} (${value})${hedge} — ${fact.speaker?.name ?? 'the outlet'}`;
}

describe('An article with competing claims', () => {
  const facts = factsOf(articleOf(TITLE, BODY));
  const lines = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind).map(lineOf);

  test('gives every toll with the speaker who gives it', () => {
    const observatory = 'The Syrian Observatory for Human Rights';
    expect(lines('casualties')).toEqual([
      'event casualties: kills at least nine (killed 9  ) [at least] — monitor',
      'event casualties: killed at least nine people (killed 9  ) [at least] — a war monitor',
      `event casualties: two children were among the dead (killed 2 2 children) — ${observatory}`,
      `event casualties: 14 people were wounded (injured 14 14 ) — ${observatory}`,
      'event casualties: no US casualties (casualties 0 0 US) — Pentagon spokesman Dan Hale',
      'event casualties: death toll at 12 (killed 12 12 ) — Rescuers',
      'background casualties: killed four guards (killed 4 4 guards) — the outlet',
      'background casualties: More than 300,000 people have been killed (killed 300000  ) [More than] — the outlet',
    ]);
  });

  test('gives the claims in the words of those who make them', () => {
    const observatory = 'The Syrian Observatory for Human Rights';
    expect(lines('claim')).toEqual([
      'event claim: Raid near Barisha kills at least nine (says) — monitor',
      "event claim: A night raid by foreign troops near Barisha, a town in Syria's Idlib province, killed at least nine people on Wednesday (said) — a war monitor",
      `event claim: two children were among the dead (said) — ${observatory}`,
      `event claim: 14 people were wounded (reported) — ${observatory}`,
      'event claim: The mission was successful (said) — Pentagon spokesman Dan Hale',
      'event claim: there were no US casualties (told) — Pentagon spokesman Dan Hale',
      'event claim: the death toll at 12 (put) — Rescuers',
      'event claim: A helicopter was destroyed after a mechanical failure (according to) — a US official speaking on condition of anonymity',
      'event claim: denied that five soldiers were killed (denied) — Officials in Damascus',
    ]);
  });

  test('says what is not confirmed', () => {
    expect(lines('unconfirmed')).toEqual([
      'event unconfirmed: Their figure could not be independently verified (could not be independently verified) — the outlet',
      'event unconfirmed: The Pentagon did not name the target (did not name) — the outlet',
    ]);
  });

  test('tells where it happened from what is only mentioned', () => {
    expect(lines('place').map((line) => line.replace(/ — .*/, ''))).toEqual([
      'event place: Barisha (Barisha Idlib SY settlement event sentence)',
      'event place: Barisha (Barisha Idlib SY settlement event sentence)',
      'event place: Syria (Syria  SY country event sentence)',
      'event place: Idlib (Idlib  SY admin event sentence)',
      'event place: Britain (United Kingdom  GB country mention sentence)',
      'event place: US (United States  US country mention sentence)',
      'event place: US (United States  US country mention sentence)',
      'event place: Damascus (Damascus Damascus SY settlement mention sentence)',
    ]);
  });

  test('tells when, in the order of the text', () => {
    expect(lines('date')).toEqual([
      'event date: on Wednesday (2022-02-02) — a war monitor',
      'background date: October 2019 (2019-10) — the outlet',
      'background date: 2011 (2011) — the outlet',
      'event date: on Thursday (2022-02-03) — the outlet',
    ]);
    expect(facts.map((fact) => fact.start)).toEqual(facts.map((fact) => fact.start).sort((a, b) => a - b));
  });
});

describe('Reading', () => {
  test('takes the title as the first sentence whatever its punctuation', () => {
    const title = 'Two dead. Ten hurt. What we know';
    const article = articleOf(title, 'Two people died.');
    const { sentences } = readArticle(article, { places: loadGazetteer() });
    expect(sentences.map(({ start, end }) => article.text.slice(start, end))).toEqual([
      title,
      'Two people died.',
    ]);
  });

  test('of an article without words gives nothing', () => {
    expect(readArticle(articleOf('', ''), { places: loadGazetteer() })).toMatchObject({
      sentences: [],
      facts: [],
    });
  });

  test('takes no table without full stops for a sentence', () => {
    const table = `${'Atme 12 Sarmada 9 '.repeat(100)} 13 people were killed`;
    expect(factsOf(articleOf('', table))).toEqual([]);
    expect(factsOf(articleOf('', table.slice(-300)))).not.toEqual([]);
  });

  test('of another language leaves out what only English rules can read', () => {
    const facts = factsOf(
      articleOf('', 'Alep: 13 people killed, police said on Thursday', { language: 'fr' }),
    );
    expect(facts.map((fact) => fact.kind)).toEqual(['place']);
  });

  test.each([
    ['words', 'killed '.repeat(14_000)],
    ['commas', ','.repeat(100_000)],
    ['numbers', '13 '.repeat(33_000)],
    ['speakers', 'police and residents said '.repeat(4000)],
    ['victims', `${'13 people, '.repeat(130)}\n`.repeat(70)],
    ['days', `${'on Thursday '.repeat(100)}\n`.repeat(80)],
    ['years', `${'since 2011 '.repeat(130)}\n`.repeat(70)],
    ['places', `${'in Idlib '.repeat(150)}\n`.repeat(70)],
    ['quotations', '", said X '.repeat(10_000)],
    ['one endless word', 'a'.repeat(100_000)],
    ['half a character', '\ud83d \ude00 '.repeat(10_000)],
  ])('returns for a hundred thousand characters of %s', (_, text) => {
    expect(Array.isArray(factsOf(articleOf('Title', text)))).toBe(true);
  });
});

const PARTS = [
  'At least 13 people were killed',
  'killing five, including two children',
  'police said',
  'according to a US official who spoke on condition of anonymity',
  '“The mission was successful,” said Ana Lund',
  'He told reporters',
  'that no American troops were hurt',
  'in Syria’s Idlib province',
  'near the village of Tal Rashid',
  'on Thursday',
  'since 2011',
  'in October 2019',
  'the Pentagon did not name the target',
  'It was not immediately clear',
  'IDLIB, Syria (AP) —',
  'The Syrian Observatory for Human Rights, a war monitor, reported',
  'denied',
  'and',
  'while',
  '13',
  'إدلب',
  '💥',
  'U.S.',
];
const article = fc
  .array(fc.tuple(fc.constantFrom(...PARTS), fc.constantFrom(' ', ', ', '. ', '\n\n', ' — ', '" ')), {
    maxLength: 14,
  })
  .map((parts) => parts.flat().join(''));

test('Every fact of any mix of such words is grounded in the article', () => {
  fc.assert(
    fc.property(fc.constantFrom('', 'Raid in Idlib kills 13, police say'), article, (title, body) => {
      const read = articleOf(title, body);
      const knowledge = { places: loadGazetteer() };
      const { sentences, facts } = readArticle(read, knowledge);
      for (const fact of findFacts(read, sentences, knowledge)) {
        expect(read.text.slice(fact.start, fact.end)).toBe(fact.evidence);
        expect(fact.evidence).toBe(fact.evidence.trim());
        expect({ fact, isGrounded: isGrounded(read.text, fact) }).toEqual({ fact, isGrounded: true });
      }
      expect(facts.every((fact) => isGrounded(read.text, fact))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
