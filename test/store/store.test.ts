import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import type { Feed } from '../../src/model/feed.ts';
import { openStore } from '../../src/store/store.ts';
import { article, print } from '../support/articles.ts';
import { ENGINES, folderPlace, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2026, 0, 5, 12);

const due = (now: number, leaseMs = 60_000) => ({ now, leaseMs, limit: 10, busyHosts: new Set<string>() });

describe.each(ENGINES)('a store on $name', (engine) => {
  test('remembers an article word for word, with its identity keys', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    const [feed] = await store.feeds.list();
    const saved = article('غارة على إدلب 🕊', 'Body with “quotes” and\nlines.', { feedId: feed?.id ?? '' });
    const storyId = await store.stories.create(NOON);
    const reading = { article: saved, sentences: [], facts: [] };
    await store.articles.save({ reading, keys: ['guid:1'], fingerprint: print(), storyId }, NOON);
    expect(await store.articles.get(saved.id)).toEqual({ ...saved, facts: [], storyId });
    expect(await store.articles.known(saved.feedId, ['guid:1', 'guid:2'])).toEqual(
      new Map([['guid:1', saved.id]]),
    );
    expect(await store.articles.known('another feed', ['guid:1'])).toEqual(new Map());
  });

  test('keeps nothing of a transaction that fails', async () => {
    await using store = await freshStore(engine);
    const failing = store.transaction(async (tables) => {
      await tables.stories.create(NOON);
      await tables.watches.put(
        { workspace: 'w', name: 'Idlib', query: 'Idlib', channels: [], origin: 'chat', createdBy: null },
        NOON,
      );
      throw new Error('the machine stumbles');
    });
    await expect(failing).rejects.toThrow('the machine stumbles');
    expect(await store.watches.list(null)).toEqual([]);
  });

  test('refuses to be used from outside inside its own transaction instead of waiting for ever', async () => {
    await using store = await freshStore(engine);
    const mixed = store.transaction(() => store.watches.list(null));
    await expect(mixed).rejects.toThrow('inside its own transaction');
  });

  test('a feed is leased to one poller at a time, and again after its poll is recorded', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync(
      [{ url: 'https://a.example/rss', name: 'A', everyMs: 60_000, channels: [] }],
      NOON,
    );
    const [first] = await store.feeds.leaseDue(due(NOON, 60_000));
    expect(await store.feeds.leaseDue(due(NOON, 60_000))).toEqual([]);
    const next = NOON + 60_000;
    const outcome = { kind: 'ok', at: NOON, title: 'A', etag: '"1"', lastModified: null } as const;
    await store.feeds.polled({ feed: first as Feed, nextPollAt: next, reason: 'every 1m', outcome });
    expect(await store.feeds.leaseDue(due(next - 1, 60_000))).toEqual([]);
    expect(await store.feeds.leaseDue(due(next, 60_000))).toMatchObject([
      { etag: '"1"', lastOkAt: NOON, failures: 0 },
    ]);
  });

  test('a lease that its poller never gave back lapses', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    await store.feeds.leaseDue(due(NOON, 60_000));
    expect(await store.feeds.leaseDue(due(NOON + 60_000, 60_000))).toHaveLength(1);
  });

  test('editing the file changes its own watches and leaves those made in chat', async () => {
    await using store = await freshStore(engine);
    const chatWatch = { workspace: 'slack:T1', name: 'Idlib', query: 'Idlib', channels: ['slack:C1'] };
    await store.watches.put({ ...chatWatch, origin: 'chat', createdBy: 'U1' }, NOON);
    await store.watches.syncConfig(
      [
        { name: 'Idlib', query: 'Idlib', channels: ['terminal'] },
        { name: 'Raids', query: 'raids', channels: ['terminal'] },
      ],
      NOON,
    );
    await store.watches.syncConfig(
      [{ name: 'Idlib', query: 'Idlib OR Atme', channels: ['terminal'] }],
      NOON + 1,
    );
    const shown = (await store.watches.list(null)).map(({ workspace, query }) => `${workspace}: ${query}`);
    expect(shown.sort()).toEqual(['config: Idlib OR Atme', 'slack:T1: Idlib']);
  });

  test('the stamp of the watches changes with every change and only then', async () => {
    await using store = await freshStore(engine);
    const stamps = [await store.watches.stamp()];
    const watch = {
      workspace: 'w',
      name: 'a',
      query: 'a',
      channels: [],
      origin: 'chat',
      createdBy: null,
    } as const;
    const id = await store.watches.put({ ...watch, channels: ['terminal'] }, NOON);
    stamps.push(await store.watches.stamp());
    await store.watches.put({ ...watch, channels: ['terminal'] }, NOON + 1);
    expect(await store.watches.stamp()).toBe(stamps.at(-1));
    await store.watches.put({ ...watch, query: 'b', channels: ['terminal'] }, NOON + 2);
    stamps.push(await store.watches.stamp());
    await store.watches.remove(id, NOON + 3);
    stamps.push(await store.watches.stamp());
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  test('the stamp changes even when the clock steps back', async () => {
    await using store = await freshStore(engine);
    const watch = {
      workspace: 'w',
      name: 'a',
      query: 'a',
      channels: [],
      origin: 'chat',
      createdBy: null,
    } as const;
    const id = await store.watches.put({ ...watch, channels: [] }, NOON);
    const before = await store.watches.stamp();
    await store.watches.remove(id, NOON - 60_000);
    expect(await store.watches.stamp()).not.toBe(before);
  });

  test('a feed gives at most one poll per host at a time', async () => {
    await using store = await freshStore(engine);
    const entry = (url: string) => ({ url, name: null, everyMs: null, channels: [] });
    const urls = ['https://slow.example/1', 'https://slow.example/2', 'https://a.example/rss'];
    await store.feeds.sync(urls.map(entry), NOON);
    const hostsOf = async (busy: string[]) => {
      const feeds = await store.feeds.leaseDue({ ...due(NOON), busyHosts: new Set(busy) });
      return feeds.map(({ url }) => new URL(url).host).sort();
    };
    expect(await hostsOf(['slow.example'])).toEqual(['a.example']);
    expect(await hostsOf([])).toEqual(['slow.example']);
  });

  test('a poll whose lease lapsed records nothing', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    const [late] = await store.feeds.leaseDue(due(NOON, 1_000));
    const [current] = await store.feeds.leaseDue(due(NOON + 1_000, 1_000));
    const outcome = { kind: 'failed', error: 'late' } as const;
    await store.feeds.polled({ feed: late as Feed, nextPollAt: 0, reason: '', outcome });
    expect(await store.feeds.list()).toMatchObject([{ failures: 0, leaseUntil: current?.leaseUntil }]);
  });

  test('a feed that left the file and came back begins with a new baseline', async () => {
    await using store = await freshStore(engine);
    const entry = { url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] };
    await store.feeds.sync([entry], NOON);
    const [feed] = await store.feeds.leaseDue(due(NOON));
    const outcome = { kind: 'ok', at: NOON, title: 'A', etag: '"1"', lastModified: null } as const;
    await store.feeds.polled({ feed: feed as Feed, nextPollAt: NOON, reason: '', outcome });
    await store.feeds.sync([], NOON);
    await store.feeds.sync([entry], NOON);
    expect(await store.feeds.list()).toMatchObject([{ baselinedAt: null, etag: null }]);
  });

  test('identity keys of any length are remembered', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    const feedId = (await store.feeds.list())[0]?.id ?? '';
    const long = `guid:${Array.from({ length: 6_000 }, (_, index) => (index * 7919).toString(36)).join('')}`;
    const reading = { article: article('A', '', { feedId }), sentences: [], facts: [] };
    const storyId = await store.stories.create(NOON);
    await store.articles.save(
      { reading, keys: [long], fingerprint: print({ link: `https://a.example/${long}` }), storyId },
      NOON,
    );
    expect(await store.articles.known(feedId, [long, `${long}x`])).toEqual(new Map([[long, 'article-1']]));
  });

  test('finds story candidates by shared terms, most first, and none that is too old', async () => {
    await using store = await freshStore(engine);
    await store.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    const feedId = (await store.feeds.list())[0]?.id ?? '';
    const words = { old: ['atme', 'raid'], one: ['raid'], two: ['atme', 'raid'], other: ['budget'] };
    for (const [id, terms] of Object.entries(words)) {
      const storyId = await store.stories.create(NOON);
      const reading = { article: article(id, '', { id, feedId }), sentences: [], facts: [] };
      const at = id === 'old' ? NOON - 1_000 : NOON;
      await store.articles.save(
        { reading, keys: [id], fingerprint: print({ terms, titleTerms: [id], at }), storyId },
        NOON,
      );
    }
    const found = await store.articles.storyCandidates(print({ terms: ['atme', 'raid'] }), NOON);
    expect(found.map((member) => member.titleTerms[0])).toEqual(['two', 'one']);
  });

  test('opens again with everything it had', async () => {
    await using place = await engine.place();
    const before = await openStore(place.location);
    await before.feeds.sync([{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }], NOON);
    await before.close();
    const after = await openStore(place.location);
    expect(await after.feeds.list()).toHaveLength(1);
    await after.close();
  });
});

describe('a data folder', () => {
  test('is refused to a second process, with the remedy', async () => {
    await using place = await folderPlace();
    const first = await openStore(place.location);
    await expect(openStore(place.location)).rejects.toThrow('Another Tocsin already uses the data folder');
    await first.close();
    await (await openStore(place.location)).close();
  });

  test.each([
    ['is no folder', (path: string) => writeFileSync(join(path, 'x'), ''), 'x'],
    [
      'holds a file that is no database',
      (path: string) => writeFileSync(join(path, 'tocsin.db'), 'x'.repeat(4_096)),
      '',
    ],
  ])('that %s is refused, with the remedy', async (_what, spoil, name) => {
    await using place = await folderPlace();
    if (place.location.kind !== 'folder') throw new Error('a folder was expected');
    spoil(place.location.path);
    const path = join(place.location.path, name);
    await expect(openStore({ kind: 'folder', path })).rejects.toThrow(
      /can't be used: .*Check that TOCSIN_DATA names a folder/,
    );
  });

  test('written by a newer version is refused, with the remedy', async () => {
    await using place = await folderPlace();
    await (await openStore(place.location)).close();
    if (place.location.kind !== 'folder') throw new Error('a folder was expected');
    const database = new DatabaseSync(join(place.location.path, 'tocsin.db'));
    database.exec(
      "insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00Z')",
    );
    database.close();
    await expect(openStore(place.location)).rejects.toThrow(
      'A newer Tocsin wrote this database (it has 9999-future)',
    );
  });

  test('written before there was any schema is migrated, and keeps what else is in it', async () => {
    await using place = await folderPlace();
    if (place.location.kind !== 'folder') throw new Error('a folder was expected');
    const file = join(place.location.path, 'tocsin.db');
    const old = new DatabaseSync(file);
    old.exec("create table note (text); insert into note values ('kept')");
    old.close();
    const store = await openStore(place.location);
    expect(await store.feeds.list()).toEqual([]);
    await store.close();
    const migrated = new DatabaseSync(file);
    expect(migrated.prepare('select text from note').all()).toEqual([{ text: 'kept' }]);
    expect(migrated.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    migrated.close();
  });

  test('of a stopped process is polled at once, whatever it had leased', async () => {
    await using place = await folderPlace();
    const crashed = await openStore(place.location);
    await crashed.feeds.sync(
      [{ url: 'https://a.example/rss', name: 'A', everyMs: null, channels: [] }],
      NOON,
    );
    await crashed.feeds.leaseDue(due(NOON, 3_600_000));
    await crashed.close();
    const next = await openStore(place.location);
    expect(await next.feeds.leaseDue(due(NOON, 60_000))).toHaveLength(1);
    await next.close();
  });
});
