import { describe, expect, test } from '@jest/globals';
import type { Store } from '../src/store/store.ts';
import { DISCORD, FORUM, SLACK } from './support/outbox.ts';
import { item, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const SECOND = item(
  'Second raid near Atme',
  'Troops raided a house near Atme on Thursday, residents said. At least 2 brothers were wounded, the monitor said.',
);
const MORE_KILLED = item('Raid near Atme kills 9', RAID.html?.replace('5 people', '9 people') ?? '');
const HOUR_MS = 3_600_000;
const FLOOD = item(
  'Flood in Quito',
  'Rivers rose in Quito, Ecuador, after a night of rain. Twelve people died, police said.',
);
const FEEDS = [{ name: 'wire' }, { name: 'world' }, { name: 'post' }];

/** A newsroom whose Slack channel has this watch. */
async function following(store: Store, query: string) {
  const room = await toldRoom(store, FEEDS);
  await room.watch('news', query, SLACK);
  for (const { name } of FEEDS) await room.publish(name);
  return room;
}

/** A raid and, taken for it, a second one: one message in each channel, with both as its sources. */
async function mistaken(store: Store) {
  const room = await toldRoom(store, FEEDS);
  await room.watch('news', 'raid OR flood', SLACK, DISCORD);
  for (const { name } of FEEDS) await room.publish(name);
  await room.tell('wire', RAID);
  await room.tell('world', SECOND);
  expect(room.slack().map(({ text }) => text)).toEqual([
    expect.stringContaining('[2] world: Second raid near Atme'),
  ]);
  return room;
}

describe.each(ENGINES)('/story split on $name', (engine) => {
  test('takes an article off the message, and posts nothing that readers have seen', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    expect(await room.ask('story split Second raid')).toContain(
      'Second raid near Atme (world) is a story of its own now',
    );
    await room.send();
    for (const seen of [room.slack(), room.discord()]) {
      expect(seen).toHaveLength(1);
      expect(seen[0]?.text).not.toContain('Second raid');
      expect(seen[0]?.text).not.toContain('brothers');
      expect(seen[0]?.text).toContain('Raid near Atme');
    }
  });

  test('lets news of what was split off come in a message of its own, and news of the rest in the old one', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.ask('story split Second raid');
    const again =
      'Troops raided a house near Atme on Thursday, residents said. At least 2 brothers were wounded, and at least 3 people were detained, the monitor said.';
    await room.tell('post', item('Second raid near Atme: brothers wounded', again));
    expect(room.slack()).toHaveLength(2);
    expect(room.slack()[1]?.text).toContain('[1] world: Second raid near Atme');
    expect(room.slack()[1]?.text).toContain('[2] post: Second raid near Atme: brothers wounded');
    await room.tell('post', MORE_KILLED);
    expect(room.slack()).toHaveLength(2);
    expect(room.slack()[0]?.text).toContain('Raid near Atme kills 9');
    expect(room.slack()[1]?.text).not.toContain('kills 9');
  });

  test('leaves news to the story that has the nearer article, also where both would take it', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.tell('world', { ...RAID, link: 'https://world.example/raid' });
    await room.ask('story split https://wire.example/Raid%20near%20Atme');
    const html = `${RAID.html} At least 3 people were detained, the monitor said.`;
    await room.tell('post', { ...RAID, link: 'https://post.example/raid', html });
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain('] post: Raid near Atme');
  });

  test('holds when the article is revised', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.ask('story split Second raid');
    await room.tell('world', { ...SECOND, title: 'Second raid near Atme, updated' });
    expect(room.slack()[0]?.text).not.toContain('updated');
  });

  test('gives the message another headline when its own leaves', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    const before = room.slack()[0];
    await room.ask('story split https://wire.example/Raid%20near%20Atme');
    await room.send();
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]).toMatchObject({
      ts: before?.ts,
      text: expect.stringMatching(/^Second raid near Atme/),
    });
    expect(room.slack()[0]?.text).not.toContain('At least 5 people');
  });

  test('tells at once what no reader has seen yet', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, FEEDS);
    await room.watch('news', 'raid', SLACK);
    for (const { name } of FEEDS) await room.publish(name);
    await room.publish('wire', RAID);
    await room.publish('world', SECOND);
    await room.ask('story split Second raid');
    await room.send();
    expect(room.slack().map(({ text }) => text.split('\n')[0])).toEqual([
      'Raid near Atme',
      'Second raid near Atme',
    ]);
  });

  test('tells what a message of several alerts did not name', async () => {
    await using store = await freshStore(engine);
    await using room = await following(store, 'raid OR flood OR quake OR storm OR strike');
    const titles = [
      'Flood in Lima after rain',
      'Quake shakes Oslo offices',
      'Storm closes Cairo airport',
      'Strike halts Nairobi buses',
      'Storm sinks boat off Quito',
      'Strike at Jakarta cement plant',
    ];
    await room.tell('wire', ...titles.map((title) => item(title, `${title}, officials said.`)), RAID);
    expect(room.slack()[0]?.text).toContain('Raid near Atme (wire)');
    await room.tell('world', SECOND);
    await room.ask('story split Second raid');
    await room.send();
    expect(room.slack()[0]?.text).toContain('Raid near Atme (wire)');
    expect(room.slack()[1]?.text).toMatch(/^Second raid near Atme/);
  });

  test('tells nobody of an article that no watch of the channel asks for', async () => {
    await using store = await freshStore(engine);
    await using room = await following(store, 'killed');
    await room.publish('wire', RAID);
    await room.publish('world', SECOND);
    await room.ask('story split Second raid');
    await room.tell(
      'post',
      item('Second raid near Atme: brothers detained', `${SECOND.html} They were detained.`),
    );
    expect(room.slack().map(({ text }) => text.split('\n')[0])).toEqual(['Raid near Atme']);
  });

  test('leaves a channel the article that it asked for, whichever is split off', async () => {
    await using store = await freshStore(engine);
    await using room = await following(store, 'killed');
    await room.tell('wire', RAID);
    await room.tell('world', SECOND);
    await room.ask('story split https://wire.example/Raid%20near%20Atme');
    await room.tell('post', { ...MORE_KILLED, link: 'https://post.example/raid' });
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toMatch(/^Raid near Atme/);
    expect(room.slack()[0]?.text).toContain('9 people were killed');
    expect(room.slack()[0]?.text).not.toContain('brothers');
  });

  test('posts nothing for a copy, or the page, of what was split off when they say nothing new', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.ask('story split Second raid');
    await room.tell('post', { ...SECOND, link: 'https://post.example/second' });
    await room.readPage('Second raid near Atme', `${SECOND.html} They were taken to a hospital.`);
    await room.send();
    expect(room.slack()).toHaveLength(1);
    expect(room.discord()).toHaveLength(1);
  });

  test('leaves quiet hours quiet when there is news of what was split off', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.ask('story split Second raid');
    await store.channels.set(SLACK, { quiet: '00:00-23:59 hold' });
    await room.tell(
      'post',
      item('Second raid near Atme: brothers detained', `${SECOND.html} At least 3 people were detained.`),
    );
    expect(room.slack()).toHaveLength(1);
    await room.pass(24 * HOUR_MS);
    await room.send();
    expect(room.slack()).toHaveLength(2);
  });

  test('is undone by a merge, and says so to whoever asks', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.ask('story split Second raid');
    await room.send();
    expect(await room.ask('why Second raid')).toContain(
      '“Second raid near Atme” was made a story of its own by @U0EDITOR',
    );
    expect(await room.ask('story open raid near atme')).toContain(
      '“Second raid near Atme” was taken out of this story by @U0EDITOR',
    );
    expect(await room.ask('why Second raid', { workspace: 'discord:1', channel: DISCORD })).toContain(
      'by somebody elsewhere',
    );
    expect(await room.ask('story merge Second raid into raid near atme')).toContain('are one story now');
    await room.send();
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain('[2] world: Second raid near Atme');
    expect(room.slack()[0]?.replies).toHaveLength(1);
  });

  test('says what it can not do', async () => {
    await using store = await freshStore(engine);
    await using room = await mistaken(store);
    await room.tell('post', FLOOD);
    expect(await room.ask('story split Flood')).toContain('No other article tells its story');
    expect(await room.ask('story split landslide')).toContain('No stored article of a feed that you follow');
    expect(await room.ask('story merge raid')).toContain('Put “into” between the two');
    expect(await room.ask('story merge raid into landslide')).toContain('about “landslide”');
    expect(await room.ask('story merge Second raid into raid near')).toContain('one story already');
  });
});

describe.each(ENGINES)('/story merge on $name', (engine) => {
  async function two(store: Store) {
    const room = await toldRoom(store, FEEDS);
    await room.watch('news', 'raid OR flood', SLACK);
    await room.watch('floods', 'flood', DISCORD);
    for (const { name } of FEEDS) await room.publish(name);
    await room.tell('wire', RAID);
    await room.tell('world', FLOOD);
    expect(room.slack()).toHaveLength(2);
    expect(room.discord()).toHaveLength(1);
    return room;
  }
  const MORE = item(
    'Quito flood',
    'Rivers rose in Quito, Ecuador, after a night of rain. Fifteen people died, police said.',
  );

  test('keeps both messages and lets news go to one of them', async () => {
    await using store = await freshStore(engine);
    await using room = await two(store);
    expect(await room.ask('story merge flood into raid near')).toContain(
      'News of it comes with Raid near Atme',
    );
    await room.tell('post', MORE);
    expect(room.slack()).toHaveLength(2);
    const [raid, flood] = room.slack();
    expect(raid?.text).toContain('[2] world: Flood in Quito');
    expect(raid?.replies.map(({ text }) => text).join()).toContain('Fifteen people died');
    expect(flood).toMatchObject({ edited: false, replies: [] });
  });

  test('goes on in the only message that a channel has', async () => {
    await using store = await freshStore(engine);
    await using room = await two(store);
    await room.ask('story merge flood into raid near');
    await room.tell('post', MORE);
    expect(room.discord()).toHaveLength(1);
    expect(
      room
        .discord()[0]
        ?.thread.map(({ text }) => text)
        .join(),
    ).toContain('Fifteen people died');
  });

  test('says, asked in a post of a forum, with which of its posts news comes', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, FEEDS);
    await room.watch('news', 'raid OR flood', FORUM);
    for (const { name } of FEEDS) await room.publish(name);
    await room.tell('wire', RAID);
    await room.tell('world', FLOOD);
    const channel = `discord:${room.forum()[1]?.id}`;
    const inPost = { workspace: 'discord:1', channel, forum: FORUM };
    expect(await room.ask('story merge flood into raid near', inPost)).toContain(
      'News of it comes with Raid near Atme',
    );
    await room.tell('post', MORE);
    const [raid, flood] = room.forum().map(({ messages }) => messages.map(({ text }) => text).join());
    expect(raid).toContain('Fifteen people died');
    expect(flood).not.toContain('Fifteen people died');
  });

  test('is undone by a split, after which each message has its own news again', async () => {
    await using store = await freshStore(engine);
    await using room = await two(store);
    await room.ask('story merge flood into raid near');
    await room.send();
    await room.ask('story split flood');
    await room.tell('post', MORE);
    const [raid, flood, ...others] = room.slack();
    expect(others).toEqual([]);
    expect(raid?.text).not.toContain('Flood');
    expect(raid?.replies).toEqual([]);
    expect(flood?.replies.map(({ text }) => text).join()).toContain('Fifteen people died');
  });

  test('leaves quiet hours quiet: what was held is told in the thread at their end', async () => {
    await using store = await freshStore(engine);
    await using room = await following(store, 'raid OR flood');
    await room.tell('wire', RAID);
    await store.channels.set(SLACK, { quiet: '00:00-23:59 hold' });
    await room.tell('world', FLOOD);
    await room.ask('story merge flood into raid near');
    await room.send();
    expect(room.slack()).toMatchObject([{ replies: [] }]);
    await room.pass(24 * HOUR_MS);
    await room.send();
    expect(
      room
        .slack()[0]
        ?.replies.map(({ text }) => text)
        .join(),
    ).toContain('Twelve people died');
  });

  test('goes to the message that is heard when the other is muted', async () => {
    await using store = await freshStore(engine);
    await using room = await two(store);
    await room.ask('story mute raid near');
    expect(await room.ask('story merge flood into raid near')).toContain(
      'News of it comes with Flood in Quito',
    );
    await room.tell('post', MORE);
    expect(room.slack()[1]?.replies).toHaveLength(1);
  });
});

describe.each(ENGINES)('stories that others read too, on $name', (engine) => {
  test('are corrected only by who follows all of their feeds', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'wire' }, { name: 'world', workspace: 'slack:T1' }]);
    await room.watchIn('slack:T1', 'news', 'raid', SLACK);
    for (const name of ['wire', 'world']) await room.publish(name);
    await room.tell('wire', RAID);
    await room.tell('world', SECOND);
    const stranger = { workspace: 'discord:9', channel: DISCORD, person: '9' };
    expect(await room.ask('story split Second raid', stranger)).toContain('No stored article');
    expect(await room.ask('story split Raid near', stranger)).toContain('Not all of its articles');
    expect(await room.ask('story open Raid near', stranger)).toContain('No alert of this channel');
    expect(await room.ask('story split Second raid')).toContain('is a story of its own now');
    expect(await room.ask('why Raid near', stranger)).not.toContain('Second raid');
  });
});
