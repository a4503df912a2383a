import { describe, expect, test } from '@jest/globals';
import type { Store } from '../src/store/store.ts';
import { SLACK } from './support/outbox.ts';
import { item, NOON, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const HOUR_MS = 3_600_000;
const RAIDS = { name: 'raids', query: 'raid', channels: [SLACK] };
const RENAMED = { ...RAIDS, name: 'Raids in Syria' };

const ids = async (store: Store) =>
  new Map((await store.watches.list('config')).map(({ id, name }) => [name, id]));

async function fileRoom(store: Store, ...watches: Parameters<Store['watches']['syncConfig']>[0]) {
  const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }]);
  await store.watches.syncConfig(watches, room.now());
  for (const name of ['wire', 'world']) await room.publish(name);
  return room;
}

describe.each(ENGINES)('a watch that the file gives another name on $name', (engine) => {
  test('tells what was held for it, under its new name', async () => {
    await using store = await freshStore(engine);
    const telling = 'digest 8:00';
    await using room = await fileRoom(store, { ...RAIDS, telling });
    await room.tell('wire', RAID);
    expect(room.slack()).toHaveLength(0);
    await store.watches.syncConfig([{ ...RENAMED, telling }], room.now());
    await room.pass(25 * HOUR_MS);
    await room.send();
    expect(room.slack().map(({ text }) => text)).toEqual([expect.stringContaining('Raid near Atme')]);
    const [alert] = await store.alerts.ofChannel(SLACK, 1);
    expect(alert?.content.watches).toEqual(['Raids in Syria']);
  });

  test('goes on to tell what is new of its stories, in their messages', async () => {
    await using store = await freshStore(engine);
    await using room = await fileRoom(store, RAIDS);
    await room.tell('wire', RAID);
    await store.watches.syncConfig([RENAMED], room.now());
    const toll = item(
      'Toll near Atme rises',
      'Troops entered a house near Atme on Thursday, residents said. At least 9 people were killed, the monitor said.',
    );
    await room.tell('world', toll);
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain('Watch: Raids in Syria ·');
    expect(
      room
        .slack()[0]
        ?.replies.map(({ text }) => text)
        .join(),
    ).toContain('At least 9 people');
  });

  test('is the same watch, also when only its capitals changed or two swapped their names', async () => {
    await using store = await freshStore(engine);
    const sync = async (...names: string[]) => {
      const queries = ['raid', 'flood', 'quake'];
      const entries = names.map((name, at) => ({
        name,
        query: queries[at] ?? '',
        channels: [SLACK, 'terminal'],
      }));
      await store.watches.syncConfig(entries, NOON);
      const known = await ids(store);
      return names.map((name) => known.get(name));
    };
    const first = await sync('raids', 'floods', 'quakes');
    expect(await sync('Raids', 'floods', 'quakes')).toEqual(first);
    expect(await sync('floods', 'Raids', 'earthquakes')).toEqual(first);
    await store.watches.syncConfig([{ ...RAIDS, name: 'Raids', channels: ['terminal', SLACK] }], NOON);
    expect([...(await ids(store)).values()]).toEqual(first.slice(0, 1));
  });

  test('leaves another watch of that name alone', async () => {
    await using store = await freshStore(engine);
    await using room = await fileRoom(store, RAIDS);
    await room.watchIn('slack:T1', 'raids', 'Atme', SLACK);
    await room.tell('wire', RAID);
    await store.watches.syncConfig([RENAMED], room.now());
    const [alert] = await store.alerts.ofChannel(SLACK, 1);
    expect(alert?.content.watches).toEqual(['Raids in Syria', 'raids']);
    await store.watches.syncConfig([], room.now());
    await room.tell('world', { ...RAID, html: `${RAID.html} Two were detained.` });
    expect(room.slack()[0]?.replies).toHaveLength(1);
  });

  test('is another one when it asks for something else', async () => {
    await using store = await freshStore(engine);
    await store.watches.syncConfig([RAIDS], NOON);
    const before = (await ids(store)).get('raids');
    await store.watches.syncConfig([{ ...RENAMED, query: 'raid Syria' }], NOON);
    expect((await ids(store)).get('Raids in Syria')).not.toBe(before);
  });
});
