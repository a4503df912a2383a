import type { Kysely, Selectable } from 'kysely';
import type { Ping } from '../model/ping.ts';
import type { Watch } from '../model/watch.ts';
import { newId } from './ids.ts';
import { renameInAlerts } from './renamed-watches.ts';
import type { Schema, WatchRow } from './schema.ts';
import { pingsOf, storedPing } from './stored-pings.ts';

/** The workspace of watches that the file defines. */
export const CONFIG_WORKSPACE = 'config';

export interface NewWatch extends Omit<Watch, 'id' | 'telling' | 'ping'> {
  /** These are left as they are unless given. */
  telling?: string | null;
  ping?: readonly Ping[];
  /** Who made it, for the audit; null for the file. */
  createdBy: string | null;
}

/** Watches of the file and watches made in chat. */
export class WatchTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /**
   * Makes the watches of the file those given; watches made in chat are not touched. What only has another name than
   * before stays the same watch, with all that it told and that waits for it.
   */
  async syncConfig(entries: ConfigWatch[], now: number): Promise<void> {
    const known = knownAmong(await this.list(CONFIG_WORKSPACE), entries);
    await this.#db
      .updateTable('watch')
      .set({ removed_at: now, changed_at: await nextChange(this.#db, now) })
      .where('origin', '=', 'config')
      .where('removed_at', 'is', null)
      .where('id', 'not in', ['', ...[...known.values()].map(({ id }) => id)])
      .execute();
    const renamed = [...known].filter(([entry, watch]) => entry.name !== watch.name);
    // Two may have swapped their names, and no two can have one name, not even for a moment.
    for (const [, { id }] of renamed)
      await this.#db.updateTable('watch').set({ name: id }).where('id', '=', id).execute();
    for (const entry of entries) await this.#save(fromConfig(entry), known.get(entry) ?? null, now);
    const names = renamed.map(([{ name: to }, { name: from, channels }]) => ({ from, to, channels }));
    await renameInAlerts(this.#db, names);
  }

  /** Adds the watch, or changes the one of that name in its workspace; resolves to its id. */
  async put(watch: NewWatch, now: number): Promise<string> {
    return this.#save(watch, await this.named(watch.workspace, watch.name), now);
  }

  async #save(watch: NewWatch, known: Watch | null, now: number): Promise<string> {
    const channels = JSON.stringify(watch.channels);
    const changedAt = await nextChange(this.#db, now);
    if (known === null) {
      const id = newId(now);
      const { workspace, name, query, origin, createdBy, telling = null, ping = [] } = watch;
      await this.#db
        .insertInto('watch')
        .values({
          id,
          workspace,
          name,
          query,
          channels,
          origin,
          telling,
          ping: storedPing(ping),
          created_by: createdBy,
          created_at: now,
          changed_at: changedAt,
        })
        .execute();
      return id;
    }
    const { telling = known.telling, ping = known.ping } = watch;
    if (
      known.telling !== telling ||
      known.ping.join() !== ping.join() ||
      known.name !== watch.name ||
      known.query !== watch.query ||
      JSON.stringify(known.channels) !== channels
    ) {
      await this.#db
        .updateTable('watch')
        .set({
          name: watch.name,
          query: watch.query,
          channels,
          telling,
          ping: storedPing(ping),
          changed_at: changedAt,
        })
        .where('id', '=', known.id)
        .execute();
    }
    return known.id;
  }

  /** The watch of that name (case does not matter) in the workspace, or null. */
  async named(workspace: string, name: string): Promise<Watch | null> {
    const rows = await active(this.#db).where('workspace', '=', workspace).execute();
    const row = rows.find((candidate) => isSameName(candidate, { name }));
    return row === undefined ? null : toWatch(row);
  }

  /** The watches of one workspace by name, or of all when it is null. */
  async list(workspace: string | null): Promise<Watch[]> {
    const rows = await (workspace === null
      ? active(this.#db)
      : active(this.#db).where('workspace', '=', workspace)
    ).execute();
    return rows.map(toWatch).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Tells its alerts at other times from now on. */
  async tellWhen(id: string, telling: string | null, now: number): Promise<void> {
    await this.#db
      .updateTable('watch')
      .set({ telling, changed_at: await nextChange(this.#db, now) })
      .where('id', '=', id)
      .execute();
  }

  /** Its alerts call others from now on. */
  async call(id: string, ping: readonly Ping[], now: number): Promise<void> {
    await this.#db
      .updateTable('watch')
      .set({ ping: storedPing(ping), changed_at: await nextChange(this.#db, now) })
      .where('id', '=', id)
      .execute();
  }

  /** Ends a watch; its history stays. */
  async remove(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('watch')
      .set({ removed_at: now, changed_at: await nextChange(this.#db, now) })
      .where('id', '=', id)
      .execute();
  }

  /** Changes whenever any watch does: what an index in memory compares. */
  async stamp(): Promise<string> {
    const row = await this.#db
      .selectFrom('watch')
      .select(({ fn }) => [fn.countAll<number>().as('n'), fn.max('changed_at').as('at')])
      .executeTakeFirst();
    return `${row?.n ?? 0}/${row?.at ?? 0}`;
  }
}

/** A watch as the file has it. */
type ConfigWatch = Pick<NewWatch, 'name' | 'query' | 'channels' | 'telling' | 'ping'>;

/** What entries of the file and watches have in common when they are the same, the surest first. */
const SAMENESS: ((entry: ConfigWatch, watch: Watch) => boolean)[] = [
  (entry, watch) => isSameName(entry, watch) && asksTheSame(entry, watch),
  asksTheSame,
  isSameName,
];

/** The watch that each entry of the file is already, where it is one. */
function knownAmong(watches: readonly Watch[], entries: readonly ConfigWatch[]): Map<ConfigWatch, Watch> {
  const known = new Map<ConfigWatch, Watch>();
  const free = new Set(watches);
  for (const isSame of SAMENESS) {
    for (const entry of entries) {
      const watch = known.has(entry) ? undefined : [...free].find((one) => isSame(entry, one));
      if (watch === undefined) continue;
      known.set(entry, watch);
      free.delete(watch);
    }
  }
  return known;
}

function isSameName(one: { name: string }, other: { name: string }): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase();
}

function asksTheSame(one: ConfigWatch, other: Watch): boolean {
  return one.query === other.query && one.channels.toSorted().join() === other.channels.toSorted().join();
}

function fromConfig(entry: ConfigWatch): NewWatch {
  return {
    telling: null,
    ping: [],
    ...entry,
    workspace: CONFIG_WORKSPACE,
    origin: 'config',
    createdBy: null,
  };
}

function toWatch(row: Selectable<WatchRow>): Watch {
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    query: row.query,
    channels: JSON.parse(row.channels),
    origin: row.origin,
    telling: row.telling,
    ping: pingsOf(row.ping),
  };
}

function active(db: Kysely<Schema>) {
  return db.selectFrom('watch').selectAll().where('removed_at', 'is', null);
}

/** Later than every change before, whatever the clocks of several processes say: an index in memory relies on it. */
async function nextChange(db: Kysely<Schema>, now: number): Promise<number> {
  const row = await db
    .selectFrom('watch')
    .select(({ fn }) => fn.max('changed_at').as('at'))
    .executeTakeFirst();
  return Math.max(now, Number(row?.at ?? 0) + 1);
}
