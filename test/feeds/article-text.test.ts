import { describe, expect, test } from '@jest/globals';
import { articleText } from '../../src/feeds/article-text.ts';
import type { FeedItem } from '../../src/model/article.ts';

function textOf(title: string, html: string): { title: string; text: string } {
  const item: FeedItem = {
    guid: null,
    link: null,
    title,
    html,
    summary: '',
    publishedAt: null,
    updatedAt: null,
    author: null,
    imageUrl: null,
    categories: [],
  };
  return articleText(item);
}

describe('the text of an article', () => {
  test.each([
    [
      'title, blank line, paragraphs',
      'Talks resume',
      '<p>They met.</p><p>They left.</p>',
      'Talks resume\n\nThey met.\n\nThey left.',
    ],
    ['no body', 'Talks resume', '', 'Talks resume'],
    ['a body that is the title', 'Talks resume', '<p>Talks resume</p>', 'Talks resume'],
    ['a body that is the title as a sentence', 'Talks resume', 'Talks resume.', 'Talks resume'],
    [
      'a body that begins with the title as a paragraph',
      'Talks resume',
      '<h1>Talks resume</h1><p>They met.</p>',
      'Talks resume\n\nThey met.',
    ],
    [
      'a body that begins with the title as a sentence',
      'Talks resume',
      'Talks resume. They met.',
      'Talks resume\n\nThey met.',
    ],
    [
      'a sentence that goes on after the title',
      'Talks resume',
      'Talks resume in Geneva, envoys say.',
      'Talks resume\n\nTalks resume in Geneva, envoys say.',
    ],
    ['a title of two lines', 'Talks\n resume', '<p>They met.</p>', 'Talks resume\n\nThey met.'],
    [
      'control characters',
      'Talks\u0000 re\u0007sume',
      '<p>They\u0000 met\u0085.</p>',
      'Talks resume\n\nThey met.',
    ],
    ['half a surrogate pair', 'Talks \ud83d', '<p>They \ude00 met.</p>', 'Talks \ufffd\n\nThey \ufffd met.'],
    ['nothing at all', '', '', ''],
  ])('%s', (_, title, html, expected) => {
    const article = textOf(title, html);
    expect(article.text).toBe(expected);
    expect(article.text.startsWith(article.title)).toBe(true);
  });

  test('without a title, the first words of the body stand in', () => {
    const body = `${'The envoys met again in Geneva on Tuesday. '.repeat(10)}`.trim();
    const article = textOf('', `<p>${body}</p>`);
    expect(article.title).toBe(
      'The envoys met again in Geneva on Tuesday. The envoys met again in Geneva on Tuesday. The envoys met',
    );
    expect(article.text).toBe(`${article.title}\n\n${body}`);
    expect(textOf('', '<p>Short note</p>')).toEqual({ title: 'Short note', text: 'Short note' });
  });

  test('a very long body ends with a whole paragraph', () => {
    const paragraph = `<p>${'word '.repeat(200)}end</p>`;
    const { text } = textOf('Transcript', paragraph.repeat(200));
    expect(text.length).toBeLessThanOrEqual(100_100);
    expect(text.length).toBeGreaterThan(95_000);
    expect(text.endsWith('word end')).toBe(true);
  });

  test('one endless paragraph is cut at a word, one endless word at a whole character', () => {
    const { text } = textOf('t', 'word '.repeat(50_000));
    expect(text.length).toBeLessThanOrEqual(100_003);
    expect(text.endsWith(' word')).toBe(true);
    const smileys = textOf('t', `a${'😀'.repeat(60_000)}`).text;
    expect(smileys.isWellFormed()).toBe(true);
    expect(smileys.endsWith('😀')).toBe(true);
  });

  test('an endless title is cut too', () => {
    expect(textOf('word '.repeat(50_000), '').title.length).toBeLessThanOrEqual(500);
  });
});
