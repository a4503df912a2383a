import { type Kysely, sql } from 'kysely';
import type { AlertContent } from '../model/alert.ts';
import { lockAlerts } from './locks.ts';
import type { Schema } from './schema.ts';

/** A watch that goes by another name now. */
export interface RenamedWatch {
  from: string;
  to: string;
  channels: readonly string[];
}

const PAGE = 500;

/** Lets what these watches asked for go on under their new names: an alert knows by name who asks for it. */
export async function renameInAlerts(db: Kysely<Schema>, renamed: readonly RenamedWatch[]): Promise<void> {
  const channels = new Set(renamed.flatMap((one) => one.channels));
  for (const channel of channels) {
    const here = renamed.filter((one) => one.channels.includes(channel));
    const others = await namesMadeInChat(db, channel);
    const namesNow = (name: string) => {
      const to = here.filter(({ from }) => from === name).map((one) => one.to);
      return to.length === 0 || others.has(name) ? [...to, name] : to;
    };
    await rewriteNames(db, { channel, from: here.map(({ from }) => from), namesNow });
  }
}

/** Watches that people made for the channel, which may have the name that one of the file had. */
async function namesMadeInChat(db: Kysely<Schema>, channel: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('watch')
    .select(['name', 'channels'])
    .where('removed_at', 'is', null)
    .where('origin', '=', 'chat')
    .execute();
  return new Set(rows.filter((row) => JSON.parse(row.channels).includes(channel)).map(({ name }) => name));
}

async function rewriteNames(
  db: Kysely<Schema>,
  { channel, from, namesNow }: { channel: string; from: string[]; namesNow: (name: string) => string[] },
): Promise<void> {
  const naming = db
    .selectFrom('alert')
    .select('id')
    .where('channel_id', '=', channel)
    .where((eb) => eb.or(from.map((name) => sql<boolean>`content like ${containing(name)} escape '!'`)))
    .orderBy('id')
    .limit(PAGE);
  let page = await naming.execute();
  while (page.length > 0) {
    const ids = page.map(({ id }) => id);
    await lockAlerts(db, ids);
    const alerts = await db.selectFrom('alert').select(['id', 'content']).where('id', 'in', ids).execute();
    for (const { id, content } of alerts) {
      const told: AlertContent = JSON.parse(content);
      const watches = [...new Set(told.watches.flatMap(namesNow))];
      const changed = JSON.stringify({ ...told, watches });
      if (changed !== content)
        await db.updateTable('alert').set({ content: changed }).where('id', '=', id).execute();
    }
    page = await naming.where('id', '>', ids.at(-1) ?? '').execute();
  }
}

/** What finds the name as JSON has it. */
function containing(name: string): string {
  return `%${JSON.stringify(name).replace(/[!%_]/g, '!$&')}%`;
}
