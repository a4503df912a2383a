import { describe, expect, test } from '@jest/globals';
import { readFeed } from '../../src/feeds/read-feed.ts';

const URL = 'https://news.example/feed.xml';
const NAMESPACES = [
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:a="http://www.w3.org/2005/Atom"',
  'xmlns:s="http://purl.org/rss/1.0/modules/syndication/"',
].join(' ');

function rss(channel: string): string {
  return `<rss version="2.0" ${NAMESPACES}><channel>${channel}</channel></rss>`;
}

function atom(inner: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://site.example/">${inner}</feed>`;
}

async function itemOf(document: string) {
  const { items } = await readFeed(document, URL);
  return items[0];
}

describe('content and summary', () => {
  test.each([
    [
      'both',
      '<description>Short.</description><content:encoded>The whole article.</content:encoded>',
      'The whole article.',
      'Short.',
    ],
    ['a summary alone', '<description>Short.</description>', 'Short.', ''],
    [
      'a teaser in the place of the content',
      '<description>The whole article.</description><content:encoded>...</content:encoded>',
      'The whole article.',
      '...',
    ],
    [
      'the same twice',
      '<description>Same.</description><content:encoded>Same.</content:encoded>',
      'Same.',
      '',
    ],
    [
      'a video: its description is inside the media group',
      '<media:group><media:description>What it shows.</media:description></media:group>',
      'What it shows.',
      '',
    ],
  ])('RSS with %s', async (_, inner, html, summary) => {
    expect(await itemOf(rss(`<item>${inner}</item>`))).toMatchObject({ html, summary });
  });

  test('Atom with both', async () => {
    const entry =
      '<entry><summary>Short.</summary><content type="html">&lt;p&gt;Whole.&lt;/p&gt;</content></entry>';
    expect(await itemOf(atom(entry))).toMatchObject({ html: '<p>Whole.</p>', summary: 'Short.' });
  });
});

describe('both dates', () => {
  const NINE = Date.UTC(2026, 1, 3, 9);
  const TEN = Date.UTC(2026, 1, 3, 10);

  test.each([
    ['<pubDate>Tue, 03 Feb 2026 09:00:00 GMT</pubDate>', NINE, null],
    [
      '<pubDate>Tue, 03 Feb 2026 09:00:00 GMT</pubDate><a:updated>2026-02-03T10:00:00Z</a:updated>',
      NINE,
      TEN,
    ],
    [
      '<dcterms:modified>2026-02-03T10:00:00Z</dcterms:modified><dc:date>2026-02-03T09:00:00Z</dc:date>',
      NINE,
      TEN,
    ],
    ['<a:updated>2026-02-03T10:00:00Z</a:updated>', TEN, TEN],
    ['<title>none</title>', null, null],
  ])('RSS %s', async (inner, publishedAt, updatedAt) => {
    expect(await itemOf(rss(`<item>${inner}</item>`))).toMatchObject({ publishedAt, updatedAt });
  });

  test('an Atom entry that was only changed is shown with that date', async () => {
    const entry = '<entry><updated>2026-02-03T10:00:00Z</updated></entry>';
    expect(await itemOf(atom(entry))).toMatchObject({ publishedAt: TEN, updatedAt: TEN });
  });
});

describe('what characters stand for', () => {
  test.each([
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['a&nbsp;b', 'a\u00a0b'],
    ['it&#146;s &#x2014; fine', 'it’s — fine'],
    ['&nada; &#99999999; &', '&nada; &#99999999; &'],
    ['x <![CDATA[&lt;]]> y <!-- hidden --> z', 'x &lt; y  z'],
    ['<![CDATA[one]]><![CDATA[two]]>', 'onetwo'],
    ['\uffff0', '0'],
    ['<description>in</description> itself', '<description>in</description> itself'],
  ])('%s', async (content, html) => {
    expect(
      (await itemOf(rss(`<item><title>t</title><description>${content}</description></item>`)))?.html,
    ).toBe(html);
  });
});

describe('people and subjects', () => {
  test('the author of an Atom feed wrote the entries that name nobody', async () => {
    const { items } = await readFeed(
      atom(
        '<author><name>Desk</name></author><entry><author><name>Jane Doe</name></author></entry><entry><title>b</title></entry>',
      ),
      URL,
    );
    expect(items.map(({ author }) => author)).toEqual(['Jane Doe', 'Desk']);
  });

  test('a hundred categories are enough', async () => {
    const categories = Array.from({ length: 1000 }, (_, index) => `<category>c${index}</category>`).join('');
    expect((await itemOf(rss(`<item>${categories}</item>`)))?.categories).toHaveLength(100);
  });

  test.each([`${' '.repeat(300_000)}x`, '@'.repeat(300_000), ' <a@'.repeat(100_000)])(
    'an author that is no name is answered at once (%.5s)',
    async (author) => {
      expect(await itemOf(rss(`<item><title>t</title><author>${author}</author></item>`))).toMatchObject({
        title: 't',
      });
    },
  );

  test('a counting pixel is no picture, nor are ten of them', async () => {
    const pixel = '<img src="/count" width=1 height=1>';
    const withPixels = (count: number) =>
      itemOf(
        rss(
          `<item><description><![CDATA[${pixel.repeat(count)}<img alt="x" src="/b.jpg">]]></description></item>`,
        ),
      );
    expect((await withPixels(3))?.imageUrl).toBe('https://news.example/b.jpg');
    expect((await withPixels(10))?.imageUrl).toBeNull();
  });
});

test('the picture is found in the shorter body too', async () => {
  const item = await itemOf(
    rss(
      '<item><description>What happened.</description><content:encoded>&lt;img src="/b.jpg"></content:encoded></item>',
    ),
  );
  expect(item).toMatchObject({ html: '<img src="/b.jpg">', imageUrl: 'https://news.example/b.jpg' });
  const longer = await itemOf(
    rss(
      '<item><description>What happened there on Monday.</description><content:encoded>&lt;img src="/b.jpg"></content:encoded></item>',
    ),
  );
  expect(longer).toMatchObject({
    html: 'What happened there on Monday.',
    imageUrl: 'https://news.example/b.jpg',
  });
});

describe('the base of the root', () => {
  const item =
    '<item><link>node/5</link><description>&lt;img src="files/b.jpg"></description></item><link>home</link>';
  const resolved = {
    link: 'https://d.example/sub/home',
    items: [{ link: 'https://d.example/sub/node/5', imageUrl: 'https://d.example/sub/files/b.jpg' }],
  };

  test.each([
    `<rss version="2.0" xml:base="https://d.example/sub/"><channel>${item}</channel></rss>`,
    `<rss version='2.0' XML:BASE = 'https://d.example/sub/'><channel>${item}</channel></rss>`,
    `<rss version="2.0" xml:base="https://d.example/"><channel xml:base="sub/">${item}</channel></rss>`,
    '<feed xml:base="https://d.example/sub/"><link href="home"/><entry><link href="node/5"/><content type="html">&lt;img src="files/b.jpg"></content></entry></feed>',
  ])('%.70s holds for its links and pictures', async (document) => {
    expect(await readFeed(document, URL)).toMatchObject(resolved);
  });

  test('that is relative counts once', async () => {
    const feed = '<feed xml:base="sub/"><link href="home"/></feed>';
    expect((await readFeed(feed.replace('</feed>', '<entry/></feed>'), URL)).link).toBe(
      'https://news.example/sub/home',
    );
  });

  test('that is no web address is none', async () => {
    const document = `<rss version="2.0" xml:base="javascript:x"><channel>${item}</channel></rss>`;
    expect((await readFeed(document, URL)).link).toBe('https://news.example/home');
  });
});

describe('the feed itself', () => {
  test.each([
    [rss('<link>/home</link>'), 'https://news.example/home'],
    [rss('<a:link rel="self" href="/feed.xml"/><link>https://news.example/</link>'), 'https://news.example/'],
    [atom('<link rel="self" href="feed.xml"/><link href="home"/>'), 'https://site.example/home'],
    [atom('<id>https://news.example/id</id>'), null],
    [rss('<link>javascript:alert(1)</link>'), null],
  ])('%s belongs to %s', async (document, link) => {
    expect((await readFeed(document, URL)).link).toBe(link);
  });

  test.each([
    ['<ttl>15</ttl>', 15],
    ['<s:updatePeriod> hourly </s:updatePeriod><s:updateFrequency>2</s:updateFrequency>', 30],
    ['<s:updatePeriod>daily</s:updatePeriod>', 24 * 60],
    ['<ttl>15</ttl><s:updatePeriod>daily</s:updatePeriod>', 15],
    ['<ttl>0</ttl>', null],
    ['<ttl>-5</ttl>', null],
    ['<ttl>soon</ttl>', null],
    ['<ttl>99999999</ttl>', null],
    ['<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>0</s:updateFrequency>', null],
    ['<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>1e9</s:updateFrequency>', null],
    ['<s:updatePeriod>yearly</s:updatePeriod>', null],
  ])('%s asks to be read every %s minutes', async (inner, minutes) => {
    const { intervalHintMs } = await readFeed(rss(inner), URL);
    expect(intervalHintMs).toBe(minutes === null ? null : minutes * 60_000);
  });
});

describe('documents that are out of the ordinary', () => {
  const item = (title: string) => `<item><title>${title}</title></item>`;
  const titles = async (document: string) => (await readFeed(document, URL)).items.map(({ title }) => title);

  test('RSS with its items beside the channel, and RDF with its items inside', async () => {
    expect(await titles(`<rss version="2.0"><channel/>${item('a')}</rss>`)).toEqual(['a']);
    const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"';
    expect(await titles(`<rdf:RDF ${rdf}><channel>${item('a')}</channel></rdf:RDF>`)).toEqual(['a']);
  });

  test('what rss-parser does not find, feedsmith does', async () => {
    expect(await titles(`<rss version="2.0"><channel>${item('a')}<script>x</channel></rss>`)).toEqual(['a']);
  });

  test('of an archive, the first and the last thousand items are read, in their order', async () => {
    const names = Array.from({ length: 2500 }, (_, index) => `n${index}`);
    const read = await titles(rss(names.map(item).join('')));
    expect(read).toEqual([...names.slice(0, 1000), ...names.slice(-1000)]);
  });

  test('nothing is read behind the first 20,000 items', async () => {
    const read = await titles(rss(Array.from({ length: 21_000 }, (_, index) => item(`n${index}`)).join('')));
    expect(read.at(-1)).toBe('n19999');
    expect(await titles(rss('<item/>'.repeat(2_000_000)))).toHaveLength(2000);
  });

  test('300,000 quotes that each hide the end of a tag are answered', async () => {
    const document = rss(`<item><title>t</title></item><a ${'="<a "'.repeat(300_000)}`);
    expect(await titles(document)).toEqual(['t']);
  });
});
