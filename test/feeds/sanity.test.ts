import { describe, expect, test } from '@jest/globals';
import { itemKeys } from '../../src/feeds/identity.ts';
import { suspects } from '../../src/feeds/sanity.ts';
import type { FeedItem } from '../../src/model/article.ts';
import { feedItem } from '../support/feeds.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const HOUR = 3_600_000;

const stories = Array.from({ length: 10 }, (_, index) => feedItem(`Story ${index}`, 'Body.'));
const keyed = (items: FeedItem[]) => items.map((item) => ({ item, keys: itemKeys(item) }));

/** What is known after these items were read, the last time at noon. */
const after = (items: FeedItem[], articles = items.length) => ({
  known: new Map(items.flatMap((item) => itemKeys(item).map((key) => [key, item.title]))),
  articles,
  lastOkAt: NOON,
});

const suspected = (items: FeedItem[], past = after(stories)) => [...suspects(keyed(items), past).values()];

describe('old articles under new ids', () => {
  const newIds = (more: (item: FeedItem, index: number) => Partial<FeedItem>) =>
    stories.map((item, index) => ({ ...item, guid: `new-${index}`, ...more(item, index) }));

  test.each<[string, FeedItem[]]>([
    ['that keep their titles', newIds((_, index) => ({ link: `https://new.example/${index}` }))],
    ['that keep their links', newIds((_, index) => ({ title: `Rewritten ${index}` }))],
    [
      'that keep nothing but old dates',
      newIds((_, index) => ({
        title: `Rewritten ${index}`,
        link: `https://new.example/${index}`,
        publishedAt: NOON - 72 * HOUR,
      })),
    ],
    [
      'that keep their titles and get the dates of the migration',
      newIds((_, index) => ({ link: `https://new.example/${index}`, publishedAt: NOON + HOUR })),
    ],
  ])('are suspected: %s', (_, items) => {
    expect(suspected(items)).toHaveLength(10);
  });

  test('are suspected and new articles among them are not', () => {
    const fresh = feedItem('Raid near Atme', 'New.', { publishedAt: NOON + HOUR });
    const items = [fresh, ...newIds((_, index) => ({ link: `https://new.example/${index}` }))];
    expect(suspected(items)).not.toContain(fresh);
    expect(suspected(items)).toHaveLength(10);
  });

  test('are not suspected while they are half of the feed or less', () => {
    const [a, b, c] = newIds((_, index) => ({ link: `https://new.example/${index}` }));
    expect(suspected([a, b, c, ...stories.slice(3, 6)].filter((item) => item !== undefined))).toEqual([]);
  });
});

describe('new articles', () => {
  test.each<[string, Partial<FeedItem>]>([
    ['without dates', {}],
    ['published since the last poll', { publishedAt: NOON + HOUR }],
    ['dated some hours before they were shown', { publishedAt: NOON - 20 * HOUR }],
  ])('are never suspected, however many: %s', (_, more) => {
    const items = Array.from({ length: 500 }, (_, index) => feedItem(`News ${index}`, 'New.', more));
    expect(suspected(items)).toEqual([]);
  });
});

test('new articles whose titles recur are not suspected', () => {
  const titles = ['Flood warning', 'Storm warning', 'Fire warning'];
  const past = after(
    titles.map((title) => feedItem(title, 'Old.')),
    20,
  );
  const today = Array.from({ length: 9 }, (_, index) =>
    feedItem(titles[index % 3] ?? '', 'New.', { guid: `g${index}`, link: `https://warn.example/${index}` }),
  );
  expect(suspected(today, past)).toEqual([]);
});

test('a feed of which fewer than eight articles are known is not judged', () => {
  const flipped = stories.map((item, index) => ({
    ...item,
    guid: `n${index}`,
    link: `https://n.example/${index}`,
  }));
  expect(suspected(flipped, after(stories, 7))).toEqual([]);
  expect(suspected(flipped, after(stories, 8))).toHaveLength(10);
});
