import type { Kysely, Selectable } from 'kysely';
import type { AlertContent, AlertUpdate } from '../model/alert.ts';
import { enqueue, ensureChannel } from './deliveries.ts';
import { newId } from './ids.ts';
import type { AlertRow, Schema } from './schema.ts';

/** What one channel has been told about one story. */
export interface StoredAlert {
  id: string;
  channel: string;
  storyId: string;
  content: AlertContent;
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

  /** A new alert and its first message, queued to be sent from `dueAt` on. */
  async create(
    { channel, storyId, content, dueAt }: Omit<StoredAlert, 'id'> & { dueAt: number },
    now: number,
  ): Promise<void> {
    await ensureChannel(this.#db, channel);
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
    await enqueue(this.#db, { channel, alertId: id, kind: 'post', content, dueAt }, now);
  }

  /** What waits in the story's channels may be sent now: nothing more is about to be added to it. */
  async release(storyId: string, now: number): Promise<void> {
    await this.#db
      .updateTable('delivery')
      .set({ due_at: now })
      .where('state', '=', 'due')
      .where('due_at', '>', now)
      .where('alert_id', 'in', (query) =>
        query.selectFrom('alert').select('id').where('story_id', '=', storyId),
      )
      .execute();
  }

  /**
   * Changes what the channel's message says and queues how it gets there: while the first message still waits it
   * is changed in place; later it is edited, and `update` says in its thread what is new. After a first message
   * that was set aside there is nothing to edit, so the whole alert is posted.
   */
  async change(alert: StoredAlert, update: AlertUpdate | null, now: number): Promise<void> {
    const content = JSON.stringify(alert.content);
    // The row's own word on its message: since `alert` was read, another connection may have confirmed it.
    const { message_id } = await this.#db
      .updateTable('alert')
      .set({ content })
      .where('id', '=', alert.id)
      .returning('message_id')
      .executeTakeFirstOrThrow();
    if (await replaceWaiting(this.#db, alert.id, 'post', content)) return;
    const to = { channel: alert.channel, alertId: alert.id };
    if (message_id === null && !(await isPostOpen(this.#db, alert.id))) {
      await enqueue(this.#db, { ...to, kind: 'post', content: alert.content }, now);
      return;
    }
    if (!(await replaceWaiting(this.#db, alert.id, 'edit', content))) {
      await enqueue(this.#db, { ...to, kind: 'edit', content: alert.content }, now);
    }
    if (update !== null) await enqueue(this.#db, { ...to, kind: 'reply', content: update }, now);
  }
}

/** Whether the first message of an alert is still on its way. */
async function isPostOpen(db: Kysely<Schema>, alertId: string): Promise<boolean> {
  const row = await db
    .selectFrom('delivery')
    .select('id')
    .where('alert_id', '=', alertId)
    .where('kind', '=', 'post')
    .where('state', 'in', ['due', 'sending'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts newer content into a message that certainly has not been taken; true when there was one. */
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
  };
}
