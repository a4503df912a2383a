import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { StoredAlert } from '../../src/store/alerts.ts';
import type { StoredDelivery } from '../../src/store/delivery-rows.ts';
import type { ChannelLease } from '../../src/store/outbox.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { content } from '../support/articles.ts';
import { BEGIN } from '../support/begin.ts';
import { SLACK_CHANNEL } from '../support/newsroom.ts';
import { newAlert, openOutbox, SLACK } from '../support/outbox.ts';
import { ENGINES } from '../support/stores.ts';

const server = ENGINES.filter(({ name }) => name === 'PostgreSQL');

/** Two processes on one database, and the outbox of the first. */
async function twoProcesses(engine: (typeof ENGINES)[number]) {
  const place = await engine.place();
  const url = place.location.kind === 'postgres' ? place.location.url : '';
  const [one, other] = [await openStore(place.location), await openStore(place.location)];
  const outbox = await openOutbox(one);
  const backstage = new pg.Client({ connectionString: url });
  await backstage.connect();
  return {
    one,
    other,
    outbox,
    backstage,
    /** Resolves when a connection waits for this: the lock of another, or its nap. */
    async whenWaiting(event: 'Lock' | 'Timeout') {
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = '${event}'`;
      while ((await backstage.query(waiting)).rowCount === 0) await new Promise(setImmediate);
    },
    async [Symbol.asyncDispose]() {
      await backstage.end();
      await outbox[Symbol.asyncDispose]();
      await one.close();
      await other.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

type Room = Awaited<ReturnType<typeof twoProcesses>>;

/** News of the alert in an open transaction, amid which the work begins; resolves to what the work did. */
async function amidNews<T>(
  { one, outbox, whenWaiting }: Room,
  alert: StoredAlert,
  work: () => Promise<T>,
): Promise<T> {
  const changed = Promise.withResolvers<void>();
  const result = changed.promise.then(work);
  await one.transaction(async (tables) => {
    await tables.alerts.change(withNews(alert), null, outbox.now());
    changed.resolve();
    await Promise.race([result, whenWaiting('Lock')]);
  });
  return result;
}

function withNews(alert: StoredAlert): StoredAlert {
  return { ...alert, content: content({ headline: 'Raid kills 9' }) };
}

async function inSlack(store: Store, { storyId }: StoredAlert): Promise<StoredAlert> {
  const found = (await store.alerts.ofStory(storyId)).find(({ channel }) => channel === SLACK);
  if (found === undefined) throw new Error('no alert');
  return found;
}

async function leaseSlack({ one, outbox }: Room): Promise<{ lease: ChannelLease; next: StoredDelivery }> {
  const leases = await one.deliveries.leaseChannels(outbox.now(), 1, 10);
  const lease = leases.find(({ channel }) => channel === SLACK);
  const next = await one.deliveries.next(SLACK, outbox.now());
  if (lease === undefined || next === null) throw new Error('nothing is due');
  return { lease, next };
}

async function sendAll({ outbox }: Room): Promise<string[]> {
  for (let turn = 0; turn < 3; turn += 1) {
    outbox.pass(60_000);
    await outbox.send();
  }
  return outbox.slack.sees(SLACK_CHANNEL).map(({ text }) => text);
}

describe.each(server)('news that comes on $name at the moment at which another process', (engine) => {
  test('folds the alert into a message of several is in that message, and nowhere else', async () => {
    await using room = await twoProcesses(engine);
    const { one, other, outbox, backstage } = room;
    const alert = await inSlack(one, await newAlert(one, outbox.now(), 'Raid'));
    const { lease } = await leaseSlack(room);
    const waiting = await one.rollUps.waiting(SLACK, outbox.now());
    await backstage.query(
      `create function nap() returns trigger language plpgsql as 'begin perform pg_sleep(0.3); return null; end';
       create trigger nap after update of content on alert for each row execute function nap()`,
    );
    const changed = one.transaction((tables) => tables.alerts.change(withNews(alert), null, outbox.now()));
    await room.whenWaiting('Timeout');
    expect(await Promise.allSettled([changed, other.rollUps.fold(lease, waiting, outbox.now())])).toEqual([
      { status: 'fulfilled' },
      { status: 'fulfilled', value: true },
    ]);
    expect(await sendAll(room)).toEqual([expect.stringMatching(/1 alert in one message.*Raid kills 9/s)]);
  });

  test('sets its first message aside becomes the first message', async () => {
    await using room = await twoProcesses(engine);
    const { one, other, outbox } = room;
    const alert = await inSlack(one, await newAlert(one, outbox.now(), 'Raid'));
    const { lease, next } = await leaseSlack(room);
    await one.deliveries.begin(lease, next, BEGIN);
    await amidNews(room, alert, () => other.deliveries.park(lease, next, 'refused', outbox.now()));
    expect(await sendAll(room)).toEqual([expect.stringContaining('Raid kills 9')]);
    expect(await one.deliveries.counts([SLACK])).toMatchObject({ parked: 1, waiting: 0 });
  });

  test('sends the first message is told', async () => {
    await using room = await twoProcesses(engine);
    const { one, outbox } = room;
    const alert = await inSlack(one, await newAlert(one, outbox.now(), 'Raid'));
    await amidNews(room, alert, outbox.send);
    expect(await sendAll(room)).toEqual([expect.stringContaining('Raid kills 9')]);
  });

  test('sends the message of several alerts is told', async () => {
    await using room = await twoProcesses(engine);
    const { one, outbox } = room;
    const alert = await inSlack(one, await newAlert(one, outbox.now(), 'Raid'));
    const { lease } = await leaseSlack(room);
    await one.rollUps.fold(lease, await one.rollUps.waiting(SLACK, outbox.now()), outbox.now());
    outbox.pass(1_000);
    await amidNews(room, alert, outbox.send);
    expect(await sendAll(room)).toEqual([expect.stringContaining('Raid kills 9')]);
  });

  test('queues again what was set aside is posted once', async () => {
    await using room = await twoProcesses(engine);
    const { one, other, outbox } = room;
    const alert = await inSlack(one, await newAlert(one, outbox.now(), 'Raid'));
    const { lease, next } = await leaseSlack(room);
    await one.deliveries.begin(lease, next, BEGIN);
    await one.deliveries.park(lease, next, 'refused', outbox.now());
    await amidNews(room, alert, () => other.deliveries.retryParked([SLACK], outbox.now()));
    expect(await sendAll(room)).toEqual([expect.stringContaining('Raid kills 9')]);
  });
});

test.each(server)(
  'processes that look for due channels at the same time on $name share them',
  async (engine) => {
    await using room = await twoProcesses(engine);
    const { one, other, outbox } = room;
    for (let at = 0; at < 40; at += 1)
      await one.deliveries.notify(`slack:C${at}`, { lines: [['hello']], buttons: [] }, outbox.now());
    const leases = await Promise.all(
      [one, other, one, other].map((store) => store.deliveries.leaseChannels(outbox.now(), 60_000, 40)),
    );
    const channels = leases.flat().map(({ channel }) => channel);
    expect(channels.length).toBe(40);
    expect(new Set(channels).size).toBe(40);
  },
);
