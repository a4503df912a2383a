import { expect, test } from '@jest/globals';
import { FeedError } from '../../src/feeds/feed-error.ts';
import { readOpml, writeOpml } from '../../src/feeds/opml.ts';

function opml(outlines: string): string {
  return `<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>${outlines}</body></opml>`;
}

test('feeds come in order, each with the nearest named outline around it', () => {
  const file = opml(`
    <outline text="Top" type="rss" xmlUrl="https://a.example/rss"/>
    <outline text="World" title="World">
      <outline text="Wire &amp; more" xmlUrl="https://b.example/?a=1&amp;b=2" htmlUrl="https://b.example"/>
      <outline><outline title="Deep" text="" xmlUrl="http://c.example/rss"/></outline>
      <outline text="Asia"><outline text="Daily" xmlUrl="https://d.example/rss"></outline></outline>
    </outline>
    <outline text="Last" xmlUrl="https://e.example/rss"/>`);
  expect(readOpml(file)).toEqual([
    { url: 'https://a.example/rss', title: 'Top', group: null },
    { url: 'https://b.example/?a=1&b=2', title: 'Wire & more', group: 'World' },
    { url: 'http://c.example/rss', title: 'Deep', group: 'World' },
    { url: 'https://d.example/rss', title: 'Daily', group: 'Asia' },
    { url: 'https://e.example/rss', title: 'Last', group: null },
  ]);
});

test.each([
  ['<OUTLINE TEXT="A" XMLURL="https://a.example/"/>', 'A'],
  ["<outline text='A' xmlurl='https://a.example/'></outline>", 'A'],
  ['<outline text="A" type="rss" url="https://a.example/"/>', 'A'],
  ['<outline text="A" xmlUrl=" feed://https://a.example/ "/>', 'A'],
  ['<outline text="&#x41;&#66;\n  C" xmlUrl="https://a.example/"/>', 'AB C'],
  ['<outline xmlUrl="https://a.example/"/>', null],
])('%s is a feed', (outline, title) => {
  expect(readOpml(opml(outline))).toEqual([{ url: 'https://a.example/', title, group: null }]);
});

test('a category is the group of a feed that stands alone; of several the first counts', () => {
  const file = opml(`
    <outline text="A" xmlUrl="https://a.example/" category="/World/Asia,/Sport"/>
    <outline text="G"><outline text="B" xmlUrl="https://b.example/" category="Sport"/></outline>`);
  expect(readOpml(file).map(({ group }) => group)).toEqual(['World/Asia', 'G']);
});

test('a feed whose end is missing is no group of the next ones', () => {
  const file = opml(`<outline text="G"><outline text="A" xmlUrl="https://a.example/">
    <outline text="B" xmlUrl="https://b.example/"></outline>`);
  expect(readOpml(file).map(({ group }) => group)).toEqual(['G', 'G']);
});

test('a feed in two groups is one feed, in the first', () => {
  const feed = '<outline text="A" xmlUrl="https://a.example/"/>';
  const file = opml(`<outline text="One">${feed}</outline><outline text="Two">${feed}</outline>`);
  expect(readOpml(file)).toEqual([{ url: 'https://a.example/', title: 'A', group: 'One' }]);
});

test.each([
  ['cut off', '<opml><body><outline text="A" xmlUrl="https://a.example/"/><outline text="B" xml'],
  ['without its root', '<outline text="A" xmlUrl="https://a.example/"/>'],
  ['with a bare &', opml('<outline text="A" note="B & C" xmlUrl="https://a.example/"/>')],
  ['with another end', opml('<outline text="A" xmlUrl="https://a.example/"></b>').replace('</body>', '')],
  [
    'with addresses of other kinds',
    opml(
      '<outline text="X" xmlUrl="file:///etc/passwd"/><outline text="Y" xmlUrl="javascript:1"/><outline text="A" xmlUrl="https://a.example/"/>',
    ),
  ],
])('a file %s gives what it has', (_, file) => {
  expect(readOpml(file)).toEqual([{ url: 'https://a.example/', title: 'A', group: null }]);
});

test('entities of its own are not expanded', () => {
  const bomb = `<!DOCTYPE opml [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`;
  const [feed] = readOpml(bomb + opml('<outline text="&b;&f;" xmlUrl="https://a.example/"/>'));
  expect(feed?.title).toBe('&b;&f;');
});

test.each([
  ['<html><body>Not found</body></html>', 'the file is not OPML'],
  ['', 'the file is not OPML'],
  [opml('<outline text="Empty group"/>'), 'the OPML file names no feeds'],
])('%s is refused with advice', (file, what) => {
  expect(() => readOpml(file)).toThrow(FeedError);
  expect(() => readOpml(file)).toThrow(`${what}; export your feeds from your reader as OPML.`);
});

test('10,000 feeds, and 100,000 groups in each other, are read', () => {
  const feeds = Array.from(
    { length: 10_000 },
    (_, at) => `<outline text="${at}" xmlUrl="https://a.example/${at}"/>`,
  );
  expect(readOpml(opml(feeds.join('\n')))).toHaveLength(10_000);
  const deep = '<outline text="G">'.repeat(100_000) + feeds[0];
  expect(readOpml(deep)).toEqual([{ url: 'https://a.example/0', title: '0', group: 'G' }]);
});

test('what is written can be read again', () => {
  const feeds = [
    { url: 'https://a.example/?x=1&y="2"', title: 'A <b> & "c" \'d\'', group: 'World & <more>' },
    { url: 'https://b.example/rss', title: 'Новости', group: null },
    { url: 'https://c.example/rss', title: '新闻', group: 'World & <more>' },
  ].map((feed) => ({ ...feed, url: new URL(feed.url).href }));
  const file = writeOpml({ title: 'Feeds of "Tocsin"', feeds });
  expect(file).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<opml version="2\.0">/);
  const [a, b, c] = feeds;
  expect(readOpml(file)).toEqual([a, c, b]);
});

test('a feed without a title is written with its host, as OPML asks for a text', () => {
  const feeds = [{ url: 'https://a.example/rss', title: null, group: null }];
  expect(writeOpml({ title: 'Feeds', feeds })).toContain('text="a.example"');
});
