import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '../bench/random.ts';
import type { Engine } from '../support/stores.ts';
import type { TocsinProcess } from '../support/tocsin.ts';
import { type Backstage, openBackstage, type QueuedDelivery } from './backstage.ts';
import { checkChannel, checkOutboxOrder, type Faults } from './check.ts';
import type { Cluster } from './cluster.ts';
import { pickMoment } from './kills.ts';
import { type Line, openLine } from './line.ts';
import { openPress, type Press } from './press.ts';
import { openRoom, type Room } from './room.ts';
import { LATEST_MS, rage } from './weather.ts';

interface ChaosOptions {
  engine: Engine;
  kills: number;
  seed: number;
  /** The engine's server, where it is the run's own and can be restarted. */
  cluster?: Cluster | null;
  /** Told what happens, one line each. */
  tell: (line: string) => void;
}

/** What came of it: what was done, what readers see, and how often the promise was broken. */
export interface ChaosResult {
  engine: string;
  seed: number;
  kills: number;
  /** Kills while a platform had taken something and not answered. */
  killsBeforeAnswer: number;
  /** Restarts of the database's server. */
  restarts: number;
  /** Top-level messages and replies that readers see. */
  messages: { slack: number; discord: number };
  lost: number;
  doubled: number;
  outOfOrder: number;
  /** Messages that nobody ordered, and processes that ended by themselves. */
  unexpected: number;
  seconds: number;
  violations: string[];
  /** Where logs and views are kept; only when something was violated. */
  evidence?: string;
}

/** What the run consists of. */
interface Stage extends ChaosOptions {
  room: Room;
  press: Press;
  backstage: Backstage;
  line: Line;
  note: (what: string) => void;
  timeline: string[];
  processes: TocsinProcess[];
  startedAt: Map<TocsinProcess, number>;
  exits: string[];
}

/** For so long nothing may be missing still without any of it arriving: the longest lease of a killed process is 3 min. */
const DRAIN_MS = 240_000;
const CALM_MS = 30_000;
/** Kills; shorter runs have no time for leases of 3 min. */
const LONG_RUN = 20;
/** What is doubled would be by then. */
const SETTLING_MS = 2_000;

/** Publishes the news of a seed, kills the product again and again in bad weather, and asks the readers in the end. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const startedAt = Date.now();
  await using place = await options.engine.place();
  await using line = await openLine(place);
  await using room = await openRoom(line.place);
  await using press = await openPress(room, options.seed);
  const backstage = openBackstage(place);
  const timeline: string[] = [];
  const note = (what: string) => {
    timeline.push(`${new Date().toISOString()} ${what}`);
  };
  const stage: Stage = {
    ...options,
    room,
    press,
    backstage,
    line,
    note,
    timeline,
    processes: [],
    startedAt: new Map(),
    exits: [],
  };
  const { killsBeforeAnswer, restarts } = await storm(stage);
  const calmAt = Date.now();
  await drain(stage, calmAt);
  const result = await judge(stage);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const told = { ...result, killsBeforeAnswer, restarts, seconds };
  return result.violations.length === 0 ? told : { ...told, evidence: keepEvidence(stage, told) };
}

/** Resolves to how many kills fell between acceptance and answer, and how often the database's server was restarted. */
async function storm(stage: Stage): Promise<Pick<ChaosResult, 'killsBeforeAnswer' | 'restarts'>> {
  const { engine, seed, kills, room, backstage, line, note, tell, press, cluster = null } = stage;
  const first = await baseline(stage);
  if (kills === 0) return calm(stage, first);
  const end = new AbortController();
  const weather = rage({ room, backstage, line, cluster, random: randomFrom(seed + 1), note }, end.signal);
  const news = publishNews(press, randomFrom(seed + 2), end.signal);
  const random = randomFrom(seed + 3);
  let killsBeforeAnswer = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const tocsin = kill === 1 ? first : start(stage);
    const moment = pickMoment(random, engine.name === 'PostgreSQL');
    const { when, isBeforeAnswer } = await moment({ room, backstage, random });
    if (tocsin.child.exitCode !== null) endedByItself(tocsin, stage);
    await tocsin.kill();
    if (isBeforeAnswer) killsBeforeAnswer += 1;
    note(`kill ${kill} ${when}`);
    tell(`${engine.name}: kill ${kill} of ${kills}, ${when}`);
    await afterwards(stage, random);
  }
  end.abort();
  const [restarts] = await Promise.all([weather, news]);
  return { killsBeforeAnswer, restarts };
}

/** Only a start without its database may fail: then whoever supervises the process starts it again. */
function endedByItself(tocsin: TocsinProcess, { line, note, exits, startedAt }: Stage): void {
  const hasStarted = tocsin.log().some(({ message }) => message === 'started');
  if (!hasStarted && line.wasAwaySince(startedAt.get(tocsin) ?? 0))
    note('it could not start without its database');
  else exits.push(`a process ended by itself: ${lastLines(tocsin)}`);
}

/** Without a kill nothing goes wrong at all: then a violation is the script's own mistake. */
async function calm(stage: Stage, tocsin: TocsinProcess): ReturnType<typeof storm> {
  await publishNews(stage.press, randomFrom(stage.seed + 2), AbortSignal.timeout(CALM_MS));
  await tocsin.stop();
  return { killsBeforeAnswer: 0, restarts: 0 };
}

/** Every feed's first poll stores what it has and posts nothing. */
async function baseline(stage: Stage): Promise<TocsinProcess> {
  const tocsin = start(stage);
  const baselined = () => tocsin.log().filter(({ message }) => message === 'feed baselined').length;
  await tocsin.until(() => baselined() === 3, 30_000);
  return tocsin;
}

/** A new process starts at once or after a pause; rarely, and only in long runs, the leases of the dead one lapse by themselves. */
async function afterwards({ backstage, note, kills }: Stage, random: () => number): Promise<void> {
  const pauseMs = random() < 0.5 ? 0 : random() * 2_500;
  if (random() < 0.95 || kills < LONG_RUN) await backstage.lapseLeases();
  else note('its leases are left to lapse');
  await sleep(pauseMs);
}

async function publishNews(press: Press, random: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    press.publish();
    await sleep(600 + random() * 1_800, undefined, { signal }).catch(() => {});
  }
}

function start(stage: Stage): TocsinProcess {
  const tocsin = stage.room.start(stage.press.config);
  stage.processes.push(tocsin);
  stage.startedAt.set(tocsin, Date.now());
  stage.note(`process ${stage.processes.length} starts`);
  return tocsin;
}

/** The weather is fine: what is owed must come, and nothing else. */
async function drain(stage: Stage, calmAt: number): Promise<void> {
  const { press, tell, engine } = stage;
  const tocsin = start(stage);
  tell(`${engine.name}: fine weather, waiting for what is owed`);
  let deadline = Date.now() + DRAIN_MS;
  let least = Number.POSITIVE_INFINITY;
  for (let owed = owing(stage); owed > 0 && Date.now() < deadline; owed = owing(stage)) {
    // A long storm leaves a long queue, and platforms take a message a second.
    if (owed < least) deadline = Date.now() + DRAIN_MS;
    least = Math.min(least, owed);
    await sleep(200);
  }
  if (press.finish() > 0) stage.exits.push(`${press.finish()} publications still waited for readers`);
  // What was under way when the storm ended may still arrive.
  await sleep(Math.max(SETTLING_MS, calmAt + LATEST_MS + SETTLING_MS - Date.now()));
  const { code } = await tocsin.stop();
  if (code !== 0) stage.exits.push(`the last process ended with ${code}: ${lastLines(tocsin)}`);
}

/** How much of the news, and of what readers must be told of it, is still to come. */
function owing({ room, press }: Stage): number {
  const unpublished = press.finish();
  const missing = room.channels.flatMap(
    (channel) => checkChannel(press.expected(channel), channel.sees()).lost,
  );
  return unpublished + missing.length;
}

async function judge(stage: Stage): Promise<Omit<ChaosResult, 'killsBeforeAnswer' | 'restarts' | 'seconds'>> {
  const { room, press, backstage, engine, seed, kills, exits } = stage;
  const all: Faults = { lost: [], doubled: [], outOfOrder: [], unexpected: exits };
  const messages = { slack: 0, discord: 0 };
  for (const channel of room.channels) {
    const arrivals = channel.arrivals();
    messages[channel.platform] += arrivals.length;
    const deliveries = await backstage.deliveries(channel.address);
    const found = checkChannel(press.expected(channel), channel.sees());
    found.lost.push(...unsent(deliveries));
    found.outOfOrder.push(...checkOutboxOrder(sentIds(deliveries), arrivals));
    for (const kind of KINDS)
      all[kind].push(...found[kind].map((fault) => `${kind}: ${channel.address}: ${fault}`));
  }
  return {
    engine: engine.name,
    seed,
    kills,
    messages,
    lost: all.lost.length,
    doubled: all.doubled.length,
    outOfOrder: all.outOfOrder.length,
    unexpected: all.unexpected.length,
    violations: KINDS.flatMap((kind) => all[kind]),
  };
}

const KINDS = ['lost', 'doubled', 'outOfOrder', 'unexpected'] as const;

function unsent(deliveries: QueuedDelivery[]): string[] {
  return deliveries
    .filter(({ state }) => state !== 'sent')
    .map(({ kind, state, error }) => `a delivery (${kind}) is ${state}: ${error}`);
}

/** An edit makes no message of its own. */
function sentIds(deliveries: QueuedDelivery[]): string[] {
  return deliveries
    .filter(({ kind, state }) => kind !== 'edit' && state === 'sent')
    .map(({ message_id }) => message_id ?? '');
}

function lastLines(tocsin: TocsinProcess): string {
  return tocsin.stderr().split('\n').slice(-4).join(' | ');
}

/** What is needed to understand a violation: what happened when, what each process logged, what readers see. */
function keepEvidence({ timeline, processes, room, press }: Stage, result: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-chaos-'));
  const keep = (name: string, text: string) => writeFileSync(join(folder, name), text);
  keep('result.json', JSON.stringify(result, null, 2));
  keep('timeline.txt', timeline.join('\n'));
  for (const [index, tocsin] of processes.entries()) keep(`process-${index + 1}.log`, tocsin.stderr());
  for (const channel of room.channels) {
    const view = { expected: press.expected(channel), seen: channel.sees() };
    keep(`${channel.address.replace(':', '-')}.json`, JSON.stringify(view, null, 2));
  }
  keep('slack-calls.json', JSON.stringify(room.slack.calls, null, 1));
  keep('discord-calls.json', JSON.stringify(room.discord.calls, null, 1));
  return folder;
}
