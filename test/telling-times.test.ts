import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../src/chat/command.ts';
import { answerInTerminal } from '../src/chat/terminal/terminal-chat.ts';
import { createKindReader } from '../src/event-kinds.ts';
import { holdAllAnew } from '../src/hold.ts';
import { createJudge } from '../src/judge.ts';
import { createLogger } from '../src/ops/log.ts';
import type { Store } from '../src/store/store.ts';
import { item, NOON, newsroom, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';

const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });
const STYLE = { width: 300, color: false, timezone: 'UTC' };
const STRIKE = item('Strike in Sarmada', 'Warplanes hit a market in Sarmada on Thursday, rescuers said.');
const NEWS = item('Raid near Atme kills 9', RAID.html?.replace('5 people', '9 people') ?? '');
const today = (hour: number, minute = 0) => Date.UTC(2022, 1, 3, hour, minute);

/** A feed, and a terminal whose person types commands. */
async function desk(store: Store, feed: { channels?: string[] } = {}) {
  const room = await newsroom(store, [{ name: 'wire', ...feed }, { name: 'world' }]);
  const deps: Omit<CommandDeps, 'feedDesk' | 'storyDesk'> = {
    store,
    knowledge: {},
    now: room.now,
    judge: createJudge(createKindReader({})),
    channelTrouble: async () => null,
    messageLink: () => null,
    holdAnew: (channels) => holdAllAnew(channels, { store, now: room.now, timezone: 'UTC' }),
    connections: () => [],
  };
  await room.publish('wire');
  await room.publish('world');
  return {
    ...room,
    ask: (words: string) => answerInTerminal(words, { deps: deps as CommandDeps, style: STYLE, log }),
    /** What the terminal gets once this time has come. */
    async toldBy(at: number): Promise<string[]> {
      await room.passUntil(at);
      return room.told('terminal');
    },
  };
}

describe.each(ENGINES)('alerts that wait for their time on $name', (engine) => {
  test('are told at once when the quiet hours end by a command', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch quiet 11:00-14:00 hold');
    await room.publish('wire', RAID);
    expect(await room.toldBy(today(12, 30))).toEqual([]);
    await room.ask('/watch quiet off');
    expect(await room.toldBy(today(12, 31))).toEqual(['post: Raid near Atme [raid]']);
  });

  test('leave the night quiet when there is news of what was told, and follow when the quiet hours end', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.publish('wire', RAID);
    expect(await room.toldBy(today(12, 30))).toEqual(['post: Raid near Atme [raid]']);
    await room.ask('/watch quiet 12:30-14:00 hold');
    await room.publish('world', NEWS);
    expect(await room.toldBy(today(12, 50))).toEqual([expect.stringMatching(/^edit/)]);
    const replies = (told: string[]) => told.filter((line) => line.startsWith('reply'));
    await room.ask('/watch quiet 12:30-13:00 hold');
    expect(replies(await room.toldBy(today(12, 58)))).toEqual([]);
    expect(replies(await room.toldBy(today(13, 1)))).toHaveLength(1);
  });

  test('leave the night quiet also when the page behind an article was read meanwhile', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.publish('wire', RAID);
    await room.toldBy(today(12, 30));
    await room.ask('/watch quiet 12:30-14:00 hold');
    await room.publish('world', NEWS);
    const [alert] = await store.alerts.ofChannel('terminal', 1);
    await store.alerts.release(alert?.storyId ?? '', room.now());
    expect(await room.toldBy(today(12, 50))).toEqual([expect.stringMatching(/^edit/)]);
  });

  test('come in one message at the end of their batch', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid OR strike');
    await room.ask('/watch when batch 15m');
    await room.publish('wire', RAID, STRIKE);
    expect(await room.toldBy(today(12, 14))).toEqual([]);
    expect(await room.toldBy(today(12, 15))).toEqual([
      expect.stringMatching(/^roll-up: .*2 alerts in this digest/),
    ]);
  });

  test('wait for the digest of their watch when only the quiet hours are over', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch when digest 13:00 for raid');
    await room.ask('/watch quiet 11:00-14:00 hold');
    await room.publish('wire', RAID);
    await room.ask('/watch quiet off');
    expect(await room.toldBy(today(12, 59))).toEqual([]);
    expect(await room.toldBy(today(13))).toEqual(['post: Raid near Atme [raid]']);
  });

  test('follow the times of their watch and the zone of their channel when these change', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch when digest 18:00');
    await room.publish('wire', RAID);
    await room.ask('/watch when digest 20:00');
    expect(await room.toldBy(today(18, 1))).toEqual([]);
    // Eight in the evening in Berlin is seven in Greenwich.
    await room.ask('/watch zone Europe/Berlin');
    expect(await room.toldBy(today(18, 59))).toEqual([]);
    expect(await room.toldBy(today(19))).toEqual(['post: Raid near Atme [raid]']);
  });

  test('are told at once when their watch is', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch when digest 18:00');
    await room.publish('wire', RAID);
    await room.ask('/watch when realtime');
    expect(await room.toldBy(today(12, 30))).toEqual(['post: Raid near Atme [raid]']);
  });

  test('are not told for a watch that was removed meanwhile', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch add strike');
    await room.ask('/watch when digest 18:00 for raid');
    await room.ask('/watch when digest 18:00 for strike');
    await room.publish('wire', RAID, STRIKE);
    await room.ask('/watch remove raid');
    expect(await room.toldBy(today(18))).toEqual(['post: Strike in Sarmada [strike]']);
    expect(await room.ask('/why Raid near Atme')).toContain('This channel was told nothing of its story');
  });

  test('are told for the other watch, at its time, when one of two was removed', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch add Atme');
    await room.ask('/watch when digest 13:00 for raid');
    await room.ask('/watch when digest 18:00 for Atme');
    await room.publish('wire', RAID);
    await room.ask('/watch remove raid');
    expect(await room.toldBy(today(13))).toEqual([]);
    expect(await room.toldBy(today(18))).toEqual(['post: Raid near Atme [Atme]']);
  });

  test('are told where the channel gets all of the feed, whatever watch was removed', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store, { channels: ['terminal'] });
    await room.ask('/watch add raid');
    await room.ask('/watch quiet 11:00-14:00 hold');
    await room.publish('wire', RAID);
    await room.ask('/watch remove raid');
    expect(await room.toldBy(today(14))).toEqual(['post: Raid near Atme []']);
  });

  test('are told when the watch is there again by their time', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch when digest 18:00');
    await room.publish('wire', RAID);
    await room.ask('/watch remove raid');
    await room.ask('/watch add raid');
    expect(await room.toldBy(today(18))).toEqual(['post: Raid near Atme [raid]']);
  });

  test('are told from the start when another watch finds a story that a removed one waited with', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add raid');
    await room.ask('/watch when digest 13:00');
    await room.publish('wire', RAID);
    await room.ask('/watch remove raid');
    expect(await room.toldBy(today(13))).toEqual([]);
    await room.ask('/watch add Atme');
    await room.publish('world', { ...RAID, guid: 'copy', link: 'https://world.example/copy' });
    expect(await room.told('terminal')).toEqual(['post: Raid near Atme [Atme]']);
  });

  test('are told in quiet hours for what is critical once an article that no watch finds makes them that', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    await room.ask('/watch add troops');
    await room.ask('/watch quiet 11:00-14:00 critical');
    await room.publish('wire', RAID);
    expect(await room.toldBy(today(12, 30))).toEqual([]);
    const toll =
      'A raid on a house near Atme on Thursday killed at least 145 people, the monitor said. It hit the village before dawn.';
    await room.publish(
      'world',
      item('Raid near Atme kills 145', toll, { link: 'https://world.example/raid' }),
    );
    const [alert] = await store.alerts.ofChannel('terminal', 1);
    expect(alert?.content.severity).toBe('critical');
    expect(await room.toldBy(today(12, 45))).toEqual([expect.stringMatching(/^post: Raid near Atme/)]);
  });

  test('follow the operator’s file when it changes', async () => {
    await using store = await freshStore(engine);
    const room = await desk(store);
    const fromFile = (telling: string) =>
      store.watches.syncConfig(
        [{ name: 'raid', query: 'raid', channels: ['terminal'], telling }],
        room.now(),
      );
    await fromFile('digest 18:00');
    await room.publish('wire', RAID);
    await fromFile('digest 13:00');
    await holdAllAnew(null, { store, now: room.now, timezone: 'UTC' });
    expect(await room.toldBy(today(13))).toEqual(['post: Raid near Atme [raid]']);
  });
});
