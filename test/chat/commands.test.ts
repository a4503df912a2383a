import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { COMMANDS, understand } from '../../src/chat/command-table.ts';
import { watchCommand } from '../../src/chat/commands/watch.ts';
import { discordCommands } from '../../src/chat/discord/definitions.ts';
import { slackManifest } from '../../src/chat/slack/manifest.ts';
import { answerInTerminal } from '../../src/chat/terminal/terminal-chat.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { holdAllAnew } from '../../src/hold.ts';
import { createJudge } from '../../src/judge.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { Store } from '../../src/store/store.ts';
import { article, print } from '../support/articles.ts';
import { feedOf, pollRecord } from '../support/feeds.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });
const STYLE = { width: 100, color: false, timezone: 'UTC' };

/** Without the polling side, which these commands do not use. */
function depsOn(store: Store): CommandDeps {
  const deps: Omit<CommandDeps, 'feedDesk' | 'storyDesk'> = {
    store,
    knowledge: {},
    now: () => NOON,
    judge: createJudge(createKindReader({})),
    channelTrouble: async () => null,
    messageLink: () => null,
    holdAnew: (channels) => holdAllAnew(channels, { store, now: () => NOON, timezone: 'UTC' }),
    connections: () => ['Slack: connected'],
  };
  return deps as CommandDeps;
}

function asker(store: Store, deps: Partial<CommandDeps> = {}) {
  return (words: string) =>
    answerInTerminal(words, { deps: { ...depsOn(store), ...deps }, style: STYLE, log });
}

async function storeArticles(store: Store, articles: [title: string, body: string][]): Promise<void> {
  await store.subscriptions.syncConfig([feedOf('https://a.example/rss', { name: 'A' })], NOON);
  const feedId = (await store.feeds.list())[0]?.id ?? '';
  for (const [index, [title, body]] of articles.entries()) {
    const storyId = await store.stories.create(NOON);
    const stored = article(title, body, { id: `a${index}`, feedId, firstSeenAt: NOON + index });
    const reading = { article: stored, sentences: [], facts: [] };
    await store.articles.save(
      { reading, keys: [`guid:${index}`], fingerprint: print(), storyId, said: '' },
      NOON,
    );
  }
}

describe.each(ENGINES)('commands on $name', (engine) => {
  test('/watch add saves a watch for this channel and says what it would have matched', async () => {
    await using store = await freshStore(engine);
    await storeArticles(store, [
      ['Raid in Idlib', 'Body.'],
      ['Budget vote', 'Body.'],
    ]);
    const answer = await asker(store)('/watch add Idlib');
    expect(answer).toContain('Watching Idlib in this channel');
    expect(answer).toContain('It matches 1 of the newest 2 stored articles.');
    expect(await store.watches.list('terminal')).toMatchObject([
      { name: 'Idlib', channels: ['terminal'], origin: 'chat' },
    ]);
  });

  test('/watch when, quiet and zone say what they took, and what to type instead', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    expect(await ask('/watch when digest 8:00')).toContain('no watch of this workspace yet');
    await ask('/watch add Idlib');
    expect(await ask('/watch when digest 6pm, 8:00 for idlib')).toContain('Idlib is told digest 08:00,18:00');
    expect(await ask('/watch list')).toContain('Idlib, digest 08:00,18:00');
    expect(await ask('/watch when realtime')).toContain('Idlib is told realtime');
    await ask('/watch add Aleppo');
    expect(await ask('/watch when realtime')).toContain(
      'end the command with “for” and one of Aleppo, Idlib',
    );
    expect(await ask('/watch when realtime for Homs')).toContain('No watch is called “Homs”');
    expect(await ask('/watch when tomorrow for Idlib')).toContain('digest 08:00,18:00');
    expect(await ask('/watch quiet')).toContain('No quiet hours here');
    expect(await ask('/watch quiet 22-7')).toContain('22:00-07:00 hold');
    expect(await ask('/watch quiet')).toContain('22:00-07:00 hold');
    expect(await ask('/watch quiet off')).toContain('No quiet hours here any more');
    expect(await ask('/watch zone berlin')).toContain('Europe/Berlin');
  });

  test('/watch ping says whom it calls, and what to type instead', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    await ask('/watch add Idlib');
    expect(await ask('/watch ping bell')).toContain('Idlib calls who is here from now on');
    expect(await ask('/watch list')).toContain('Idlib, calls who is here');
    expect(await ask('/watch ping everyone for Idlib')).toContain('I call nobody who is away');
    expect(await ask('/watch ping Ada for Idlib')).toContain(
      'I do not know whom “Ada” is.\nWrite bell or off.',
    );
    expect(await ask('/watch ping me for Homs')).toContain('No watch is called “Homs”');
    expect(await ask('/watch ping off for idlib')).toContain('Idlib calls nobody any more');
    expect(await store.watches.list('terminal')).toMatchObject([{ ping: [] }]);
  });

  test('/watch add twice is one watch', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    await ask('/watch add Idlib');
    expect(await ask('/watch add idlib')).toContain('already watches Idlib');
    expect(await store.watches.list('terminal')).toHaveLength(1);
  });

  test('/watch add never changes another watch, however alike the names would be', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    const long = `"${'a very long query '.repeat(6)}" OR`;
    await ask(`/watch add ${long} Idlib`);
    await ask(`/watch add ${long} Atme`);
    await ask('/watch add Idlib OR raid');
    await ask('/watch add idlib or raid');
    const watches = await store.watches.list('terminal');
    expect(watches.map(({ query }) => query).sort()).toEqual(
      [`${long} Idlib`, `${long} Atme`, 'Idlib OR raid', 'idlib or raid'].sort(),
    );
    expect(new Set(watches.map(({ name }) => name.toLowerCase())).size).toBe(4);
  });

  test('/watch add in a second channel adds the channel to the same watch', async () => {
    await using store = await freshStore(engine);
    const add = watchCommand.actions[0]?.run;
    for (const channel of ['slack:C1', 'slack:C2']) {
      await add?.(
        {
          ...{ workspace: 'slack:T1', channel, person: 'U1', mayCallAll: true },
          argument: 'Idlib',
          attachment: null,
        },
        depsOn(store),
      );
    }
    expect(await store.watches.list('slack:T1')).toMatchObject([
      { name: 'Idlib', channels: ['slack:C1', 'slack:C2'] },
    ]);
  });

  test('/watch add with a query that can not be read shows where and what to do, and saves nothing', async () => {
    await using store = await freshStore(engine);
    const answer = await asker(store)('/watch add (Idlib OR raid');
    expect(answer).toMatch(/\(Idlib OR raid\n\s*\^/);
    expect(await store.watches.list('terminal')).toEqual([]);
  });

  test('/watch add says when the channel can not be posted to, and still saves the watch', async () => {
    await using store = await freshStore(engine);
    const answer = await asker(store, { channelTrouble: async () => 'I am not in this channel.' })(
      '/watch add Idlib',
    );
    expect(answer).toContain('But I am not in this channel.');
    expect(await store.watches.list('terminal')).toHaveLength(1);
  });

  test('/watch list shows the own watches and those of the file that post here, never those of others', async () => {
    await using store = await freshStore(engine);
    const file = [
      { name: 'Raids', query: 'raids OR raid', channels: ['terminal'] },
      { name: 'Elsewhere', query: 'x', channels: ['slack:C1'] },
    ];
    await store.watches.syncConfig(file, NOON);
    const foreign = { workspace: 'slack:T1', name: 'Secret', query: 'secret', channels: ['slack:C1'] };
    await store.watches.put({ ...foreign, origin: 'chat', createdBy: 'U1' }, NOON);
    const ask = asker(store);
    await ask('/watch add Idlib');
    const answer = await ask('/watch list');
    expect(answer).toContain('• Idlib → here');
    expect(answer).toContain('• Raids raids OR raid → here (from the configuration file)');
    expect(answer).not.toMatch(/Secret|Elsewhere/);
  });

  test('/watch remove ends a watch by its name, and says so when there is none', async () => {
    await using store = await freshStore(engine);
    const ask = asker(store);
    await ask('/watch add Idlib');
    expect(await ask('/watch remove Atme')).toContain('No watch is called “Atme”.');
    expect(await ask('/watch remove IDLIB')).toContain('No longer watching Idlib.');
    expect(await store.watches.list('terminal')).toEqual([]);
    await ask('/watch add Idlib');
    expect(await store.watches.list('terminal')).toHaveLength(1);
  });

  test('/watch remove leaves a watch of the file, and says who can take it out', async () => {
    await using store = await freshStore(engine);
    await store.watches.syncConfig([{ name: 'Raids', query: 'raids', channels: ['terminal'] }], NOON);
    expect(await asker(store)('/watch remove Raids')).toContain('comes from the configuration file');
    expect(await store.watches.list(null)).toHaveLength(1);
  });

  test('/news finds stored articles, newest first, by the rules of a watch', async () => {
    await using store = await freshStore(engine);
    await storeArticles(store, [
      ['Raid in Idlib', 'Troops landed.'],
      ['Somalia votes', 'Ballots were cast.'],
      ['Second raid near Atme, Idlib', 'More troops landed.'],
    ]);
    const answer = await asker(store)('/news Idlib raids');
    expect(answer.indexOf('Second raid')).toBeGreaterThanOrEqual(0);
    expect(answer.indexOf('Second raid')).toBeLessThan(answer.indexOf('Raid in Idlib'));
    expect(answer).toContain('Troops landed.');
    expect(await asker(store)('/news Mali')).toContain('Nothing about “Mali” in 3 stored articles.');
  });

  test('/news finds an article older than a whole page of newer ones', async () => {
    await using store = await freshStore(engine);
    const filler = Array.from({ length: 600 }, (_, index): [string, string] => [
      `Filler ${index}`,
      'Nothing.',
    ]);
    await storeArticles(store, [
      ['The needle', 'Found.'],
      ...(engine.name === 'SQLite' ? filler : filler.slice(0, 510)),
    ]);
    expect(await asker(store)('/news needle')).toContain('The needle');
  });

  test('/status says how feeds, messages and connections are', async () => {
    await using store = await freshStore(engine);
    await storeArticles(store, [['Raid in Idlib', 'Body.']]);
    const [feed] = await store.feeds.leaseDue({ now: NOON, leaseMs: 1_000, limit: 1 });
    const outcome = { kind: 'failed', error: 'a.example does not answer.' } as const;
    await store.feeds.polled(pollRecord(feed, outcome, { nextPollAt: NOON + 300_000 }));
    const answer = await asker(store)('/status');
    expect(answer).toContain('1 feed: 0 read, 0 not polled yet, 1 failing.');
    expect(answer).toContain('• A: a.example does not answer. Next try in 5 min.');
    expect(answer).toContain('1 article stored.');
    expect(answer).toContain('Messages: 0 sent, 0 waiting, 0 set aside.');
    expect(answer).toContain('Slack: connected');
  });
});

describe('the command table', () => {
  test.each([
    ['', 'I do not know “”'],
    ['wtach add Idlib', 'I do not know “wtach”. I know /watch, /story, /why, /feeds, /news, /status, /help.'],
    [
      'watch',
      'Type /watch add <query> or /watch test <query> or /watch misses or /watch when <times> or /watch quiet [hours] or /watch zone <zone> or /watch ping <whom> or /watch list or /watch remove <name>.',
    ],
    ['watch add', 'Type /watch add <query>'],
    ['news', 'Type /news <query>'],
  ])('answers “/%s” with what to type instead', (words, problem) => {
    expect(understand(words)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('takes everything after the action as the query, as typed', () => {
    expect(understand('watch add  "Deir  ez-Zor" OR Raqqa')).toMatchObject({
      argument: '"Deir  ez-Zor" OR Raqqa',
    });
    expect(understand('WATCH Add Idlib')).toMatchObject({ argument: 'Idlib' });
  });

  test('/help names every command', async () => {
    await using store = await freshStore(ENGINES[0] as (typeof ENGINES)[number]);
    const answer = await asker(store)('/help');
    for (const { name } of COMMANDS) expect(answer).toContain(`/${name}`);
  });

  test('is what the shipped Slack manifest offers', () => {
    expect(JSON.parse(readFileSync('config/slack-manifest.json', 'utf8'))).toEqual(slackManifest());
  });

  test('keeps the names that Slack reserves out of the manifest and reachable through /tocsin', () => {
    const names = slackManifest().features.slash_commands.map(({ command }) => command);
    expect(names).toEqual(['/watch', '/story', '/why', '/feeds', '/news', '/tocsin']);
  });

  test('is what Discord offers, within its limits', () => {
    const commands = discordCommands();
    expect(commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
    for (const { description } of commands) expect(description.length).toBeLessThanOrEqual(100);
  });

  test('is what README lists', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { name, actions } of COMMANDS) {
      for (const action of actions)
        expect(readme).toContain(`\`/${[name, action.name].filter((word) => word !== null).join(' ')}`);
    }
  });
});
