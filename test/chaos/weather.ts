import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault as DiscordFault } from '../support/discord/faults.ts';
import type { Fault as SlackFault } from '../support/slack/faults.ts';
import type { Backstage } from './backstage.ts';
import type { Cluster } from './cluster.ts';
import type { Line } from './line.ts';
import type { Room } from './room.ts';
import { pick } from './script.ts';

/** What may go wrong at any moment while the weather is bad. */
interface Sky {
  room: Room;
  backstage: Backstage;
  line: Line;
  /** The server of the database, where it is the run's own. */
  cluster: Cluster | null;
  random: () => number;
  note: (what: string) => void;
}

type Blow = (sky: Sky) => void | Promise<void>;

/** The faults that both platforms know; more than one in a row is a storm. */
type SharedFault = SlackFault & DiscordFault;

const SLACK_METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'conversations.replies'];
const SLACK_SIGN_IN = ['auth.test', 'apps.connections.open'];
const DISCORD_ROUTES = [
  /^POST \/channels\/\d+\/messages$/,
  /^PATCH \/channels\/\d+\/messages\/\d+$/,
  /^GET \/channels\/\d+\/messages$/,
  /^POST \/channels\/\d+\/messages\/\d+\/threads$/,
];

const BLOWS: Blow[] = [
  blowOf('slack', 'answers lost', { kind: 'cut-after' }, 1),
  blowOf('slack', 'answers cut short', { kind: 'cut-mid' }, 1),
  blowOf('slack', 'requests cut', { kind: 'cut-before' }, 1),
  blowOf('slack', '503 storm', { kind: 'status', status: 503 }, 3),
  blowOf('slack', '500', { kind: 'status', status: 500 }, 1),
  blowOf('slack', '429 storm', { kind: 'rate-limit', retryAfterS: 1 }, 3),
  blowOf('discord', 'answers lost', { kind: 'cut-after' }, 1),
  blowOf('discord', 'answers cut short', { kind: 'cut-mid' }, 1),
  blowOf('discord', 'requests cut', { kind: 'cut-before' }, 1),
  blowOf('discord', '502 storm', { kind: 'status', status: 502 }, 3),
  blowOf('discord', '500', { kind: 'status', status: 500 }, 1),
  blowOf('discord', '429 storm', { kind: 'rate-limit', retryAfterS: 1 }, 3),
  ({ room, random, note }) => {
    const [method, kind, ms] = [
      pick(random, SLACK_METHODS),
      pick(random, ['late', 'delay'] as const),
      lateness(random),
    ];
    note(`slack: ${method} has ${kind} of ${ms} ms`);
    room.slack.fault(method, { kind, ms });
  },
  ({ room, random, note }) => {
    const [route, kind, ms] = [
      pick(random, DISCORD_ROUTES),
      pick(random, ['late', 'hold'] as const),
      lateness(random),
    ];
    note(`discord: ${route.source} has ${kind} of ${ms} ms`);
    room.discord.fault(route, { kind, ms });
  },
  ({ room, random, note }) => {
    const retryAfterS = 1 + Math.floor(random() * 2);
    note('discord: 429 for everything');
    room.discord.fault(/./, { kind: 'rate-limit', retryAfterS, global: true });
  },
  ({ room, random, note }) => {
    const method = pick(random, SLACK_SIGN_IN);
    note(`slack: ${method} fails`);
    room.slack.fault(
      method,
      pick(random, [{ kind: 'status', status: 503 }, { kind: 'cut-before' }] as const),
    );
  },
  ({ room, random, note }) => {
    note('slack: sockets');
    pick(random, [room.slack.dropSockets, room.slack.refreshSockets])();
  },
  ({ room, random, note }) => {
    note('discord: gateway');
    const { discord } = room;
    pick(random, [discord.dropGateway, discord.reconnectGateway, discord.invalidateSession])();
  },
];

/** Now and then, because the channels that they hit wait for their leases. */
const RARE: Blow[] = [
  async ({ backstage, note }) => note(`database: ${await backstage.cutConnections()} connections cut`),
  async ({ line, random, note }) => {
    const ms = Math.round(500 + random() * 2_500);
    note(`database: away for ${ms} ms`);
    await line.goAway(ms);
  },
];

/** How often of all blows the server is restarted, where it can be. */
const RESTARTS = 0.06;

async function restart(cluster: Cluster, { line, random, note }: Sky): Promise<void> {
  const [mode, ms] = [
    pick(random, ['immediate', 'immediate', 'fast'] as const),
    Math.round(random() * 2_500),
  ];
  note(`database: the server is stopped (${mode}) and started after ${ms} ms`);
  await line.whileAway(() => cluster.restart(mode, ms));
  note('database: the server answers again');
}

/** Soon enough, or after the product's time-out of 10 s and before it looks for what it may have sent. */
function lateness(random: () => number): number {
  return Math.round(random() < 0.7 ? 500 + random() * 2_000 : 10_200 + random() * (LATEST_MS - 10_200));
}

function blowOf(platform: 'slack' | 'discord', name: string, fault: SharedFault, most: number): Blow {
  return ({ room, random, note }) => {
    const times = 1 + Math.floor(random() * most);
    const [method, route] = [pick(random, SLACK_METHODS), pick(random, DISCORD_ROUTES)];
    note(`${platform}: ${name} at ${platform === 'slack' ? method : route.source}, ${times} times`);
    if (platform === 'slack') room.slack.fault(method, fault, times);
    else room.discord.fault(route, fault, times);
  };
}

/** Nothing is later than this, milliseconds. */
export const LATEST_MS = 12_500;

/**
 * Bad weather until the signal ends it; then nothing is left that could still go wrong. Resolves to how often the server
 * of the database was restarted.
 */
export async function rage(sky: Sky, signal: AbortSignal): Promise<number> {
  const { cluster, random, room } = sky;
  let restarts = 0;
  while (!signal.aborted) {
    if (cluster !== null && random() < RESTARTS) {
      await restart(cluster, sky);
      restarts += 1;
    } else await pick(random, random() < 0.06 ? RARE : BLOWS)(sky);
    await sleep(700 + random() * 1_600, undefined, { signal }).catch(() => {});
  }
  room.slack.clearFaults();
  room.discord.clearFaults();
  return restarts;
}
