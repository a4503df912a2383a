import { expect, test } from '@jest/globals';
import { discoverFeeds } from '../../src/feeds/discover.ts';

const PAGE = 'https://news.example/world/today';

function urls(html: string): string[] {
  return discoverFeeds(html, PAGE).map(({ url }) => url);
}

test('a page names its feeds in its head, with title and kind', () => {
  const html = `<head>
    <link rel="alternate" type="application/rss+xml" title="World &amp; more" href="/world.rss">
    <LINK REL="Alternate Home" TYPE="Application/Atom+XML; charset=utf-8" HREF="feed.atom"/>
    <link rel=alternate type=application/feed+json href=//cdn.example/feed.json>
    <link rel="feed" href="/plain">`;
  expect(discoverFeeds(html, PAGE)).toEqual([
    { url: 'https://news.example/world.rss', title: 'World & more', kind: 'rss' },
    { url: 'https://news.example/world/feed.atom', title: null, kind: 'atom' },
    { url: 'https://cdn.example/feed.json', title: null, kind: 'json' },
    { url: 'https://news.example/plain', title: null, kind: null },
  ]);
});

test.each([
  ['<link rel="alternate" type="text/html" hreflang="fr" href="/fr">'],
  ['<link rel="stylesheet" type="text/css" href="/feed.css">'],
  ['<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">'],
  ['<link rel="alternate" type="application/json+oembed" href="/feed/oembed">'],
  ['<link rel="alternate" type="application/rss+xml" href="">'],
  ['<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'],
  ['<link rel="alternate" type="application/rss+xml" href="ftp://news.example/rss">'],
  [`<link rel="alternate" type="application/rss+xml" href="${PAGE}">`],
  ['<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->'],
  ['<script>document.write(\'<link rel="alternate" type="application/rss+xml" href="/made">\')</script>'],
  ['<a href="/feedback">Feedback</a>'],
  ['<a href="/about#feed">About the feeder</a>'],
  ['<a href="#rss">RSS</a>'],
  [''],
])('%s names none', (html) => {
  expect(urls(html)).toEqual([]);
});

test('relative addresses follow the base of the page', () => {
  expect(urls('<base href="/en/"><link rel=alternate type=application/rss+xml href=rss>')).toEqual([
    'https://news.example/en/rss',
  ]);
});

test.each([
  ['<a href="/world.rss">World</a>', '/world.rss'],
  ['<a href="/feed/">x</a>', '/feed/'],
  ['<a href="/rss/politics.xml">x</a>', '/rss/politics.xml'],
  ['<a href="/xml/rss/en/World.xml">x</a>', '/xml/rss/en/World.xml'],
  ['<a href="/atom.xml">x</a>', '/atom.xml'],
  ['<a href="/feed.json">x</a>', '/feed.json'],
  ['<a href="/subscribe/1"><img src="x.png" alt="RSS"></a>', '/subscribe/1'],
  ['<a href="/subscribe/1"> RSS <b>feed</b></a>', '/subscribe/1'],
])('%s looks like a feed', (html, path) => {
  expect(urls(html)).toEqual([`https://news.example${path}`]);
});

test('feeds of the head come first, feeds of comments last, each once', () => {
  const html = `<link rel=alternate type=application/rss+xml title="Comments Feed" href=/comments/feed/>
    <link rel=alternate type=application/rss+xml title="News" href=/feed/>
    <a href=/feed/>RSS</a><a href="/sport/feed/">Sport</a>`;
  expect(urls(html)).toEqual(
    ['/feed/', '/sport/feed/', '/comments/feed/'].map((path) => `https://news.example${path}`),
  );
});

test('a directory of 500 feeds gives the first 20', () => {
  const html = Array.from({ length: 500 }, (_, at) => `<a href="/${at}.rss">${at}</a>`).join('');
  expect(urls(html)).toHaveLength(20);
});

test.each([
  ['a million tags', '<div>'.repeat(1_000_000)],
  ['a million broken anchors', '<a '.repeat(1_000_000)],
  ['100,000 anchors in each other', '<a href=/feed>'.repeat(100_000)],
  ['a million entities', `<a href="${'&amp;'.repeat(1_000_000)}">`],
  ['3 MB of white space', `<a href=/x>${' '.repeat(3_000_000)}rss`],
])('%s are answered', (_, html) => {
  expect(discoverFeeds(html, PAGE).length).toBeLessThan(2);
});
