import { describe, expect, test } from '@jest/globals';
import type { Fingerprint } from '../../src/model/story.ts';
import { decideStory } from '../../src/stories/decide-story.ts';
import { storyChoice } from '../../src/stories/story-choice.ts';
import { print } from '../support/articles.ts';
import { bombing, drone, mosque, quake, raid, swap } from './events.ts';
import { type MiniArticle, memberOf, printOf, readingOf, SARMADA } from './mini-article.ts';

describe('how much must be in common', () => {
  const words = (count: number, more: string[] = []) => [
    ...['ansari', 'mujib', 'otieno', 'widho', 'mulago'].slice(0, count),
    ...more,
  ];
  const province = { places: ['SY/Idlib'], days: ['2022-02-03'] };
  const town = { places: ['SY/Idlib/Atme'], days: ['2022-02-03'] };

  test.each<[string, Partial<Fingerprint>, Partial<Fingerprint>, boolean]>([
    [
      'three words in one province',
      { ...province, terms: words(3) },
      { ...province, terms: words(3) },
      false,
    ],
    [
      'three words and one kind of event in one province',
      { ...province, terms: words(3, ['raid']) },
      { ...province, terms: words(3, ['commando']) },
      true,
    ],
    ['three words in one town', { ...town, terms: words(3) }, { ...town, terms: words(3) }, true],
    [
      'three words but two kinds of event in one town',
      { ...town, terms: words(3, ['flood']) },
      { ...town, terms: words(3, ['commando']) },
      false,
    ],
    ['two words in one town', { ...town, terms: words(2) }, { ...town, terms: words(2) }, false],
    [
      'three words in one town a day apart',
      { ...town, terms: words(3) },
      { ...town, days: ['2022-02-04'], terms: words(3) },
      false,
    ],
    [
      'four words in one town a day apart',
      { ...town, terms: words(4) },
      { ...town, days: ['2022-02-04'], terms: words(4) },
      true,
    ],
    [
      'five words of the lead but none of the headline, without a place',
      { titleTerms: ['x'], terms: words(5) },
      { titleTerms: ['y'], terms: words(5) },
      false,
    ],
  ])('%s', (_name, one, other, joins) => {
    expect(decideStory(print(one), [{ ...print(other), storyId: 's1' }]).storyId).toBe(joins ? 's1' : null);
  });

  test('words that a dozen recent stories have say less', () => {
    const member = { ...print({ ...town, terms: words(3) }), storyId: 's1' };
    const others = Array.from({ length: 12 }, (_, at) => ({
      ...print({ places: ['SY/Hama/Hama'], days: ['2022-02-03'], terms: words(3) }),
      storyId: `other${at}`,
    }));
    const article = print({ ...town, terms: words(3) });
    expect(decideStory(article, [member, ...others.slice(0, 2)]).storyId).toBe('s1');
    expect(decideStory(article, [member, ...others]).storyId).toBe(null);
  });
});

describe('near-duplicates', () => {
  test('the same link is the same story, however old and whatever it says now', () => {
    const later = { ...bombing, seen: '2022-06-01T00:00:00Z' };
    const decision = decideStory(printOf(later, 'https://a.example/1'), [
      memberOf('s1', raid, 'https://a.example/1'),
    ]);
    expect(decision).toMatchObject({
      storyId: 's1',
      reason: 'It has the same link as an article of this story.',
    });
  });

  test('two articles without a link do not have the same link', () => {
    expect(decideStory(printOf(bombing), [memberOf('s1', raid)]).storyId).toBe(null);
  });

  test.each([
    ['its headline', `${mosque.title}: report`],
    ['another headline', 'Cleric dies as he leads prayers'],
  ])('a wire copy under %s joins although no place and no day was read from it', (_name, title) => {
    const copy = { ...mosque, places: [], days: [], outlet: 'City Post', title };
    expect(decideStory(printOf(copy), [memberOf('s1', mosque)])).toMatchObject({
      storyId: 's1',
      reason: 'Its headline and lead are nearly those of an article of this story.',
    });
  });
});

describe('among several stories', () => {
  test('the article joins the one with most in common', () => {
    const members = [
      memberOf('flood', { ...bombing, places: [] }),
      memberOf('raid', raid),
      memberOf('drone', drone),
    ];
    expect(decideStory(printOf({ ...raid, title: 'Commandos raid house in Atme' }), members).storyId).toBe(
      'raid',
    );
  });

  test('a link wins over likeness', () => {
    const members = [memberOf('alike', raid), memberOf('linked', bombing, 'https://a.example/1')];
    expect(decideStory(printOf(raid, 'https://a.example/1'), members).storyId).toBe('linked');
  });

  test('a member more than 48 h older than the newest of its story does not attract', () => {
    const unrelated = (seen: string) => memberOf('s1', { title: 'Reactions', lead: 'Envoys met.', seen });
    const old = memberOf('s1', { ...raid, seen: '2022-02-03T12:00:00Z' });
    const again = printOf({ ...raid, seen: '2022-02-05T13:00:00Z' });
    expect(decideStory(again, [old, unrelated('2022-02-05T11:00:00Z')]).storyId).toBe('s1');
    expect(decideStory(again, [old, unrelated('2022-02-05T12:00:01Z')]).storyId).toBe(null);
  });
});

describe('every decision says why', () => {
  test.each<[string, MiniArticle, MiniArticle, string]>([
    [
      'the same event',
      raid,
      {
        ...raid,
        title: 'Commandos land',
        lead: 'American commandos fought a gun battle near Atme, rescue workers said.',
      },
      'It has the same place (Atme), the same day (2022-02-03) and 8 telling words in common with an article of this story.',
    ],
    [
      'another place',
      raid,
      { ...swap(raid, 'Atme', 'Sarmada'), places: [SARMADA] },
      'The closest recent article is about another place (Atme).',
    ],
    [
      'another day',
      raid,
      { ...raid, days: ['2022-03-04'] },
      'The closest recent article is about another time (2022-02-03).',
    ],
    [
      'another measure',
      quake,
      swap(quake, '6.2', '5.4'),
      'The closest recent article gives another measure (6.2).',
    ],
    [
      'too little in common',
      raid,
      {
        ...raid,
        title: 'Olive harvest',
        lead: 'Farmers near Atme said the helicopter pads took their trees.',
      },
      'Headline and lead have only 1 telling word in common with the closest recent article.',
    ],
  ])('%s', (_name, first, second, reason) => {
    expect(decideStory(printOf(second), [memberOf('s1', first)]).reason).toBe(reason);
  });

  test('an article without candidates is the first to tell', () => {
    expect(decideStory(printOf(raid), [])).toMatchObject({
      storyId: null,
      reason: 'No recent article is about anything similar.',
      shared: [],
      other: null,
    });
  });

  test('and what it has in common, in the words of the article, and why not the next story', () => {
    const elsewhere = memberOf('s2', { ...swap(raid, 'Atme', 'Sarmada'), places: [SARMADA] });
    const decision = decideStory(printOf(raid), [memberOf('s1', raid), elsewhere]);
    expect(decision.storyId).toBe('s1');
    expect(decision.other).toEqual({
      storyId: 's2',
      reason: 'The closest recent article is about another place (Sarmada).',
    });
    const { words, joinedId } = storyChoice(decision, readingOf(raid).article);
    expect(joinedId).toBe('s1');
    expect(words).toHaveLength(8);
    expect(words.every((word) => readingOf(raid).article.text.includes(word))).toBe(true);
  });

  test.each([
    [
      'A trader of Garissa denied selling ivory.',
      /^The closest recent article has only names in common with it\.$/,
    ],
    [
      'A trader denied stealing a boat.',
      /^The closest recent article has only 1 telling word in common with it: likeness -?\d\.\d, where 3 makes one event\.$/,
    ],
  ])('“%s” is no flood, and it says by how much', (lead, reason) => {
    const flood = {
      title: 'River Tana floods Garissa',
      lead: 'Families fled Garissa by boat as the Tana rose.',
    };
    expect(decideStory(printOf({ title: 'Trader in court', lead }), [memberOf('s1', flood)])).toMatchObject({
      storyId: null,
      reason: expect.stringMatching(reason),
      other: { storyId: 's1' },
    });
  });
});
