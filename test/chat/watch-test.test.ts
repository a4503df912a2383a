import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { answerInTerminal } from '../../src/chat/terminal/terminal-chat.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { holdAllAnew } from '../../src/hold.ts';
import { createJudge } from '../../src/judge.ts';
import type { PlaceFact } from '../../src/model/fact.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { Store } from '../../src/store/store.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { article, print } from '../support/articles.ts';
import { feedOf, pollRecord } from '../support/feeds.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2026, 0, 11, 12);
const DAY_MS = 86_400_000;
const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });
const STYLE = { width: 200, color: false, timezone: 'UTC' };

function asker(store: Store) {
  const deps: Omit<CommandDeps, 'feedDesk' | 'storyDesk'> = {
    store,
    knowledge: loadWatchLanguage(),
    now: () => NOON,
    judge: createJudge(createKindReader({})),
    channelTrouble: async () => null,
    messageLink: () => null,
    holdAnew: (channels) => holdAllAnew(channels, { store, now: () => NOON, timezone: 'UTC' }),
    connections: () => [],
  };
  return (words: string) => answerInTerminal(words, { deps: deps as CommandDeps, style: STYLE, log });
}

interface Stored {
  title: string;
  body: string;
  /** Days before noon. */
  daysAgo: number;
  /** Articles with the same letter tell the same story. */
  story?: string;
  place?: string;
}

async function archive(store: Store, articles: Stored[]): Promise<void> {
  await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'Wire' })], NOON);
  const feedId = (await store.feeds.list())[0]?.id ?? '';
  const stories = new Map<string, string>();
  for (const [index, { title, body, daysAgo, story = `${index}`, place }] of articles.entries()) {
    const storyId = stories.get(story) ?? (await store.stories.create(NOON));
    stories.set(story, storyId);
    const at = NOON - daysAgo * DAY_MS;
    const stored = article(title, body, {
      id: `a${index}`,
      feedId,
      firstSeenAt: at + index,
      publishedAt: at,
    });
    const facts = place === undefined ? [] : [eventIn(place)];
    const reading = { article: stored, sentences: [], facts };
    await store.articles.save(
      { reading, keys: [`guid:${index}`], fingerprint: print(), storyId, said: '' },
      NOON,
    );
  }
}

function eventIn(name: string): PlaceFact {
  return {
    kind: 'place',
    value: { name, admin: name, country: 'SY', kind: 'settlement', role: 'event', toldBy: 'sentence' },
    evidence: '',
    start: 0,
    end: 0,
    sentence: { start: 0, end: 0 },
    speaker: null,
    hedge: null,
    scope: 'event',
  };
}

const BUDGETS = Array.from({ length: 40 }, (_, at) => ({
  title: `Budget vote ${at}`,
  body: 'The council spoke.',
  daysAgo: 1 + (at % 9),
}));

describe.each(ENGINES)('/watch test on $name', (engine) => {
  test('says what a query would have found, how often, and with which telling words', async () => {
    await using store = await freshStore(engine);
    await archive(store, [
      { title: 'Commandos raid a house in Homs', body: 'Helicopters came.', daysAgo: 2, story: 'A' },
      { title: 'Raid in Homs by Commandos', body: 'A second wire.', daysAgo: 2, story: 'A' },
      { title: 'New raid in Homs', body: 'Commandos landed.', daysAgo: 4 },
      ...BUDGETS,
    ]);
    const answer = await asker(store)('/watch test "raid" "Homs"');
    expect(answer).toContain(
      '3 articles of 43 stored articles would have alerted: about 0.2 stories a day since',
    );
    expect(answer).toContain('Commandos raid a house in Homs https://news.example/raid (Northern Wire, ');
    expect(answer).toContain('“Commandos” (3 of 3; 0 elsewhere)');
    expect(await store.watches.list('terminal')).toEqual([]);
  });

  test('counts no stories that were there when a feed was read for the first time', async () => {
    await using store = await freshStore(engine);
    await archive(store, [
      { title: 'Raid in Homs', body: 'News.', daysAgo: 1 },
      { title: 'Old raid in Homs', body: 'News.', daysAgo: 700 },
      { title: 'Older raid in Homs', body: 'News.', daysAgo: 701 },
    ]);
    const feed = (await store.feeds.list())[0];
    if (feed === undefined) throw new Error('no feed');
    const leased = (await store.feeds.leaseNow(feed.id, { now: NOON, leaseMs: 1 })) ?? feed;
    await store.feeds.polled(pollRecord(leased, { at: NOON - 2 * DAY_MS }));
    const answer = await asker(store)('/watch test "raid"');
    expect(answer).toContain(
      '3 articles of 3 stored articles would have alerted: about 1.0 stories a day since',
    );
  });

  test('stays quick for a query of a hundred words', async () => {
    await using store = await freshStore(engine);
    const words = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ');
    await archive(store, [{ title: words, body: 'News.', daysAgo: 1 }]);
    const answer = await asker(store)(`/watch test ${words} -drill`);
    expect(answer).toContain('1 article of 1 stored article would have alerted');
  });

  test('groups what one thing kept out by that thing', async () => {
    await using store = await freshStore(engine);
    await archive(store, [
      { title: 'Raid in Homs', body: 'News.', daysAgo: 1 },
      { title: 'Raid in Hama', body: 'News.', daysAgo: 1 },
      { title: 'Raid in Tartus', body: 'News.', daysAgo: 2 },
      { title: 'Raid drill in Homs', body: 'News.', daysAgo: 2 },
    ]);
    const answer = await asker(store)('/watch test "raid" "Homs" -drill');
    expect(answer).toContain('1 article of 4 stored articles would have alerted');
    expect(answer).toContain('3 near-misses:');
    expect(answer).toMatch(/Raid in Hama .*\): lacks "Homs", as 1 more/);
    expect(answer).toMatch(/Raid drill in Homs .*\): kept out by -drill/);
  });

  test('says how plain words are read, and what names are called besides', async () => {
    await using store = await freshStore(engine);
    await archive(store, [{ title: 'Quiet day', body: 'Nothing at all.', daysAgo: 1, place: 'Idlib' }]);
    const answer = await asker(store)('/watch test Idlib');
    expect(answer).toContain('1 article of 1 stored article would have alerted');
    expect(answer).toMatch(/Read as .*place:Idlib/);
    expect(answer).toMatch(/Idlib is also found as .*Edlib/);
  });

  test('points at what it can not read', async () => {
    await using store = await freshStore(engine);
    expect(await asker(store)('/watch test (raid')).toContain('This “(” is never closed.');
  });
});

describe.each(ENGINES)('/watch misses on $name', (engine) => {
  test('lists what almost alerted this channel, and only this one', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    expect(await ask('/watch misses')).toContain('nothing has almost alerted this channel');
    await ask('/watch add "bombing"');
    await store.watches.put(
      {
        workspace: 'slack:T1',
        name: 'theirs',
        query: 'bombing',
        channels: ['slack:C1'],
        origin: 'chat',
        createdBy: null,
      },
      NOON,
    );
    await archive(store, [{ title: 'Bombing at the box office', body: 'A film.', daysAgo: 1 }]);
    const [found] = await store.articles.newest(1, null);
    const doubt = { tells: 'film or book', found: 'box office', span: { start: 15, end: 25 } };
    const watches = [...(await store.watches.list('terminal')), ...(await store.watches.list('slack:T1'))];
    const matches = watches.map(({ id }) => ({
      watchId: id,
      spans: [],
      rank: 40,
      isNearMiss: true,
      doubts: [doubt],
    }));
    if (found !== undefined) await store.articles.saveMatches(found, matches);
    const answer = await ask('/watch misses');
    expect(answer).toContain('Bombing at the box office https://news.example/raid (Northern Wire, ');
    expect(answer).toContain('"bombing": “box office” tells of film or book');
    expect(answer).not.toContain('theirs');
  });
});
