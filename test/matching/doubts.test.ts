import { describe, expect, test } from '@jest/globals';
import type { Knowledge } from '../../src/matching/condition.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Place } from '../../src/model/fact.ts';
import type { Match } from '../../src/model/watch.ts';

const KNOWLEDGE: Knowledge = {
  topics: new Map([
    ['bombing', 'bombing OR "car bomb"'],
    ['crash', 'crash'],
  ]),
  guards: [
    {
      title: 'film or book',
      of: null,
      signs: { sure: '"box office"', unsure: 'film, sequel, actor, director', figure: '"photo bombing"' },
    },
    { title: 'another sense', of: 'crash', signs: { sure: '"crash course"', unsure: null, figure: null } },
  ],
};
const ATME: Place = { name: 'Atme', admin: 'Idlib', country: 'SY', kind: 'settlement' };
const HOMS: Place = { name: 'Homs', admin: 'Homs', country: 'SY', kind: 'settlement' };

function match(
  query: string,
  text: string,
  places: { places?: Place[]; mentioned?: Place[] } = {},
): Match | null {
  const index = createWatchIndex(KNOWLEDGE);
  index.add({ id: 'w', query });
  return index.match(text, { titleEnd: text.indexOf('\n'), language: 'en', ...places })[0] ?? null;
}

/** What a reader of a list of near-misses is told. */
function verdict(query: string, text: string): string {
  const found = match(query, text);
  if (found === null) return 'no match';
  const doubts = found.doubts.map(({ tells, found: words }) => `“${words}” tells of ${tells}`);
  return [found.isNearMiss ? 'near-miss' : 'alert', found.rank, ...doubts].join(', ');
}

const FAR = 'The ministry gave no further details about what had happened there in the night. '.repeat(3);

describe('words that tell of something else', () => {
  test.each([
    ['topic:bombing', 'A car bomb hit the market', 'alert, 100'],
    [
      'topic:bombing',
      'The sequel is bombing at the box office',
      'near-miss, 10, “box office” tells of film or book, “sequel” tells of film or book',
    ],
    ['topic:bombing', 'A car bomb killed a film-maker', 'alert, 70, “film” tells of film or book'],
    [
      'topic:bombing',
      'A bombing, as the director of the film calls it',
      'near-miss, 40, “director” tells of film or book',
    ],
    ['topic:crash', 'A crash course in first aid', 'near-miss, 40, “crash course” tells of another sense'],
    ['topic:bombing', 'Photo bombing of a gala', 'near-miss, 40, “Photo bombing” tells of film or book'],
    ['topic:bombing', 'Photo bombing at the gala, then a car bomb', 'alert, 100'],
    ['topic:bombing', 'A car bomb, and then a crash course', 'alert, 100'],
    ['bombing', 'The sequel is bombing at the box office', 'alert, 100'],
    ['topic:crash OR bombing', 'A crash course. A bombing', 'alert, 100'],
    [
      'topic:crash course',
      'A crash course in first aid',
      'near-miss, 40, “crash course” tells of another sense',
    ],
    ['aid -topic:crash', 'A crash course in first aid', 'alert, 100'],
    ['aid -topic:crash', 'A crash hurt an aid worker', 'no match'],
  ])('%s: %s', (query, text, expected) => {
    expect(verdict(query, text)).toBe(expected);
  });

  test('say nothing of the same topic elsewhere in the article', () => {
    const body = `Box office takings fell after a bombing. ${FAR}The bombing killed four.`;
    expect(verdict('topic:bombing', `Evening news\n\n${body}`)).toBe('alert, 100');
  });

  test('say it of the whole article when its lead is full of them', () => {
    const review = `A film review\n\nThe director and the actor meet again. ${FAR}There is a bombing.`;
    expect(verdict('topic:bombing', review)).toBe('near-miss, 40, “film” tells of film or book');
    const news = `A film review\n\nThe director is here. ${FAR}There is a bombing.`;
    expect(verdict('topic:bombing', news)).toBe('alert, 100');
    const roundup = `Evening news\n\nThe director and an actor in a film. ${FAR}There is a bombing.`;
    expect(verdict('topic:bombing', roundup)).toBe('alert, 100');
  });

  test('are shown where they stand', () => {
    const text = 'A crash course in first aid';
    expect(match('topic:crash', text)?.doubts).toEqual([
      { tells: 'another sense', found: 'crash course', span: { start: 2, end: 14 } },
    ]);
  });
});

describe('signs', () => {
  const guards: Knowledge['guards'] = [
    {
      title: 'film or book',
      of: null,
      signs: {
        sure: '"box office"',
        unsure: '"film", "actor", "film star"',
        figure: '"red carpet", "bath foam", ("anniversary of" ONEAR/4 "bombing")',
      },
    },
  ];
  const knowledge = { ...KNOWLEDGE, guards, news: '"killed", "police"' };
  /** For a text of title and body. */
  function told(query: string, text: string): string {
    const index = createWatchIndex(knowledge);
    index.add({ id: 'w', query });
    const [found] = index.match(text, { titleEnd: text.indexOf('\n'), language: 'en' });
    if (found === undefined) return 'no match';
    return [found.isNearMiss ? 'near-miss' : 'alert', ...found.doubts.map((doubt) => doubt.found)].join(', ');
  }

  test.each([
    ['of hard news lift a sure doubt', 'A bombing tops the box office, police say', 'alert'],
    ['of hard news lift two unsure ones', 'The actor of a film on a bombing was killed', 'alert'],
    ['count without hard news', 'A bombing tops the box office', 'near-miss, box office'],
    [
      'far from hard news count',
      `A bombing tops the box office. ${FAR}Police say so.`,
      'near-miss, box office',
    ],
    [
      'that are figures count in hard news, and are quoted as a whole',
      'Police mark the anniversary of the car bombing',
      'near-miss, anniversary of the car bombing',
    ],
    ['that are figures leave other words be', 'A car bomb on the anniversary of the bombing', 'alert'],
    ['that overlap are one', 'A bombing, says the film star', 'alert, film star'],
    [
      'that are figures tell of nothing but themselves',
      `Red carpet and bath foam\n\nThe anniversary of the bombing. ${FAR}A bombing.`,
      'alert',
    ],
    ['say nothing of a title without any', 'A bombing\n\nThe bombing was shown at the box office', 'alert'],
    [
      'say something of a title with one',
      'A bombing at the box office\n\nThe bombing tops the box office',
      'near-miss, box office',
    ],
    [
      'that a headline is made of tell of the whole article',
      `Town holds the anniversary of the bombing\n\n${FAR}A bombing.`,
      'near-miss, anniversary of the bombing',
    ],
    [
      'that a headline is made of do not, in hard news',
      `Town holds the anniversary of the bombing\n\nA bombing killed two.`,
      'alert',
    ],
  ])('%s', (_, text, expected) => {
    expect(told('topic:bombing', text)).toBe(expected);
  });

  test.each([
    [
      'hide their word from what stands beside it',
      'Red carpet bomb kills the mood',
      'near-miss, Red carpet bomb',
    ],
    ['hide it nowhere else', 'Red carpet bomb, then a bomb kills two', 'alert'],
  ])('that are figures %s', (_, text, expected) => {
    const figure = '"red carpet bomb"';
    const index = createWatchIndex({
      ...knowledge,
      topics: new Map([['bombing', '"bomb" NEAR/6 "kills"']]),
      guards: [{ title: 'film or book', of: null, signs: { sure: null, unsure: null, figure } }],
    });
    index.add({ id: 'w', query: 'topic:bombing' });
    const [found] = index.match(text, { titleEnd: 0, language: 'en' });
    expect(
      [found?.isNearMiss ? 'near-miss' : 'alert', ...(found?.doubts ?? []).map((one) => one.found)].join(
        ', ',
      ),
    ).toBe(expected);
  });

  test.each([
    ['no comma', 'The anniversary of peace, bombing kills two'],
    ['no word of an event after the first', 'The anniversary of a bombing, bombing kills two'],
  ])('that are figures reach over %s', (_, text) => {
    expect(told('topic:bombing', text)).toBe('alert');
  });

  test('of two topics count once for each place', () => {
    const topics = new Map([
      ['bombing', 'bombing'],
      ['blast', 'blast'],
    ]);
    const index = createWatchIndex({ ...knowledge, topics });
    index.add({ id: 'w', query: 'topic:bombing topic:blast' });
    const one = index.match('The actor saw a bombing blast', { titleEnd: 0, language: 'en' })[0];
    expect(one).toMatchObject({ rank: 70, isNearMiss: false, doubts: [{ found: 'actor' }] });
    const two = index.match('The actor saw a bombing. The film has a blast', {
      titleEnd: 0,
      language: 'en',
    })[0];
    expect(two).toMatchObject({ isNearMiss: true });
    const far = 'A bombing of a film that was seen in the town and in all of it, a blast of an actor';
    const [three] = index.match(far, { titleEnd: 0, language: 'en' });
    expect(three).toMatchObject({ rank: 40, doubts: [{ found: 'film' }] });
  });
});

describe('a place', () => {
  const text = 'Talks go on';
  test('where the event is alerts', () => {
    expect(match('place:Idlib', text, { places: [ATME], mentioned: [HOMS] })).toMatchObject({
      rank: 100,
      isNearMiss: false,
      doubts: [],
    });
  });

  test.each(['place:Idlib', 'country:SY', 'place:Idlib OR place:Aleppo', 'talks place:Idlib'])(
    'that is only mentioned makes a near-miss of %s',
    (query) => {
      expect(match(query, text, { places: [], mentioned: [ATME] })).toMatchObject({
        rank: 40,
        isNearMiss: true,
        doubts: [{ tells: null, found: 'Atme', span: null }],
      });
    },
  );

  test('or another reason that holds alerts', () => {
    const options = { places: [], mentioned: [ATME] };
    expect(match('place:Idlib OR lead:talks', text, options)).toMatchObject({ rank: 100, doubts: [] });
    expect(match('lead:talks OR place:Idlib', text, options)).toMatchObject({ rank: 100, doubts: [] });
  });

  test('that is only mentioned is not excluded', () => {
    expect(match('talks -place:Idlib', text, { mentioned: [ATME] })).toMatchObject({ rank: 100 });
    expect(match('talks -place:Idlib', text, { places: [ATME] })).toBe(null);
  });
});

test('the lead is the title and the first sentence or so', () => {
  const late = `Morning news\n\n${FAR}Idlib is quiet.`;
  expect(match('lead:Idlib', 'Idlib is quiet\n\nNothing else.')).not.toBe(null);
  expect(match('lead:Idlib', 'Morning news\n\nIdlib is quiet.')).not.toBe(null);
  expect(match('lead:Idlib', late)).toBe(null);
  expect(match('title:Idlib', 'Morning news\n\nIdlib is quiet.')).toBe(null);
  expect(match('Idlib', late)).not.toBe(null);
});
