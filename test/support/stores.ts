import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '../../src/store/ids.ts';
import { openStore, type Store, type StoreLocation } from '../../src/store/store.ts';

/** A place for one store that nobody else uses; disposing of it leaves nothing behind. */
export interface TestPlace extends AsyncDisposable {
  location: StoreLocation;
  /** What the product's environment says to use this place. */
  environment: Record<string, string>;
}

export interface Engine {
  name: 'SQLite' | 'PostgreSQL';
  place(): Promise<TestPlace>;
}

const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/**
 * The engines that tests of the store run on: SQLite always, PostgreSQL when a server answers. `.ci/run` sets
 * TEST_DATABASE_URL, and then a server that does not answer is an error.
 */
export const ENGINES: Engine[] = [{ name: 'SQLite', place: folderPlace }, ...(await postgresEngine())];

async function postgresEngine(): Promise<Engine[]> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return [{ name: 'PostgreSQL', place: databasePlace }];
  } catch (cause) {
    if (process.env.TEST_DATABASE_URL !== undefined) {
      throw new Error(`No PostgreSQL at TEST_DATABASE_URL: ${(cause as Error).message}`, { cause });
    }
    process.stderr.write(
      'No PostgreSQL answers at 127.0.0.1:5432: the tests of the store run on SQLite only.\n',
    );
    return [];
  }
}

/** A temporary data folder. */
export async function folderPlace(): Promise<TestPlace> {
  const path = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  return {
    location: { kind: 'folder', path },
    environment: { TOCSIN_DATA: path },
    async [Symbol.asyncDispose]() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

async function databasePlace(): Promise<TestPlace> {
  const name = `tocsin_test_${newId(Date.now())}`;
  await onServer(`create database ${name}`);
  const folder = await folderPlace();
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return {
    location: { kind: 'postgres', url: url.href },
    environment: { ...folder.environment, DATABASE_URL: url.href },
    async [Symbol.asyncDispose]() {
      await onServer(`drop database if exists ${name} with (force)`);
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A fresh store of the engine; disposing of it closes it and removes its place. */
export async function freshStore(engine: Engine): Promise<Store & AsyncDisposable> {
  const place = await engine.place();
  const store = await openStore(place.location);
  return Object.assign(store, {
    async [Symbol.asyncDispose]() {
      await store.close();
      await place[Symbol.asyncDispose]();
    },
  });
}
