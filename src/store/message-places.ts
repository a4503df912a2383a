import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Where the message that tells an alert is, its own or one that it shares. */
export interface MessagePlace {
  /** The platform's own id of it; null while it has not arrived. */
  messageId: string | null;
  /** How many messages of its channel go before it, and until when the channel waits; null when it does not wait. */
  queue: { ahead: number; holdUntil: number } | null;
}

/** The deliveries of an alert and those of its roll-up, where it shares one. */
export function messagesOf(db: Kysely<Schema>, alertId: string) {
  return db
    .selectFrom('delivery')
    .innerJoin('alert', (join) =>
      join.on((eb) =>
        eb.or([
          eb('alert.id', '=', eb.ref('delivery.alert_id')),
          eb('alert.roll_up_id', '=', eb.ref('delivery.roll_up_id')),
        ]),
      ),
    )
    .where('alert.id', '=', alertId);
}

/** Where the newest message that tells the alert is; null when none was queued. */
export async function placeOf(db: Kysely<Schema>, alertId: string): Promise<MessagePlace | null> {
  const message = await messagesOf(db, alertId)
    .innerJoin('channel', 'channel.id', 'delivery.channel_id')
    .select(['delivery.id', 'delivery.channel_id', 'delivery.state', 'delivery.message_id', 'hold_until'])
    .where('delivery.kind', 'in', ['post', 'roll-up'])
    .where('delivery.state', '!=', 'folded')
    .orderBy('delivery.id', 'desc')
    .executeTakeFirst();
  if (message === undefined) return null;
  if (message.state !== 'due' && message.state !== 'sending') {
    return { messageId: message.message_id, queue: null };
  }
  const { ahead } = await db
    .selectFrom('delivery')
    .select(({ fn }) => fn.countAll<number>().as('ahead'))
    .where('channel_id', '=', message.channel_id)
    .where('state', 'in', ['due', 'sending'])
    .where('id', '<', message.id)
    .executeTakeFirstOrThrow();
  return { messageId: null, queue: { ahead: Number(ahead), holdUntil: message.hold_until } };
}
