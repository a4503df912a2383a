import { fork } from 'node:child_process';
import { once } from 'node:events';
import RssParser from 'rss-parser';
import { fetch } from 'undici';
import { median } from '../../src/feeds/schedule.ts';
import { forEachOf, openRoom, type Strain } from './poller-room.ts';
import type { Question, Seen } from './poller-server.ts';
import { tell } from './tell.ts';

const FEEDS = 2_000;
const FEEDS_PER_HOST = 4;
const EVERY_MS = 60_000;
/** After all were due at once, each is back in its own slot of the minute within 90 s. */
const SCHEDULED_MS = 105_000;
const ROUNDS = 3;

type Server = ReturnType<typeof startServer>;
type Room = Awaited<ReturnType<typeof openRoom>>;

/**
 * The poller with all that lies behind it (fetcher, parser, pipeline, SQLite on disk) on 2,000 feeds of 500 hosts,
 * of which 80 % answer 304: how punctual it is when each is due every minute, and how fast when all are due at once,
 * in turns with a plain loop that only fetches and parses. Throws when a host saw two requests at once.
 */
export async function benchPoller(): Promise<void> {
  await using server = startServer();
  const addresses = addressesAt(await server.port);
  const memory = watchMemory();
  progress(`first polls of ${FEEDS} feeds`);
  await using room = await openRoom(addresses, EVERY_MS);
  await server.seen();
  await room.catchUp('own');
  await seenOneAtATime(server);
  await benchSchedule(room, server);
  tell('feeds', 'poller.megabytesPeak', memory.peak());
  tell('feeds', 'poller.megabytesAfter', memory.now());
  await benchThroughput(room, { server, addresses });
}

/** Public hosts: one request at a time, with a rest after each. */
async function benchSchedule(room: Room, server: Server): Promise<void> {
  progress('all due at once after a night down, in which every fifth feed published 10 items');
  server.publish();
  const night = await room.catchUp('public');
  tell('feeds', 'poller.secondsToCatchUp', night.seconds);
  tellStrain('catchUp', night);
  tell('feeds', 'poller.catchUpMostAtOnce', (await seenOneAtATime(server)).mostAtOnce);
  progress(`each due once a minute, for ${SCHEDULED_MS / 1000} s`);
  const day = await room.poll('public', SCHEDULED_MS);
  const { requests, unmodified, mostAtOneHost } = await seenOneAtATime(server);
  const lateMs = requests.map(([url, at]) => at - room.dueAt(url, at)).sort((a, b) => a - b);
  tell('feeds', 'poller.scheduledPollsPerSecond', requests.length / day.seconds);
  tell('feeds', 'poller.scheduledShareUnmodified', unmodified / requests.length);
  tell('feeds', 'poller.scheduledMostAtOneHost', mostAtOneHost);
  for (const share of [0.5, 0.95, 0.99])
    tell('feeds', `poller.latenessP${100 * share}Ms`, quantile(lateMs, share));
  tellStrain('scheduled', day);
}

/** The operator's own hosts, which need no rest, against a loop that stores nothing and minds nobody. */
async function benchThroughput(
  room: Room,
  { server, addresses }: { server: Server; addresses: string[] },
): Promise<void> {
  const plain = plainLoop(addresses);
  await plain();
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`all due at once on own hosts and the plain loop, round ${round} of ${ROUNDS}`);
    theirs.push(await plain());
    await server.seen();
    ours.push((await room.catchUp('own')).seconds);
    await seenOneAtATime(server);
  }
  tell('feeds', 'poller.pollsPerSecond', FEEDS / (median(ours) ?? 0));
  tell('feeds', 'poller.plainLoopPollsPerSecond', FEEDS / (median(theirs) ?? 0));
  tell(
    'feeds',
    'poller.ratioToPlainLoop',
    median(theirs.map((seconds, round) => seconds / (ours[round] ?? seconds))) ?? 0,
  );
}

/** Fetches every address and parses what is new with rss-parser; resolves to the seconds that it took. */
function plainLoop(addresses: string[]): () => Promise<number> {
  const etags = new Map<string, string>();
  async function poll(address: string): Promise<void> {
    const etag = etags.get(address);
    const response = await fetch(address, { headers: etag === undefined ? {} : { 'if-none-match': etag } });
    const text = await response.text();
    if (response.status === 304) return;
    etags.set(address, response.headers.get('etag') ?? '');
    await new RssParser().parseString(text);
  }
  return async () => {
    const start = performance.now();
    await forEachOf(addresses, poll);
    return (performance.now() - start) / 1000;
  };
}

/** Loopback has 16 million addresses; each is a host of its own. */
function addressesAt(port: number): string[] {
  return Array.from({ length: FEEDS }, (_, feed) => {
    const host = Math.floor(feed / FEEDS_PER_HOST);
    return `http://127.1.${Math.floor(host / 250)}.${1 + (host % 250)}:${port}/${feed}`;
  });
}

function startServer() {
  const child = fork(new URL('./poller-server.ts', import.meta.url));
  const message = async <T>() => (await once(child, 'message'))[0] as T;
  const ask = (question: Question) => child.send(question);
  return {
    port: message<number>(),
    publish: () => ask('publish'),
    async seen(): Promise<Seen> {
      ask('seen');
      return message<Seen>();
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function seenOneAtATime(server: Server): Promise<Seen> {
  const seen = await server.seen();
  if (seen.mostAtOneHost !== 1) throw new Error(`a host saw ${seen.mostAtOneHost} requests at once`);
  return seen;
}

function watchMemory() {
  const now = () => process.memoryUsage.rss() / 1e6;
  let peak = now();
  setInterval(() => {
    peak = Math.max(peak, now());
  }, 250).unref();
  return { now, peak: () => peak };
}

/** The value below which this share of the sorted ones lies. */
function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function tellStrain(phase: string, strain: Strain): void {
  tell('feeds', `poller.${phase}EventLoopDelayP99Ms`, strain.eventLoopDelayP99Ms);
  tell('feeds', `poller.${phase}EventLoopDelayMaxMs`, strain.eventLoopDelayMaxMs);
  tell('feeds', `poller.${phase}CpuShare`, strain.cpuShare);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
