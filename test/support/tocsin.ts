import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';

/** A started Tocsin: the process a user starts, watched from outside. */
export interface TocsinProcess extends AsyncDisposable {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Log events, parsed. */
  log(): { level: string; message: string; [field: string]: unknown }[];
  /** Resolves when the log has the event; rejects with the whole log instead. */
  logged(message: string, fields?: Record<string, unknown>, timeoutMs?: number): Promise<void>;
  /** Resolves when `holds` is true; rejects with what the process wrote instead. */
  until(holds: () => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>;
  /** SIGTERM; resolves to the exit code and how long it took. */
  stop(): Promise<{ code: number | null; ms: number }>;
  /** SIGKILL: a crash. */
  kill(): Promise<void>;
  exited: Promise<number | null>;
}

export interface TocsinSettings {
  /** Where configuration and data are kept. */
  folder: string;
  /** What the configuration file says; null leaves the file as it is. */
  config: unknown;
  environment?: Record<string, string>;
  /** The working directory, where `.env` is looked for; default: the project's. */
  cwd?: string;
  /** What is typed after `node src/main.ts`. */
  command?: string[];
}

/** Runs `node src/main.ts` with its own configuration and nothing of the test's environment. */
export function startTocsin(settings: TocsinSettings): TocsinProcess {
  const { folder, config, environment = {}, cwd = '.', command = ['start'] } = settings;
  const configPath = join(folder, 'tocsin.yaml');
  if (config !== null) writeFileSync(configPath, typeof config === 'string' ? config : stringify(config));
  const child = spawn(process.execPath, [resolve('src/main.ts'), ...command], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      TOCSIN_CONFIG: configPath,
      TOCSIN_DATA: folder,
      FETCH_ALLOW_PRIVATE: '127.0.0.1',
      LOG_LEVEL: 'debug',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return observe(child, written, exited);
}

function observe(
  child: ChildProcess,
  written: { stdout: string; stderr: string },
  exited: Promise<number | null>,
): TocsinProcess {
  const log = () =>
    written.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await holds())) {
      if (Date.now() > deadline)
        throw new Error(`It did not happen. Tocsin wrote:\n${written.stdout}\n${written.stderr}`);
      await sleep(50);
    }
  }
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }
  return {
    child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    log,
    exited,
    until,
    logged: (message, fields = {}, timeoutMs) =>
      until(() => log().some((event) => event.message === message && hasFields(event, fields)), timeoutMs),
    async stop() {
      const startedAt = Date.now();
      child.kill('SIGTERM');
      return { code: await exited, ms: Date.now() - startedAt };
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

function hasFields(event: Record<string, unknown>, fields: Record<string, unknown>): boolean {
  return Object.entries(fields).every(([key, value]) => event[key] === value);
}
