import { describe, expect, test } from '@jest/globals';
import { SLACK } from './support/outbox.ts';
import { item, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const SECOND_MS = 1_000;

const MILD = item(
  'Troops raid a house near Atme before dawn',
  'Troops raided a house near Atme on Thursday, residents said. They left by helicopter before dawn.',
);

async function raided(store: Parameters<typeof toldRoom>[0], raid = RAID) {
  const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }, { name: 'post' }]);
  await room.watch('raids', 'raid Atme', SLACK);
  for (const name of ['wire', 'world', 'post']) await room.publish(name);
  await room.tell('wire', { ...raid, guid: 'raid' });
  expect(room.slack()).toMatchObject([
    { text: expect.stringContaining('Unconfirmed: one source'), edited: false },
  ]);
  return room;
}

describe.each(ENGINES)('the message of a story on $name', (engine) => {
  test('is edited once for all further sources of a minute', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store, MILD);
    const edits = () => room.outbox.slack.calls.filter(({ method }) => method === 'chat.update').length;
    await room.publish('world', { ...MILD, link: 'https://world.example/raid' });
    room.outbox.pass(room.now() - room.outbox.now() + 59 * SECOND_MS);
    await room.outbox.send();
    expect(edits()).toBe(0);
    await room.publish('post', { ...MILD, link: 'https://post.example/raid' });
    room.outbox.pass(SECOND_MS);
    await room.outbox.send();
    expect(edits()).toBe(1);
    expect(room.slack()).toMatchObject([
      { text: expect.stringContaining('3 sources, 3 independent (wire; world; post)'), replies: [] },
    ]);
  });

  test.each([
    [
      'a claim of responsibility',
      'world',
      item(RAID.title, `${RAID.html} The Islamic State group claimed responsibility for the raid.`, {
        link: 'https://world.example/claim',
      }),
      'Islamic State',
    ],
    [
      'a correction',
      'wire',
      { ...RAID, guid: 'raid', html: RAID.html.replace('At least 5 people', '7 people') },
      '7 people were killed',
    ],
  ])('tells %s in its thread, and shows it itself', async (_what, feed, news, words) => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.tell(feed, news);
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain(words);
    expect(room.slack()[0]?.replies.map(({ text }) => text)).toEqual([expect.stringContaining(words)]);
    expect(room.slack()[0]?.replies[0]?.text).not.toContain('Where');
  });

  test.each([
    [
      'Retraction: no raid near Atme',
      'No raid near Atme took place on Thursday, residents said.',
      'Retraction: no raid near Atme',
    ],
    [
      'Raid near Atme',
      'Wire withdraws its report of a raid near Atme. Residents said that nothing had happened.',
      'Wire withdraws its report of a raid near Atme.',
    ],
  ])(
    'tells a retraction in its thread, and shows no more what is retracted: %s',
    async (title, body, words) => {
      await using store = await freshStore(engine);
      await using room = await raided(store);
      await room.tell('wire', { ...item(title, body), guid: 'raid', link: RAID.link });
      expect(room.slack()).toHaveLength(1);
      expect(room.slack()[0]?.text).toContain(`Corrected: “${words}”`);
      expect(room.slack()[0]?.text).not.toContain('5 people were killed');
      expect(room.slack()[0]?.replies.map(({ text }) => text)).toEqual([expect.stringContaining(words)]);
    },
  );

  test('still shows what others tell when one source retracts it', async () => {
    await using store = await freshStore(engine);
    await using room = await raided(store);
    await room.tell('world', { ...RAID, link: 'https://world.example/raid' });
    const retraction = 'The Wire has retracted its report of a raid near Atme.';
    await room.tell('wire', { ...item(RAID.title, retraction), guid: 'raid', link: RAID.link });
    expect(room.slack()[0]?.text).toContain('“At least 5 people were killed” — the monitor [2]');
    expect(room.slack()[0]?.text).toContain(`“${retraction}” [1]`);
  });
});
