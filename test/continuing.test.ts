import { describe, expect, test } from '@jest/globals';
import { DISCORD_CHANNEL, GUILD, SLACK_CHANNEL } from './support/newsroom.ts';
import { DISCORD, FORUM, SLACK } from './support/outbox.ts';
import { item, NOON, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const HOUR_MS = 3_600_000;

const later = (title: string, toll: number, more = {}) =>
  item(
    title,
    `Troops raided a house near Atme on Thursday, residents said. At least ${toll} people were killed, the monitor said.`,
    { publishedAt: NOON + 49 * HOUR_MS, ...more },
  );
const NEWS = later('Toll of the raid near Atme rises', 9);
const COPY = later('Raid near Atme: what is known', 5);

type Room = Awaited<ReturnType<typeof toldRoom>>;

const postsOf = (room: Room) => room.forum().map(({ messages }) => messages.map(({ text }) => text));

async function raided(store: Parameters<typeof toldRoom>[0], raid = RAID) {
  const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }, { name: 'post' }]);
  await room.watch('raids', 'raid Atme', SLACK, DISCORD, FORUM);
  for (const name of ['wire', 'world', 'post']) await room.publish(name);
  await room.tell('wire', { ...raid, publishedAt: NOON });
  expect(room.slack()).toHaveLength(1);
  return room;
}

describe.each(ENGINES)('a story whose message is older than 48 hours, on $name', (engine) => {
  test('goes on in a new message that links the old one and says only what is new', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const [inSlack] = room.slack();
    const [inDiscord] = room.discord();
    await room.pass(49 * HOUR_MS);
    await room.tell('world', NEWS);
    expect(room.slack()).toHaveLength(2);
    expect(room.discord()).toHaveLength(2);
    const [old, next] = room.slack();
    expect(old).toMatchObject({ edited: false, replies: [], text: inSlack?.text });
    expect(next?.text).toContain('Toll of the raid near Atme rises');
    expect(next?.text).toContain('Continues Raid near Atme, told here');
    expect(next?.text).toContain('At least 9 people were killed');
    expect(next?.links).toContainEqual({
      label: 'Raid near Atme',
      url: `https://newsroom.slack.com/archives/${SLACK_CHANNEL}/p${inSlack?.ts.replace('.', '')}`,
    });
    expect(room.discord()[1]?.links).toContainEqual(
      expect.objectContaining({
        url: `https://discord.com/channels/${GUILD}/${DISCORD_CHANNEL}/${inDiscord?.id}`,
      }),
    );
  });

  test('goes on in a forum in a new post that links the old one, also when that was archived meanwhile', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const [old] = room.forum();
    room.outbox.discord.closeThread(old?.id ?? '');
    await room.pass(49 * HOUR_MS);
    await room.tell('world', NEWS);
    const [before, next] = room.forum();
    expect(before).toEqual({ ...old, archived: true });
    expect(next).toMatchObject({ name: 'Toll of the raid near Atme rises', messages: [{}] });
    expect(next?.messages[0]?.text).toContain('Continues Raid near Atme, told here');
    expect(next?.messages[0]?.links).toContainEqual({
      label: 'Raid near Atme',
      url: `https://discord.com/channels/${GUILD}/${old?.id}`,
    });
    await room.tell('post', later('Raid near Atme kills 11', 11));
    expect(postsOf(room)).toEqual([
      [expect.stringContaining('At least 5 people')],
      [expect.stringContaining('Continues Raid near Atme'), expect.stringContaining('At least 11 people')],
    ]);
  });

  test('says there which count is brought up to date', async () => {
    await using store = await freshStore(engine);
    const exact = ({ title, html }: typeof RAID) => item(title, html?.replace('At least ', '') ?? '');
    await using room = await raided(store, exact(RAID));
    await room.pass(49 * HOUR_MS);
    await room.tell('world', { ...exact(NEWS), publishedAt: NEWS.publishedAt });
    expect(room.slack()[1]?.text).toContain(
      '“5 people were killed” — the monitor [1] → “9 people were killed” — the monitor [2]',
    );
  });

  test('then changes the new message and leaves the old one alone', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.pass(49 * HOUR_MS);
    await room.tell('world', NEWS);
    await room.tell('post', later('Raid near Atme kills 11', 11), COPY);
    expect(room.slack()).toHaveLength(2);
    const [old, next] = room.slack();
    expect(old).toMatchObject({ edited: false, replies: [] });
    expect(next?.edited).toBe(true);
    expect(next?.text).toContain('Continues Raid near Atme');
    expect(next?.text).not.toContain('At least 5 people');
    expect(next?.replies.map(({ text }) => text).join()).toContain('At least 11 people');
    expect(next?.replies.map(({ text }) => text).join()).not.toContain('At least 5 people');
    expect(next?.text).toContain('3 sources');
  });

  test('gets no new message for a further source that says nothing new', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.pass(49 * HOUR_MS);
    await room.tell('world', COPY);
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]).toMatchObject({ edited: true, replies: [] });
    expect(room.slack()[0]?.text).toContain('world');
  });

  test('is changed in place until then', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.pass(47 * HOUR_MS);
    await room.tell('world', NEWS);
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.replies).toHaveLength(1);
  });

  test('stays quiet where its message was deleted or it is muted', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.ask('story mute raid near');
    await room.pass(49 * HOUR_MS);
    await room.tell('world', NEWS);
    expect(room.slack()).toHaveLength(1);
    expect(room.discord()).toHaveLength(2);
    expect(await room.ask('story unmute raid near')).toContain('hears of Raid near Atme again');
    await room.send();
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain('At least 9 people were killed');
  });

  test.each([
    ['stays quiet', 9, 0],
    ['is told anew when it has risen in severity', 900, 1],
  ])('%s where somebody deleted its message, and nobody had noticed', async (_what, toll, messages) => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    for (const { ts } of room.slack()) room.outbox.slack.removeMessage(SLACK_CHANNEL, ts);
    for (const { id } of room.discord()) room.outbox.discord.removeMessage(DISCORD_CHANNEL, id);
    await room.pass(49 * HOUR_MS);
    await room.tell('world', later('Toll of the raid near Atme rises', toll));
    await room.tell('post', later('Raid near Atme kills more', toll + 1));
    for (const seen of [room.slack(), room.discord()]) {
      expect(seen).toHaveLength(messages);
      if (messages > 0) expect(seen[0]?.text).toContain(`At least ${toll + 1} people`);
    }
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ waiting: 0, parked: 0 });
  });

  test('waits for the hours of its digest, and shares its message', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const [watch] = await store.watches.list('w');
    await store.watches.tellWhen(watch?.id ?? '', 'digest 8:00', room.now());
    await room.pass(49 * HOUR_MS);
    await room.tell(
      'world',
      NEWS,
      item('Second raid in Lima', 'Police raided a bank near Atme, a street of Lima.'),
    );
    expect(room.slack()).toHaveLength(1);
    await room.pass(24 * HOUR_MS);
    await room.send();
    expect(room.slack()).toHaveLength(2);
    expect(room.slack()[1]?.text).toContain('Toll of the raid near Atme rises');
    expect(room.slack()[1]?.text).toMatch(/goes on from|Continues/);
  });

  test('goes on from the old message for another watch, when the one that waited for its digest was removed', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    const [watch] = await store.watches.list('w');
    await store.watches.tellWhen(watch?.id ?? '', 'digest 8:00', room.now());
    await room.pass(49 * HOUR_MS);
    await room.tell('world', NEWS);
    await store.watches.remove(watch?.id ?? '', room.now());
    await room.pass(24 * HOUR_MS);
    await room.send();
    expect(room.slack()).toHaveLength(1);
    await room.watch('deaths', 'killed', SLACK);
    await room.tell('post', later('Raid near Atme kills 11', 11));
    expect(room.slack()).toHaveLength(2);
    expect(room.slack()[1]?.text).toContain('Continues Raid near Atme, told here');
  });

  test('is posted once when the answer to its new message is lost', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.pass(49 * HOUR_MS);
    room.outbox.slack.fault('chat.postMessage', { kind: 'cut-after' }, 1);
    room.outbox.discord.fault(/^POST .*messages$/, { kind: 'cut-after' });
    room.outbox.discord.fault(/^POST .*threads$/, { kind: 'cut-after' });
    await room.tell('world', NEWS);
    await room.send();
    await room.send();
    expect(room.slack()).toHaveLength(2);
    expect(room.discord()).toHaveLength(2);
    expect(room.forum()).toHaveLength(2);
    expect(await store.deliveries.counts([SLACK, DISCORD, FORUM])).toMatchObject({ waiting: 0, parked: 0 });
  });
});
