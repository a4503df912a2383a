import type { Kysely } from 'kysely';
import type { AlertContent } from '../model/alert.ts';
import type { StoredDelivery } from './delivery-rows.ts';
import { followers, postAnew } from './outbox.ts';
import type { AlertRow, Schema } from './schema.ts';
import { pingsOf } from './stored-pings.ts';

interface Gone extends Pick<StoredDelivery, 'channel' | 'alertId' | 'rollUpId' | 'kind' | 'ping'> {
  /** The alerts that it told, locked. */
  told: Pick<AlertRow, 'id' | 'rise'>[];
  error: string;
}

/** Lets the alerts of a message that somebody deleted go quiet; one that has risen in severity is posted anew. */
export async function letGo(tx: Kysely<Schema>, gone: Gone, now: number): Promise<void> {
  const { channel, rollUpId, told, error } = gone;
  if (rollUpId !== null)
    await tx.updateTable('roll_up').set({ gone_at: now }).where('id', '=', rollUpId).execute();
  const lost = await followers(tx, gone, ['edit', 'reply', 'roll-up-edit'])
    .set({ state: 'folded', error, settled_at: now })
    .returning(['ping', 'due_at'])
    .execute();
  // Whom the reply would have called, the new message calls, and not before that.
  const ping = [...new Set([...gone.ping, ...lost.flatMap((row) => pingsOf(row.ping))])];
  const dueAt = Math.max(now, ...lost.map((row) => row.due_at));
  for (const { id, rise } of told) {
    const row = await tx
      .updateTable('alert')
      .set({ gone_at: now })
      .where('id', '=', id)
      .returning(['content', 'muted_at'])
      .executeTakeFirstOrThrow();
    if (rise === null || row.muted_at !== null) continue;
    const content = gone.kind === 'post' ? withoutEarlier(row.content) : row.content;
    await tx.updateTable('alert').set({ content }).where('id', '=', id).execute();
    await postAnew(tx, { id, channel, content: JSON.parse(content), ping, dueAt }, now);
  }
}

/** An alert that goes on from a message which is there no more. */
function withoutEarlier(stored: string): string {
  const content: AlertContent = JSON.parse(stored);
  const { continues } = content;
  return JSON.stringify(
    continues === undefined ? content : { ...content, continues: { ...continues, isGone: true } },
  );
}
