import type { Kysely, Selectable } from 'kysely';
import type { AlertContent, AlertUpdate, Operation } from '../model/alert.ts';
import { newId } from './ids.ts';
import type { AlertRow, DeliveryRow, DeliveryState, Schema } from './schema.ts';

/** What one channel has been told about one story. */
export interface StoredAlert {
  id: string;
  channel: string;
  storyId: string;
  content: AlertContent;
  messageId: string | null;
}

/** One row of the outbox, ready to send; `operation` is null while its alert's message is not confirmed. */
export interface StoredDelivery {
  id: string;
  channel: string;
  alertId: string;
  kind: DeliveryRow['kind'];
  state: DeliveryState;
  attempts: number;
  createdAt: number;
  operation: Operation | null;
}

/** A sender's right to a channel; a later lease has a higher number and fences this one off. */
export interface ChannelLease {
  channel: string;
  leaseNo: number;
}

export interface OutboxCounts {
  waiting: number;
  parked: number;
  sent: number;
  /** When the oldest waiting one was queued; null when none waits. */
  oldestWaitingAt: number | null;
}

/** What each channel was told about each story. */
export class AlertTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The alerts of a story, one per channel that was told. */
  async ofStory(storyId: string): Promise<StoredAlert[]> {
    const rows = await this.#db.selectFrom('alert').selectAll().where('story_id', '=', storyId).execute();
    return rows.map(toAlert);
  }

  /** A new alert and its first message, queued. */
  async create(channel: string, storyId: string, content: AlertContent, now: number): Promise<void> {
    await this.#db
      .insertInto('channel')
      .values({ id: channel, lease_until: 0, lease_no: 0, hold_until: 0 })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const id = newId(now);
    await this.#db
      .insertInto('alert')
      .values({
        id,
        channel_id: channel,
        story_id: storyId,
        content: JSON.stringify(content),
        message_id: null,
        created_at: now,
      })
      .execute();
    await enqueue(this.#db, { channel, alertId: id, kind: 'post', content }, now);
  }

  /**
   * Changes what the channel's message says and queues how it gets there: while the first message still waits it
   * is changed in place; later it is edited, and `update` says in its thread what is new.
   */
  async change(alert: StoredAlert, update: AlertUpdate | null, now: number): Promise<void> {
    const content = JSON.stringify(alert.content);
    await this.#db.updateTable('alert').set({ content }).where('id', '=', alert.id).execute();
    if (await replaceWaiting(this.#db, alert.id, 'post', content)) return;
    if (!(await replaceWaiting(this.#db, alert.id, 'edit', content))) {
      await enqueue(
        this.#db,
        { channel: alert.channel, alertId: alert.id, kind: 'edit', content: alert.content },
        now,
      );
    }
    if (update !== null) {
      await enqueue(
        this.#db,
        { channel: alert.channel, alertId: alert.id, kind: 'reply', content: update },
        now,
      );
    }
  }
}

/** The outbox and the leases of its channels. */
export class DeliveryTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Channels with something due, leased until `now + leaseMs`; a channel that another sender has is left out. */
  async leaseChannels(now: number, leaseMs: number, limit: number): Promise<ChannelLease[]> {
    const rows = await this.#db
      .updateTable('channel')
      .set((eb) => ({ lease_until: now + leaseMs, lease_no: eb('lease_no', '+', 1) }))
      .where('lease_until', '<=', now)
      .where('id', 'in', (query) =>
        query
          .selectFrom('delivery')
          .innerJoin('channel as held', 'held.id', 'delivery.channel_id')
          .select('channel_id')
          .where('state', 'in', ['due', 'sending'])
          .where('due_at', '<=', now)
          .where('held.hold_until', '<=', now)
          .where('held.lease_until', '<=', now)
          .groupBy('channel_id')
          .orderBy(({ fn }) => fn.min('delivery.id'))
          .limit(limit),
      )
      .returning(['id', 'lease_no'])
      .execute();
    return rows.map((row) => ({ channel: row.id, leaseNo: row.lease_no }));
  }

  /** The oldest delivery of the channel that is not settled, or null. */
  async next(channel: string): Promise<StoredDelivery | null> {
    const row = await this.#db
      .selectFrom('delivery')
      .innerJoin('alert', 'alert.id', 'delivery.alert_id')
      .selectAll('delivery')
      .select('alert.message_id as target')
      .where('delivery.channel_id', '=', channel)
      .where('state', 'in', ['due', 'sending'])
      .orderBy('delivery.id')
      .executeTakeFirst();
    return row === undefined ? null : toDelivery(row);
  }

  /** Notes that a try begins: after a crash the row is uncertain, not due. False when the lease was lost. */
  async begin(lease: ChannelLease, deliveryId: string): Promise<boolean> {
    return fenced(this.#db, lease, (tx) =>
      tx
        .updateTable('delivery')
        .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1) }))
        .where('id', '=', deliveryId)
        .execute(),
    );
  }

  /** Confirms that the platform has the message. False when the lease was lost. */
  async sent(
    lease: ChannelLease,
    delivery: StoredDelivery,
    messageId: string,
    now: number,
  ): Promise<boolean> {
    return fenced(this.#db, lease, async (tx) => {
      await tx
        .updateTable('delivery')
        .set({ state: 'sent', settled_at: now, message_id: messageId, error: null })
        .where('id', '=', delivery.id)
        .execute();
      if (delivery.kind === 'post') {
        await tx
          .updateTable('alert')
          .set({ message_id: messageId })
          .where('id', '=', delivery.alertId)
          .execute();
      }
      await tx.updateTable('channel').set({ trouble: null }).where('id', '=', lease.channel).execute();
    });
  }

  /** The try ended without a message, or nobody knows: `state` says which. The channel waits until `holdUntil`. */
  async postpone(
    lease: ChannelLease,
    deliveryId: string,
    outcome: { state: 'due' | 'sending'; error: string; holdUntil: number },
  ): Promise<boolean> {
    return fenced(this.#db, lease, async (tx) => {
      await tx
        .updateTable('delivery')
        .set({ state: outcome.state, error: outcome.error })
        .where('id', '=', deliveryId)
        .execute();
      await tx
        .updateTable('channel')
        .set({ hold_until: outcome.holdUntil, trouble: outcome.error })
        .where('id', '=', lease.channel)
        .execute();
    });
  }

  /** Sets a delivery aside with its error: the channel goes on with the next one. */
  async park(lease: ChannelLease, deliveryId: string, error: string, now: number): Promise<boolean> {
    return fenced(this.#db, lease, (tx) =>
      tx
        .updateTable('delivery')
        .set({ state: 'parked', error, settled_at: now })
        .where('id', '=', deliveryId)
        .execute(),
    );
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

  /** Lets held channels of a platform ("slack:") try again at once. */
  async retryHeld(channelPrefix: string): Promise<void> {
    await this.#db
      .updateTable('channel')
      .set({ hold_until: 0 })
      .where('id', 'like', `${channelPrefix}%`)
      .where('trouble', 'is not', null)
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

  /** Why these channels are held or have parked messages: one sentence each. */
  async troubles(channels: string[]): Promise<{ channel: string; trouble: string }[]> {
    const rows = await this.#db
      .selectFrom('channel')
      .select(['id', 'trouble'])
      .where('id', 'in', channels.length === 0 ? [''] : channels)
      .where('trouble', 'is not', null)
      .execute();
    return rows.map((row) => ({ channel: row.id, trouble: row.trouble ?? '' }));
  }
}

/** Runs the statements only while the lease is the newest of its channel. */
async function fenced(
  db: Kysely<Schema>,
  lease: ChannelLease,
  work: (tx: Kysely<Schema>) => Promise<unknown>,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const held = await tx
      .updateTable('channel')
      .set({ lease_no: lease.leaseNo })
      .where('id', '=', lease.channel)
      .where('lease_no', '=', lease.leaseNo)
      .returning('id')
      .executeTakeFirst();
    if (held === undefined) return false;
    await work(tx);
    return true;
  });
}

async function enqueue(
  db: Kysely<Schema>,
  row: { channel: string; alertId: string; kind: DeliveryRow['kind']; content: AlertContent | AlertUpdate },
  now: number,
): Promise<void> {
  await db
    .insertInto('delivery')
    .values({
      id: newId(now),
      channel_id: row.channel,
      alert_id: row.alertId,
      kind: row.kind,
      content: JSON.stringify(row.content),
      state: 'due',
      attempts: 0,
      due_at: now,
      created_at: now,
    })
    .execute();
}

/** Puts newer content into a message that no try has begun to send; true when there was one. */
async function replaceWaiting(
  db: Kysely<Schema>,
  alertId: string,
  kind: 'post' | 'edit',
  content: string,
): Promise<boolean> {
  const row = await db
    .updateTable('delivery')
    .set({ content })
    .where('alert_id', '=', alertId)
    .where('kind', '=', kind)
    .where('state', '=', 'due')
    .where('attempts', '=', 0)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

function toAlert(row: Selectable<AlertRow>): StoredAlert {
  return {
    id: row.id,
    channel: row.channel_id,
    storyId: row.story_id,
    content: JSON.parse(row.content),
    messageId: row.message_id,
  };
}

function toDelivery(row: Selectable<DeliveryRow> & { target: string | null }): StoredDelivery {
  return {
    id: row.id,
    channel: row.channel_id,
    alertId: row.alert_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    operation: toOperation(row),
  };
}

function toOperation(row: Selectable<DeliveryRow> & { target: string | null }): Operation | null {
  const body = JSON.parse(row.content);
  if (row.kind === 'post') return { kind: 'post', content: body };
  if (row.target === null) return null;
  return row.kind === 'edit'
    ? { kind: 'edit', content: body, messageId: row.target }
    : { kind: 'reply', update: body, messageId: row.target };
}
