import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeDocument } from '../../src/feeds/decode.ts';
import { parseAllowPrivate } from '../../src/feeds/guard.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { bodyOf, closeFetchers, errorOf, fetcherWith, get, redirect } from '../support/fetching.ts';

const PAGE = '<!doctype html><title>Bridge</title><p>The bridge reopened.';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  await closeFetchers();
  await server.close();
});

describe('a page behind a link', () => {
  test('is asked for as a page and comes from where the redirects end', async () => {
    redirect(server, '/short', '/page');
    server.publish('/page', PAGE, HTML);
    const fetched = await get(fetcherWith(), server.url('/short'), { kind: 'page' });
    expect(fetched).toMatchObject({ url: server.url('/page') });
    expect(bodyOf(fetched)).toBe(PAGE);
    expect(server.requests[0]?.headers.accept).toMatch(/^text\/html/);
  });

  test('may not live at a private address', async () => {
    const fetcher = fetcherWith({ allowPrivate: parseAllowPrivate('') });
    const error = await errorOf(get(fetcher, server.url('/page'), { kind: 'page' }));
    expect(error.kind).toBe('blocked-address');
  });

  test.each(['application/pdf', 'video/mp4', 'image/jpeg'])('of type %s is left alone', async (type) => {
    let isWholeSent = false;
    server.respond('/file', (_, response) => {
      response.writeHead(200, { 'content-type': type });
      response.write('x', () => setTimeout(() => response.end('y'), 500));
      response.on('finish', () => {
        isWholeSent = true;
      });
    });
    const error = await errorOf(get(fetcherWith(), server.url('/file'), { kind: 'page' }));
    expect(error).toMatchObject({ kind: 'not-a-page' });
    expect(error.message).toContain(`gives ${type}, not a web page`);
    expect(isWholeSent).toBe(false);
  });

  test('of 6 MB is too large, where a feed is not', async () => {
    server.publish('/big', Buffer.alloc(6_000_000, 'x'), HTML);
    const fetcher = fetcherWith({ maxBytes: 15_000_000 });
    expect((await get(fetcher, server.url('/big'))).kind).toBe('document');
    const error = await errorOf(get(fetcher, server.url('/big'), { kind: 'page' }));
    expect(error.message).toContain('is larger than 5 MB');
  });

  test.each([
    '<meta charset="windows-1251">',
    '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
  ])('is read in the encoding that only %s names', async (meta) => {
    const bytes = Buffer.from([0xcc, 0xee, 0xf1, 0xf2, 0x20, 0xee, 0xf2, 0xea, 0xf0, 0xfb, 0xf2]);
    const page = Buffer.concat([Buffer.from(`<html><head>${meta}</head><body>`), bytes]);
    server.publish('/page', page, { 'content-type': 'text/html' });
    const fetched = await get(fetcherWith(), server.url('/page'), { kind: 'page' });
    if (fetched.kind !== 'document') throw new Error('no document');
    const { text: decoded } = decodeDocument(fetched.body, fetched.contentType);
    expect(JSON.stringify(decoded)).toContain('Мост открыт');
  });
});

describe('a bot protection', () => {
  const CLOUDFLARE = '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>';

  test.each<[string, number, Record<string, string>, string]>([
    ['Cloudflare', 403, { 'cf-mitigated': 'challenge' }, ''],
    ['Cloudflare', 200, { 'cf-mitigated': 'challenge', ...HTML }, ''],
    ['Cloudflare', 503, HTML, CLOUDFLARE],
    ['Cloudflare', 200, HTML, CLOUDFLARE],
    ['Cloudflare', 403, { 'content-type': 'text/plain' }, 'error code: 1010'],
    [
      'DataDome',
      403,
      { 'content-type': 'application/json' },
      '{"url":"https://geo.captcha-delivery.com/c/"}',
    ],
    [
      'Akamai',
      403,
      HTML,
      '<H1>Access Denied</H1>You don\'t have permission to access "/rss" on this server.<P>\nReference&#32;&#35;18',
    ],
    ['AWS WAF', 202, { 'x-amzn-waf-action': 'challenge' }, ''],
    ['Imperva', 403, HTML, '<iframe id="main-iframe" src="/_Incapsula_Resource?x">'],
    ['Reddit', 403, HTML, 'You have been blocked by network security.'],
    ['a captcha', 403, HTML, '<div class="g-recaptcha"></div>'],
  ])('(%s, status %i) is told from the site, with advice', async (name, status, headers, body) => {
    server.respond('/rss', (_, response) => response.writeHead(status, headers).end(body));
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error.kind).toBe('blocked');
    expect(error.message).toMatch(
      new RegExp(`^127.0.0.1:\\d+ keeps robots out \\(${name}\\); ask the publisher to let feed readers`),
    );
  });

  test('that asks for a pause is heard', async () => {
    const headers = { 'cf-mitigated': 'challenge', 'retry-after': '60' };
    server.respond('/rss', (_, response) => response.writeHead(429, headers).end());
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error).toMatchObject({ kind: 'blocked', retryAfterMs: 60_000 });
  });

  test('is not seen in a page that loads its script, nor in a feed that writes about it', async () => {
    const page = `${PAGE}<script src="/cdn-cgi/challenge-platform/x.js"></script><script src="/_Incapsula_Resource">`;
    server.publish('/page', page, HTML);
    expect(bodyOf(await get(fetcherWith(), server.url('/page'), { kind: 'page' }))).toBe(page);
    const feed = '<rss><channel><item><title>captcha-delivery.com/ explained</title></item></channel></rss>';
    server.publish('/rss', feed);
    expect(bodyOf(await get(fetcherWith(), server.url('/rss')))).toBe(feed);
  });

  test('an ordinary refusal stays one, and keeps its Retry-After', async () => {
    const headers = { ...HTML, 'retry-after': '60' };
    server.respond('/rss', (_, response) => response.writeHead(403, headers).end('<h1>Forbidden</h1>'));
    const error = await errorOf(get(fetcherWith(), server.url('/rss')));
    expect(error).toMatchObject({ kind: 'http', retryAfterMs: 60_000 });
  });

  test('whose page drips is not waited for', async () => {
    server.respond('/rss', (_, response) => {
      response.writeHead(429, { 'retry-after': '60' });
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    });
    const error = await errorOf(get(fetcherWith({ timeoutMs: 20_000 }), server.url('/rss')));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 60_000 });
  });
});
