import { expect, test } from '@jest/globals';
import { readItem } from '../../src/feeds/read-item.ts';
import { readWithFeedsmith } from '../../src/feeds/read-with-feedsmith.ts';
import { atomFeed, rdfFeed, rssFeed } from '../support/feed-documents.ts';

const ITEM = {
  title: 'Talks & “terms” resume',
  link: 'https://news.example/talks?id=1&page=2',
  guid: 'urn:news:1',
  html: '<p>Delegates met.</p>',
  publishedAt: '2026-02-03T10:00:00Z',
  author: 'Jane Doe',
  imageUrl: 'https://news.example/talks.jpg',
};

test.each([
  ['RSS', rssFeed, ITEM.imageUrl],
  ['Atom', atomFeed, null],
  ['RDF', rdfFeed, null],
])('feedsmith reads the same from %s as rss-parser', async (_, build, imageUrl) => {
  const { items, isAtom } = await readWithFeedsmith(build({ items: [ITEM] }));
  expect(
    items.map((item) => readItem(item, { base: 'https://news.example/', isAtom, author: null })),
  ).toEqual([
    {
      guid: 'urn:news:1',
      link: ITEM.link,
      title: ITEM.title,
      html: ITEM.html,
      summary: '',
      publishedAt: Date.UTC(2026, 1, 3, 10),
      updatedAt: null,
      author: 'Jane Doe',
      imageUrl,
      categories: [],
    },
  ]);
});
