import { describe, expect, test } from '@jest/globals';
import { goldenArticles, KINDS, labelled, wordsOf } from './golden.ts';

const articles = goldenArticles();

describe.each(articles.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
  const found = labelled(golden.article);

  test.each(KINDS)('says these %s, but for the known shortcomings', (kind) => {
    const { truth, notFound, surplus } = golden;
    const expected = [...truth[kind].filter((line) => !notFound[kind].includes(line)), ...surplus[kind]];
    expect([...found[kind]].sort()).toEqual(expected.sort());
  });

  test('is labelled in words of its own, and its shortcomings are of the labels', () => {
    for (const kind of KINDS) {
      for (const line of golden.truth[kind]) expect(golden.article.text).toContain(wordsOf(kind, line));
      expect(golden.truth[kind]).toEqual(expect.arrayContaining(golden.notFound[kind]));
      expect(golden.truth[kind].filter((line) => golden.surplus[kind].includes(line))).toEqual([]);
    }
  });
});

test('The golden articles tell of at least 20 events, in five languages', () => {
  expect(articles.length).toBeGreaterThanOrEqual(20);
  const languages = new Set(articles.map(({ article }) => article.language));
  expect([...languages].sort()).toEqual(['ar', 'en', 'es', 'fr', 'ru']);
});
