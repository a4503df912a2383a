import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { up as first } from './migrations/0001-first.ts';
import { up as feeds } from './migrations/0002-feeds.ts';
import { up as nearMisses } from './migrations/0003-near-misses.ts';
import { up as stories } from './migrations/0004-stories.ts';
import { up as telling } from './migrations/0005-telling.ts';
import { up as calling } from './migrations/0006-calling.ts';
import { up as storyChoices } from './migrations/0007-story-choices.ts';
import { up as tellingAgain } from './migrations/0008-telling-again.ts';
import { up as modelCalls } from './migrations/0009-model-calls.ts';
import { up as corrections } from './migrations/0010-corrections.ts';
import { StoreError } from './store-error.ts';

const MIGRATIONS: Record<string, Migration> = {
  '0001-first': { up: first },
  '0002-feeds': { up: feeds },
  '0003-near-misses': { up: nearMisses },
  '0004-stories': { up: stories },
  '0005-telling': { up: telling },
  '0006-calling': { up: calling },
  '0007-story-choices': { up: storyChoices },
  '0008-telling-again': { up: tellingAgain },
  '0009-model-calls': { up: modelCalls },
  '0010-corrections': { up: corrections },
};

/** Brings an older database up to date. Throws StoreError when a newer Tocsin wrote it. */
export async function migrate(db: Kysely<never>): Promise<void> {
  await refuseNewer(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new StoreError('The database could not be migrated: restore the last backup or report this', {
      cause: error,
    });
  }
}

async function refuseNewer(db: Kysely<never>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const history = db as unknown as Kysely<{ kysely_migration: { name: string } }>;
  const done = await history.selectFrom('kysely_migration').select('name').execute();
  const unknown = done.find(({ name }) => !(name in MIGRATIONS));
  if (unknown === undefined) return;
  throw new StoreError(
    `A newer Tocsin wrote this database (it has ${unknown.name}): start that version, or restore a backup made before the upgrade`,
  );
}
