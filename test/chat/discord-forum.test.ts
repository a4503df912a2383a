import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import { item } from '../support/articles.ts';
import { change, FORUM, FORUM_CHANNEL, newAlert, openOutbox } from '../support/outbox.ts';
import { item as article, RAID } from '../support/pipeline-room.ts';
import { ENGINES, freshStore } from '../support/stores.ts';
import { toldRoom } from '../support/told-room.ts';

const HERE = { channels: [FORUM] };
const IN_SYRIA = [
  { label: 'Where' as const, items: [item('Atme, Idlib, Syria', { resolvedFrom: 'near Atme' })] },
];
const KILLED = [{ label: 'Casualties' as const, items: [item('at least 9 killed')] }];

type Outbox = Awaited<ReturnType<typeof openOutbox>>;

const posts = ({ discord }: Outbox) => discord.posts(FORUM_CHANNEL);

/** Everything that waits is tried, and again after each pause. */
async function sendAll(outbox: Outbox): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await outbox.send();
    outbox.pass(60_000);
  }
}

describe.each(ENGINES)('a Discord forum on $name', (engine) => {
  test('gets one post for a story, with its tags, and what is new in the post', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const content = { severity: 'high' as const, topics: ['counterterrorism-raid'], lines: IN_SYRIA };
    const alert = await newAlert(store, outbox.now(), 'Raid near Atme', content, HERE);
    await outbox.send();
    expect(posts(outbox)).toMatchObject([
      {
        name: 'Raid near Atme',
        tags: ['High', 'Counterterrorism raid', 'Syria'],
        messages: [{ text: expect.stringContaining('Atme, Idlib, Syria'), edited: false }],
      },
    ]);
    await change(store, alert, { headline: 'Raid near Atme kills 9', lines: KILLED }, outbox.now());
    await outbox.send();
    expect(posts(outbox)).toMatchObject([
      {
        messages: [
          { text: expect.stringContaining('Raid near Atme kills 9'), edited: true },
          { text: expect.stringContaining('at least 9 killed') },
        ],
      },
    ]);
  });

  test('shows a rise in severity among the tags, and leaves those that people chose', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const high = { severity: 'high' as const, lines: IN_SYRIA };
    const alert = await newAlert(store, outbox.now(), 'Raid', high, HERE);
    await outbox.send();
    await change(store, alert, { severity: 'critical' }, outbox.now());
    await outbox.send();
    expect(posts(outbox)).toMatchObject([{ tags: ['critical', 'Syria'] }]);
  });

  test.each(['is still listed', 'was archived meanwhile'])(
    'gets a post once whose answer was lost and which %s',
    async (fate) => {
      await using store = await freshStore(engine);
      await using outbox = await openOutbox(store);
      await newAlert(store, outbox.now(), 'Raid', {}, HERE);
      outbox.discord.fault(/^POST .*threads$/, { kind: 'cut-after' });
      await outbox.send();
      if (fate === 'was archived meanwhile') outbox.discord.closeThread(posts(outbox)[0]?.id ?? '');
      await sendAll(outbox);
      expect(posts(outbox)).toHaveLength(1);
      expect(await store.deliveries.counts([FORUM])).toMatchObject({ sent: 1, waiting: 0, parked: 0 });
    },
  );

  test('gets a post that never arrived, though another of ours is there', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'First raid', {}, HERE);
    await outbox.send();
    await newAlert(store, outbox.now(), 'Second raid', {}, HERE);
    outbox.discord.fault(/^POST .*threads$/, { kind: 'cut-before' });
    await outbox.send();
    await sendAll(outbox);
    expect(posts(outbox).map(({ name }) => name)).toEqual(['First raid', 'Second raid']);
  });

  test('has a post that was archived opened again by its news', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid', {}, HERE);
    await outbox.send();
    outbox.discord.closeThread(posts(outbox)[0]?.id ?? '');
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now());
    await sendAll(outbox);
    expect(posts(outbox)).toMatchObject([
      { archived: false, messages: [{ text: expect.stringContaining('Raid kills 9') }, {}] },
    ]);
  });

  test('lets a post rest that a moderator locked or deleted, and goes on with the next story', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const locked = await newAlert(store, outbox.now(), 'Locked raid', {}, HERE);
    const deleted = await newAlert(store, outbox.now(), 'Deleted raid', {}, HERE);
    await outbox.send();
    const [first, second] = posts(outbox);
    outbox.discord.closeThread(first?.id ?? '', true);
    outbox.discord.removeChannel(second?.id ?? '');
    await change(store, locked, { headline: 'Locked raid kills 9', lines: KILLED }, outbox.now());
    await change(store, deleted, { headline: 'Deleted raid kills 9', lines: KILLED }, outbox.now());
    await newAlert(store, outbox.now(), 'Next raid', {}, HERE);
    await sendAll(outbox);
    expect(posts(outbox).map(({ name, messages }) => [name, messages.length])).toEqual([
      ['Locked raid', 1],
      ['Next raid', 1],
    ]);
    expect(await store.deliveries.counts([FORUM])).toMatchObject({ waiting: 0, parked: 0 });
  });

  describe.each(['locked', 'deleted'])('in which a moderator %s a post', (fate) => {
    async function withdrawn(store: Store, outbox: Outbox) {
      const alert = await newAlert(store, outbox.now(), 'Raid', { severity: 'normal' }, HERE);
      await outbox.send();
      const postId = posts(outbox)[0]?.id ?? '';
      if (fate === 'locked') outbox.discord.closeThread(postId, true);
      else outbox.discord.removeChannel(postId);
      return { alert, postId };
    }
    const names = (outbox: Outbox) => posts(outbox).map(({ name }) => name);
    const before = fate === 'locked' ? ['Raid'] : [];

    test('gets a new one when its story has risen in severity', async () => {
      await using store = await freshStore(engine);
      await using outbox = await openOutbox(store);
      const { alert } = await withdrawn(store, outbox);
      await change(store, alert, { headline: 'Raid kills 90', severity: 'critical' }, outbox.now());
      await sendAll(outbox);
      expect(names(outbox)).toEqual([...before, 'Raid kills 90']);
      expect(posts(outbox).at(-1)).toMatchObject({ tags: ['critical'] });
    });

    test('gets none that goes on from it', async () => {
      await using store = await freshStore(engine);
      await using outbox = await openOutbox(store);
      const { alert, postId } = await withdrawn(store, outbox);
      const continues = { headline: 'Raid', toldAt: outbox.now(), messageId: postId, lines: [] };
      const content = { ...alert.content, headline: 'Raid kills 9', continues };
      await store.alerts.continueWith(alert, { content }, outbox.now());
      await sendAll(outbox);
      expect(names(outbox)).toEqual(before);
      expect(await store.deliveries.counts([FORUM])).toMatchObject({ waiting: 0, parked: 0 });
    });
  });

  test('gets a long headline cut to a name, and a message that it shares with others as one post', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await newAlert(store, outbox.now(), 'Raid '.repeat(40).trim(), {}, HERE);
    await outbox.send();
    expect(posts(outbox)[0]?.name).toMatch(/^(Raid )+Raid…$/);
    for (let at = 1; at <= 9; at += 1) await newAlert(store, outbox.now(), `Raid ${at}`, {}, HERE);
    await outbox.send();
    expect(posts(outbox)).toHaveLength(2);
    expect(posts(outbox)[1]).toMatchObject({
      name: '9 alerts in one message, because many came at once',
      messages: [{ text: expect.stringContaining('Raid 9') }],
    });
  });

  test('that lacks a permission says which one', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid', {}, HERE);
    await outbox.send();
    outbox.discord.deny(FORUM_CHANNEL, 'SendMessagesInThreads');
    await change(store, alert, { lines: KILLED }, outbox.now());
    await outbox.send();
    expect(await store.deliveries.troubles([FORUM])).toMatchObject([
      { trouble: expect.stringContaining('Send Messages in Threads') },
    ]);
    outbox.discord.allow(FORUM_CHANNEL, 'SendMessagesInThreads');
    outbox.pass(300_000);
    await outbox.send();
    expect(posts(outbox)[0]?.messages).toHaveLength(2);
  });
});

describe.each(ENGINES)('who types in a post of a Discord forum, on $name,', (engine) => {
  /** A forum of the configuration file, with a post that somebody can type in. */
  async function forumRoom(store: Parameters<typeof toldRoom>[0]) {
    const room = await toldRoom(store, [{ name: 'wire' }]);
    await room.watchIn('config', 'raids', 'raid', FORUM);
    await room.publish('wire');
    await room.tell('wire', RAID);
    const channel = `discord:${room.forum()[0]?.id}`;
    return { ...room, inPost: { workspace: 'discord:1', channel, forum: FORUM } };
  }

  test('is told what is wrong with the forum, and can have it tried again', async () => {
    await using store = await freshStore(engine);
    await using room = await forumRoom(store);
    room.outbox.discord.deny(FORUM_CHANNEL, 'SendMessages');
    await room.tell(
      'wire',
      article('Bank raid in Quito', 'Police raided a bank in Quito, Ecuador, on Friday.'),
    );
    expect(await room.ask('status', room.inPost)).toContain('I may not post in this channel');
    room.outbox.discord.allow(FORUM_CHANNEL, 'SendMessages');
    expect(await room.ask('status retry', room.inPost)).toContain('tried again now');
    await room.send();
    expect(room.forum()).toHaveLength(2);
  });

  test('gets no article posted there that the forum has a post of', async () => {
    await using store = await freshStore(engine);
    await using room = await forumRoom(store);
    expect(await room.ask('feeds latest wire', room.inPost)).toContain('are here already');
    await room.send();
    expect(room.forum()).toMatchObject([{ messages: [{}] }]);
  });
});
