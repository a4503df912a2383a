import { execFile } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { folderPlace, type TestPlace } from '../support/stores.ts';

/** A server of PostgreSQL that is the run's own, as durable as it is by default, and can be restarted. */
export interface Cluster extends AsyncDisposable {
  place(): Promise<TestPlace>;
  /** Stops the server, `immediate`ly as a power cut does or after its transactions were ended, and starts it after `ms`. */
  restart(mode: StopMode, ms: number): Promise<void>;
}

type StopMode = 'immediate' | 'fast';

const run = promisify(execFile);

/** Starts a new server; null where its programs are not installed, or nobody is there to run them: root may not. */
export async function openCluster(): Promise<Cluster | null> {
  const bin = await programs();
  const owner = process.getuid?.() === 0 ? await ids('postgres') : null;
  if (bin === null || (owner === null && process.getuid?.() === 0)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-cluster-'));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const as = { cwd: folder, ...owner };
  const data = join(folder, 'data');
  const control = (...words: string[]) => run(join(bin, 'pg_ctl'), ['-D', data, '-w', ...words], as);
  const port = await freePort();
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const start = () => control('start', '-l', join(folder, 'server.log'), '-o', options);
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    as,
  );
  await start();
  return {
    async place() {
      const { environment, ...place } = await folderPlace();
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      return {
        ...place,
        location: { kind: 'postgres', url },
        environment: { ...environment, DATABASE_URL: url },
      };
    },
    async restart(mode, ms) {
      await control('stop', '-m', mode);
      await sleep(ms);
      await start();
    },
    async [Symbol.asyncDispose]() {
      await control('stop', '-m', 'immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the newest programs; null when there are none. */
async function programs(): Promise<string | null> {
  const told = await run('pg_config', ['--bindir']).catch(() => null);
  const installed = globSync('/usr/lib/postgresql/*/bin').sort((one, other) =>
    other.localeCompare(one, 'en', { numeric: true }),
  );
  const folders = [...(told === null ? [] : [told.stdout.trim()]), ...installed];
  return (
    folders.find((folder) => ['initdb', 'pg_ctl'].every((name) => existsSync(join(folder, name)))) ?? null
  );
}

async function ids(user: string): Promise<{ uid: number; gid: number } | null> {
  const id = (flag: string) => run('id', [flag, user]).then(({ stdout }) => Number(stdout));
  return Promise.all([id('-u'), id('-g')]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => null,
  );
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
