import type { Kysely } from 'kysely';
import { ensureChannel } from './outbox.ts';
import type { Schema } from './schema.ts';

/** How a channel wants to be told. */
export interface ChannelSettings {
  /** IANA zone; null for the operator's. */
  timezone: string | null;
  /** Such as "22:00-07:00 hold"; null for none. */
  quiet: string | null;
}

/** What channels have set for themselves. */
export class ChannelTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async settings(channel: string): Promise<ChannelSettings> {
    const row = await this.#db
      .selectFrom('channel')
      .select(['timezone', 'quiet'])
      .where('id', '=', channel)
      .executeTakeFirst();
    return row ?? { timezone: null, quiet: null };
  }

  /** Changes what is given. */
  async set(channel: string, settings: Partial<ChannelSettings>): Promise<void> {
    await ensureChannel(this.#db, channel);
    await this.#db.updateTable('channel').set(settings).where('id', '=', channel).execute();
  }
}
