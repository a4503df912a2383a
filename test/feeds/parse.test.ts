import { afterAll, describe, expect, test } from '@jest/globals';
import { FeedError } from '../../src/feeds/feed-error.ts';
import { createParser, type FeedParser, type ParsedFeed } from '../../src/feeds/parse.ts';
import { atomFeed, rdfFeed, rssFeed } from '../support/feed-documents.ts';

const parser = createParser({ timeoutMs: 10_000 });
afterAll(() => parser.close());

function parse(document: string, url = 'https://news.example/feed.xml'): Promise<ParsedFeed> {
  return parser.parse(document, url);
}

async function onlyItem(document: string, url?: string) {
  const { items } = await parse(document, url);
  expect(items).toHaveLength(1);
  return items[0];
}

async function errorOf(document: string, reader: FeedParser = parser): Promise<FeedError> {
  const error = await reader.parse(document, 'https://news.example/').then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FeedError);
  return error as FeedError;
}

function rssItem(inner: string): string {
  return `<rss version="2.0"><channel><title>Feed</title><item>${inner}</item></channel></rss>`;
}

function atomEntry(inner: string, attributes = ''): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title><entry ${attributes}>${inner}</entry></feed>`;
}

describe('the same news in every format', () => {
  const item = {
    title: 'Talks & “terms” resume',
    link: 'https://news.example/talks?id=1&page=2',
    guid: 'urn:news:1',
    html: '<p>Delegates met.</p>',
    publishedAt: '2026-02-03T10:00:00Z',
    author: 'Jane Doe',
  };

  test.each([
    ['RSS', rssFeed],
    ['Atom', atomFeed],
    ['RDF', rdfFeed],
  ])('%s', async (_, build) => {
    const feed = await parse(build({ title: 'Daily News', language: 'en-GB', items: [item] }));
    expect(feed).toEqual({
      title: 'Daily News',
      link: 'https://example.org/',
      language: 'en',
      intervalHintMs: null,
      isCutOff: false,
      items: [
        {
          guid: 'urn:news:1',
          link: 'https://news.example/talks?id=1&page=2',
          title: 'Talks & “terms” resume',
          html: '<p>Delegates met.</p>',
          summary: '',
          publishedAt: Date.UTC(2026, 1, 3, 10),
          updatedAt: null,
          author: 'Jane Doe',
          imageUrl: null,
          categories: [],
        },
      ],
    });
  });

  test.each(['0.91', '0.92', '0.94', '2.0', '2.1', ''])('RSS of version "%s"', async (version) => {
    const feed = await parse(
      rssFeed({ items: [item] }).replace('version="2.0"', version && `version="${version}"`),
    );
    expect(feed.items[0]).toMatchObject({ title: item.title, link: item.link });
  });

  test('Atom 0.3, and Atom with a prefix', async () => {
    const old = atomEntry('<title mode="escaped">A</title><issued>2026-02-03T10:00:00Z</issued>').replace(
      'http://www.w3.org/2005/Atom',
      'http://purl.org/atom/ns#',
    );
    expect(await onlyItem(old)).toMatchObject({ title: 'A', publishedAt: Date.UTC(2026, 1, 3, 10) });
    const prefixed = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>B</a:title><a:link href="/b"/></a:entry></a:feed>`;
    expect(await onlyItem(prefixed)).toMatchObject({ title: 'B', link: 'https://news.example/b' });
  });

  test('a feed without items is no error', async () => {
    expect(await parse(rssFeed({ items: [] }))).toMatchObject({ items: [], isCutOff: false });
  });
});

describe('links', () => {
  test.each([
    ['<link>/a</link>', 'https://news.example/a'],
    ['<link>  https://news.example/a\n</link>', 'https://news.example/a'],
    ['<link>javascript:alert(1)</link>', null],
    ['<link>data:text/html,x</link>', null],
    ['<link>mailto:desk@news.example</link>', null],
    ['<guid>https://news.example/g</guid>', 'https://news.example/g'],
    ['<guid isPermaLink="false">https://news.example/g</guid>', null],
    ['<link/><guid>https://news.example/g</guid>', 'https://news.example/g'],
    ['<a:link xmlns:a="http://www.w3.org/2005/Atom" href="/a"/>', 'https://news.example/a'],
    ['<title>no link</title>', null],
  ])('RSS %s: %s', async (inner, link) => {
    expect((await onlyItem(rssItem(inner)))?.link).toBe(link);
  });

  test.each([
    ['<link rel="self" href="/self"/><link rel="alternate" href="/page"/>', '', 'https://news.example/page'],
    ['<link rel="enclosure" href="/a.mp3"/><link href="/page"/>', '', 'https://news.example/page'],
    [
      '<link type="application/json" href="/json"/><link type="text/html" href="/page"/>',
      '',
      'https://news.example/page',
    ],
    ['<link href="page"/>', 'xml:base="https://other.example/dir/"', 'https://other.example/dir/page'],
    [
      '<link xml:base="/deep/" href="page"/>',
      'xml:base="https://other.example/dir/"',
      'https://other.example/deep/page',
    ],
    ['<id>https://news.example/id</id>', '', 'https://news.example/id'],
    ['<link href="javascript:alert(1)"/>', '', null],
  ])('Atom %s %s', async (inner, attributes, link) => {
    expect((await onlyItem(atomEntry(inner, attributes)))?.link).toBe(link);
  });
});

describe('titles', () => {
  test.each([
    ['AT&amp;T &lt;b&gt;buys&lt;/b&gt; rival', 'AT&T buys rival'],
    ['<![CDATA[Caf&eacute; <em>closes</em>]]>', 'Café closes'],
    ['Minister&amp;#8217;s visit', 'Minister’s visit'],
    ['Q&amp;amp;A: what next', 'Q&A: what next'],
    ['&quot;5 &lt; 6&quot;', '"5 < 6"'],
    ['How &lt;canvas&gt; works', 'How <canvas> works'],
    ['Two\n   lines', 'Two lines'],
    ['Salt & pepper', 'Salt & pepper'],
    ['a?x=1&amp;copy=2', 'a?x=1&copy=2'],
    ['An <i>unescaped</i> word', 'An unescaped word'],
  ])('RSS %s', async (title, expected) => {
    expect((await onlyItem(rssItem(`<title>${title}</title>`)))?.title).toBe(expected);
  });

  test.each([
    ['<title>1 &lt;b&gt; 2</title>', '1 <b> 2'],
    ['<title type="html">1 &lt;b&gt;and&lt;/b&gt; 2</title>', '1 and 2'],
    ['<title type="html">Fish &amp;amp;amp; chips</title>', 'Fish & chips'],
    [
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <b>two</b> three</div></title>',
      'one two three',
    ],
  ])('Atom %s', async (title, expected) => {
    expect((await onlyItem(atomEntry(title)))?.title).toBe(expected);
  });
});

describe('bodies', () => {
  const namespace = 'xmlns:c="http://purl.org/rss/1.0/modules/content/"';

  test.each([
    [`<description>short</description><c:encoded ${namespace}>much longer</c:encoded>`, 'much longer'],
    ['<description>short</description><content:encoded/>', 'short'],
    ['<description>&lt;p&gt;Hi&lt;/p&gt;</description>', '<p>Hi</p>'],
    ['<description><p>naked <b>markup</b> here</p></description>', '<p>naked <b>markup</b> here</p>'],
    ['<description><b>x</b> <![CDATA[<i>y</i>]]></description>', '<b>x</b> <i>y</i>'],
    ['<description><![CDATA[<p>a ]] > b</p>]]></description>', '<p>a ]] > b</p>'],
    ['<title>t</title>', ''],
  ])('RSS %s', async (inner, html) => {
    expect((await onlyItem(rssItem(inner)))?.html).toBe(html);
  });

  test.each([
    ['<content>5 &lt; 6 &amp; 7</content>', '5 &lt; 6 &amp; 7'],
    ['<summary>s</summary><content type="html">&lt;p&gt;c&lt;/p&gt;</content>', '<p>c</p>'],
    ['<content type="xhtml"><b>x</b> <![CDATA[<i>]]></content>', '<b>x</b> &lt;i&gt;'],
    ['<content>&lt;p&gt;no type&lt;/p&gt;</content>', '<p>no type</p>'],
    ['<content type="image/png" mode="base64">iVBORw0K</content><summary>s</summary>', 's'],
    [
      '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">one <x:b>two</x:b> 3 &lt; 4</x:div></content>',
      '<div xmlns:x="http://www.w3.org/1999/xhtml">one <b>two</b> 3 &lt; 4</div>',
    ],
  ])('Atom %s', async (inner, html) => {
    expect((await onlyItem(atomEntry(inner)))?.html).toBe(html);
  });
});

describe('pictures, people and subjects', () => {
  const media = 'xmlns:m="http://search.yahoo.com/mrss/"';

  test.each([
    [`<m:content ${media} medium="image" url="/a.jpg"/>`, 'https://news.example/a.jpg'],
    [`<m:group ${media}><m:content type="image/png" url="/a"/></m:group>`, 'https://news.example/a'],
    [`<m:thumbnail ${media} url="/t.jpg"/>`, 'https://news.example/t.jpg'],
    ['<enclosure type="image/jpeg" url="/e.jpg"/>', 'https://news.example/e.jpg'],
    ['<enclosure type="audio/mpeg" url="/e.mp3"/>', null],
    [
      '<description>&lt;p&gt;&lt;img width="1" src="/pixel"&gt;&lt;img src="/b.jpg"&gt;</description>',
      'https://news.example/b.jpg',
    ],
    ['<description>&lt;img src="data:image/png;base64,x"&gt;</description>', null],
  ])('%s', async (inner, imageUrl) => {
    expect((await onlyItem(rssItem(inner)))?.imageUrl).toBe(imageUrl);
  });

  test.each([
    ['<author>jane@news.example (Jane Doe)</author>', 'Jane Doe'],
    ['<dc:creator>Jane Doe &lt;jane@news.example&gt;</dc:creator>', 'Jane Doe'],
    ['<dc:creator>A</dc:creator><dc:creator>B</dc:creator><dc:creator>A</dc:creator>', 'A, B'],
    ['<author/>', null],
  ])('%s', async (inner, author) => {
    expect((await onlyItem(rssItem(inner)))?.author).toBe(author);
  });

  test('categories come once each', async () => {
    const item = await onlyItem(
      rssItem(
        '<category>War &amp;amp; peace</category><category> </category><category>War &amp; peace</category>',
      ),
    );
    expect(item?.categories).toEqual(['War & peace']);
    expect((await onlyItem(atomEntry('<category term="syr" label="Syria"/>')))?.categories).toEqual([
      'Syria',
    ]);
  });

  test('one unreadable date costs the date and nothing else', async () => {
    const feed = await parse(atomEntry('<title>a</title><published>soon</published>'));
    expect(feed.items).toMatchObject([{ title: 'a', publishedAt: null }]);
  });
});

describe('damaged documents', () => {
  test.each([
    ['a bare ampersand', rssItem('<title>Salt & pepper</title>')],
    ['an entity that nobody declared', rssItem('<title>Salt &nada; pepper</title>')],
    ['a tag that is never closed', rssItem('<title>Salt</title><b>')],
    ['a closing tag too many', rssItem('<title>Salt</title></b>')],
    ['a warning in front of it', `<b>Warning</b>: x in <i>y.php</i>\n${rssItem('<title>Salt</title>')}`],
    ['a page around it', `<html><body>${rssItem('<title>Salt</title>')}</body></html>`],
    ['junk behind it', `${rssItem('<title>Salt</title>')}<!-- cached --><script>`],
    ['its last tags missing', rssItem('<title>Salt</title>').replace('</channel></rss>', '')],
    ['an empty item beside it', rssItem('<title>Salt</title></item><item/><item>')],
  ])('%s does not hide the item', async (_, document) => {
    const { items } = await parse(document);
    expect(items[0]?.title).toMatch(/^Salt/);
  });

  test('an empty Atom entry does not hide the next', async () => {
    const { items } = await parse(
      atomEntry('').replace('</entry>', '</entry><entry><title>Salt</title></entry>'),
    );
    expect(items.map((item) => item.title)).toEqual(['', 'Salt']);
  });

  test('a document that breaks off gives its complete items and says so', async () => {
    const whole = rssFeed({
      items: ['one', 'two', 'three'].map((title) => ({ title, html: '<p>text</p>' })),
    });
    const { items, isCutOff } = await parse(whole.slice(0, whole.indexOf('three')));
    expect(items.map((item) => item.title)).toEqual(['one', 'two']);
    expect(isCutOff).toBe(true);
  });

  test.each([
    ['', 'empty', 'the document is empty; it is tried again later.'],
    [' \n', 'empty', 'the document is empty'],
    [
      '<!DOCTYPE html><html><body><p>Hello</body></html>',
      'not-a-feed',
      'the address gives a web page, not a feed',
    ],
    ['<html><body>Use the <feed> tag</body></html>', 'not-a-feed', 'the address gives a web page'],
    ['{"version": "1"}', 'not-a-feed', 'no JSON Feed'],
    [
      '<?xml version="1.0"?><opml version="2.0"><head/><body><outline/></body></opml>',
      'not-a-feed',
      'the document is a list of feeds (OPML), not a feed; give it to /feeds import.',
    ],
    ['<body>Hello</body>', 'not-a-feed', 'neither RSS'],
    ['Service unavailable', 'not-a-feed', 'neither RSS'],
    [
      '<rss version="2.0"><channel><title>x</title><item><title>y',
      'broken',
      'breaks off before its first item',
    ],
    ['<rss version="2.0"></rss>', 'broken', 'damaged'],
    ['<feed', 'not-a-feed', 'neither RSS'],
  ])('%s: %s', async (document, kind, message) => {
    const error = await errorOf(document);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(message);
  });
});

describe('hostile documents', () => {
  const entities = Array.from(
    { length: 20 },
    (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};&e${i};">`,
  ).join('');

  test('entities are not expanded and files not read', async () => {
    const dtd = `<!DOCTYPE rss [<!ENTITY e0 "boom">${entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    const item = await onlyItem(`<?xml version="1.0"?>${dtd}${rssItem('<title>a &e20; &file; b</title>')}`);
    expect(item?.title).toBe('a &e20; &file; b');
  });

  test.each<[string, string]>([
    [
      '100,000 "<" in a description',
      rssItem(`<description><![CDATA[${'<'.repeat(100_000)}]]></description>`),
    ],
    [
      '200,000 "<p" in a description',
      rssItem(`<description><![CDATA[${'<p'.repeat(200_000)}]]></description>`),
    ],
    ['200,000 escaped "<"', rssItem(`<description>${'&lt;'.repeat(200_000)}</description>`)],
    ['200,000 naked "<"', rssItem(`<description>${'<'.repeat(200_000)}</description>`)],
    [
      '100,000 "<img " in a description',
      rssItem(`<description><![CDATA[${'<img '.repeat(100_000)}]]></description>`),
    ],
    ['100,000 "<b" in a title', rssItem(`<title><![CDATA[${'<b '.repeat(100_000)}]]></title>`)],
    [
      '100,000 comments without an end',
      rssItem(`<description>x</description></item>${'<!--'.repeat(100_000)}<item>`),
    ],
    [
      '100,000 CDATA sections without an end',
      rssItem(`<title>x</title></item>${'<![CDATA['.repeat(100_000)}`),
    ],
    ['100,000 quotes without an end', rssItem(`<title>x</title></item>${'<a b="'.repeat(100_000)}`)],
    ['100,000 spaces in a date', rssItem(`<pubDate>${' '.repeat(100_000)}x</pubDate>`)],
    [
      '120,000 comments without an end in titles in a title',
      rssItem(`<title>${'<title x="<!--"/>'.repeat(120_000)}</title>`),
    ],
    [
      '120,000 CDATA sections without an end in titles in a title',
      rssItem(`<title>${'<title x="<![CDATA["/>'.repeat(120_000)}</title>`),
    ],
    ['three million references in a title', rssItem(`<title>${'&amp;'.repeat(2_900_000)}</title>`)],
    ['a tag of a million characters', rssItem(`<link ${'a="b" '.repeat(170_000)}>/x</link>`)],
  ])('%s is answered', async (_, document) => {
    expect((await parse(document)).items.length).toBeGreaterThan(0);
  });

  test('16,000 long links that are nearly those of feeds are answered', async () => {
    const link = `<a href="/${'feed/'.repeat(390)}x">y</a>`;
    expect((await errorOf(`<html>${link.repeat(16_000)}`)).message).toContain('the address gives a web page');
  });

  test('names of Object.prototype are names like others', async () => {
    const item = await onlyItem(
      rssItem('<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor><title>t</title>'),
    );
    expect(item?.title).toBe('t');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('markup nested 100,000 deep is an error or an answer, and the next feed is read', async () => {
    await parse(rssItem('<a>'.repeat(100_000))).catch((error: unknown) =>
      expect(error).toBeInstanceOf(FeedError),
    );
    expect((await onlyItem(rssItem('<title>next</title>')))?.title).toBe('next');
  });

  test('a document that takes too long is given up with its thread, and the next feeds are read', async () => {
    const impatient = createParser({ timeoutMs: 1000 });
    try {
      const endless = rssItem('<category>a</category>'.repeat(1_500_000));
      const [error, next] = await Promise.all([
        errorOf(endless, impatient),
        impatient.parse(rssItem('<title>next</title>'), 'https://news.example/'),
      ]);
      expect(error.message).toContain("can't be read within 1 s");
      expect(next.items).toMatchObject([{ title: 'next' }]);
    } finally {
      await impatient.close();
    }
  });
});
