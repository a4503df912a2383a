import { setTimeout as sleep } from 'node:timers/promises';
import type { Backstage } from './backstage.ts';
import type { Room } from './room.ts';
import { pick } from './script.ts';
import { LATEST_MS } from './weather.ts';

/** Waits for the moment at which the process that has just been started is to be killed. */
type Moment = (scene: Scene) => Promise<Reached>;

interface Reached {
  when: string;
  /** A platform has taken something and has not answered. */
  isBeforeAnswer: boolean;
}

interface Scene {
  room: Room;
  backstage: Backstage;
  random: () => number;
}

/** Longer than a try of the product lasts, so that the answer never comes before the kill. */
const HELD_MS = 12_000;

/** By then a process delivers, unless a channel waits for its turn. */
const PATIENCE_MS = 9_000;

const DISCORD_MESSAGE = /^POST \/channels\/\d+\/messages$/;
const DISCORD_EDIT = /^PATCH \/channels\/\d+\/messages\/\d+$/;
const DISCORD_THREAD = /^POST \/channels\/\d+\/messages\/\d+\/threads$/;

const MOMENTS: Moment[] = [
  atAnyMoment,
  whileItStarts,
  whenSlackTook('chat.postMessage'),
  whenSlackTook('chat.postMessage'),
  whenSlackTook('chat.update'),
  whenDiscordTook(DISCORD_MESSAGE, 'a message'),
  whenDiscordTook(DISCORD_MESSAGE, 'a message'),
  whenDiscordTook(DISCORD_EDIT, 'an edit'),
  whenDiscordTook(DISCORD_THREAD, 'a thread'),
  whileSlackIsLate,
  whileDiscordIsLate,
];

/** A moment to kill at, the same for the same numbers. */
export function pickMoment(random: () => number, hasServer: boolean): Moment {
  return pick(random, hasServer ? [...MOMENTS, whenDatabaseIsCut] : MOMENTS);
}

async function atAnyMoment({ random }: Scene): Promise<Reached> {
  await sleep(2_000 + random() * 2_500);
  return { when: 'at any moment', isBeforeAnswer: false };
}

async function whileItStarts({ random }: Scene): Promise<Reached> {
  await sleep(200 + random() * 2_300);
  return { when: 'while it starts', isBeforeAnswer: false };
}

async function whenDatabaseIsCut({ random, backstage }: Scene): Promise<Reached> {
  await sleep(2_200 + random() * 1_500);
  const cut = await backstage.cutConnections();
  await sleep(random() * 400);
  return { when: `after ${cut} connections to the database were cut`, isBeforeAnswer: false };
}

function whenSlackTook(method: string): Moment {
  return ({ room: { slack }, random }) =>
    whenHeld(`Slack took ${method} and had not answered`, random, (done) => {
      slack.clearFaults();
      slack.fault(method, { kind: 'delay', ms: HELD_MS, done });
    });
}

function whenDiscordTook(route: RegExp, what: string): Moment {
  return ({ room: { discord }, random }) =>
    whenHeld(`Discord took ${what} and had not answered`, random, (done) => {
      discord.clearFaults();
      discord.fault(route, { kind: 'hold', ms: HELD_MS, done });
    });
}

function whileSlackIsLate({ room: { slack }, random }: Scene): Promise<Reached> {
  return whenHeld('a message was under way to Slack', random, (taken) => {
    slack.clearFaults();
    slack.fault('chat.postMessage', { kind: 'late', ms: 2_000 + random() * (LATEST_MS - 2_000), taken });
  });
}

function whileDiscordIsLate({ room: { discord }, random }: Scene): Promise<Reached> {
  return whenHeld('a message was under way to Discord', random, (taken) => {
    discord.clearFaults();
    discord.fault(DISCORD_MESSAGE, { kind: 'late', ms: 2_000 + random() * (LATEST_MS - 2_000), taken });
  });
}

async function whenHeld(
  when: string,
  random: () => number,
  hold: (done: () => void) => void,
): Promise<Reached> {
  const { promise: held, resolve } = Promise.withResolvers<Reached>();
  hold(() => resolve({ when, isBeforeAnswer: true }));
  const missed: Reached = { when: `waiting in vain until ${when}`, isBeforeAnswer: false };
  const reached = await Promise.race([held, sleep(PATIENCE_MS, missed, { ref: false })]);
  await sleep(random() * 300);
  return reached;
}
