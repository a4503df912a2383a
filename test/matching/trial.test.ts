import { describe, expect, test } from '@jest/globals';
import { parseAliases } from '../../src/knowledge/aliases.ts';
import type { Knowledge } from '../../src/matching/condition.ts';
import { expansionsOf } from '../../src/matching/expansions.ts';
import { plainWordsReader } from '../../src/matching/plain-words.ts';
import { WordCounts } from '../../src/matching/suggestions.ts';
import { trialOf } from '../../src/matching/trial.ts';

const KNOWLEDGE: Knowledge = {
  aliases: parseAliases(
    'places: { Idlib: [Edlib, إدلب] }\ngroups: { Islamic State: [ISIS, =IS] }',
    'aliases.yaml',
  ),
  topics: new Map([['raid', 'raid* -tax']]),
  guards: [{ title: 'sport', of: null, signs: { sure: 'match', unsure: null, figure: null } }],
  understand: plainWordsReader({
    topics: [{ name: 'raid', title: 'Raid', also: ['raids'] }],
    isInside: (inner, outer) => inner === 'Bogota' && outer === 'Colombia',
    isPlace: (words) => words === 'Idlib',
  }),
};
const options = { titleEnd: 0, language: 'en' };

/** What an editor reads of one article. */
function verdict(query: string, text: string, places = {}): string {
  const found = trialOf(query, KNOWLEDGE)(text, { ...options, ...places });
  if (found === null) return 'nothing';
  return (
    found.nearMiss ?? `alert: ${found.match.spans.map(({ start, end }) => text.slice(start, end)).join(', ')}`
  );
}

describe('a query tried on an article', () => {
  test.each([
    ['raid Aleppo', 'A raid in Aleppo', 'alert: raid, Aleppo'],
    ['strike Aleppo', 'A quiet day in Aleppo', 'lacks strike'],
    ['raid Aleppo', 'A raid in Homs', 'lacks Aleppo'],
    ['raid Aleppo', 'A quiet day in Homs', 'nothing'],
    ['raid Aleppo -drill', 'A raid in Aleppo was a drill', 'kept out by -drill'],
    ['raid Aleppo -drill', 'A raid in Homs was a drill', 'nothing'],
    ['raid -drill', 'A drill', 'nothing'],
    ['raid NOT "fire drill"', 'A raid, a fire drill', 'kept out by NOT "fire drill"'],
    ['raid OR strike', 'A quiet day', 'nothing'],
    ['raid (Aleppo OR Homs)', 'A raid', 'lacks Aleppo OR Homs'],
    ['raid title:(Aleppo OR Homs)', 'A raid in Homs', 'lacks title:(Aleppo OR Homs)'],
    ['raid', 'A quiet day', 'nothing'],
    ['topic:raid', 'A raid before the match', '“match” tells of sport'],
    ['topic:raid Aleppo', 'A raid before the match', 'nothing'],
    ['raids in Idlib', 'A raid, says the ministry', 'lacks place:Idlib OR lead:Idlib'],
  ])('%s: “%s” gives %s', (query, text, expected) => {
    expect(verdict(query, text)).toBe(expected);
  });

  test('is a near-miss where the place is only mentioned', () => {
    const homs = { name: 'Homs', admin: 'Homs', country: 'SY', kind: 'settlement' } as const;
    const mentioned = { places: [], mentioned: [homs] };
    expect(verdict('place:Homs', 'Talks go on', mentioned)).toBe('only mentions Homs');
    expect(verdict('place:Homs raid', 'A raid', mentioned)).toBe('only mentions Homs');
  });
});

describe('the names in a query', () => {
  const names = (query: string) =>
    expansionsOf(query, KNOWLEDGE).map(({ name, spellings }) => `${name}: ${spellings.join(', ')}`);
  test('are shown with what else they are called', () => {
    expect(names('raid edlib OR ISIS')).toEqual([
      'Idlib: Idlib, Edlib, إدلب',
      'Islamic State: Islamic State, ISIS, IS',
    ]);
    expect(names('islamic state raids')).toEqual(['Islamic State: Islamic State, ISIS, IS']);
  });

  test('are not, where the words are meant as they are', () => {
    expect(names('"Idlib" =ISIS')).toEqual([]);
    expect(names('-Aleppo raid')).toEqual([]);
  });
});

describe('telling words', () => {
  const counts = (matching: string[], others: number) => {
    const words = new WordCounts();
    for (const text of matching) words.add(text, [{ start: 0, end: 4 }]);
    for (let at = 0; at < others; at += 1)
      words.add(`The ministry spoke of budget ${at} with the press`, null);
    return words;
  };
  const raids = [
    'Raid by Commandos, the ministry said',
    'Raid: commandos land with the helicopter',
    'Raid, Commandos gone, said the press',
    'Raid. The helicopter and a helicopter again',
  ];

  test('stand in what matches and hardly elsewhere, most telling first, as most articles write them', () => {
    expect(counts(raids, 60).suggestions(5)).toEqual([{ word: 'Commandos', matching: 3, others: 0 }]);
  });

  test('are never those that were asked for, and none are told of few articles', () => {
    expect(
      counts(raids, 60)
        .suggestions(5)
        .map(({ word }) => word),
    ).not.toContain('Raid');
    expect(counts(raids.slice(0, 2), 60).suggestions(5)).toEqual([]);
    expect(counts(raids, 20).suggestions(5)).toEqual([]);
  });
});
