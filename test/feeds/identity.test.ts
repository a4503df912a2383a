import { describe, expect, test } from '@jest/globals';
import { canonicalLink, itemKeys, knownArticle, tellingKeys } from '../../src/feeds/identity.ts';
import type { FeedItem } from '../../src/model/article.ts';

const FEB_3 = Date.UTC(2026, 1, 3, 10);
const FEB_4 = Date.UTC(2026, 1, 4, 10);

function item(fields: Partial<FeedItem>): FeedItem {
  return {
    guid: 'g1',
    link: 'https://news.example/raid',
    title: 'Raid near the border',
    html: '',
    summary: '',
    publishedAt: FEB_3,
    updatedAt: null,
    author: null,
    imageUrl: null,
    categories: [],
    ...fields,
  };
}

describe('the canonical link', () => {
  test.each([
    ['https://News.Example/A', 'https://news.example/A'],
    ['http://news.example:80/a', 'https://news.example/a'],
    ['https://news.example:443/a/', 'https://news.example/a'],
    ['https://news.example:8443/a', 'https://news.example:8443/a'],
    ['https://news.example/a#comments', 'https://news.example/a'],
    ['https://news.example/a?utm_source=rss&utm_medium=feed', 'https://news.example/a'],
    ['https://news.example/a?fbclid=x&id=7&gclid=y', 'https://news.example/a?id=7'],
    ['https://news.example/a?at_medium=RSS&at_campaign=rss', 'https://news.example/a'],
    ['https://news.example/a?partner=rss&emc=rss', 'https://news.example/a'],
    ['https://news.example/a?b=2&a=1', 'https://news.example/a?a=1&b=2'],
    ['https://news.example/?p=12', 'https://news.example?p=12'],
    ['https://desk:secret@news.example/a', 'https://news.example/a'],
    ['https://news.example/', 'https://news.example'],
    [' tag:news.example,2026:1 ', 'tag:news.example,2026:1'],
  ])('%s', (link, expected) => {
    expect(canonicalLink(link)).toBe(expected);
  });
});

test('an item is known by guid, link, and title with its day; its words alone are kept too', () => {
  expect(itemKeys(item({ title: 'Raid – near the BORDER!' }))).toEqual([
    'guid:g1',
    'link:https://news.example/raid',
    'title:raid near the border|2026-02-03',
    'words:raid near the border',
  ]);
  expect(itemKeys(item({ guid: null, link: null, title: '…', publishedAt: null }))).toEqual([
    expect.stringMatching(/^text:/),
  ]);
});

describe('a feed is read again', () => {
  const URL_GUID = 'https://news.example/raid';

  test.each<[string, Partial<FeedItem>, Partial<FeedItem>, 'known' | 'new']>([
    ['the same item', {}, {}, 'known'],
    ['a corrected title', {}, { title: 'Raid near the border kills nine' }, 'known'],
    ['a new date', {}, { publishedAt: FEB_4 }, 'known'],
    ['a new address under the same guid', {}, { link: 'https://news.example/raid-2' }, 'known'],
    ['another guid, the same link and title', {}, { guid: 'g2' }, 'known'],
    [
      'another guid, the same link with tracking, the same title',
      {},
      { guid: 'g2', link: 'https://news.example/raid?utm_source=rss' },
      'known',
    ],
    ['another guid and title at the same link', {}, { guid: 'g2', title: 'Second blast reported' }, 'new'],
    [
      'another guid and link with the same title',
      {},
      { guid: 'g2', link: 'https://news.example/other' },
      'new',
    ],
    ['the same title at the same link on another day', {}, { guid: 'g2', publishedAt: FEB_4 }, 'new'],
    [
      'a guid whose revision counter went up, with a new title',
      { guid: `${URL_GUID}#0` },
      { guid: `${URL_GUID}#1`, title: 'Nine dead' },
      'known',
    ],
    [
      'a guid that got a tracking parameter',
      { guid: URL_GUID },
      { guid: `${URL_GUID}?utm_source=x`, title: 'Nine dead' },
      'known',
    ],
    [
      'a guid that moved to https',
      { guid: URL_GUID.replace('https', 'http') },
      { guid: URL_GUID, title: 'Nine dead' },
      'known',
    ],
    [
      'another post of a live page',
      { guid: `${URL_GUID}#post-101` },
      { guid: `${URL_GUID}#post-102`, title: 'Second blast' },
      'new',
    ],
    [
      'another fragment but the same title',
      { guid: `${URL_GUID}#post-101` },
      { guid: `${URL_GUID}#p-101` },
      'known',
    ],
    [
      'no guid, the same link, a corrected title',
      { guid: null },
      { guid: null, title: 'Nine dead' },
      'known',
    ],
    ['no guid, another link', { guid: null }, { guid: null, link: 'https://news.example/other' }, 'new'],
    [
      'no guid and the front page as link',
      { guid: null, link: 'https://news.example/' },
      { guid: null, link: 'https://news.example', title: 'Second blast' },
      'new',
    ],
    [
      'the front page as guid',
      { guid: 'https://news.example/' },
      { guid: 'https://news.example/', link: 'https://news.example/b', title: 'Second blast' },
      'new',
    ],
    ['nothing but a title, the same day', { guid: null, link: null }, { guid: null, link: null }, 'known'],
    [
      'nothing but a title, another day',
      { guid: null, link: null },
      { guid: null, link: null, publishedAt: FEB_4 },
      'new',
    ],
    [
      'nothing but a date',
      { guid: null, link: null, title: '' },
      { guid: null, link: null, title: '' },
      'known',
    ],
  ])('%s', (_, before, after, expected) => {
    const known = new Map(itemKeys(item(before)).map((key) => [key, 'article-1']));
    expect(knownArticle(itemKeys(item(after)), known)).toBe(expected === 'known' ? 'article-1' : null);
  });

  test('the guid decides when link and title belong to another article', () => {
    const known = new Map([
      ...itemKeys(item({ guid: 'g1', link: 'https://news.example/a', title: 'A' })).map(
        (key) => [key, 'a'] as const,
      ),
      ...itemKeys(item({ guid: 'g2', link: 'https://news.example/b', title: 'B' })).map(
        (key) => [key, 'b'] as const,
      ),
    ]);
    expect(
      knownArticle(itemKeys(item({ guid: 'g1', link: 'https://news.example/b', title: 'B' })), known),
    ).toBe('a');
    expect(
      knownArticle(itemKeys(item({ guid: 'g3', link: 'https://news.example/a', title: 'B' })), known),
    ).toBeNull();
  });
});

describe('keys that are the same on items which are not', () => {
  const keysOf = (...items: Partial<FeedItem>[]) => tellingKeys(items.map((one) => itemKeys(item(one))));
  const apart = (letter: string) => ({ link: `https://news.example/${letter}`, title: `Story ${letter}` });

  test('a guid on items with other links and titles tells nothing', () => {
    const [first, second] = keysOf({ guid: 'const', ...apart('a') }, { guid: 'const', ...apart('b') });
    expect([first?.[0], second?.[0]]).toEqual(['link:https://news.example/a', 'link:https://news.example/b']);
  });

  test('a link on items with other titles and no guid tells nothing', () => {
    const [first] = keysOf({ guid: null, title: 'Story a' }, { guid: null, title: 'Story b' });
    expect(first?.[0]).toBe('title:story a|2026-02-03');
  });

  test('a guid on two readings of one item stays', () => {
    const [first, second] = keysOf({ title: 'Raid' }, { title: 'Raid kills nine' });
    expect([first?.[0], second?.[0]]).toEqual(['guid:g1', 'guid:g1']);
  });

  test('a link that items with guids of their own share stays', () => {
    const [first] = keysOf({ guid: 'g1', title: 'Story a' }, { guid: 'g2', title: 'Story b' });
    expect(first).toContain('link:https://news.example/raid');
  });
});
