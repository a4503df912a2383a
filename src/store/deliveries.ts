import type { Kysely } from 'kysely';
import type { RollUp } from '../model/alert.ts';
import type { Reply } from '../model/rich-text.ts';
import { type StoredDelivery, toDelivery, withTarget } from './delivery-rows.ts';
import { letGo } from './gone-messages.ts';
import { lockFreeChannels, lockTold } from './locks.ts';
import { type ChannelLease, enqueue, ensureChannel, fenced, followers, limitCalls } from './outbox.ts';
import { retryParked } from './retry-parked.ts';
import { rollUpOf } from './roll-ups.ts';
import type { AlertRow, DeliveryState, Schema } from './schema.ts';
import { storedPing } from './stored-pings.ts';

export interface OutboxCounts {
  waiting: number;
  parked: number;
  sent: number;
  /** When the oldest waiting one was queued; null when none waits. */
  oldestWaitingAt: number | null;
}

/** The outbox and the leases of its channels. */
export class DeliveryTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Queues something that Tocsin itself has to say in a channel. */
  async notify(channel: string, notice: Reply, now: number): Promise<void> {
    await ensureChannel(this.#db, channel);
    await enqueue(this.#db, { channel, kind: 'notice', content: notice }, now);
  }

  /** Channels with something due, leased until `now + leaseMs`; a channel that another sender has is left out. */
  async leaseChannels(now: number, leaseMs: number, limit: number): Promise<ChannelLease[]> {
    const due = await this.#db
      .selectFrom('delivery')
      .innerJoin('channel', 'channel.id', 'delivery.channel_id')
      .select('channel.id')
      .where('state', 'in', ['due', 'sending'])
      .where('due_at', '<=', now)
      .where('hold_until', '<=', now)
      .where('lease_until', '<=', now)
      .groupBy('channel.id')
      .orderBy(({ fn }) => fn.min('delivery.id'))
      .limit(limit)
      .execute();
    if (due.length === 0) return [];
    const rows = await this.#db.transaction().execute(async (tx) => {
      const free = await lockFreeChannels(
        tx,
        due.map(({ id }) => id),
      );
      if (free.length === 0) return [];
      return tx
        .updateTable('channel')
        .set((eb) => ({ lease_until: now + leaseMs, lease_no: eb('lease_no', '+', 1) }))
        .where('id', 'in', free)
        .where('lease_until', '<=', now)
        .where('hold_until', '<=', now)
        .returning(['id', 'lease_no'])
        .execute();
    });
    return rows.map((row) => ({ channel: row.id, leaseNo: row.lease_no }));
  }

  /**
   * The oldest delivery of the channel that is due and not settled, or null. What belongs to a message comes after it, even
   * when the clocks of two processes say otherwise.
   */
  async next(channel: string, now: number): Promise<StoredDelivery | null> {
    const row = await withTarget(this.#db)
      .leftJoin('delivery as post', (join) =>
        join
          .onRef('post.alert_id', '=', 'delivery.alert_id')
          .on('post.kind', '=', 'post')
          .on('post.state', 'in', ['due', 'sending'])
          .on((eb) => eb.or([eb('delivery.kind', '!=', 'post'), eb('post.id', '<', eb.ref('delivery.id'))])),
      )
      .leftJoin('delivery as first', (join) =>
        join
          .onRef('first.roll_up_id', '=', 'delivery.roll_up_id')
          .on('first.kind', '=', 'roll-up')
          .on('first.state', 'in', ['due', 'sending'])
          .on((eb) =>
            eb.or([eb('delivery.kind', '!=', 'roll-up'), eb('first.id', '<', eb.ref('delivery.id'))]),
          ),
      )
      .where('delivery.channel_id', '=', channel)
      .where('delivery.due_at', '<=', now)
      .where('delivery.state', 'in', ['due', 'sending'])
      .where('post.id', 'is', null)
      .where('first.id', 'is', null)
      .orderBy('delivery.id')
      .executeTakeFirst();
    return row === undefined ? null : toDelivery(row);
  }

  /**
   * Notes that a try begins: after a crash the row is uncertain, not due. Resolves to the row as it must be sent
   * now, which nobody changes any more; null when the lease was lost. `compose` writes the message of a roll-up; until
   * `lateAt` what was sent before a crash may still be on its way, so that nobody looks for it nor sends it again. It
   * calls nobody unless the story's last call here was before `lastCallBefore`, and nobody at all where that is left out.
   */
  async begin(
    lease: ChannelLease,
    delivery: StoredDelivery,
    {
      compose,
      lateAt,
      lastCallBefore = null,
    }: { compose: (rollUp: RollUp) => Reply; lateAt: number; lastCallBefore?: number | null },
  ): Promise<StoredDelivery | null> {
    const { id: deliveryId, alertId, rollUpId } = delivery;
    return fenced(this.#db, lease, async (tx) => {
      const told = await lockTold(tx, delivery);
      if (showsAll(delivery)) await moveRises(tx, told, { from: 'due', to: 'sending' });
      await tx
        .updateTable('delivery')
        .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1) }))
        .where('id', '=', deliveryId)
        .execute();
      await tx.updateTable('channel').set({ hold_until: lateAt }).where('id', '=', lease.channel).execute();
      if (rollUpId !== null) {
        const content = JSON.stringify(compose(await rollUpOf(tx, rollUpId)));
        await tx.updateTable('delivery').set({ content }).where('id', '=', deliveryId).execute();
      }
      await limitCalls(tx, { id: deliveryId, channel: lease.channel, alertId }, lastCallBefore);
      return toDelivery(await withTarget(tx).where('delivery.id', '=', deliveryId).executeTakeFirstOrThrow());
    });
  }

  /** Confirms that the platform has the message. False when the lease was lost. */
  async sent(
    lease: ChannelLease,
    delivery: StoredDelivery,
    messageId: string,
    now: number,
  ): Promise<boolean> {
    return confirmed(this.#db, lease, async (tx) => {
      const told = await lockTold(tx, delivery);
      if (showsAll(delivery)) await moveRises(tx, told, { from: 'sending', to: null });
      await tx
        .updateTable('delivery')
        .set({ state: 'sent', settled_at: now, message_id: messageId, error: null })
        .where('id', '=', delivery.id)
        .execute();
      if (delivery.alertId !== null && delivery.kind === 'post') {
        await tx
          .updateTable('alert')
          .set({ message_id: messageId })
          .where('id', '=', delivery.alertId)
          .execute();
      }
      if (delivery.rollUpId !== null && delivery.kind === 'roll-up') {
        await tx
          .updateTable('roll_up')
          .set({ message_id: messageId })
          .where('id', '=', delivery.rollUpId)
          .execute();
      }
      await clearTrouble(tx, lease.channel);
    });
  }

  /**
   * The try ended without a message, or nobody knows: `state` says which. The channel waits until `holdUntil`; with
   * `brokenAt` somebody must mend it.
   */
  async postpone(
    lease: ChannelLease,
    deliveryId: string,
    outcome: { state: 'due' | 'sending'; error: string; holdUntil: number; brokenAt?: number | null },
  ): Promise<boolean> {
    return confirmed(this.#db, lease, async (tx) => {
      await tx
        .updateTable('delivery')
        .set({ state: outcome.state, error: outcome.error })
        .where('id', '=', deliveryId)
        .execute();
      await tx
        .updateTable('channel')
        .set(({ fn, val }) => ({
          hold_until: outcome.holdUntil,
          trouble: outcome.error,
          broken_at: fn.coalesce('broken_at', val(outcome.brokenAt ?? null)),
        }))
        .where('id', '=', lease.channel)
        .execute();
    });
  }

  /**
   * Sets a delivery aside with its error: the channel goes on with the next one. What waited for a first message to
   * arrive can't follow it: the newest content becomes the first message, and replies are set aside with it.
   */
  async park(lease: ChannelLease, delivery: StoredDelivery, error: string, now: number): Promise<boolean> {
    const parked = { state: 'parked', error, settled_at: now } as const;
    return confirmed(this.#db, lease, async (tx) => {
      await lockTold(tx, delivery);
      await tx.updateTable('delivery').set(parked).where('id', '=', delivery.id).execute();
      if (delivery.alertId !== null && delivery.kind === 'post') {
        const ping = storedPing(delivery.ping);
        await followers(tx, delivery, ['edit']).set({ kind: 'post', ping }).execute();
        await followers(tx, delivery, ['reply']).set(parked).execute();
      }
      await clearTrouble(tx, lease.channel);
    });
  }

  /**
   * Somebody deleted the message that this one belongs to, or goes on from: its stories go quiet in the channel, but for
   * one that has risen in severity since readers saw it, which is posted anew. False when the lease was lost.
   */
  async dismiss(lease: ChannelLease, delivery: StoredDelivery, error: string, now: number): Promise<boolean> {
    return confirmed(this.#db, lease, async (tx) => {
      const told = await lockTold(tx, delivery);
      const folded = { state: 'folded', error, settled_at: now } as const;
      await tx.updateTable('delivery').set(folded).where('id', '=', delivery.id).execute();
      await letGo(tx, { ...delivery, told, error }, now);
      await clearTrouble(tx, lease.channel);
    });
  }

  /** Queues again what was set aside in these channels and still has its place; resolves to how many. */
  async retryParked(channels: string[], now: number): Promise<number> {
    return this.#db.transaction().execute((tx) => retryParked(tx, channels, now));
  }

  /** Gives the channel back. */
  async release(lease: ChannelLease): Promise<void> {
    await this.#db
      .updateTable('channel')
      .set({ lease_until: 0 })
      .where('id', '=', lease.channel)
      .where('lease_no', '=', lease.leaseNo)
      .execute();
  }

  /** Lets held channels of a platform ("slack:") try again at once, but for those where a message may be on its way. */
  async retryHeld(channelPrefix: string): Promise<void> {
    await this.#db
      .updateTable('channel')
      .set({ hold_until: 0 })
      .where('id', 'like', `${channelPrefix}%`)
      .where('trouble', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('delivery')
              .select('delivery.id')
              .whereRef('delivery.channel_id', '=', 'channel.id')
              .where('delivery.state', '=', 'sending'),
          ),
        ),
      )
      .execute();
  }

  /** What waits, is parked and was sent, over these channels. */
  async counts(channels: string[]): Promise<OutboxCounts> {
    const rows = await this.#db
      .selectFrom('delivery')
      .select(({ fn }) => ['state', fn.countAll<number>().as('n'), fn.min('created_at').as('oldest')])
      .where('channel_id', 'in', channels.length === 0 ? [''] : channels)
      .groupBy('state')
      .execute();
    const of = (...states: DeliveryState[]) => rows.filter((row) => states.includes(row.state));
    const sum = (list: typeof rows) => list.reduce((total, row) => total + Number(row.n), 0);
    const waiting = of('due', 'sending');
    return {
      waiting: sum(waiting),
      parked: sum(of('parked')),
      sent: sum(of('sent')),
      oldestWaitingAt: waiting.length === 0 ? null : Math.min(...waiting.map((row) => Number(row.oldest))),
    };
  }

  /** Why these channels are held, and why the last message set aside in each was: one sentence each. */
  async troubles(channels: string[]): Promise<{ channel: string; trouble: string }[]> {
    const ids = channels.length === 0 ? [''] : channels;
    const held = await this.#db
      .selectFrom('channel')
      .select(['id as channel', 'trouble'])
      .where('id', 'in', ids)
      .where('trouble', 'is not', null)
      .execute();
    const parked = await this.#db
      .selectFrom('delivery')
      .select(['channel_id as channel', 'error as trouble'])
      .where('state', '=', 'parked')
      .where('id', 'in', (query) =>
        query
          .selectFrom('delivery')
          .select(({ fn }) => fn.max('id').as('id'))
          .where('state', '=', 'parked')
          .where('channel_id', 'in', ids)
          .groupBy('channel_id'),
      )
      .execute();
    return [...held, ...parked].map(({ channel, trouble }) => ({ channel, trouble: trouble ?? '' }));
  }
}

/** True when the work was done, false when the lease was lost. */
async function confirmed(
  db: Kysely<Schema>,
  lease: ChannelLease,
  work: (tx: Kysely<Schema>) => Promise<void>,
): Promise<boolean> {
  const done = await fenced(db, lease, async (tx) => {
    await work(tx);
    return true;
  });
  return done !== null;
}

/** Whether who reads it sees all that its alerts say; a reply says only what is new. */
function showsAll({ kind }: StoredDelivery): boolean {
  return kind !== 'reply' && kind !== 'notice';
}

/** Notes how far rises in severity got on their way to the reader. */
async function moveRises(
  db: Kysely<Schema>,
  told: Pick<AlertRow, 'id' | 'rise'>[],
  { from, to }: { from: AlertRow['rise']; to: AlertRow['rise'] },
): Promise<void> {
  const ids = told.filter(({ rise }) => rise === from).map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('alert').set({ rise: to }).where('id', 'in', ids).execute();
}

async function clearTrouble(db: Kysely<Schema>, channel: string): Promise<void> {
  const mended = { trouble: null, hold_until: 0, broken_at: null };
  await db.updateTable('channel').set(mended).where('id', '=', channel).execute();
}
