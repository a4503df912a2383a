import { describe, expect, test } from '@jest/globals';
import type { Ping } from '../src/model/ping.ts';
import type { Store } from '../src/store/store.ts';
import { item as fact } from './support/articles.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from './support/newsroom.ts';
import { change, DISCORD, newAlert, openOutbox, SLACK } from './support/outbox.ts';
import { item, NOON, newsroom, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const MINUTE_MS = 60_000;
const ROLE = '700000000000000001';
const DESK: Ping[] = [`discord:role:${ROLE}`, 'slack:group:S0DESK'];
const CALLED = { slack: ['<!subteam^S0DESK>'], discord: [`<@&${ROLE}>`] };
const KILLED = [{ label: 'Casualties' as const, items: [fact('at least 9 killed')] }];

type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** Whom the messages of both news channels called, threads included, in the order of the messages. */
function called({ slack, discord }: Outbox): { slack: string[]; discord: string[] } {
  const inSlack = slack.sees(SLACK_CHANNEL).flatMap((message) => [message, ...message.replies]);
  const inDiscord = discord.sees(DISCORD_CHANNEL).flatMap((message) => [message, ...message.thread]);
  return {
    slack: inSlack.flatMap(({ pings }) => pings),
    discord: inDiscord.flatMap(({ pings }) => pings),
  };
}

async function told(store: Store, outbox: Outbox, headline: string, ping: Ping[] = DESK) {
  const alert = await newAlert(store, outbox.now(), headline, { severity: 'normal' }, { ping });
  await outbox.send();
  return alert;
}

describe.each(ENGINES)('an alert that calls somebody on $name', (engine) => {
  test('does so with its first message, and not with news, edits or further sources', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await told(store, outbox, 'Raid');
    expect(called(outbox)).toEqual(CALLED);
    outbox.pass(20 * MINUTE_MS);
    await change(store, alert, { headline: 'Raid kills 9', lines: KILLED }, outbox.now(), DESK);
    await outbox.send();
    expect(called(outbox)).toEqual({ slack: [], discord: CALLED.discord });
    expect(outbox.slack.sees(SLACK_CHANNEL)).toMatchObject([
      { text: expect.stringContaining('Raid kills 9'), edited: true, replies: [{ pings: [] }] },
    ]);
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toMatchObject([{ edited: true, thread: [{ pings: [] }] }]);
  });

  test('does so again in its thread when the story becomes graver, but not within 15 minutes', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await told(store, outbox, 'Raid');
    outbox.pass(14 * MINUTE_MS);
    await change(store, alert, { severity: 'high' }, outbox.now(), DESK);
    await outbox.send();
    outbox.pass(2 * MINUTE_MS);
    await change(store, alert, { severity: 'critical' }, outbox.now(), DESK);
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL)).toMatchObject([
      {
        replies: [
          { text: expect.stringContaining('high, was normal'), pings: [] },
          { text: expect.stringContaining('critical, was high'), pings: CALLED.slack },
        ],
      },
    ]);
    expect(outbox.discord.sees(DISCORD_CHANNEL)).toMatchObject([
      { thread: [{ pings: [] }, { pings: CALLED.discord }] },
    ]);
  });

  test('does so once though answers are lost, and though nothing arrived at first', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    for (const kind of ['cut-after', 'cut-before'] as const) {
      outbox.slack.fault('chat.postMessage', { kind });
      outbox.discord.fault(/^POST \/channels/, { kind });
      await told(store, outbox, `Raid ${kind}`);
      for (let round = 0; round < 3; round += 1) {
        outbox.pass(MINUTE_MS / 2);
        await outbox.send();
      }
    }
    expect(called(outbox)).toEqual({
      slack: [...CALLED.slack, ...CALLED.slack],
      discord: [...CALLED.discord, ...CALLED.discord],
    });
  });

  test('calls nobody else, whatever the feed says', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const hostile = `@everyone @here <@&${ROLE}0> <@1> <!channel> <!here> <@U1> <!subteam^S1> @channel`;
    const ping = [...DESK, 'here'];
    const alert = await newAlert(
      store,
      outbox.now(),
      hostile,
      { severity: 'normal', lead: [hostile], outlet: hostile, watches: [hostile] },
      { ping },
    );
    await outbox.send();
    const both = { slack: [...CALLED.slack, '<!here>'], discord: [...CALLED.discord, '@here'] };
    expect(called(outbox)).toEqual(both);
    outbox.pass(20 * MINUTE_MS);
    const graver = { severity: 'critical' as const, headline: `${hostile} again`, outlet: hostile };
    await change(store, alert, graver, outbox.now(), ping);
    await outbox.send();
    // @here is heard in a channel alone, so Slack shows this reply there too.
    expect(new Set(called(outbox).slack)).toEqual(new Set(both.slack));
    expect(called(outbox).discord).toEqual([...both.discord, ...both.discord]);
    // A refused message is sent as plain words, in which Discord could not tell our @here from the feed's.
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await newAlert(
      store,
      outbox.now(),
      `${hostile} ${'x'.repeat(300)}`,
      {
        link: 'ftp://wire.example/raid',
      },
      { ping },
    );
    await outbox.send();
    const [slack, discord] = [
      outbox.slack.sees(SLACK_CHANNEL).at(-1),
      outbox.discord.sees(DISCORD_CHANNEL).at(-1),
    ];
    expect(slack?.pings).toEqual(both.slack);
    expect(discord?.pings).toEqual(CALLED.discord);
  });

  test('makes no sound in quiet hours, unless they let a critical one through', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const silentFlags = () =>
      outbox.discord.calls
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
        .map(({ body }) => ((body as { flags?: number }).flags ?? 0) & 4096);
    for (const channel of [SLACK, DISCORD])
      await store.channels.set(channel, { quiet: '00:00-23:59 silent' });
    await told(store, outbox, 'Night raid');
    expect(called(outbox)).toEqual({ slack: [], discord: [] });
    expect(silentFlags()).toEqual([4096]);
    for (const channel of [SLACK, DISCORD])
      await store.channels.set(channel, { quiet: '00:00-23:59 critical only' });
    await newAlert(store, outbox.now(), 'Grave raid', { severity: 'critical' }, { ping: DESK });
    await outbox.send();
    expect(called(outbox)).toEqual(CALLED);
    expect(silentFlags()).toEqual([4096, 0]);
  });

  test('calls nobody from a message that it shares with others', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    for (let at = 1; at <= 9; at += 1)
      await newAlert(store, outbox.now(), `Raid ${at}`, { severity: 'normal' }, { ping: DESK });
    await outbox.send();
    expect(outbox.slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    expect(called(outbox)).toEqual({ slack: [], discord: [] });
  });

  test('does so once for several rises after a moderator deleted its message', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await told(store, outbox, 'Raid');
    for (const { ts } of outbox.slack.sees(SLACK_CHANNEL)) outbox.slack.removeMessage(SLACK_CHANNEL, ts);
    for (const { id } of outbox.discord.sees(DISCORD_CHANNEL))
      outbox.discord.removeMessage(DISCORD_CHANNEL, id);
    outbox.pass(20 * MINUTE_MS);
    await change(store, alert, { severity: 'high' }, outbox.now(), DESK);
    await change(store, alert, { severity: 'critical' }, outbox.now(), DESK);
    await outbox.send();
    expect(called(outbox)).toEqual(CALLED);
    expect(await store.deliveries.counts([SLACK, DISCORD])).toMatchObject({ waiting: 0, parked: 0 });
  });

  test('calls those whom its watch names, and with the news of a graver toll again', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'times' }]);
    await room.publish('wire');
    await room.publish('times');
    await room.watch('Idlib', 'Atme', 'slack:C1');
    const [watch] = await store.watches.list('w');
    await store.watches.call(watch?.id ?? '', ['slack:user:U1'], room.now() + 1);
    await room.publish('wire', item(RAID.title, RAID.html.replace(/At least 5.*said\./, '')));
    const calls = async () => {
      const rows = [];
      for (const lease of await store.deliveries.leaseChannels(room.now() + MINUTE_MS, 1_000, 10)) {
        const next = await store.deliveries.next(lease.channel, room.now() + MINUTE_MS);
        if (next === null) continue;
        rows.push([next.kind, next.ping]);
        await store.deliveries.sent(lease, next, 'm1', room.now());
        await store.deliveries.release(lease);
      }
      return rows;
    };
    expect(await calls()).toEqual([['post', ['slack:user:U1']]]);
    const graver = RAID.html.replace('At least 5', 'At least 90');
    await room.publish('times', item(RAID.title, graver));
    expect([...(await calls()), ...(await calls())]).toEqual([
      ['edit', []],
      ['reply', ['slack:user:U1']],
    ]);
  });
});

describe.each(ENGINES)('a story that calls somebody on $name', (engine) => {
  const HOUR_MS = 60 * MINUTE_MS;
  const killed = (count: number, publishedAt: number) =>
    item(
      `Raid near Atme kills ${count}`,
      `A raid on a house near Atme on Thursday killed at least ${count} people, the monitor said. It hit the village before dawn.`,
      { publishedAt, link: `https://world${count}.example/raid` },
    );

  /** A newsroom whose watch calls somebody in Slack, and how often each message did when it was sent. */
  async function calling(store: Store, query: string) {
    const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }, { name: 'post' }]);
    await room.watch('news', query, SLACK);
    for (const name of ['wire', 'world', 'post']) await room.publish(name);
    const [watch] = await store.watches.list('w');
    await store.watches.call(watch?.id ?? '', ['slack:user:U1'], room.now() + 1);
    const sent = () => room.outbox.slack.calls.filter(({ method }) => method === 'chat.postMessage');
    return {
      ...room,
      calls: () => sent().map(({ args }) => JSON.stringify(args).split('<@U1>').length - 1),
    };
  }

  test('does not do so for news that comes in a new message after 48 hours', async () => {
    await using store = await freshStore(engine);
    await using room = await calling(store, 'raid');
    await room.tell('wire', { ...RAID, publishedAt: NOON });
    await room.pass(49 * HOUR_MS);
    await room.tell('world', killed(6, NOON + 48 * HOUR_MS));
    expect(room.slack()).toHaveLength(2);
    expect(room.calls()).toEqual([1, 0]);
  });

  test('does so once in 15 minutes, also where it rises in one message and goes on in the next', async () => {
    await using store = await freshStore(engine);
    await using room = await calling(store, 'raid');
    await room.tell('wire', { ...RAID, publishedAt: NOON });
    await room.pass(48 * HOUR_MS - 6 * MINUTE_MS);
    await room.tell('world', killed(30, NOON + 47 * HOUR_MS));
    expect(room.calls()).toEqual([1, 1]);
    await room.pass(5 * MINUTE_MS);
    await room.tell('post', killed(400, NOON + 48 * HOUR_MS));
    expect(room.slack()).toHaveLength(2);
    expect(room.calls()).toEqual([1, 1, 0]);
  });

  test('does so once in 15 minutes, also where people merged two that had called', async () => {
    await using store = await freshStore(engine);
    await using room = await calling(store, 'raid OR flood');
    await room.tell('wire', RAID);
    await room.pass(20 * MINUTE_MS);
    await room.tell(
      'world',
      item('Flood in Quito', 'Rivers rose in Quito. Twelve people died, police said.'),
    );
    await room.ask('story merge flood into raid near');
    await room.tell('post', killed(400, NOON));
    expect(room.slack()[0]?.replies.at(-1)?.text).toContain('was normal');
    expect(room.calls()).toEqual([1, 1, 0]);
  });

  test('does so when quiet hours let it through, because it has become critical', async () => {
    await using store = await freshStore(engine);
    await using room = await calling(store, 'raid');
    await store.channels.set(SLACK, { quiet: '00:00-23:59 critical only' });
    await room.tell('wire', RAID);
    expect(room.calls()).toEqual([]);
    await room.tell('world', killed(145, NOON));
    expect(room.calls()).toEqual([1]);
  });
});
