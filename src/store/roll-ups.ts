import type { Kysely } from 'kysely';
import {
  type AlertContent,
  ROLLED_LIMITS,
  type RolledAlert,
  type RollUp,
  type RollUpCause,
} from '../model/alert.ts';
import { askingFor } from './asking.ts';
import { newId } from './ids.ts';
import { lockAlerts, lockRollUp } from './locks.ts';
import { nearMissesFor } from './near-misses.ts';
import { type ChannelLease, enqueue, fenced } from './outbox.ts';
import type { Schema } from './schema.ts';

/** More in one message nobody reads. */
const MAX_ALERTS = 15;
/** Discord takes 2,000 characters (resources/message), link targets included; the rest is for headings. */
const MAX_CHARACTERS = 1_600;

/** As long a roll-up of a flood takes further alerts. */
const OPEN_MS = 3_600_000;

/** An alert whose first message waits to be sent. */
export interface WaitingAlert extends RolledAlert {
  deliveryId: string;
}

/** Messages that tell several alerts. */
export class RollUpTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** How many first messages the channel got since then. */
  async postsSince(channel: string, since: number): Promise<number> {
    const row = await this.#db
      .selectFrom('delivery')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('channel_id', '=', channel)
      .where('settled_at', '>', since)
      .where('kind', '=', 'post')
      .where('state', '=', 'sent')
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  }

  /** The channel's alerts whose first message waits and certainly has not been taken, oldest first. */
  async waiting(channel: string, now: number): Promise<WaitingAlert[]> {
    const rows = await this.#db
      .selectFrom('delivery')
      .innerJoin('alert', 'alert.id', 'delivery.alert_id')
      .select(['delivery.id as deliveryId', 'alert.id', 'alert.content'])
      .where('delivery.channel_id', '=', channel)
      .where('delivery.state', '=', 'due')
      .where('delivery.kind', '=', 'post')
      .where('delivery.due_at', '<=', now)
      .orderBy('delivery.id')
      .execute();
    return rows.map((row) => ({ ...row, content: JSON.parse(row.content) }));
  }

  /**
   * Lets a roll-up of the flood tell these alerts in place of their own messages: the open one while it has room, else
   * a new one. False when the lease was lost.
   */
  async fold(lease: ChannelLease, alerts: readonly WaitingAlert[], now: number): Promise<boolean> {
    const done = await fenced(this.#db, lease, async (tx) => {
      const rest = await stillWaiting(tx, alerts);
      const ids = rest.map(({ deliveryId }) => deliveryId);
      if (ids.length === 0) return true;
      const open = await openRollUp(tx, lease.channel, now);
      const first = open === null ? [] : takeFitting(rest, open).map(({ id }) => id);
      if (open !== null && first.length > 0)
        await addTo(tx, { id: open.id, channel: lease.channel, ids: first, now });
      await addToNew(tx, { channel: lease.channel, cause: 'flood', alerts: rest, now });
      const folded = { state: 'folded', settled_at: now } as const;
      await tx.updateTable('delivery').set(folded).where('id', 'in', ids).execute();
      return true;
    });
    return done !== null;
  }

  /**
   * Queues what was held until now and is still asked for: one message for one alert, and roll-ups for more. Resolves to
   * how many alerts.
   */
  async tellHeld(now: number): Promise<number> {
    const due = await this.#db
      .selectFrom('alert')
      .select(['id', 'channel_id as channel', 'held_for as cause'])
      .where('held_until', '<=', now)
      .orderBy('id')
      .execute();
    let told = 0;
    for (const alerts of Map.groupBy(due, ({ channel, cause }) => `${channel}\n${cause}`).values()) {
      const { channel = '', cause } = alerts[0] ?? {};
      const ids = alerts.map(({ id }) => id);
      told += await this.#db.transaction().execute(async (tx) => {
        const released = await askedFor(tx, channel, await release(tx, ids, now));
        await tell(tx, { channel, cause: (cause ?? 'digest') as RollUpCause, alerts: released }, now);
        return released.length;
      });
    }
    return told;
  }
}

/** Those of the alerts that no other process has told meanwhile, held no longer, oldest first. */
async function release(tx: Kysely<Schema>, ids: string[], now: number): Promise<RolledAlert[]> {
  await lockAlerts(tx, ids);
  const rows = await tx
    .updateTable('alert')
    .set({ held_until: null, held_for: null })
    .where('id', 'in', ids)
    .where('held_until', '<=', now)
    .returning(['id', 'content'])
    .execute();
  return rows
    .map(({ id, content }) => ({ id, content: JSON.parse(content) }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** A removed watch tells nothing more: those of the alerts that others ask for, for them; the rest is forgotten. */
async function askedFor(
  tx: Kysely<Schema>,
  channel: string,
  alerts: readonly RolledAlert[],
): Promise<RolledAlert[]> {
  const asked: RolledAlert[] = [];
  for (const { id, content } of alerts) {
    const { watches, isFollowed } = await askingFor(tx, channel, content);
    const names = watches.map(({ name }) => name);
    if (names.length === 0 && !isFollowed) {
      // The channel was told nothing by it: another watch that finds the story goes on from what was told before it.
      await tx.deleteFrom('alert').where('id', '=', id).execute();
      await tx.updateTable('alert').set({ followed_by: null }).where('followed_by', '=', id).execute();
      continue;
    }
    const still = { ...content, watches: content.watches.filter((name) => names.includes(name)) };
    if (still.watches.length < content.watches.length)
      await tx
        .updateTable('alert')
        .set({ content: JSON.stringify(still) })
        .where('id', '=', id)
        .execute();
    asked.push({ id, content: still });
  }
  return asked;
}

/** Those of the alerts whose first message nobody took back since they were read, with their newest words. */
async function stillWaiting(tx: Kysely<Schema>, alerts: readonly WaitingAlert[]): Promise<WaitingAlert[]> {
  const ids = alerts.map(({ id }) => id);
  await lockAlerts(tx, ids);
  const rows = await tx
    .selectFrom('delivery')
    .select(['id', 'content'])
    .where('alert_id', 'in', ids)
    .where('state', '=', 'due')
    .execute();
  const waiting = new Map(rows.map(({ id, content }) => [id, content]));
  return alerts.flatMap((alert) => {
    const content = waiting.get(alert.deliveryId);
    return content === undefined ? [] : [{ ...alert, content: JSON.parse(content) }];
  });
}

async function tell(
  db: Kysely<Schema>,
  { channel, cause, alerts }: { channel: string; cause: RollUpCause; alerts: RolledAlert[] },
  now: number,
): Promise<void> {
  const [first, ...others] = alerts;
  if (first === undefined) return;
  if (others.length > 0) return addToNew(db, { channel, cause, alerts, now });
  await enqueue(db, { channel, alertId: first.id, kind: 'post', content: first.content }, now);
}

/** What a roll-up has already. */
interface Filled {
  count: number;
  characters: number;
}

/** What an alert takes in the message of a roll-up. */
function charactersOf({ headline, link, outlet, continues }: AlertContent): number {
  const linked = link === null || link.length > ROLLED_LIMITS.link ? 0 : link.length;
  return (
    Math.min(headline.length, ROLLED_LIMITS.headline) +
    linked +
    outlet.length +
    (continues === undefined ? 60 : 100)
  );
}

/** Takes alerts from the front of the list as long as a message has room; at least one in an empty message. */
function takeFitting(alerts: RolledAlert[], filled: Filled): RolledAlert[] {
  const taken: RolledAlert[] = [];
  let { count, characters } = filled;
  for (let next = alerts[0]; next !== undefined; next = alerts[0]) {
    characters += charactersOf(next.content);
    if (count >= MAX_ALERTS || (count > 0 && characters > MAX_CHARACTERS)) break;
    count += 1;
    taken.push(next);
    alerts.shift();
  }
  return taken;
}

/** The newest roll-up of a flood, while it may take more; or null. */
async function openRollUp(
  db: Kysely<Schema>,
  channel: string,
  now: number,
): Promise<({ id: string } & Filled) | null> {
  const newest = await db
    .selectFrom('roll_up')
    .select('id')
    .where('channel_id', '=', channel)
    .where('cause', '=', 'flood')
    .where('gone_at', 'is', null)
    .where('opened_at', '>', now - OPEN_MS)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return null;
  const members = await db
    .selectFrom('alert')
    .select('content')
    .where('roll_up_id', '=', newest.id)
    .execute();
  const characters = members.reduce((sum, { content }) => sum + charactersOf(JSON.parse(content)), 0);
  return { id: newest.id, count: members.length, characters };
}

async function addToNew(
  db: Kysely<Schema>,
  {
    channel,
    cause,
    alerts,
    now,
  }: { channel: string; cause: RollUpCause; alerts: RolledAlert[]; now: number },
): Promise<void> {
  for (const rest = [...alerts]; rest.length > 0; ) {
    const ids = takeFitting(rest, { count: 0, characters: 0 }).map(({ id }) => id);
    const id = newId(now);
    const row = { id, channel_id: channel, cause, message_id: null, opened_at: now };
    await db.insertInto('roll_up').values(row).execute();
    await addTo(db, { id, channel, ids, now });
  }
}

async function addTo(
  db: Kysely<Schema>,
  { id, channel, ids, now }: { id: string; channel: string; ids: string[]; now: number },
): Promise<void> {
  await db.updateTable('alert').set({ roll_up_id: id }).where('id', 'in', ids).execute();
  await tellRollUp(db, { id, channel }, now);
}

/** Queues the message of a roll-up as it is by then, or its edit, unless one waits already. */
export async function tellRollUp(
  db: Kysely<Schema>,
  { id, channel }: { id: string; channel: string },
  now: number,
): Promise<void> {
  await lockRollUp(db, id);
  const open = await db
    .selectFrom('delivery')
    .select(['kind', 'state'])
    .where('roll_up_id', '=', id)
    .where('state', '!=', 'folded')
    .execute();
  if (open.some(({ state }) => state === 'due')) return;
  // One whose first message was set aside is told anew, with all that came since.
  const isPosted = open.some((row) => row.kind === 'roll-up' && row.state !== 'parked');
  const kind = isPosted ? 'roll-up-edit' : 'roll-up';
  await enqueue(db, { channel, rollUpId: id, kind, content: { lines: [], buttons: [] } }, now);
}

/** What a roll-up tells now. */
export async function rollUpOf(db: Kysely<Schema>, id: string): Promise<RollUp> {
  const rollUp = await db.selectFrom('roll_up').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const alerts = await db
    .selectFrom('alert')
    .select(['id', 'content'])
    .where('roll_up_id', '=', id)
    .where('muted_at', 'is', null)
    .orderBy('id')
    .execute();
  return {
    cause: rollUp.cause as RollUpCause,
    alerts: alerts.map((row) => ({ id: row.id, content: JSON.parse(row.content) })),
    nearMisses: await nearMissesFor(db, rollUp),
  };
}
