import { afterAll, describe, expect, test } from '@jest/globals';
import { createParser, type FeedParser } from '../../src/feeds/parse.ts';
import { articleOrNull } from '../../src/feeds/poor-text.ts';
import { rssFeed } from '../support/feed-documents.ts';
import { errorOf } from '../support/fetching.ts';
import { bridgeParagraphs, newsPage } from '../support/pages.ts';

const URL = 'https://news.example/bridge';
const parser = createParser({ timeoutMs: 10_000 });
afterAll(() => parser.close());

const TITLE = 'Northern bridge open again after long repairs';
const PARAGRAPHS = bridgeParagraphs(8);

async function textOf(html: string, reader: FeedParser = parser): Promise<string | null> {
  return (await reader.page(html, URL)).text;
}

describe('the article of a page', () => {
  test('is its paragraphs, without menus, related links and foot', async () => {
    const page = await parser.page(newsPage(TITLE, PARAGRAPHS), URL);
    expect(page.title).toContain(TITLE);
    expect(page.text).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('is found in pages that leave out what HTML lets them leave out', async () => {
    const body = PARAGRAPHS.map((text) => `<p>${text}`).join('\n');
    for (const page of [
      `<!doctype html><title>${TITLE}</title>${body}`,
      `<html><head><title>${TITLE}</title></head>${body}`,
      `<br><b>Warning</b>: cache<!doctype html><html><head><title>x</title></head><body>${body}</body></html>`,
    ]) {
      expect(await textOf(page)).toBe(PARAGRAPHS.join('\n\n'));
    }
  });

  test('comes from the structured data where the page itself shows less', async () => {
    const data = {
      '@context': 'https://schema.org',
      '@graph': [{ '@type': 'WebPage' }, { '@type': 'NewsArticle', articleBody: PARAGRAPHS.join('\n') }],
    };
    const head = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
    expect(await textOf(newsPage(TITLE, PARAGRAPHS.slice(0, 3), { head }))).toBe(PARAGRAPHS.join('\n\n'));
    const less = head.replace(PARAGRAPHS.slice(4).join('\\n'), '');
    expect(await textOf(newsPage(TITLE, PARAGRAPHS, { head: less }))).toBe(PARAGRAPHS.join('\n\n'));
  });

  test.each([
    ['markup', PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')],
    ['bare line breaks', PARAGRAPHS.join('\n\n')],
  ])('is read from structured data with %s', async (_, articleBody) => {
    const data = JSON.stringify({ '@type': ['Article'], articleBody }).replaceAll('\\n', '\n');
    const text = await textOf(`<html><script type="application/ld+json">[${data}]</script></html>`);
    expect(text?.replace(/\s+/g, ' ')).toBe(PARAGRAPHS.join(' '));
  });

  test('runs no script', async () => {
    const script = `<script>document.body.innerHTML = ''; globalThis.ran = true; while (true) {}</script>`;
    const handler = `<img src="x" onerror="while (true) {}">`;
    const page = newsPage(TITLE, [handler, ...PARAGRAPHS], { head: script });
    expect(await textOf(page)).toBe(PARAGRAPHS.join('\n\n'));
  });
});

describe('a page without an article', () => {
  test.each([
    ['an empty page', ''],
    ['a caption', newsPage(TITLE, ['The bridge on Tuesday.'])],
    [
      'a list of links',
      newsPage(
        TITLE,
        PARAGRAPHS.map((text) => `<a href="/x">${text}</a>`),
      ),
    ],
    ['a call for scripts', `<body>${'<p>You need to enable JavaScript to run this app. '.repeat(6)}`],
    ['a German one', `<body>${'<p>Bitte in den Einstellungen JavaScript aktivieren. '.repeat(6)}`],
    ['a captcha', `<body>${'<p>Please verify that you are human to go on to the page. '.repeat(6)}`],
    ['a Spanish one', `<body>${'<p>Marque la casilla: no soy un robot, para seguir. '.repeat(6)}`],
    [
      'a question about cookies',
      `<body>${'<p>We and our 812 partners store cookies on your device. '.repeat(6)}`,
    ],
    ['a French one', `<body>${'<p>Nous utilisons des cookies pour mesurer notre audience. '.repeat(6)}`],
    [
      'a paywall',
      newsPage(TITLE, [...PARAGRAPHS.slice(0, 2), 'Subscribe to continue reading this article.']),
    ],
    [
      'a Russian one',
      newsPage(TITLE, [...PARAGRAPHS.slice(0, 2), 'Материал доступен только для подписчиков.']),
    ],
    ['an Arabic one', newsPage(TITLE, [...PARAGRAPHS.slice(0, 2), 'هذا المحتوى متاح للمشتركين فقط'])],
  ])('%s gives no text', async (_, page) => {
    expect(await textOf(page)).toBeNull();
  });

  test('most of an article is no link', () => {
    const link = (text: string) => `<a href="/x">${text}</a>`;
    const [first = '', second = '', ...rest] = PARAGRAPHS;
    expect(articleOrNull(`<p>${first}</p><p>${[second, ...rest].map(link).join('</p><p>')}</p>`)).toBeNull();
    expect(
      articleOrNull(`<p>${link(first)}</p><p>${second}</p><p>${rest.join('</p><p>')}</p>`),
    ).not.toBeNull();
  });

  test('a long article may speak of cookies and subscribers', async () => {
    const paragraphs = [
      ...bridgeParagraphs(12),
      'The site said: we use cookies, and subscribe to read more.',
    ];
    expect(await textOf(newsPage(TITLE, paragraphs))).toContain('we use cookies');
  });
});

describe('the feeds of a page', () => {
  const head = `<link rel="alternate" type="application/rss+xml" title="World" href="/world.rss">
    <link rel="alternate" type="application/atom+xml" href="https://desk:pw@news.example/all.atom">`;

  test('come with its article', async () => {
    const { feeds } = await parser.page(newsPage(TITLE, PARAGRAPHS, { head }), URL);
    expect(feeds[0]).toEqual({ url: 'https://news.example/world.rss', title: 'World', kind: 'rss' });
  });

  test('are named when the page came instead of a feed', async () => {
    const error = await errorOf(parser.parse(newsPage(TITLE, PARAGRAPHS, { head }), URL));
    expect(error.kind).toBe('not-a-feed');
    expect(error.feeds.map(({ url }) => url)).toContain('https://news.example/world.rss');
    expect(error.message).toBe(
      'the address gives a web page, not a feed; use one of its feeds, such as https://news.example/world.rss.',
    );
  });

  test('is named without its password when there is one', async () => {
    const one = head.slice(head.lastIndexOf('<link'));
    const error = await errorOf(parser.parse(newsPage(TITLE, PARAGRAPHS, { head: one }), URL));
    expect(error.remedy).toBe('use its feed https://news.example/all.atom');
  });

  test('are missed with advice when there are none', async () => {
    const error = await errorOf(
      parser.parse('<!doctype html><html><body>502 Bad Gateway</body></html>', URL),
    );
    expect(error).toMatchObject({ kind: 'not-a-feed', feeds: [] });
    expect(error.remedy).toContain('look for');
  });
});

describe('a hostile page', () => {
  test.each([
    ['100,000 "<"', `<body><p>${'<'.repeat(100_000)}`],
    ['5 MB of "<"', `<body><p>${'<'.repeat(5_000_000)}`],
    ['100,000 elements in each other', `<body>${'<div>'.repeat(100_000)}`],
    ['elements that hide their depth', `<body>${'<li><p>'.repeat(20_000)}`],
    ['5 MB of words', `<body><article><p>${'word, '.repeat(830_000)}`],
    ['5 MB of links', `<body>${'<p><a href="x">y y y</a></p>'.repeat(180_000)}`],
    ['500,000 attributes', `<body><p ${Array.from({ length: 500_000 }, (_, at) => `a${at}=1`).join(' ')}>x`],
    ['700,000 comments', `<body>${'<!---->'.repeat(700_000)}`],
    ['structured data 5 MB deep', `<script type="application/ld+json">${'['.repeat(5_000_000)}</script>`],
    [
      'an article body of 5 MB',
      `<script type="application/ld+json">{"articleBody":"${'a '.repeat(2_000_000)}"}</script>`,
    ],
  ])('of %s is answered, and the next one read', async (_, page) => {
    const { text } = await parser.page(page, URL);
    expect(text?.length ?? 0).toBeLessThanOrEqual(100_000);
    expect(await textOf(newsPage(TITLE, PARAGRAPHS))).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('that takes too long is given up with its thread, and feeds and pages go on', async () => {
    const impatient = createParser({ timeoutMs: 500 });
    try {
      const slow = `<body><img srcset="${'a 1x,'.repeat(950_000)}">${'<p>a, b.</p>'.repeat(100)}`;
      const [error, feed] = await Promise.all([
        errorOf(impatient.page(slow, URL)),
        impatient.parse(rssFeed({ items: [{ title: 'next' }] }), URL),
      ]);
      expect(error).toMatchObject({ kind: 'broken', remedy: "the feed's own text is used" });
      expect(feed.items).toMatchObject([{ title: 'next' }]);
    } finally {
      await impatient.close();
    }
  });
});
