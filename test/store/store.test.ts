import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { up as first } from '../../src/store/migrations/0001-first.ts';
import { postgres } from '../../src/store/postgres.ts';
import { sqliteFolder } from '../../src/store/sqlite.ts';
import { openStore, type StoreLocation } from '../../src/store/store.ts';
import { article, print } from '../support/articles.ts';
import { feedOf, pollRecord } from '../support/feeds.ts';
import { ENGINES, folderPlace, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2026, 0, 5, 12);

const due = (now: number, leaseMs = 60_000) => ({ now, leaseMs, limit: 10 });

describe.each(ENGINES)('a store on $name', (engine) => {
  test('remembers an article word for word, with its identity keys', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
    const [feed] = await store.feeds.list();
    const saved = article('غارة على إدلب 🕊', 'Body with “quotes” and\nlines.', { feedId: feed?.id ?? '' });
    const storyId = await store.stories.create(NOON);
    const reading = { article: saved, sentences: [], facts: [] };
    await store.articles.save({ reading, keys: ['guid:1'], fingerprint: print(), storyId, said: 'x' }, NOON);
    expect(await store.articles.get(saved.id)).toEqual({ ...saved, facts: [], storyId, said: 'x' });
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
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { everyMs: 60_000 })], NOON);
    const [first] = await store.feeds.leaseDue(due(NOON, 60_000));
    expect(await store.feeds.leaseDue(due(NOON, 60_000))).toEqual([]);
    const next = NOON + 60_000;
    await store.feeds.polled(pollRecord(first, { kind: 'ok', at: NOON, etag: '"1"' }, { nextPollAt: next }));
    expect(await store.feeds.leaseDue(due(next - 1, 60_000))).toEqual([]);
    expect(await store.feeds.leaseDue(due(next, 60_000))).toMatchObject([
      { etag: '"1"', lastOkAt: NOON, failures: 0 },
    ]);
  });

  test('a lease that its poller never gave back lapses', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
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
    const urls = ['https://slow.example/1', 'https://slow.example/2', 'https://a.example/rss'];
    await store.subscriptions.syncConfig(
      urls.map((url) => feedOf(url)),
      NOON,
    );
    const leased = await store.feeds.leaseDue(due(NOON));
    expect(leased.map(({ url }) => new URL(url).host).sort()).toEqual(['a.example', 'slow.example']);
    expect(await store.feeds.leaseDue(due(NOON))).toEqual([]);
    const slow = leased.find(({ url }) => url.startsWith('https://slow.example'));
    await store.feeds.polled(pollRecord(slow, { at: NOON }, { nextPollAt: NOON + 60_000 }));
    expect(await store.feeds.leaseDue(due(NOON))).toMatchObject([
      { url: expect.stringMatching('slow.example') },
    ]);
  });

  test('a host is given its rest before another of its feeds is polled', async () => {
    await using store = await freshStore(engine);
    const urls = ['https://a.example/1', 'https://a.example/2'];
    await store.subscriptions.syncConfig(
      urls.map((url) => feedOf(url)),
      NOON,
    );
    const [first] = await store.feeds.leaseDue(due(NOON));
    const rest = { nextPollAt: NOON + 600_000, host: { readyAt: NOON + 2_000, isPaused: false } };
    await store.feeds.polled(pollRecord(first, { at: NOON }, rest));
    expect(await store.feeds.leaseDue(due(NOON + 1_999))).toEqual([]);
    const [waiting] = (await store.feeds.list()).filter(({ id }) => id !== first?.id);
    expect(waiting).toMatchObject({ nextPollAt: NOON + 2_000, pollReason: 'its host is given a rest' });
    expect(await store.feeds.leaseDue(due(NOON + 2_000))).toHaveLength(1);
  });

  test('counts the pauses that a host asked for in a row', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss')], NOON);
    for (const [isPaused, pauses] of [
      [true, 1],
      [true, 2],
      [false, 0],
    ] as const) {
      const [feed] = await store.feeds.leaseDue(due(NOON));
      await store.feeds.polled(pollRecord(feed, { at: NOON }, { host: { readyAt: 0, isPaused } }));
      expect(await store.hosts.pauses('a.example')).toBe(pauses);
    }
  });

  test('a feed is polled where permanent redirects have led three polls, and where it was given when that fails', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://old.example/rss')], NOON);
    const movedTo = 'https://new.example/rss';
    const addresses: (string | undefined)[] = [];
    for (const outcome of [{ movedTo }, { movedTo }, { movedTo }, {}, {}, { kind: 'failed' as const }, {}]) {
      const [feed] = await store.feeds.leaseDue(due(NOON));
      addresses.push(feed?.address);
      await store.feeds.polled(pollRecord(feed, { at: NOON, ...outcome }));
    }
    const [old, now] = ['https://old.example/rss', movedTo];
    expect(addresses).toEqual([old, old, old, now, now, now, old]);
    expect(await store.feeds.list()).toMatchObject([{ url: old }]);
  });

  test('a feed that is gone is polled no more until it is woken', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss')], NOON);
    const [feed] = await store.feeds.leaseDue(due(NOON));
    await store.feeds.polled(pollRecord(feed, { kind: 'failed', at: NOON, isGone: true }));
    expect(await store.feeds.leaseDue(due(NOON + 86_400_000))).toEqual([]);
    await store.feeds.wake(feed?.id ?? '', NOON);
    expect(await store.feeds.leaseDue(due(NOON))).toHaveLength(1);
  });

  test('a poll whose lease lapsed records nothing', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
    const [late] = await store.feeds.leaseDue(due(NOON, 1_000));
    const [current] = await store.feeds.leaseDue(due(NOON + 1_000, 1_000));
    await store.feeds.polled(pollRecord(late, { kind: 'failed', error: 'late' }));
    expect(await store.feeds.list()).toMatchObject([{ failures: 0, leaseUntil: current?.leaseUntil }]);
  });

  test('a feed that left the file and came back begins with a new baseline', async () => {
    await using store = await freshStore(engine);
    const entry = feedOf('https://a.example/rss');
    await store.subscriptions.syncConfig([entry], NOON);
    const [feed] = await store.feeds.leaseDue(due(NOON));
    await store.feeds.polled(pollRecord(feed, { kind: 'ok', at: NOON, etag: '"1"' }));
    await store.subscriptions.syncConfig([], NOON);
    expect(await store.feeds.list()).toEqual([]);
    await store.subscriptions.syncConfig([entry], NOON);
    expect(await store.feeds.list()).toMatchObject([{ baselinedAt: null, etag: null }]);
  });

  test('a feed that was only looked at is forgotten after a while, one with articles never', async () => {
    await using store = await freshStore(engine);
    const look = (url: string, now: number) =>
      store.subscriptions.feedAt({ url, owner: '', credentials: null }, now);
    const [seen, recent, read] = [
      await look('https://seen.example/rss', NOON),
      await look('https://recent.example/rss', NOON + 5_000),
      await look('https://read.example/rss', NOON),
    ];
    const reading = { article: article('A', '', { feedId: read }), sentences: [], facts: [] };
    const storyId = await store.stories.create(NOON);
    await store.articles.save({ reading, keys: [], fingerprint: print(), storyId, said: '' }, NOON);
    await store.subscriptions.forgetUnfollowed(NOON + 1_000);
    const left = await Promise.all([seen, recent, read].map((id) => store.feeds.get(id)));
    expect(left.map((feed) => feed?.id)).toEqual([undefined, recent, read]);
  });

  test('identity keys of any length are remembered', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
    const feedId = (await store.feeds.list())[0]?.id ?? '';
    const long = `guid:${Array.from({ length: 6_000 }, (_, index) => (index * 7919).toString(36)).join('')}`;
    const reading = { article: article('A', '', { feedId }), sentences: [], facts: [] };
    const storyId = await store.stories.create(NOON);
    await store.articles.save(
      { reading, keys: [long], fingerprint: print({ link: `https://a.example/${long}` }), storyId, said: '' },
      NOON,
    );
    expect(await store.articles.known(feedId, [long, `${long}x`])).toEqual(new Map([[long, 'article-1']]));
  });

  test('finds story candidates by shared terms, most first, and none that is too old', async () => {
    await using store = await freshStore(engine);
    await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
    const feedId = (await store.feeds.list())[0]?.id ?? '';
    const words = { old: ['atme', 'raid'], one: ['raid'], two: ['atme', 'raid'], other: ['budget'] };
    for (const [id, terms] of Object.entries(words)) {
      const storyId = await store.stories.create(NOON);
      const reading = { article: article(id, '', { id, feedId }), sentences: [], facts: [] };
      const at = id === 'old' ? NOON - 1_000 : NOON;
      await store.articles.save(
        { reading, keys: [id], fingerprint: print({ terms, titleTerms: [id], at }), storyId, said: '' },
        NOON,
      );
    }
    const found = await store.articles.storyCandidates(print({ terms: ['atme', 'raid'] }), NOON);
    expect(found.map((member) => member.titleTerms[0])).toEqual(['two', 'one']);
  });

  test('opens again with everything it had', async () => {
    await using place = await engine.place();
    const before = await openStore(place.location);
    await before.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
    await before.close();
    const after = await openStore(place.location);
    expect(await after.feeds.list()).toHaveLength(1);
    await after.close();
  });
});

describe.each(ENGINES)('a database on $name', (engine) => {
  test('of version 1 is migrated with its feeds, articles and messages', async () => {
    await using place = await engine.place();
    await firstVersion(place.location);
    const store = await openStore(place.location);
    expect(await store.feeds.list()).toMatchObject([
      {
        id: 'f1',
        name: 'A',
        address: 'https://A.example:8080/rss',
        everyMs: 60_000,
        subscriptions: [{ workspace: 'config', channels: ['terminal'], fullText: true, origin: 'config' }],
      },
    ]);
    expect(await store.articles.get('a1')).toMatchObject({ title: 'Raid', feedId: 'f1', said: null });
    expect(await store.deliveries.next('terminal', NOON)).toMatchObject({ id: 'd1', kind: 'post' });
    const [feed] = await store.feeds.leaseDue(due(NOON));
    await store.feeds.polled(pollRecord(feed, { at: NOON }));
    expect(await store.feeds.leaseDue(due(NOON))).toMatchObject([{ id: 'f1' }]);
    await store.deliveries.notify('terminal', { lines: [['It works.']], buttons: [] }, NOON);
    await store.close();
    const again = await openStore(place.location);
    expect(await again.feeds.list()).toHaveLength(1);
    await again.close();
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
    await crashed.subscriptions.syncConfig([feedOf('https://a.example/rss')], NOON);
    await crashed.feeds.leaseDue(due(NOON, 3_600_000));
    await crashed.close();
    const next = await openStore(place.location);
    expect(await next.feeds.leaseDue(due(NOON, 60_000))).toHaveLength(1);
    await next.close();
  });
});

/** What a Tocsin of version 1 left: one feed with an article, and an alert that waits. */
async function firstVersion(location: StoreLocation): Promise<void> {
  if (location.kind === 'memory') throw new Error('a place that stays was expected');
  const dialect = location.kind === 'folder' ? sqliteFolder(location.path) : postgres(location.url);
  const db = new Kysely<never>({ dialect });
  const getMigrations = async () => ({ '0001-first': { up: first } });
  const { error } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
  if (error !== undefined) throw error;
  const rows = [
    `feed (id, url, name, every_ms, channels, active, next_poll_at)
      values ('f1', 'https://A.example:8080/rss', 'A', 60000, '["terminal"]', 1, 0),
             ('f2', 'https://left.example/rss', null, null, '[]', 0, 0)`,
    `article (id, feed_id, outlet, revision, first_seen_at, fingerprint) values ('a1', 'f1', 'A', 1, 0, '{}')`,
    `revision (article_id, number, title, text, facts, seen_at) values ('a1', 1, 'Raid', 'Raid', '[]', 0)`,
    `story (id, first_at, last_at) values ('s1', 0, 0)`,
    `channel (id) values ('terminal')`,
    `alert (id, channel_id, story_id, content, created_at) values ('l1', 'terminal', 's1', '{}', 0)`,
    `delivery (id, channel_id, alert_id, kind, content, state, due_at, created_at)
      values ('d1', 'terminal', 'l1', 'post', '{}', 'due', 0, 0)`,
  ];
  for (const row of rows) await sql.raw(`insert into ${row}`).execute(db);
  await db.destroy();
}
