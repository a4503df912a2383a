import { setTimeout as sleep } from 'node:timers/promises';
import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { type Newsroom, openNewsroom, SLACK_CHANNEL } from '../support/newsroom.ts';
import { ENGINES, type Engine } from '../support/stores.ts';
import { nameOf, newsItems } from './news-items.ts';
import { randomFrom } from './random.ts';
import { tell } from './tell.ts';

/** Polled every 5 s as configured: on average half of that is waiting for the poll. */
const EVERY_S = 5;
const FEEDS = 12;
const ARTICLES = 36;
/** An article of one of the feeds about twice a second, at any moment of the interval. */
const PAUSE_MS = 450;
const PATIENCE_MS = 30_000;

/**
 * From the moment at which a feed has an article to that at which Slack has the alert, through the whole app: real
 * feeds over HTTP, the poll loop, the pipeline, the outbox, Slack's own client. One process on SQLite, then 1, 2 and 4
 * on PostgreSQL.
 */
export async function benchLatency(): Promise<void> {
  for (const engine of ENGINES) {
    for (const processes of engine.name === 'SQLite' ? [1] : [1, 2, 4]) await run(engine, processes);
  }
}

async function run(engine: Engine, processes: number): Promise<void> {
  process.stderr.write(`latency on ${engine.name} with ${processes} processes\n`);
  await using place = await engine.place();
  await using room = await openNewsroom(place);
  // A host is asked by one process at a time, so each feed has its own.
  const servers = await Promise.all(Array.from({ length: FEEDS }, () => startFeedServer()));
  try {
    for (const server of servers) publish(server, []);
    const config = {
      budget: 10_000,
      feeds: servers.map((server) => ({ url: server.url('/rss'), every: `${EVERY_S}s`, fullText: false })),
      watches: [{ name: 'deaths', query: 'killed', channels: [`slack:${SLACK_CHANNEL}`] }],
    };
    await startAll(room, config, processes);
    const published = await publishAll(servers);
    report(`latency.${engine.name}.${processes}`, await latencies(room, published));
  } finally {
    for (const server of servers) await server.close();
  }
}

/** Starts the processes and waits until the feeds have their baselines: what they have then is posted to nobody. */
async function startAll(room: Newsroom, config: unknown, processes: number): Promise<void> {
  const started = Array.from({ length: processes }, () => room.start(config, { LOG_LEVEL: 'info' }));
  for (const one of started) await one.logged('started', {}, 60_000);
  const baselines = () =>
    started.flatMap((one) => one.log().filter(({ message }) => message === 'feed baselined')).length;
  await started[0]?.until(() => baselines() >= FEEDS, 60_000);
}

/** When each article was there to be read: number -> milliseconds UTC. */
async function publishAll(servers: FeedServer[]): Promise<Map<number, number>> {
  const random = randomFrom(7);
  const shown = servers.map((): number[] => []);
  const published = new Map<number, number>();
  for (let number = 0; number < ARTICLES; number += 1) {
    const feed = Math.floor(random() * servers.length);
    const [server, list] = [servers[feed], shown[feed]];
    if (server === undefined || list === undefined) continue;
    list.push(number);
    publish(server, list);
    published.set(number, Date.now());
    await sleep(2 * PAUSE_MS * random());
  }
  return published;
}

function publish(server: FeedServer, numbers: number[]): void {
  const items = numbers
    .toReversed()
    .flatMap((number) => newsItems(number, 1))
    .map(({ title, guid, link, html }) => ({ title, guid: guid ?? '', link: link ?? '', html }));
  server.publish('/rss', rssFeed({ title: 'Wire', items }));
}

async function latencies({ slack }: Newsroom, published: Map<number, number>): Promise<number[]> {
  const arrived = () => slack.sees(SLACK_CHANNEL);
  const deadline = Date.now() + PATIENCE_MS;
  while (arrived().length < published.size && Date.now() < deadline) await sleep(200);
  const messages = arrived();
  return [...published].map(([number, at]) => {
    const own = messages.filter(({ text }) =>
      text.includes(`${nameOf(5 * number)} ${nameOf(5 * number + 1)}`),
    );
    const [message] = own;
    if (message === undefined || own.length > 1)
      throw new Error(`article ${number} has ${own.length} alerts`);
    return 1_000 * Number(message.ts) - at;
  });
}

function report(bench: string, latenciesMs: number[]): void {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const share = (part: number) => (sorted[Math.ceil(part * sorted.length) - 1] ?? 0) / 1_000;
  tell(bench, 'pollIntervalSeconds', EVERY_S);
  tell(bench, 'alerts', sorted.length);
  tell(bench, 'p50Seconds', share(0.5));
  tell(bench, 'p95Seconds', share(0.95));
}
