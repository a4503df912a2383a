import { describe, expect, test } from '@jest/globals';
import { tellTroubles } from '../src/feed-troubles.ts';
import type { Store } from '../src/store/store.ts';
import { rssFeed } from './support/feed-documents.ts';
import { startFeedServer } from './support/feed-server.ts';
import { titledItem } from './support/newsroom.ts';
import { openPolling } from './support/polling.ts';
import { ENGINES, freshStore } from './support/stores.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const document = (...titles: string[]) => rssFeed({ title: 'Wire', items: titles.map(titledItem) });

/** What the channel was told by Tocsin itself, as plain text. */
async function notices(store: Store, channel: string): Promise<string[]> {
  const said: string[] = [];
  const [lease] = (await store.deliveries.leaseChannels(Number.MAX_SAFE_INTEGER - 1e6, 1, 10)).filter(
    (one) => one.channel === channel,
  );
  if (lease === undefined) return [];
  for (
    let next = await store.deliveries.next(channel, Number.MAX_SAFE_INTEGER);
    next;
    next = await store.deliveries.next(channel, Number.MAX_SAFE_INTEGER)
  ) {
    if (next.operation?.kind === 'notice') said.push(JSON.stringify(next.operation.notice));
    await store.deliveries.sent(lease, next, 'm', NOON);
  }
  await store.deliveries.release(lease);
  return said;
}

describe.each(ENGINES)('polling on $name', (engine) => {
  test('reads a feed whole once a day, whatever its validators say', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.publish('/rss', document('One'), { etag: '"1"' });
    await polling.follow([{ url: server.url('/rss') }]);
    for (const hours of [0, 12, 23, 25]) await polling.pollAt(NOON + hours * HOUR);
    const conditional = server.requests.map(({ headers }) => headers['if-none-match']);
    expect(conditional).toEqual([undefined, '"1"', '"1"', undefined]);
  });

  test('polls a feed where it has moved for good after three polls said so', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.publish('/new', document('One'));
    server.respond('/old', (_, response) => response.writeHead(301, { location: '/new' }).end());
    await polling.follow([{ url: server.url('/old') }]);
    for (const hours of [0, 1.1, 2.2, 3.3]) await polling.pollAt(NOON + hours * HOUR);
    expect(server.requests.map(({ path }) => path).filter((path) => path === '/old')).toHaveLength(3);
    expect(await polling.feed()).toMatchObject({ url: server.url('/old'), address: server.url('/new') });
  });

  test('a cut-off document makes no baseline, and its validators are not kept', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    const whole = document('Three', 'Two', 'One');
    const cut = whole.slice(0, whole.indexOf('<item><title>One'));
    server.publish('/rss', cut, { etag: '"1"' });
    await polling.follow([{ url: server.url('/rss'), channels: ['terminal'] }]);
    await polling.pollAt(NOON);
    expect(await polling.feed()).toMatchObject({
      baselinedAt: null,
      lastError: expect.stringContaining('breaks off'),
    });
    server.publish('/rss', whole, { etag: '"2"' });
    await polling.pollAt(NOON + HOUR);
    expect(await store.articles.count()).toBe(3);
    expect(await store.deliveries.counts(['terminal'])).toMatchObject({ waiting: 0 });
    const later = document('Five', 'Four', 'Three', 'Two');
    server.publish('/rss', later.slice(0, later.indexOf('<item><title>Three')), { etag: '"3"' });
    await polling.pollAt(NOON + 2.1 * HOUR);
    expect(await polling.feed()).toMatchObject({
      etag: null,
      note: expect.stringContaining('ends too early'),
    });
    expect(await store.deliveries.counts(['terminal'])).toMatchObject({ waiting: 2 });
  });

  test('what is held and posted needs no answer of the server', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    const titles = Array.from({ length: 9 }, (_, index) => `Story ${index}`);
    server.publish('/rss', document(...titles));
    await polling.follow([{ url: server.url('/rss'), channels: ['terminal'] }]);
    await polling.pollAt(NOON);
    const moved = titles.map((title) => ({
      ...titledItem(title),
      guid: `n${title}`,
      link: `https://n.example/${title}`,
    }));
    server.publish('/rss', rssFeed({ items: moved }), { etag: '"2"' });
    await polling.pollAt(NOON + HOUR);
    const { id } = await polling.feed();
    server.respond('/rss', (_, response) => response.writeHead(500).end());
    expect(await store.heldItems.decide(id, 'post')).toBe(9);
    await polling.poller.takeDecided(id);
    expect(await store.deliveries.counts(['terminal'])).toMatchObject({ waiting: 9 });
    expect(await store.heldItems.of(id)).toEqual([]);
  });

  test('a moved feed survives a hiccup of its new address although the old one is gone', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.publish('/new', document('One'));
    server.respond('/old', (_, response) => response.writeHead(301, { location: '/new' }).end());
    await polling.follow([{ url: server.url('/old') }]);
    for (const hours of [0, 1.1, 2.2]) await polling.pollAt(NOON + hours * HOUR);
    server.respond('/old', (_, response) => response.writeHead(410).end());
    server.respond('/new', (_, response) => response.writeHead(502).end());
    await polling.pollAt(NOON + 4 * HOUR);
    server.publish('/new', document('Two', 'One'));
    for (const hours of [5, 6, 7]) await polling.pollAt(NOON + hours * HOUR);
    expect(await polling.feed()).toMatchObject({ isGone: false, failures: 0, address: server.url('/new') });
    expect(await store.articles.count()).toBe(2);
  });

  test('a channel is not told of a feed that its watches leave out', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.respond('/rss', (_, response) => response.writeHead(410).end());
    const watch = (name: string, query: string, channel: string) => ({ name, query, channels: [channel] });
    await store.watches.syncConfig(
      [watch('a', 'raid feed:gazette', 'slack:C1'), watch('b', 'raid -feed:gazette', 'slack:C2')],
      NOON,
    );
    await polling.follow([{ url: server.url('/rss'), name: 'Wire' }]);
    await polling.pollAt(NOON);
    expect(await tellTroubles(polling.deps)).toBe(1);
    expect(await notices(store, 'slack:C2')).toHaveLength(1);
  });

  test('several processes tell of a trouble once', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.respond('/rss', (_, response) => response.writeHead(410).end());
    await polling.follow([{ url: server.url('/rss'), channels: ['terminal'] }]);
    await polling.pollAt(NOON);
    await Promise.all([1, 2, 3].map(() => tellTroubles(polling.deps)));
    expect(await notices(store, 'terminal')).toHaveLength(1);
  });

  test('does not believe a temporary redirect', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.publish('/new', document('One'));
    server.respond('/old', (_, response) => response.writeHead(302, { location: '/new' }).end());
    await polling.follow([{ url: server.url('/old') }]);
    for (const hours of [0, 1.1, 2.2, 3.3]) await polling.pollAt(NOON + hours * HOUR);
    expect(await polling.feed()).toMatchObject({ address: server.url('/old') });
  });

  test.each([
    [429, '120', 2 * MINUTE],
    [429, null, 10 * MINUTE],
    [503, '120', 2 * MINUTE],
    [503, null, 10 * MINUTE],
  ])('leaves a whole host alone after %i with Retry-After %s', async (status, retryAfter, pauseMs) => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'public', NOON);
    const headers = retryAfter === null ? {} : { 'retry-after': retryAfter };
    server.respond('/busy', (_, response) => response.writeHead(status, headers).end());
    server.publish('/rss', document('One'));
    await polling.follow([{ url: server.url('/busy') }]);
    await polling.pollAt(NOON);
    await polling.follow([{ url: server.url('/busy') }, { url: server.url('/rss') }]);
    await polling.pollAt(NOON + pauseMs - 1_000);
    expect(server.requests.map(({ path }) => path)).toEqual(['/busy']);
    await polling.pollAt(NOON + pauseMs + 1);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  test('polls other feeds of the operator’s own host although one is refused', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.respond('/busy', (_, response) => response.writeHead(429).end());
    server.publish('/rss', document('One'));
    await polling.follow([{ url: server.url('/busy') }, { url: server.url('/rss') }]);
    await polling.pollAt(NOON);
    await polling.pollAt(NOON + 1_000);
    expect(server.requests.map(({ path }) => path).sort()).toEqual(['/busy', '/rss']);
  });

  test('never has two requests at one host at once, nor two within two seconds', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'public', NOON);
    let open = 0;
    let most = 0;
    const paths = ['/1', '/2', '/3'];
    for (const path of paths) {
      server.respond(path, (_, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.writeHead(200, { 'content-type': 'application/xml' }).end(document('One'));
        }, 30);
      });
    }
    await polling.follow(paths.map((path) => ({ url: server.url(path) })));
    for (const [seconds, polled] of [
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
    ] as const) {
      await polling.pollAt(NOON + seconds * 1000);
      expect(server.requests).toHaveLength(polled);
    }
    expect(most).toBe(1);
  });

  test('a feed that is gone is polled no more, and its channels hear it with a way out', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.respond('/rss', (_, response) => response.writeHead(410).end());
    const feedId = await polling.feedDesk.keep(server.url('/rss'), {}, 'terminal');
    const how = { name: 'Wire', group: null, fullText: true, origin: 'chat' as const, createdBy: null };
    await store.subscriptions.put({ feedId, workspace: 'terminal', channels: ['terminal'], ...how }, NOON);
    await polling.pollAt(NOON);
    await polling.pollAt(NOON + 48 * HOUR);
    expect(server.requests).toHaveLength(1);
    expect(await tellTroubles(polling.deps)).toBe(1);
    const told = await notices(store, 'terminal');
    expect(told).toEqual([expect.stringContaining('is not polled any more')]);
    expect(told[0]).toContain('Stop following Wire');
    expect(await tellTroubles(polling.deps)).toBe(0);
  });

  test('tells the channels after six hours of failure why and what to do, and when it is over', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.respond('/rss', (_, response) => response.writeHead(403).end());
    await store.watches.syncConfig([{ name: 'Idlib', query: 'Idlib', channels: ['slack:C1'] }], NOON);
    await polling.follow([{ url: server.url('/rss'), name: 'Wire' }]);
    await polling.pollAt(NOON);
    await polling.pollAt(NOON + HOUR);
    polling.clock.now = NOON + 6 * HOUR - 1;
    expect(await tellTroubles(polling.deps)).toBe(0);
    polling.clock.now = NOON + 6 * HOUR;
    expect(await tellTroubles(polling.deps)).toBe(1);
    const [failing] = await notices(store, 'slack:C1');
    expect(failing).toMatch(/has not been read for 6 hours.*answered 403; .*ask them for access/);
    expect(await tellTroubles(polling.deps)).toBe(0);
    server.publish('/rss', document('One'));
    await polling.pollAt(NOON + 30 * HOUR);
    expect(await tellTroubles(polling.deps)).toBe(1);
    expect(await notices(store, 'slack:C1')).toEqual([expect.stringContaining('can be read again')]);
  });

  test('sends the credentials of a feed, which the store keeps sealed', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    server.publish('/rss', document('One'));
    await polling.follow([{ url: server.url('/rss'), headers: { Cookie: 'session=abc' } }]);
    await polling.pollAt(NOON);
    expect(server.requests[0]?.headers.cookie).toBe('session=abc');
    expect((await polling.feed()).credentials).not.toContain('abc');
  });

  test('reads the page behind a short item and keeps the feed’s text when there is no article', async () => {
    await using store = await freshStore(engine);
    await using server = await startFeedServer();
    await using polling = await openPolling(store, 'own', NOON);
    const paragraph =
      'Residents of Atme said that helicopters came before dawn and that troops searched a house. ';
    const page = `<html><body><nav>Home</nav><article><h1>Raid</h1>${`<p>${paragraph.repeat(3)}</p>`.repeat(5)}</article></body></html>`;
    const linked = (title: string, path: string) => ({
      title,
      guid: title,
      link: server.url(path),
      html: 'Residents of Atme said that troops searched a house.',
    });
    server.publish('/page', page, { 'content-type': 'text/html' });
    server.respond('/wall', (_, response) => response.writeHead(403, { 'cf-mitigated': 'challenge' }).end());
    server.publish('/rss', document('Old'));
    await polling.follow([{ url: server.url('/rss') }]);
    await polling.pollAt(NOON);
    server.publish('/rss', rssFeed({ items: [linked('Raid', '/page'), linked('Behind a wall', '/wall')] }));
    await polling.pollAt(NOON + HOUR);
    await polling.readPages();
    await polling.readPages();
    const articles = await store.articles.newest(10, null);
    const textOf = (title: string) => articles.find((one) => one.title === title)?.text ?? '';
    expect(textOf('Raid').split('helicopters came before dawn').length).toBeGreaterThan(10);
    expect(textOf('Behind a wall')).toBe(
      'Behind a wall\n\nResidents of Atme said that troops searched a house.',
    );
    expect(textOf('Old')).not.toBe('');
    expect(server.requests.filter(({ path }) => path === '/page')).toHaveLength(1);
  });
});
