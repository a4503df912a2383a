import type { Kysely, Selectable } from 'kysely';
import type { Operation } from '../model/alert.ts';
import type { Ping } from '../model/ping.ts';
import type { DeliveryRow, DeliveryState, Schema } from './schema.ts';
import { pingsOf } from './stored-pings.ts';

/** One row of the outbox, ready to send; `operation` is null while its alert's message is not confirmed. */
export interface StoredDelivery {
  id: string;
  channel: string;
  /** Null for a notice and for a roll-up. */
  alertId: string | null;
  rollUpId: string | null;
  kind: DeliveryRow['kind'];
  state: DeliveryState;
  attempts: number;
  createdAt: number;
  operation: Operation | null;
  /** Whom it calls. */
  ping: Ping[];
}

/** Deliveries with the message that an edit or a reply belongs to. */
export function withTarget(db: Kysely<Schema>) {
  return db
    .selectFrom('delivery')
    .leftJoin('alert', 'alert.id', 'delivery.alert_id')
    .leftJoin('roll_up', 'roll_up.id', 'delivery.roll_up_id')
    .selectAll('delivery')
    .select(({ fn }) => fn.coalesce('alert.message_id', 'roll_up.message_id').as('target'));
}

/** What the outbox has of a delivery. */
export function toDelivery(row: Selectable<DeliveryRow> & { target: string | null }): StoredDelivery {
  return {
    id: row.id,
    channel: row.channel_id,
    alertId: row.alert_id,
    rollUpId: row.roll_up_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    operation: toOperation(row),
    ping: pingsOf(row.ping),
  };
}

function toOperation(row: Selectable<DeliveryRow> & { target: string | null }): Operation | null {
  const body = JSON.parse(row.content);
  const alertId = row.alert_id ?? '';
  if (row.kind === 'post') return { kind: 'post', alertId, content: body };
  if (row.kind === 'notice' || row.kind === 'roll-up') return { kind: 'notice', notice: body };
  if (row.target === null) return null;
  if (row.kind === 'roll-up-edit') return { kind: 'edit-notice', notice: body, messageId: row.target };
  return row.kind === 'edit'
    ? { kind: 'edit', alertId, content: body, messageId: row.target }
    : { kind: 'reply', update: body, messageId: row.target };
}
