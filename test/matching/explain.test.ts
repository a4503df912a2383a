import { describe, expect, test } from '@jest/globals';
import { readAliases } from '../../src/knowledge/aliases.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { reasonText } from '../../src/matching/reasons.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Place } from '../../src/model/fact.ts';

const ATME: Place = { name: 'Atme', admin: 'Idlib', country: 'SY', kind: 'settlement' };
const TITLE = 'HTS raid near Edlib kills two';
const TEXT = `${TITLE}\n\nHay'at Tahrir al-Sham raided a house in Idlib, officials said. An air-strike followed in Idleb.`;
const knowledge = {
  aliases: readAliases('config/aliases.yaml'),
  topics: new Map([
    ['air-strike', 'airstrike OR "air raid"'],
    ['violence', 'topic:air-strike OR kill*'],
  ]),
};
const article = {
  titleEnd: TITLE.length,
  language: 'en',
  outlet: 'Al Jazeera English',
  author: 'Jane Doe',
  tags: ['Syria War'],
  places: [ATME],
};

function reasons(query: string, text = TEXT, options: object = {}): string[] {
  const index = createWatchIndex(knowledge);
  index.add({ id: 'w', query });
  return index.explain('w', text, { ...article, ...options }).map(reasonText);
}

describe('a match says why', () => {
  test.each([
    ['Edlib', ['“Edlib”, in the title', '“Idlib”, alias of Idlib', '“Idleb”, alias of Idlib']],
    [
      'Idlib raid',
      [
        '“raid”, in the title',
        '“Edlib”, alias of Idlib, in the title',
        '“raided”, for raid',
        '“Idlib”',
        '“Idleb”, alias of Idlib',
      ],
    ],
    ['HTS', ['“HTS”, in the title', "“Hay'at Tahrir al-Sham”, alias of Hayat Tahrir al-Sham"]],
    [
      'Hayat Tahrir al-Sham',
      [
        '“HTS”, alias of Hayat Tahrir al-Sham, in the title',
        "“Hay'at”",
        "“Hay'at Tahrir al-Sham”, alias of Hayat Tahrir al-Sham",
        '“Tahrir”',
        '“al-Sham”',
      ],
    ],
    ['"Idlib"', ['“Idlib”']],
    ['=Edlib', ['“Edlib”, in the title']],
    ['title:idleb', ['“Edlib”, alias of Idlib, in the title']],
    ['airstrikes', ['“air-strike”, for airstrikes']],
    ['hous*', ['“house”, for hous*']],
    ['raid NEAR/1 edlib', ['“raid”, in the title', '“Edlib”, in the title']],
    ['place:Idlib', ['place:Idlib, Atme']],
    ['country:Syria killed -football', ['“kills”, for killed, in the title', 'country:Syria, Atme']],
    [
      'source:jazeera author:doe tag:syria',
      ['source:jazeera, Al Jazeera English', 'author:doe, Jane Doe', 'tag:syria, Syria War'],
    ],
    ['lang:en kills', ['“kills”, in the title', 'lang:en']],
    ['topic:air-strike', ['“air-strike”, for airstrike, topic air-strike']],
    [
      'topic:violence',
      ['“kills”, for kill*, topic violence, in the title', '“air-strike”, for airstrike, topic violence'],
    ],
  ])('%s', (query, expected) => {
    expect(reasons(query)).toEqual(expected);
  });

  test('with the words where they stand', () => {
    const index = createWatchIndex(knowledge);
    index.add({ id: 'w', query: 'Idlib' });
    const [first] = index.explain('w', TEXT, article);
    expect(TEXT.slice(first?.span?.start, first?.span?.end)).toBe('Edlib');
  });

  test('and without a match there is no reason', () => {
    expect(reasons('Aleppo')).toEqual([]);
    expect(reasons('raid -Idlib')).toEqual([]);
    expect(createWatchIndex().explain('unknown', TEXT, article)).toEqual([]);
  });
});

describe('an article on a topic', () => {
  const index = createWatchIndex(knowledge);
  index.add({ id: 'w', query: 'topic:air-strike' });
  const options = { titleEnd: 0, language: 'en' };

  test('is one by its words, which the match shows', () => {
    expect(index.match('An air strike. An air raid.', options)).toMatchObject([
      {
        watchId: 'w',
        spans: [
          { start: 3, end: 13 },
          { start: 18, end: 26 },
        ],
      },
    ]);
  });

  test('or for other reasons, which have no place in the text', () => {
    expect(index.match('Smoke over the base.', { ...options, topics: ['air-strike'] })).toMatchObject([
      { watchId: 'w', spans: [] },
    ]);
    expect(index.match('Smoke over the base.', { ...options, topics: ['quake'] })).toEqual([]);
  });

  test('is found by all watches for it while they come and go', () => {
    const many = createWatchIndex(knowledge);
    for (const id of ['a', 'b', 'c'])
      many.add({ id, query: id === 'c' ? 'topic:air-strike Idlib' : 'topic:air-strike' });
    const matching = () => many.match('An airstrike in Edlib', options).map((match) => match.watchId);
    expect(matching()).toEqual(['a', 'b', 'c']);
    many.remove('a');
    expect(matching()).toEqual(['b', 'c']);
    many.remove('b');
    many.remove('c');
    expect(matching()).toEqual([]);
  });

  test('that asks for itself is refused', () => {
    const topics = new Map([
      ['a', 'raid OR topic:b'],
      ['b', 'topic:a'],
    ]);
    expect(() => createWatchIndex({ topics }).add({ id: 'w', query: 'topic:a' })).toThrow('asks for itself');
  });
});

describe('aliases', () => {
  const find = (query: string, text: string, language: string | null = 'en') =>
    compileQuery(query, knowledge)(text, { titleEnd: 0, language })?.map((span) =>
      text.slice(span.start, span.end),
    ) ?? null;

  test.each([
    ['Idlib', 'غارة على بإدلب', 'ar', ['بإدلب']],
    ['إدلب', 'A raid in Edlib', 'en', ['Edlib']],
    ['Идлиб', 'удар по Идлибу', 'ru', ['Идлибу']],
    ['idlib', 'после удара по Идлибе', null, ['Идлибе']],
    ['al-Qaeda', 'an al-Qaida-linked cell; Al Qaeda', 'en', ['al-Qaida', 'Al Qaeda']],
    ['Islamic State', 'ISIS and Daesh', 'en', ['ISIS', 'Daesh']],
    ['Islamic State', 'Die IS-Miliz', 'de', ['IS']],
    ['Daesh', 'the Islamic State group', 'en', ['Islamic State']],
    ['RSF', 'مليشيا الدعم السريع', 'ar', ['الدعم السريع']],
    ['Izium', 'бои за Изюм', 'ru', ['Изюм']],
    ['Islamic State raid', 'ISIS fighters raided', 'en', ['ISIS', 'raided']],
    ['Kiev, Kharkov', 'Kharkiv and Kyiv', 'en', ['Kharkiv', 'Kyiv']],
  ])('%s finds %s', (query, text, language, expected) => {
    expect(find(query, text, language)).toEqual(expected);
  });

  test.each([
    ['Islamic State', 'This is the crisis'],
    ['ISIS', 'the crisis is over'],
    ['Hama', 'Hamas fired rockets'],
    ['Hama', 'حماس'],
    ['Hamas', 'shelling in Hama and حماة'],
    ['Хама', 'ХАМАС заявил'],
    ['Mali', 'Somalia'],
    ['Izium', 'кекс с изюмом'],
    ['Sudanese Armed Forces', 'the saf bank'],
    ['"Idlib"', 'Edlib'],
    ['=Idlib', 'Edlib'],
    ['Idli*', 'Edlib'],
    ['"Islamic State"', 'ISIS'],
  ])('%s does not find %s', (query, text) => {
    expect(find(query, text, null)).toBe(null);
  });
});

test('queries that say the same share one rule, whoever adds and removes them', () => {
  const index = createWatchIndex();
  for (let at = 0; at < 1_000; at += 1) index.add({ id: `w${at}`, query: 'Ukraine' });
  const match = () => index.match('War in Ukraine', { titleEnd: 0, language: 'en' });
  const [first, ...others] = match();
  expect(others).toHaveLength(999);
  expect(others.every(({ spans }) => spans === first?.spans)).toBe(true);
  for (let at = 0; at < 999; at += 1) index.remove(`w${at}`);
  expect(match().map(({ watchId }) => watchId)).toEqual(['w999']);
});
