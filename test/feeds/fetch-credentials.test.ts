import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { bodyOf, closeFetchers, errorOf, fetcherWith, get, redirect } from '../support/fetching.ts';

const DOCUMENT = rssFeed({ items: [{ title: 'Bridge reopened' }] });
const HEADERS = { Cookie: 'session=abc', 'X-Api-Key': 'k1', Authorization: 'Bearer t' };
const SENT = { cookie: 'session=abc', 'x-api-key': 'k1', authorization: 'Bearer t' };

let server: FeedServer;
let other: FeedServer;
beforeEach(async () => {
  [server, other] = await Promise.all([startFeedServer(), startFeedServer()]);
});
afterEach(async () => {
  await closeFetchers();
  await Promise.all([server.close(), other.close()]);
});

describe('the headers of a feed', () => {
  test('are sent to its address and to others of the same origin', async () => {
    redirect(server, '/old', '/rss');
    server.publish('/rss', DOCUMENT);
    expect(bodyOf(await get(fetcherWith(), server.url('/old'), { headers: HEADERS }))).toBe(DOCUMENT);
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([SENT, SENT]);
  });

  test('are never sent to another origin, nor back from there', async () => {
    redirect(server, '/old', other.url('/hop'));
    redirect(other, '/hop', server.url('/rss'));
    server.publish('/rss', DOCUMENT);
    await get(fetcherWith(), server.url('/old'), { headers: HEADERS });
    const [first, last] = server.requests;
    expect(first?.headers).toMatchObject(SENT);
    for (const { headers } of [other.requests[0], last].filter((request) => request !== undefined)) {
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
      expect(headers['x-api-key'] ?? headers.authorization).toBeUndefined();
    }
    expect(other.requests).toHaveLength(1);
  });

  test('may say another name than ours', async () => {
    server.publish('/rss', DOCUMENT);
    await get(fetcherWith(), server.url('/rss'), { headers: { 'User-Agent': 'Desk' } });
    expect(server.requests[0]?.headers['user-agent']).toBe('Desk');
  });

  test('that stay behind at a redirect explain a refusal', async () => {
    redirect(server, '/rss', other.url('/rss'));
    other.respond('/rss', (_, response) => response.writeHead(401).end());
    const error = await errorOf(get(fetcherWith(), server.url('/rss'), { headers: HEADERS }));
    expect(error.remedy).toBe(
      'the credentials are not sent there, so give the address that the feed redirects to',
    );
  });

  test.each([
    ['a line break', { Cookie: 'a=1\r\nHost: x' }],
    ['a name with spaces', { 'Cookie session': 'hidden' }],
    ['a character beyond Latin-1', { Cookie: 'имя=1' }],
    ['the host', { Host: 'other.example' }],
    ['a length', { 'Content-Length': '5' }],
    ['a proxy', { 'Proxy-Authorization': 'x' }],
  ])('with %s are refused and not repeated', async (_, headers) => {
    server.publish('/rss', DOCUMENT);
    const error = await errorOf(get(fetcherWith(), server.url('/rss'), { headers }));
    expect(error.kind).toBe('bad-header');
    for (const value of Object.values(headers)) expect(error.message).not.toContain(value);
    expect(server.requests).toEqual([]);
  });
});

describe('a feed that has moved', () => {
  test.each([
    [[301], true],
    [[308, 301], true],
    [[302], false],
    [[301, 302], false],
    [[307, 308], false],
    [[], false],
  ])('by %j for good: %s', async (statuses, isMoved) => {
    server.publish('/rss', DOCUMENT);
    const paths = [...statuses.map((_, at) => `/${at}`), '/rss'];
    for (const [at, status] of statuses.entries()) redirect(server, `/${at}`, paths[at + 1] ?? '', status);
    const fetched = await get(fetcherWith(), server.url(paths[0] ?? ''));
    expect(fetched.movedTo).toBe(isMoved ? server.url('/rss') : null);
  });

  test('says so when it is unchanged as well, and how long that holds', async () => {
    redirect(server, '/old', '/rss', 301);
    server.publish('/rss', DOCUMENT, { etag: '"v1"', 'cache-control': 'max-age=60' });
    const fetcher = fetcherWith();
    await get(fetcher, server.url('/old'));
    expect(await get(fetcher, server.url('/old'), { etag: '"v1"' })).toEqual({
      kind: 'unmodified',
      movedTo: server.url('/rss'),
      maxAgeMs: 60_000,
    });
  });

  test('keeps its user name and password on its own server only', async () => {
    const address = server.url('/old').replace('//', '//desk:p%40ss@');
    server.publish('/rss', DOCUMENT);
    other.publish('/rss', DOCUMENT);
    redirect(server, '/old', '/rss', 301);
    expect((await get(fetcherWith(), address)).movedTo).toBe(
      server.url('/rss').replace('//', '//desk:p%40ss@'),
    );
    redirect(server, '/old', other.url('/rss'), 301);
    expect((await get(fetcherWith(), address)).movedTo).toBe(other.url('/rss'));
  });
});
