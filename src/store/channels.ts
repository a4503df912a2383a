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

/** A channel that somebody must mend, or had to. */
export interface Break {
  channel: string;
  /** What is wrong, with the remedy. */
  trouble: string | null;
  /** Null once it is mended. */
  brokenAt: number | null;
  /** The channels whose readers know of it; null while none do. */
  toldIn: string[] | null;
}

/** What channels have set for themselves, and how they are. */
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

  /** Which workspace each channel belongs to, as far as its platform ever said: channel -> workspace. */
  async workspaces(): Promise<Map<string, string>> {
    const rows = await this.#db
      .selectFrom('channel')
      .select(['id', 'workspace'])
      .where('workspace', 'is not', null)
      .execute();
    return new Map(rows.map((row) => [row.id, row.workspace ?? '']));
  }

  /** Remembers which workspace a channel belongs to. */
  async belongs(channel: string, workspace: string): Promise<void> {
    await ensureChannel(this.#db, channel);
    await this.#db.updateTable('channel').set({ workspace }).where('id', '=', channel).execute();
  }

  /** Channels that somebody must mend, and those that are mended where somebody was told to: nobody knows it yet. */
  async breaks(): Promise<Break[]> {
    const rows = await this.#db
      .selectFrom('channel')
      .select(['id', 'trouble', 'broken_at', 'told_in'])
      .where((eb) => eb.or([eb('broken_at', 'is not', null), eb('told_in', 'is not', null)]))
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      channel: row.id,
      trouble: row.trouble,
      brokenAt: row.broken_at,
      toldIn: row.told_in === null ? null : JSON.parse(row.told_in),
    }));
  }

  /** Who asked in chat for alerts in the channel: those who made its watches, or let a feed be posted there. */
  async askers(channel: string): Promise<string[]> {
    const here = await this.#asking(channel);
    return [...new Set(here.flatMap((row) => row.created_by ?? []))];
  }

  /** The watches and subscriptions that alert in the channel. */
  async #asking(channel: string): Promise<{ created_by: string | null }[]> {
    const watches = await this.#db
      .selectFrom('watch')
      .select(['channels', 'created_by'])
      .where('removed_at', 'is', null)
      .execute();
    const subscriptions = await this.#db
      .selectFrom('subscription')
      .select(['channels', 'created_by'])
      .execute();
    return [...watches, ...subscriptions].filter((row) => JSON.parse(row.channels).includes(channel));
  }

  /** Notes where a break was told, or, with null, that its end was. */
  async toldBreak(channel: string, toldIn: readonly string[] | null): Promise<void> {
    await this.#db
      .updateTable('channel')
      .set({ told_in: toldIn === null ? null : JSON.stringify(toldIn) })
      .where('id', '=', channel)
      .execute();
  }

  /** Sends nothing of what waits for a person who takes no messages; a channel that alerts go to keeps all it has. */
  async giveUp(channel: string, now: number): Promise<void> {
    if ((await this.#asking(channel)).length > 0) return;
    await this.#db
      .updateTable('delivery')
      .set({ state: 'folded', settled_at: now })
      .where('channel_id', '=', channel)
      .where('kind', '=', 'notice')
      .where('state', '=', 'due')
      .execute();
    await this.#db
      .updateTable('channel')
      .set({ trouble: null, hold_until: 0, broken_at: null })
      .where('id', '=', channel)
      .execute();
  }
}
