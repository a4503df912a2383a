import { describe, expect, test } from '@jest/globals';
import type { AlertContent } from '../src/model/alert.ts';
import type { StoredAlert } from '../src/store/alerts.ts';
import type { Store } from '../src/store/store.ts';
import { content } from './support/articles.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from './support/newsroom.ts';
import { change, DISCORD, newAlert, openOutbox, SLACK } from './support/outbox.ts';
import { item, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const MINUTE_MS = 60_000;

type Outbox = Awaited<ReturnType<typeof openOutbox>>;

function shown({ slack, discord }: Outbox): { slack: string[]; discord: string[] } {
  return {
    slack: slack.sees(SLACK_CHANNEL).map(({ text }) => text),
    discord: discord.sees(DISCORD_CHANNEL).map((message) => JSON.stringify(message)),
  };
}

/** A moderator deletes everything in both channels. */
function deleteAll({ slack, discord }: Outbox): void {
  for (const { ts } of slack.sees(SLACK_CHANNEL)) slack.removeMessage(SLACK_CHANNEL, ts);
  for (const { id } of discord.sees(DISCORD_CHANNEL)) discord.removeMessage(DISCORD_CHANNEL, id);
}

/** The story rises in severity, in both channels. */
async function rise(
  store: Store,
  { storyId }: StoredAlert,
  more: Partial<AlertContent>,
  now: number,
): Promise<void> {
  for (const alert of await store.alerts.ofStory(storyId)) {
    const risen = { ...alert, content: content({ severity: 'high', ...more }) };
    await store.alerts.change(risen, null, now, { isRise: true });
  }
}

/** An alert whose messages somebody deleted after they were posted. */
async function deletedAlert(store: Store, outbox: Outbox): Promise<StoredAlert> {
  const alert = await newAlert(store, outbox.now(), 'Raid in Sarmada');
  await outbox.send();
  deleteAll(outbox);
  return alert;
}

describe.each(ENGINES)('a message that a moderator deleted on $name', (engine) => {
  test('stays deleted: its story goes quiet in that channel, and nothing is set aside', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await deletedAlert(store, outbox);
    for (const headline of ['Raid kills 5', 'Raid kills 9']) {
      await change(store, alert, { headline }, outbox.now());
      await outbox.send();
      outbox.pass(MINUTE_MS);
    }
    expect(shown(outbox)).toEqual({ slack: [], discord: [] });
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ sent: 2, waiting: 0, parked: 0 });
  });

  test('is followed by a new one once its story has risen in severity', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await deletedAlert(store, outbox);
    await change(store, alert, { headline: 'Raid kills 5' }, outbox.now());
    await outbox.send();
    await rise(store, alert, { headline: 'Raid kills 90' }, outbox.now());
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('Raid kills 90')]);
    expect(shown(outbox).discord).toEqual([expect.stringContaining('Raid kills 90')]);
  });

  test('is followed by a new one when that very edit tells of a rise', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await deletedAlert(store, outbox);
    await change(store, alert, { headline: 'Raid kills 5' }, outbox.now());
    await rise(store, alert, { headline: 'Raid kills 90' }, outbox.now());
    await outbox.send();
    const { slack, discord } = shown(outbox);
    expect(slack).toEqual([expect.stringContaining('Raid kills 90')]);
    expect(discord).toEqual([expect.stringContaining('Raid kills 90')]);
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ waiting: 0, parked: 0 });
  });

  test('stays deleted where its readers had seen the rise before', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    await rise(store, alert, { headline: 'Raid kills 90' }, outbox.now());
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('Raid kills 90')]);
    deleteAll(outbox);
    await change(store, alert, { headline: 'Raid kills 91' }, outbox.now());
    await outbox.send();
    expect(shown(outbox)).toEqual({ slack: [], discord: [] });
  });
});

describe.each(ENGINES)('a deleted message whose story rises in quiet hours on $name', (engine) => {
  const killed = (count: number) =>
    item(
      `Raid near Atme kills ${count}`,
      `Troops raided a house near Atme. At least ${count} people were killed, the monitor said.`,
    );

  test.each(['noticed before', 'noticed by that'])('waits for their end when it is %s', async (notice) => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watch('raids', 'raid', SLACK);
    for (const name of ['wire', 'world']) await room.publish(name);
    await room.tell('wire', RAID);
    for (const { ts } of room.slack()) room.outbox.slack.removeMessage(SLACK_CHANNEL, ts);
    if (notice === 'noticed before') await room.tell('world', killed(6));
    await store.channels.set(SLACK, { quiet: '00:00-23:59 hold' });
    await room.tell('world', killed(900));
    expect(room.slack()).toEqual([]);
    await room.pass(24 * 60 * MINUTE_MS);
    await room.send();
    expect(room.slack()).toMatchObject([{ text: expect.stringContaining('At least 900 people') }]);
  });
});

describe.each(ENGINES)('a message of several alerts that a moderator deleted on $name', (engine) => {
  async function flooded(store: Store, outbox: Outbox): Promise<StoredAlert> {
    for (let at = 1; at <= 9; at += 1) await newAlert(store, outbox.now(), `Raid number ${at}.`);
    const last = await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    expect(shown(outbox).slack).toHaveLength(1);
    deleteAll(outbox);
    return last;
  }

  test('stays deleted: its stories go quiet, and further alerts of the flood have another', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const last = await flooded(store, outbox);
    for (const headline of ['Raid kills 5', 'Raid kills 9']) {
      await change(store, last, { headline }, outbox.now());
      await outbox.send();
      outbox.pass(MINUTE_MS);
    }
    expect(shown(outbox)).toEqual({ slack: [], discord: [] });
    const tries = outbox.slack.calls.filter(({ method }) => method === 'chat.update');
    expect(tries).toHaveLength(1);
    for (let at = 1; at <= 7; at += 1) await newAlert(store, outbox.now(), `Strike number ${at}.`);
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('7 alerts in one message')]);
  });

  test('gives only the story that rises in severity a message of its own', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const last = await flooded(store, outbox);
    await rise(store, last, { headline: 'Raid in Sarmada kills 90' }, outbox.now());
    await outbox.send();
    const { slack, discord } = shown(outbox);
    for (const messages of [slack, discord]) {
      expect(messages).toEqual([expect.stringContaining('Raid in Sarmada kills 90')]);
      expect(messages[0]).not.toContain('Raid number');
    }
    await change(store, last, { headline: 'Raid in Sarmada kills 91' }, outbox.now());
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('kills 91')]);
  });
});

describe.each(ENGINES)('a message of several alerts that was set aside on $name', (engine) => {
  test('is sent once when somebody asks, also where a later one has told it', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' }, 1);
    for (let at = 1; at <= 8; at += 1) await newAlert(store, outbox.now(), `Raid number ${at}.`);
    await outbox.send();
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ parked: 1, sent: 0 });
    await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await store.deliveries.retryParked([SLACK], outbox.now());
    for (let turn = 0; turn < 3; turn += 1) {
      outbox.pass(MINUTE_MS);
      await outbox.send();
    }
    expect(shown(outbox).slack.filter((text) => text.includes('Raid number 3.'))).toHaveLength(1);
    expect(shown(outbox).slack.filter((text) => text.includes('Raid in Sarmada'))).toHaveLength(1);
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ parked: 0, waiting: 0 });
  });
});
