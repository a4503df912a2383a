import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FetchOptions } from '../../src/feeds/fetch.ts';
import { parseAllowPrivate } from '../../src/feeds/guard.ts';
import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { bodyOf, closeFetchers, errorOf, fetcherWith, get, redirect } from '../support/fetching.ts';

let server: FeedServer;

beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  await closeFetchers();
  await server.close();
});

const DOCUMENT = rssFeed({ items: [{ title: 'Bridge reopened', link: 'https://news.example/1' }] });

describe('a feed that is there', () => {
  test('comes with its validators and its freshness', async () => {
    server.publish('/rss', DOCUMENT, {
      etag: '"v1"',
      'last-modified': 'Tue, 03 Feb 2026 10:00:00 GMT',
      'cache-control': 'max-age=300',
    });
    const fetched = await get(fetcherWith(), server.url('/rss'));
    expect(fetched).toMatchObject({
      url: server.url('/rss'),
      contentType: 'application/xml',
      etag: '"v1"',
      lastModified: 'Tue, 03 Feb 2026 10:00:00 GMT',
      maxAgeMs: 300_000,
    });
    expect(bodyOf(fetched)).toBe(DOCUMENT);
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Tocsin/test (+https://tocsin.example)',
    });
  });

  test('is not sent again when it has not changed', async () => {
    server.publish('/rss', DOCUMENT, { etag: '"v1"' });
    expect(await get(fetcherWith(), server.url('/rss'), { etag: '"v1"' })).toMatchObject({
      kind: 'unmodified',
    });
  });

  test('is sent again when it has changed', async () => {
    server.publish('/rss', DOCUMENT, { etag: '"v2"' });
    expect(bodyOf(await get(fetcherWith(), server.url('/rss'), { etag: '"v1"' }))).toBe(DOCUMENT);
  });

  test('sends Last-Modified back word for word', async () => {
    server.publish('/rss', DOCUMENT, { 'last-modified': 'yesterday at noon' });
    const fetched = await get(fetcherWith(), server.url('/rss'), { lastModified: 'yesterday at noon' });
    expect(fetched.kind).toBe('unmodified');
  });

  test.each([
    ['gzip', gzipSync(DOCUMENT)],
    ['br', brotliCompressSync(DOCUMENT)],
    ['deflate', deflateSync(DOCUMENT)],
    ['zstd', zstdCompressSync(DOCUMENT)],
  ])('is unpacked from %s', async (encoding, packed) => {
    server.publish('/rss', packed, { 'content-encoding': encoding });
    expect(bodyOf(await get(fetcherWith(), server.url('/rss')))).toBe(DOCUMENT);
    expect(server.requests[0]?.headers['accept-encoding']).toContain(encoding);
  });

  test('gets the credentials of its address as a header', async () => {
    server.publish('/rss', DOCUMENT);
    await get(fetcherWith(), server.url('/rss').replace('//', '//desk:p%40ss@'));
    expect(server.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('desk:p@ss').toString('base64')}`,
    );
  });
});

describe('redirects', () => {
  test('are followed to the document, whose address comes back', async () => {
    redirect(server, '/old', '/older', 301);
    redirect(server, '/older', server.url('/rss'), 307);
    server.publish('/rss', DOCUMENT);
    expect(await get(fetcherWith(), server.url('/old'))).toMatchObject({ url: server.url('/rss') });
  });

  test('give validators to the address only that they come from', async () => {
    redirect(server, '/old', '/rss');
    server.publish('/rss', DOCUMENT, { etag: '"v1"' });
    const fetcher = fetcherWith();
    const first = await get(fetcher, server.url('/old'), { etag: '"of another page"' });
    expect(first).toMatchObject({ kind: 'document', etag: '"v1"' });
    expect(await get(fetcher, server.url('/old'), { etag: '"v1"' })).toMatchObject({ kind: 'unmodified' });
    const sent = server.requests.map(({ path, headers }) => [path, headers['if-none-match']]);
    expect(sent).toEqual([
      ['/old', '"of another page"'],
      ['/rss', undefined],
      ['/old', undefined],
      ['/rss', '"v1"'],
    ]);
  });

  test('in a circle end with advice', async () => {
    redirect(server, '/a', '/b');
    redirect(server, '/b', '/a');
    const error = await errorOf(get(fetcherWith(), server.url('/a')));
    expect(error.kind).toBe('redirect');
    expect(error.message).toContain('open the address in a browser');
  });

  test('to another origin leave the credentials behind', async () => {
    const other = await startFeedServer();
    try {
      other.publish('/rss', DOCUMENT);
      redirect(server, '/old', other.url('/rss'));
      await get(fetcherWith(), server.url('/old').replace('//', '//desk:secret@'));
      expect(other.requests[0]?.headers.authorization).toBeUndefined();
    } finally {
      await other.close();
    }
  });

  test.each([
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'http://[::ffff:10.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://127.1/',
  ])('to the private address %s are refused', async (target) => {
    redirect(server, '/old', target);
    const url = server.url('/old').replace('127.0.0.1', 'feeds.lan');
    const lookup: FetchOptions['lookup'] = (_host, _options, callback) => callback(null, '127.0.0.1', 4);
    const fetcher = fetcherWith({ allowPrivate: parseAllowPrivate('feeds.lan'), lookup });
    expect((await errorOf(get(fetcher, url))).kind).toBe('blocked-address');
    expect(server.requests).toHaveLength(1);
  });

  test.each(['file:///etc/passwd', 'ftp://news.example/rss', 'javascript:alert(1)'])(
    'to %s are refused',
    async (target) => {
      redirect(server, '/old', target);
      expect((await errorOf(get(fetcherWith(), server.url('/old')))).kind).toBe('bad-address');
    },
  );
});

describe('the address guard', () => {
  test.each(['127.0.0.1', '2130706433', '0x7f.1', 'localhost', '[::1]', '[::ffff:7f00:1]', '0.0.0.0'])(
    'lets nobody reach the server itself as %s',
    async (host) => {
      server.publish('/rss', DOCUMENT);
      const url = server.url('/rss').replace('127.0.0.1', host);
      const error = await errorOf(get(fetcherWith({ allowPrivate: parseAllowPrivate('') }), url));
      expect(error.kind).toBe('blocked-address');
      expect(error.message).toContain('FETCH_ALLOW_PRIVATE');
      expect(server.requests).toEqual([]);
    },
  );

  test('judges what a public name resolves to', async () => {
    server.publish('/rss', DOCUMENT);
    const url = server.url('/rss').replace('127.0.0.1', 'news.example');
    const fetcher = fetcherWith({
      allowPrivate: parseAllowPrivate(''),
      lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    expect((await errorOf(get(fetcher, url))).kind).toBe('blocked-address');
    expect(server.requests).toEqual([]);
  });

  test('judges every answer: a name that turns private after its first request is refused', async () => {
    server.publish('/rss', DOCUMENT);
    const answers = ['127.0.0.1', '10.0.0.1'];
    const asked: string[] = [];
    const fetcher = fetcherWith({
      lookup: (host, _options, callback) => {
        asked.push(host);
        callback(null, [{ address: answers[asked.length - 1] ?? '', family: 4 }]);
      },
    });
    const url = server.url('/rss').replace('127.0.0.1', 'news.example');
    server.respond('/rss', (_, response) => response.writeHead(200, { connection: 'close' }).end(DOCUMENT));
    expect(bodyOf(await get(fetcher, url))).toBe(DOCUMENT);
    expect((await errorOf(get(fetcher, url))).kind).toBe('blocked-address');
    expect(asked).toHaveLength(2);
  });

  test('takes the allowed one of several addresses', async () => {
    server.publish('/rss', DOCUMENT);
    const found = ['10.0.0.1', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const fetcher = fetcherWith({ lookup: (_host, _options, callback) => callback(null, found) });
    const url = server.url('/rss').replace('127.0.0.1', 'news.example');
    expect(bodyOf(await get(fetcher, url))).toBe(DOCUMENT);
  });

  test('opens a named host wherever it resolves to', async () => {
    server.publish('/rss', DOCUMENT);
    const url = server.url('/rss').replace('127.0.0.1', 'feeds.lan');
    const fetcher = fetcherWith({
      allowPrivate: parseAllowPrivate('feeds.lan'),
      lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    expect(bodyOf(await get(fetcher, url))).toBe(DOCUMENT);
  });
});

describe('a feed that is not there', () => {
  test.each([
    [404, 'http'],
    [403, 'http'],
    [410, 'gone'],
    [429, 'rate-limited'],
    [500, 'http'],
    [503, 'rate-limited'],
    [304, 'http'],
  ])('status %i is an error of kind %s', async (status, kind) => {
    server.respond('/rss', (_, response) => response.writeHead(status).end());
    expect(await errorOf(get(fetcherWith(), server.url('/rss')))).toMatchObject({ kind, retryAfterMs: null });
  });

  test.each([
    ['120', 120_000],
    ['Tue, 03 Feb 2026 10:05:00 GMT', 300_000],
  ])('Retry-After: %s is heard', async (value, retryAfterMs) => {
    const headers = { 'retry-after': value, date: 'Tue, 03 Feb 2026 10:00:00 GMT' };
    server.respond('/rss', (_, response) => response.writeHead(503, headers).end());
    expect((await errorOf(get(fetcherWith(), server.url('/rss')))).retryAfterMs).toBe(retryAfterMs);
  });

  test('a refused connection names the host and never the password', async () => {
    const url = server.url('/rss').replace('//', '//desk:secret@');
    await server.close();
    const error = await errorOf(get(fetcherWith(), url));
    expect(error).toMatchObject({ kind: 'network' });
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ refused the connection; .+\.$/);
  });

  test.each([
    ['than its Content-Length says', { 'content-length': '99999' }, DOCUMENT],
    ['than its last chunk', {}, DOCUMENT],
    ['than its compressed form', { 'content-encoding': 'gzip' }, gzipSync(DOCUMENT).subarray(0, 90)],
  ])('a body that ends sooner %s is told as such', async (_, headers, sent) => {
    server.respond('/rss', ({ socket }, response) => {
      response.writeHead(200, { connection: 'close', ...headers });
      response.write(sent, () => socket.end());
    });
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error.kind).toBe('network');
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ broke the document off; it is tried again later\.$/);
  });

  test('a body that is not compressed as it says is told as such', async () => {
    server.publish('/rss', DOCUMENT, { 'content-encoding': 'gzip' });
    expect((await errorOf(get(fetcherWith(), server.url('/rss')))).message).toMatch(
      /sent a body that cannot be decompressed; it is tried again later\.$/,
    );
  });

  test.each<[string, (response: import('node:http').ServerResponse) => void]>([
    ['before its answer', (response) => response.destroy()],
    ['within it', (response) => response.write(DOCUMENT, () => response.destroy())],
  ])('a server that hangs up %s is told as such', async (_, answer) => {
    server.respond('/rss', (_request, response) => answer(response));
    expect((await errorOf(get(fetcherWith(), server.url('/rss')))).message).toMatch(
      /broke the connection off; it is tried again later\.$/,
    );
  });

  test('an unknown host name is told as such', async () => {
    const lookup: FetchOptions['lookup'] = (_host, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), '');
    const error = await errorOf(get(fetcherWith({ lookup }), 'http://no.such.example/rss'));
    expect(error.message).toBe(
      'no.such.example is not a known host name; check its spelling, and whether this machine reaches the internet.',
    );
  });

  test.each(['file:///etc/passwd', 'news.example/rss', 'gopher://news.example'])(
    '%s is no address',
    async (url) => {
      expect((await errorOf(get(fetcherWith(), url))).kind).toBe('bad-address');
    },
  );
});

describe('limits', () => {
  test('a feed of 50 MB is broken off at the limit', async () => {
    let sent = 0;
    server.respond('/rss', (_, response) => {
      const chunk = Buffer.alloc(100_000, 'x');
      const send = (): void => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', send);
      send();
    });
    expect((await errorOf(get(fetcherWith(), server.url('/rss')))).kind).toBe('too-large');
    expect(sent).toBeLessThan(20_000_000);
  });

  test('a gzip bomb is counted as it unpacks', async () => {
    server.publish('/rss', gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' });
    const before = process.memoryUsage().rss;
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error.kind).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('more headers than we read are an error', async () => {
    const headers = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x-${at}`, 'x'.repeat(1000)]));
    server.respond('/rss', (_, response) => response.writeHead(200, headers).end(DOCUMENT));
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error.message).toContain('sent more headers than we read');
  });

  test.each([
    ['never answers', () => {}],
    [
      'drips its body byte by byte',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('a server that %s is given up', async (_, answer) => {
    server.respond('/rss', (_request, response) => answer(response));
    const error = await errorOf(get(fetcherWith({ timeoutMs: 300 }), server.url('/rss')));
    expect(error).toMatchObject({ kind: 'timeout', remedy: 'it is tried again later' });
  });

  test('stopping the program ends a request with its own reason', async () => {
    server.respond('/rss', () => controller.abort(new Error('stopping')));
    const controller = new AbortController();
    const request = { url: server.url('/rss'), etag: null, lastModified: null };
    await expect(fetcherWith().fetch(request, controller.signal)).rejects.toThrow('stopping');
  });
});
