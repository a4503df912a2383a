import { afterAll, describe, expect, test } from '@jest/globals';
import { createParser } from '../../src/feeds/parse.ts';

// What is tested is that it ends, on a machine that is busy with other tests too.
const parser = createParser({ timeoutMs: 30_000 });
afterAll(() => parser.close());

const VERSION = 'https://jsonfeed.org/version/1.1';

function parse(feed: object | string) {
  const document = typeof feed === 'string' ? feed : JSON.stringify(feed);
  return parser.parse(document, 'https://news.example/feed.json');
}

async function itemOf(item: object) {
  const { items } = await parse({ version: VERSION, title: 'Feed', items: [item] });
  return items[0];
}

describe('a JSON Feed', () => {
  test('says what other formats say', async () => {
    const feed = await parse({
      version: VERSION,
      title: 'Daily <News>',
      home_page_url: '/home',
      language: 'en-GB',
      authors: [{ name: 'Desk' }],
      items: [
        {
          id: 'urn:news:1',
          url: '/talks',
          external_url: 'https://other.example/',
          title: 'Talks & “terms” resume',
          content_html: '<p>Delegates met at <b>ten</b>.</p>',
          summary: 'They <met>.',
          image: '/talks.jpg',
          date_published: '2026-02-03T10:00:00Z',
          date_modified: '2026-02-03T11:00:00+00:00',
          tags: ['Peace', 'Peace', 'Talks'],
          authors: [{ name: 'Jane Doe' }, { name: 'Li Wei' }],
        },
        { id: '2', content_text: '1 < 2' },
      ],
    });
    expect(feed).toEqual({
      title: 'Daily <News>',
      link: 'https://news.example/home',
      language: 'en',
      intervalHintMs: null,
      isCutOff: false,
      items: [
        {
          guid: 'urn:news:1',
          link: 'https://news.example/talks',
          title: 'Talks & “terms” resume',
          html: '<p>Delegates met at <b>ten</b>.</p>',
          summary: 'They &lt;met&gt;.',
          publishedAt: Date.UTC(2026, 1, 3, 10),
          updatedAt: Date.UTC(2026, 1, 3, 11),
          author: 'Jane Doe, Li Wei',
          imageUrl: 'https://news.example/talks.jpg',
          categories: ['Peace', 'Talks'],
        },
        expect.objectContaining({ guid: '2', link: null, html: '1 &lt; 2', author: 'Desk' }),
      ],
    });
  });

  test.each(['https://jsonfeed.org/version/1', '1.0', '', undefined])(
    'may be of version "%s"',
    async (version) => {
      const { items } = await parse({ version, title: 'Feed', items: [{ id: '1', title: 't' }] });
      expect(items).toHaveLength(1);
    },
  );

  test('may have the link in its id, a number for an id, and an author of version 1', async () => {
    expect((await itemOf({ id: 'https://news.example/a' }))?.link).toBe('https://news.example/a');
    expect(await itemOf({ id: 7, author: { name: 'Jane Doe' } })).toMatchObject({
      guid: '7',
      author: 'Jane Doe',
    });
  });
});

describe('JSON that is something else', () => {
  test.each([
    ['{"error": "not found"}', 'not-a-feed', 'the document is JSON, but no JSON Feed'],
    ['{"items": {}}', 'not-a-feed', 'no JSON Feed'],
    ['{"items": []}', 'not-a-feed', 'no JSON Feed'],
    ['{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"', 'broken', 'breaks off'],
    ['\n {', 'broken', 'damaged'],
    ['[1]', 'not-a-feed', 'neither RSS'],
  ])('%s', async (document, kind, message) => {
    await expect(parse(document)).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(message),
    });
  });
});

describe('hostile JSON', () => {
  test('names of Object.prototype are left out, the rest is read', async () => {
    const { items } = await parse(
      `{"version": "1", "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}},
        "items": [{"id": "1", "title": "t", "__proto__": {"polluted": 1, "title": "x"}, "constructor": 1}]}`,
    );
    expect(items).toMatchObject([{ guid: '1', title: 't' }]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a list that claims four billion elements has none', async () => {
    expect(await itemOf({ id: '1', title: 't', tags: { length: 4_000_000_000 } })).toMatchObject({
      title: 't',
      categories: [],
    });
  });

  test.each<[string, string]>([
    ['a million items', `{"title": "x", "items": [${'{"id":"1"},'.repeat(1_000_000)}{"id":"1"}]}`],
    ['items of a million fields', `{"title": "x", "items": [{${fields(1_000_000)}}]}`],
  ])('%s are answered', async (_, document) => {
    expect((await parse(document)).items.length).toBeLessThanOrEqual(2000);
  });

  test('three million objects are refused before they are parsed, and the next feed is read', async () => {
    const document = `{"title": "x", "items": [${'{},'.repeat(3_000_000)}{}]}`;
    await expect(parse(document)).rejects.toMatchObject({ kind: 'too-large' });
    expect(await itemOf({ id: '1', title: 'next' })).toMatchObject({ title: 'next' });
  });

  test('nesting without end is an error, and the next feed is read', async () => {
    await expect(parse(`{"items": ${'['.repeat(1_000_000)}`)).rejects.toMatchObject({ kind: 'broken' });
    expect(await itemOf({ id: '1', title: 'next' })).toMatchObject({ title: 'next' });
  });
});

function fields(count: number): string {
  return Array.from({ length: count }, (_, index) => `"f${index}": 1`).join(',');
}
