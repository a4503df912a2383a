import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Parser from 'rss-parser';
import { type SampleNews, startSampleNews } from '../../src/demo/sample-news.ts';

/** What rss-parser reads beyond its own types. */
interface Extras {
  id?: string;
  'content:encoded'?: string;
  thumbnail?: { $: { url: string } };
}
type Item = Parser.Item & Extras;

const parser = new Parser<object, Extras>({ customFields: { item: [['media:thumbnail', 'thumbnail']] } });

let clock: number;
let news: SampleNews;

beforeEach(async () => {
  clock = Date.parse('2022-02-03T12:00:00Z');
  news = await startSampleNews({ now: () => clock });
});

afterEach(async () => {
  await news.close();
});

async function readFeed(name: string) {
  const response = await fetch(feedUrl(name));
  return parser.parseString(await response.text());
}

function feedUrl(name: string): string {
  const feed = news.feeds.find((candidate) => candidate.name === name);
  if (feed === undefined) throw new Error(`No feed is called ${name}`);
  return feed.url;
}

/** Every item of every feed as it stands now, by its guid. */
async function readItems(): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  for (const { name } of news.feeds) {
    for (const item of (await readFeed(name)).items) {
      items.set(item.guid ?? item.id ?? '', item);
    }
  }
  return items;
}

describe('the sample outlets', () => {
  test.each([
    ['Northgate Courier', 'application/rss+xml; charset=utf-8'],
    ['Halyard Wire', 'application/rss+xml; charset=utf-8'],
    ['Eastmark Dispatch', 'application/atom+xml; charset=utf-8'],
  ])('%s serves a feed with a headline, a link, a date and a text for every article', async (name, type) => {
    const response = await fetch(feedUrl(name));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);

    const feed = await parser.parseString(await response.text());
    expect(feed.title).toBe(name);
    expect(feed.items).toHaveLength(4);
    for (const item of feed.items) {
      expect(item.title).not.toBe('');
      expect(item.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[a-z-]+\/[a-z-]+$/);
      expect(item.isoDate).toMatch(/^2022-0(1-31|2-0[1-3])T/);
      expect(words(bodyOf(item))).toBeGreaterThanOrEqual(120);
      expect(words(bodyOf(item))).toBeLessThanOrEqual(300);
    }
  });

  test('the links of every stage open a page with the headline', async () => {
    while (news.stage < news.lastStage) news.advance();
    const items = [...(await readItems()).values()];
    expect(items).toHaveLength(16);
    for (const { link = '', title = '' } of items) {
      const response = await fetch(link);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain(`<h1>${title}</h1>`);
    }
  });

  test('the link of a feed opens the front page of its outlet', async () => {
    const { link = '' } = await readFeed('Halyard Wire');
    const response = await fetch(link);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<h1>Halyard Wire</h1>');
  });

  test('the pictures of the Courier are PNG files', async () => {
    for (const item of (await readFeed('Northgate Courier')).items) {
      const response = await fetch(item.thumbnail?.$.url ?? '');
      expect(response.headers.get('content-type')).toBe('image/png');
      const picture = Buffer.from(await response.arrayBuffer());
      expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
      expect(picture.subarray(-8, -4).toString()).toBe('IEND');
    }
  });

  test('an article that is not published yet cannot be opened', async () => {
    const base = new URL('/', news.feeds[0]?.url).href;
    for (const path of ['northgate-courier/helicopter-raid-atme', 'nobody/at-all', '']) {
      expect((await fetch(base + path)).status).toBe(404);
    }
  });

  test('a second server gives its articles the same guids although its port differs', async () => {
    const guids = [...(await readItems()).keys()];
    const first = news;
    news = await startSampleNews({ now: () => clock });
    await first.close();
    expect(news.feeds[0]?.url).not.toBe(first.feeds[0]?.url);
    expect([...(await readItems()).keys()]).toEqual(guids);
  });
});

describe('the stages', () => {
  test.each([
    [1, ['Northgate Courier']],
    [2, ['Halyard Wire', 'Halyard Wire']],
    [3, ['Eastmark Dispatch']],
  ])('stage %i adds articles and changes none that is out', async (stage, outlets) => {
    while (news.stage < stage - 1) news.advance();
    const before = await readItems();
    news.advance();
    const after = await readItems();

    expect(news.stage).toBe(stage);
    for (const [guid, item] of before) expect(after.get(guid)).toEqual(item);
    const added = [...after].filter(([guid]) => !before.has(guid));
    expect(added).toHaveLength(outlets.length);
    for (const [index, [guid]] of added.entries()) {
      const slug = outlets[index]?.toLowerCase().replace(' ', '-');
      expect(guid).toContain(`tag:${slug}.example,`);
    }
  });

  test('after the last stage nothing more is published', async () => {
    while (news.stage < news.lastStage) news.advance();
    const before = await readItems();
    news.advance();
    expect(news.stage).toBe(3);
    expect(await readItems()).toEqual(before);
  });

  test('only the raid and one near-miss come after the start', async () => {
    const before = await readItems();
    while (news.stage < news.lastStage) news.advance();
    const added = [...(await readItems())].filter(([guid]) => !before.has(guid)).map(([, item]) => item);
    const raid = added.filter((item) => bodyOf(item).includes('Idlib'));
    expect(raid).toHaveLength(3);
    for (const item of raid) expect(bodyOf(item)).toMatch(/counterterrorism/);
  });
});

describe('a conditional request', () => {
  test('is answered 304 without a body until the outlet publishes again', async () => {
    const url = feedUrl('Northgate Courier');
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };

    const unchanged = await fetch(url, { headers });
    expect(unchanged.status).toBe(304);
    expect(unchanged.headers.get('etag')).toBe(etag);
    expect(await unchanged.text()).toBe('');

    news.advance();
    const changed = await fetch(url, { headers });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('finds the feed of an outlet that published nothing unchanged', async () => {
    const url = feedUrl('Eastmark Dispatch');
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    news.advance();
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('sees in Last-Modified when the outlet last published', async () => {
    clock = Date.parse('2022-02-03T12:10:00Z');
    news.advance();
    const modified = (await fetch(feedUrl('Northgate Courier'))).headers.get('last-modified');
    expect(modified).toBe('Thu, 03 Feb 2022 12:10:00 GMT');
  });
});

function bodyOf(item: Item): string {
  return item['content:encoded'] ?? item.content ?? '';
}

function words(html: string): number {
  return html
    .replace(/<[^>]+>/g, ' ')
    .trim()
    .split(/\s+/).length;
}
