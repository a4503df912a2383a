import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import type { StoredDelivery } from '../src/store/delivery-rows.ts';
import { openStore } from '../src/store/store.ts';
import { content, item } from './support/articles.ts';
import { BEGIN } from './support/begin.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from './support/newsroom.ts';
import { change, DISCORD, FORUM, newAlert, openOutbox, SLACK } from './support/outbox.ts';
import { ENGINES, folderPlace, freshStore } from './support/stores.ts';

const killed = (text: string) => [{ label: 'Casualties' as const, items: [item(text)] }];

describe.each(ENGINES)('the outbox on $name', (engine) => {
  test('stays uncertain while the look-up fails too, and posts once', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid');
    outbox.slack.fault('chat.postMessage', { kind: 'cut-after' });
    outbox.discord.fault(/^POST \/channels/, { kind: 'cut-after' });
    await outbox.send();
    outbox.slack.fault('conversations.history', { kind: 'rate-limit', retryAfterS: 1 });
    outbox.discord.fault(/^GET \/channels/, { kind: 'rate-limit', retryAfterS: 1 });
    for (let round = 0; round < 5; round += 1) {
      outbox.pass(60_000);
      await outbox.send();
    }
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ sent: 2, waiting: 0, parked: 0 });
  });

  test('sends what the alert says when the try begins, not what it said before', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid kills 5');
    const [lease] = await store.deliveries.leaseChannels(outbox.now(), 10_000, 10);
    const seen = await store.deliveries.next(lease?.channel ?? '', Number.MAX_SAFE_INTEGER);
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now());
    const begun = await store.deliveries.begin(
      lease ?? { channel: '', leaseNo: 0 },
      seen as StoredDelivery,
      BEGIN,
    );
    expect(begun?.operation).toMatchObject({ kind: 'post', content: { headline: 'Raid kills 9' } });
  });

  test('tells the next article of a story whose first message was refused', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid');
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' });
    await outbox.send();
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ parked: 1, waiting: 0 });
    expect(await store.deliveries.troubles([SLACK])).toMatchObject([
      { trouble: expect.stringContaining('something_new') },
    ]);
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now());
    outbox.pass(1_000);
    await outbox.send();
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL).map(({ text }) => text)).toEqual([
      expect.stringContaining('Raid kills 9'),
    ]);
  });

  test('decides by what the platform confirmed meanwhile, not by what it read before', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const stale = await newAlert(store, outbox.now(), 'Raid');
    await outbox.send();
    await store.alerts.change(
      { ...stale, content: content({ headline: 'Raid kills 9' }) },
      null,
      outbox.now(),
    );
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL).map(({ text }) => text)).toEqual([
      expect.stringContaining('Raid kills 9'),
    ]);
  });

  test('posts the newest words when the first message is refused while an update waits', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid');
    for (const lease of await store.deliveries.leaseChannels(outbox.now(), 1, 10)) {
      const post = await store.deliveries.next(lease.channel, Number.MAX_SAFE_INTEGER);
      await store.deliveries.begin(lease, post as StoredDelivery, BEGIN);
    }
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now());
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' });
    outbox.pass(1_000);
    await outbox.send();
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL).map(({ text }) => text)).toEqual([
      expect.stringContaining('Raid kills 9'),
    ]);
    expect(await store.deliveries.troubles([SLACK])).toMatchObject([
      { trouble: expect.stringContaining('something_new') },
    ]);
  });

  test('waits, and sets nothing aside, while a platform refuses for a while', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid');
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'message_limit_exceeded' });
    await outbox.send();
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ waiting: 1, parked: 0 });
    outbox.pass(60_000);
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
  });

  test('waits in a channel as long as its platform asks, and goes on in the others', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.slack.fault('chat.postMessage', { kind: 'rate-limit', retryAfterS: 30 });
    await newAlert(store, outbox.now(), 'Raid');
    await outbox.send();
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
    const tries = () => outbox.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    outbox.pass(29_000);
    await outbox.send();
    expect(tries()).toBe(1);
    outbox.pass(1_000);
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
  });

  test('asks Discord for nothing in any channel while all of them must wait', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.discord.fault(/^POST/, { kind: 'rate-limit', retryAfterS: 2, global: true });
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [DISCORD] });
    await outbox.send();
    const asked = outbox.discord.calls.length;
    await newAlert(store, outbox.now(), 'Flood', {}, { channels: [FORUM, SLACK] });
    await outbox.send();
    expect(outbox.discord.calls).toHaveLength(asked);
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    outbox.pass(5_000);
    await outbox.send();
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
    expect(outbox.discord.posts(FORUM.slice('discord:'.length))).toHaveLength(1);
  });

  test('goes on with the next message when one is refused', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'First');
    await newAlert(store, outbox.now(), 'Second');
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' }, 1);
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL).map(({ text }) => text)).toEqual([
      expect.stringContaining('Second'),
    ]);
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ parked: 1, sent: 1 });
  });

  test('does not look for a message that may still be on its way, even when the platform comes back', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid');
    for (const lease of await store.deliveries.leaseChannels(outbox.now(), 1, 10)) {
      const post = await store.deliveries.next(lease.channel, outbox.now());
      // The process dies here, with the request under way.
      await store.deliveries.begin(lease, post as StoredDelivery, {
        ...BEGIN,
        lateAt: outbox.now() + 15_000,
      });
    }
    outbox.pass(5_000);
    await store.deliveries.retryHeld('slack:');
    expect(await store.deliveries.leaseChannels(outbox.now(), 1, 10)).toEqual([]);
    outbox.pass(10_000);
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
  });

  test('never sends an update before the message it belongs to, even when a clock steps back', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid');
    const [lease] = await store.deliveries.leaseChannels(outbox.now(), 1, 10);
    const post = await store.deliveries.next(lease?.channel ?? '', Number.MAX_SAFE_INTEGER);
    await store.deliveries.begin(lease ?? { channel: '', leaseNo: 0 }, post as StoredDelivery, BEGIN);
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now() - 3_600_000);
    outbox.pass(1_000);
    await outbox.send();
    await outbox.send();
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ waiting: 0, parked: 0 });
    const [inSlack] = outbox.slack.sees(SLACK_CHANNEL);
    expect(inSlack?.text).toContain('Raid kills 9');
  });

  test('tells two updates of one article apart when it looks for one of them', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid');
    await outbox.send();
    await change(store, alert, { lines: killed('at least 5 killed') }, outbox.now());
    await outbox.send();
    outbox.slack.fault('chat.postMessage', { kind: 'cut-before' });
    outbox.discord.fault(/^POST \/channels/, { kind: 'cut-before' });
    await change(store, alert, { lines: killed('at least 9 killed') }, outbox.now());
    for (let round = 0; round < 3; round += 1) {
      outbox.pass(60_000);
      await outbox.send();
    }
    const inSlack = outbox.slack.sees(SLACK_CHANNEL)[0]?.replies.map(({ text }) => text);
    const inDiscord = outbox.discord.sees(DISCORD_CHANNEL)[0]?.thread.map(({ text }) => text);
    for (const told of [inSlack, inDiscord]) {
      expect(told).toEqual([
        expect.stringContaining('at least 5 killed'),
        expect.stringContaining('at least 9 killed'),
      ]);
    }
  });

  test('finds its message behind hundreds of others', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid');
    outbox.slack.fault('chat.postMessage', { kind: 'cut-after' });
    outbox.discord.fault(/^POST \/channels/, { kind: 'cut-after' });
    await outbox.send();
    for (let index = 0; index < 250; index += 1) {
      outbox.discord.say(DISCORD_CHANNEL, `chatter ${index}`);
      await outbox.slack.say({ channel: SLACK_CHANNEL, text: `chatter ${index}` });
    }
    outbox.pass(3_600_000);
    await outbox.send();
    const alerts = [...outbox.slack.sees(SLACK_CHANNEL), ...outbox.discord.sees(DISCORD_CHANNEL)].filter(
      ({ text }) => text.includes('Raid'),
    );
    expect(alerts).toHaveLength(2);
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ sent: 2, waiting: 0 });
  });

  test('resumes in Discord after a refused token is mended', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid');
    outbox.discord.fault(/^POST \/channels/, { kind: 'status', status: 401 });
    await outbox.send();
    expect(await store.deliveries.troubles([DISCORD])).toMatchObject([
      { trouble: expect.stringContaining('DISCORD_TOKEN') },
    ]);
    outbox.pass(600_000);
    await outbox.send();
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
  });
});

describe('two processes whose clocks differ', () => {
  test('never send an update before the message it belongs to', async () => {
    await using place = await folderPlace();
    if (place.location.kind !== 'folder') throw new Error('a folder was expected');
    const store = await openStore(place.location);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid');
    const [lease] = await store.deliveries.leaseChannels(outbox.now(), 1, 10);
    const post = await store.deliveries.next(lease?.channel ?? '', Number.MAX_SAFE_INTEGER);
    await store.deliveries.begin(lease ?? { channel: '', leaseNo: 0 }, post as StoredDelivery, BEGIN);
    await change(store, alert, { headline: 'Raid kills 9', lines: killed('9 killed') }, outbox.now());
    // The update comes from a process whose clock is behind: its id is the smallest.
    const database = new DatabaseSync(join(place.location.path, 'tocsin.db'));
    database.exec("update delivery set id = '00' || substr(id, 3) where kind <> 'post'");
    database.close();
    outbox.pass(1_000);
    await outbox.send();
    await outbox.send();
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ waiting: 0, parked: 0 });
    expect(outbox.slack.sees(SLACK_CHANNEL)[0]?.text).toContain('Raid kills 9');
    await store.close();
  });
});
