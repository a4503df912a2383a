import { describe, expect, test } from '@jest/globals';
import { exportTold } from '../src/export-told.ts';
import type { Store } from '../src/store/store.ts';
import { DISCORD, SLACK } from './support/outbox.ts';
import { item, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const SECOND = item(
  'Second raid near Atme',
  'Troops raided a house near Atme on Thursday, residents said. At least 2 brothers were wounded, the monitor said.',
);
const DESK = ['discord:role:700000000000000001', 'slack:group:S0DESK'];

/** Two raids in one message of each channel; the first message calls the desk. */
async function raided(store: Store) {
  const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }]);
  await room.watch('raids', 'raid', SLACK, DISCORD);
  const [watch] = await store.watches.list('w');
  await store.watches.call(watch?.id ?? '', DESK, room.now());
  for (const name of ['wire', 'world']) await room.publish(name);
  await room.tell('wire', RAID);
  await room.tell('world', SECOND);
  return room;
}

async function exported(store: Store) {
  const lines: string[] = [];
  await exportTold(store, (line) => lines.push(line));
  return lines.map((line) => JSON.parse(line));
}

describe.each(ENGINES)('the exported log on $name', (engine) => {
  test('has every message with its evidence, when it was sent and whom of its platform it called', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const lines = (await exported(store)).filter(({ channel }) => channel === SLACK);
    expect(lines.map(({ kind, called }) => [kind, called])).toEqual([
      ['post', ['slack:group:S0DESK']],
      ['edit', []],
      ['reply', []],
    ]);
    expect(lines[0]).toMatchObject({
      messageId: room.slack()[0]?.ts,
      sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      told: { headline: 'Raid near Atme', sources: [{ outlet: 'wire' }] },
    });
    const inDiscord = (await exported(store)).filter(({ channel }) => channel === DISCORD);
    expect(inDiscord[0].called).toEqual(['discord:role:700000000000000001']);
  });

  test('has what people corrected between the messages, by whom and when, and changes no line that it had', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const before = await exported(store);
    const splitAt = room.now();
    await room.ask('story split Second raid');
    await room.send();
    const mergedAt = room.now();
    await room.ask('story merge Second raid into raid near atme');
    await room.send();
    const lines = await exported(store);
    expect(lines.slice(0, before.length)).toEqual(before);
    expect(lines.slice(before.length).map(({ kind }) => kind)).toEqual([
      'split',
      'edit',
      'edit',
      'merge',
      'edit',
      'edit',
    ]);
    const [split, merge] = lines.filter(({ correctedAt }) => correctedAt !== undefined);
    const first = { outlet: 'wire', headline: 'Raid near Atme', link: RAID.link };
    const second = { outlet: 'world', headline: 'Second raid near Atme', link: SECOND.link };
    const by = { workspace: 'slack:T1', person: 'U0EDITOR' };
    expect(split).toMatchObject({
      ...by,
      correctedAt: new Date(splitAt).toISOString(),
      from: { article: first },
      into: { article: second },
    });
    expect(merge).toMatchObject({
      ...by,
      correctedAt: new Date(mergedAt).toISOString(),
      from: { storyId: split.into.storyId, article: second },
      into: { storyId: split.from.storyId, article: first },
    });
  });

  test('comes in pages that lose and repeat nothing', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.ask('story split Second raid');
    await room.send();
    await room.ask('story merge Second raid into raid near atme');
    await room.send();
    const all = await store.alertLog.page(1_000, null);
    const paged: typeof all = [];
    for (let page = await store.alertLog.page(2, null); page.length > 0; ) {
      paged.push(...page);
      page = await store.alertLog.page(2, page.at(-1)?.id ?? null);
    }
    expect(paged).toEqual(all);
  });

  test('agrees with what /why says of a message that called somebody', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const [post] = (await exported(store)).filter(({ channel }) => channel === SLACK);
    expect(await room.ask('why raid near')).toContain(
      `The alert was posted here ${post.sentAt}, and called the group S0DESK.`,
    );
  });
});
