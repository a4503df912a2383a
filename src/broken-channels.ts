import type { WorkspaceOf } from './audience.ts';
import type { Destination } from './model/alert.ts';
import type { Line } from './model/rich-text.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { Break } from './store/channels.ts';
import type { Store, Tables } from './store/store.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';

/** More people than these need not hear of one channel. */
const MOST_PEOPLE = 3;

export interface BreakDeps {
  store: Store;
  /** Who delivers to a channel address. */
  destination: (channel: string) => { destination: Destination };
  workspaceOf: WorkspaceOf;
  now: () => number;
  log: Logger;
}

/**
 * Tells once that a channel can't be posted to, and once that it can be again: those who made its watches, in a direct
 * message, or else another channel of its own workspace. Resolves to how many notices were queued.
 */
export async function tellBreaks(deps: BreakDeps): Promise<number> {
  let told = 0;
  const breaks = await deps.store.channels.breaks();
  const broken = new Set(breaks.filter(({ brokenAt }) => brokenAt !== null).map(({ channel }) => channel));
  const places = new Set(breaks.flatMap(({ toldIn }) => toldIn ?? []));
  for (const one of breaks) {
    if (one.brokenAt === null) told += await tell(one, one.toldIn ?? [], deps);
    // What was to be told there is told elsewhere.
    else if (places.has(one.channel) && one.toldIn === null) continue;
    else if (one.toldIn === null || one.toldIn.some((place) => broken.has(place)))
      told += await tellElsewhere(one, broken, deps);
  }
  return told;
}

async function tellElsewhere(one: Break, broken: Set<string>, deps: BreakDeps): Promise<number> {
  const { store, log, now } = deps;
  const deaf = (one.toldIn ?? []).filter((place) => broken.has(place));
  for (const place of deaf) await store.channels.giveUp(place, now());
  const places = one.toldIn === null ? await peopleOf(one.channel, deps) : [];
  const chosen = places.length > 0 ? places : await neighbours(one.channel, [...broken, ...deaf], deps);
  if (chosen.length === 0) {
    log.error('nobody can be told that a channel is broken', {
      channel: one.channel,
      error: one.trouble ?? '',
    });
  }
  return tell(one, chosen, deps);
}

/** Where those who made the channel's watches read direct messages. */
async function peopleOf(channel: string, { store, destination, log }: BreakDeps): Promise<string[]> {
  const places: string[] = [];
  for (const person of (await store.channels.askers(channel)).slice(0, MOST_PEOPLE)) {
    try {
      const { destination: platform } = destination(channel);
      const id = await platform.direct(person);
      if (id !== null) places.push(`${platform.platform}:${id}`);
    } catch (error) {
      log.warn('no direct message to a person', { channel, error: errorText(error) });
    }
  }
  return places;
}

/** Another channel of the same workspace that alerts reach, or none. */
async function neighbours(
  channel: string,
  without: readonly string[],
  { store, workspaceOf }: BreakDeps,
): Promise<string[]> {
  const watches = await store.watches.list(null);
  const placed = watches.flatMap(({ channels, workspace }) =>
    channels.map((one) => ({ one, home: workspace === CONFIG_WORKSPACE ? workspaceOf(one) : workspace })),
  );
  const known = placed.filter(({ one }) => one === channel).map(({ home }) => home);
  // Where a platform does not see a channel, it says "discord:", which is no place.
  const homes = new Set(
    [...known, workspaceOf(channel)].filter((home) => home !== null && !home.endsWith(':')),
  );
  const open = placed.filter(({ one, home }) => one !== channel && homes.has(home) && !without.includes(one));
  return open.slice(0, 1).map(({ one }) => one);
}

/** Queues the notice and notes it in one step: whoever else looks at the same time finds it told. */
function tell(one: Break, places: readonly string[], { store, now }: BreakDeps): Promise<number> {
  return store.exclusive(async (tables: Tables) => {
    const current = (await tables.channels.breaks()).find(({ channel }) => channel === one.channel);
    const isSame =
      current !== undefined &&
      (current.brokenAt === null) === (one.brokenAt === null) &&
      current.toldIn?.join() === one.toldIn?.join();
    if (!isSame) return 0;
    for (const place of places)
      await tables.deliveries.notify(place, { lines: notice(one), buttons: [] }, now());
    await tables.channels.toldBreak(one.channel, one.brokenAt === null ? null : places);
    return places.length;
  });
}

function notice({ channel, trouble, brokenAt }: Break): Line[] {
  if (brokenAt === null)
    return [['Alerts arrive in ', { channel }, ' again; those that waited have been sent.']];
  return [
    ['Alerts wait that I can’t post in ', { channel }, `: ${trouble ?? 'no reason is known'}.`],
    ['They arrive when that is mended; I try again every 5 minutes. /status retry tries at once.'],
  ];
}
