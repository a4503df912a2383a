import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { createParser } from '../../src/feeds/parse.ts';
import { type RemoteFeed, readRemote } from '../../src/feeds/read-remote.ts';
import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { closeFetchers, errorOf, fetcherWith } from '../support/fetching.ts';

const parser = createParser({ timeoutMs: 10_000 });
let server: FeedServer;

beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  await closeFetchers();
  await server.close();
});
afterAll(() => parser.close());

function read(path: string): Promise<RemoteFeed> {
  const request = { url: server.url(path), headers: {} };
  return readRemote(request, { fetcher: fetcherWith(), parser }, new AbortController().signal);
}

/** As windows-1251 has it, for the letters of the tests. */
function windows1251(text: string): Buffer {
  return Buffer.from([...text].map((letter) => letter.charCodeAt(0) - (letter > '\x7f' ? 0x350 : 0)));
}

test('an error page that calls itself a success is told as a page, with what to do', async () => {
  const page = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';
  server.publish('/rss', page, { 'content-type': 'text/html' });
  const error = await errorOf(read('/rss'));
  expect(error.message).toBe(
    'the address gives a web page, not a feed; look for the address of a feed on the site, often called RSS.',
  );
});

test('a page that names its feed says which to use', async () => {
  server.publish('/', '<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>');
  expect((await errorOf(read('/'))).message).toContain(`use its feed ${server.url('/rss')}.`);
});

test('Russian that declares no encoding is read, and nothing is said about it', async () => {
  const item = { title: 'Мост снова открыт', link: 'https://news.example/1', publishedAt: '2026-02-03' };
  const document = rssFeed({ title: 'Новости дня', items: [item] }).replace(' encoding="utf-8"', '');
  server.publish('/rss', windows1251(document));
  const { document: feed, note } = await read('/rss');
  expect(feed).toMatchObject({ title: 'Новости дня', items: [{ title: 'Мост снова открыт' }] });
  expect(note).toBeNull();
});

test('Russian that wrongly says it is UTF-8 is read too, and the publisher is to hear of it', async () => {
  const item = { title: 'Мост снова открыт', link: 'https://news.example/1', publishedAt: '2026-02-03' };
  server.publish('/rss', windows1251(rssFeed({ title: 'Новости дня', items: [item] })));
  const { document, note } = await read('/rss');
  expect(document.items).toMatchObject([{ title: 'Мост снова открыт' }]);
  expect(note).toBe(
    'The feed says that it is in utf-8, which is wrong and was repaired; tell the publisher.',
  );
});
