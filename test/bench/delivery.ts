import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/store.ts';
import { feedOf, pollRecord } from '../support/feeds.ts';
import { ENGINES, type Engine } from '../support/stores.ts';
import { tell } from './tell.ts';

const WORKER = fileURLToPath(new URL('delivery-worker.ts', import.meta.url));
/** Channels, each with a watch of its own. */
const CHANNELS = 20;
const WATCHES = ['raid', 'strike', 'bombing', 'flood', 'Atme', 'Sarmada', 'Homs', 'Lima', 'Goma', 'Odesa'];

interface Done {
  ingestedMs: number;
  totalMs: number;
  sent: number;
}

/**
 * Articles per second through every stage into the store with their alerts queued, and messages per second out of the
 * outbox to a platform that answers at once: one process on SQLite, then 1, 2 and 4 on PostgreSQL.
 */
export async function benchDelivery(argument: string | undefined): Promise<void> {
  const articles = Number(argument ?? 1_000);
  for (const engine of ENGINES) {
    for (const processes of engine.name === 'SQLite' ? [1] : [1, 2, 4])
      await run(engine, processes, articles);
  }
}

async function run(engine: Engine, processes: number, articles: number): Promise<void> {
  process.stderr.write(`delivery on ${engine.name} with ${processes} processes\n`);
  await using place = await engine.place();
  const feedIds = await prepare(place.location, processes);
  const share = Math.ceil(articles / processes);
  const workers = feedIds.map((feedId, at) => {
    const order = { location: place.location, feedId, first: at * share, articles: share, watches: CHANNELS };
    return fork(WORKER, [JSON.stringify(order)]);
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const answers = workers.map((worker) => once(worker, 'message') as Promise<[Done]>);
  const ends = workers.map((worker) => once(worker, 'exit'));
  for (const worker of workers) worker.send('go');
  const done = (await Promise.all(answers)).map(([one]) => one);
  await Promise.all(ends);
  const sent = done.reduce((sum, one) => sum + one.sent, 0);
  const ingested = Math.max(...done.map(({ ingestedMs }) => ingestedMs)) / 1_000;
  const total = Math.max(...done.map(({ totalMs }) => totalMs)) / 1_000;
  const bench = `delivery.${engine.name}.${processes}`;
  tell(bench, 'articlesPerSecond', (share * processes) / ingested);
  tell(bench, 'messages', sent);
  tell(bench, 'messagesPerSecondAfterwards', sent / Math.max(0.001, total - ingested));
}

async function prepare(location: Parameters<typeof openStore>[0], feeds: number): Promise<string[]> {
  const store = await openStore(location);
  const settings = Array.from({ length: feeds }, (_, at) =>
    feedOf(`https://wire${at}.example/rss`, { name: `Wire ${at}`, fullText: false }),
  );
  await store.exclusive((tables) => tables.subscriptions.syncConfig(settings, Date.now()));
  const list = await store.feeds.list();
  for (const feed of list) {
    const leased = await store.feeds.leaseNow(feed.id, { now: Date.now(), leaseMs: 1 });
    await store.feeds.polled(pollRecord(leased ?? feed, { at: Date.now() }));
  }
  for (let at = 0; at < CHANNELS; at += 1) {
    const query = WATCHES[at % WATCHES.length] ?? '';
    const watch = { name: `w${at}`, query, channels: [`slack:C${at}`], origin: 'config' as const };
    await store.watches.put({ ...watch, workspace: 'config', createdBy: null }, Date.now());
  }
  await store.close();
  return list.map(({ id }) => id);
}
