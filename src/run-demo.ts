import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type App, startApp } from './app.ts';
import { openPrompt } from './chat/terminal/terminal-chat.ts';
import type { TerminalStyle } from './chat/terminal/terminal-text.ts';
import { readConfig } from './config/config.ts';
import { type SampleNews, startSampleNews } from './demo/sample-news.ts';
import type { Logger } from './ops/log.ts';

interface DemoOptions {
  now: () => number;
  style: TerminalStyle;
  log: Logger;
  write: (text: string) => void;
  /** A terminal to take commands from, or null to end by itself. */
  prompting: { input: Readable; output: NodeJS.WritableStream } | null;
  stopping: Promise<void>;
}

/** A reader wants to finish one alert before the next arrives. */
const READING_MS = 1_500;

/** What must have arrived by now is not coming. */
const PATIENCE_MS = 8_000;

/** The product itself, on a sample newsroom: three outlets over HTTP, a temporary data folder, the terminal. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-demo-'));
  const news = await startSampleNews({ now: options.now });
  let write = options.write;
  try {
    const config = readConfig(await demoEnvironment(folder, news));
    const terminal = { write: (text: string) => write(text), style: options.style };
    const app = await startApp({ config, log: options.log, now: options.now, terminal });
    const prompt =
      options.prompting === null
        ? null
        : openPrompt({
            ...options.prompting,
            style: options.style,
            deps: app.commandDeps,
            log: options.log,
          });
    if (prompt !== null) write = prompt.write;
    await Promise.race([
      replay(news, app, { write: terminal.write, hasPrompt: prompt !== null }),
      options.stopping,
      ...(prompt === null ? [] : [prompt.closed]),
    ]);
    if (prompt !== null) await Promise.race([prompt.closed, options.stopping]);
    prompt?.close();
    await app.stop();
  } finally {
    await news.close();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function demoEnvironment(folder: string, news: SampleNews): Promise<Record<string, string>> {
  const configPath = join(folder, 'tocsin.yaml');
  const config = {
    feeds: news.feeds.map(({ name, url }) => ({ name, url, every: '1s', fullText: false })),
    watches: ['Idlib', 'counterterrorism raids'].map((query) => ({
      name: query,
      query,
      channels: ['terminal'],
    })),
  };
  await writeFile(configPath, stringify(config));
  return { TOCSIN_DATA: join(folder, 'data'), TOCSIN_CONFIG: configPath, FETCH_ALLOW_PRIVATE: '127.0.0.1' };
}

/** The outlets publish in stages; each waits until the one before has reached the reader. */
async function replay(
  news: SampleNews,
  app: App,
  { write, hasPrompt }: { write: (text: string) => void; hasPrompt: boolean },
): Promise<void> {
  write(
    `Tocsin demo: three sample outlets, the watches “Idlib” and “counterterrorism raids”, real feeds over HTTP.\n` +
      `The first poll of a feed is its baseline and alerts on nothing.\n\n`,
  );
  await until(async () => (await app.store.feeds.list()).every((feed) => feed.baselinedAt !== null));
  write(
    `${await app.store.articles.count()} articles stored. Now the outlets report a raid near Atme, Syria…\n\n`,
  );
  for (;;) {
    const sent = await sentCount(app);
    if (news.stage >= news.lastStage) break;
    news.advance();
    await until(async () => (await sentCount(app)) > sent);
    await sleep(READING_MS);
  }
  write(
    `The demo's news is over. One alert, told once; what came later was added to it, and the rest stayed silent.\n` +
      (hasPrompt
        ? 'Try /news raid, /watch list or /help; /quit ends the demo.\n'
        : 'README says how to watch your own feeds and post to Slack and Discord.\n'),
  );
}

async function sentCount(app: App): Promise<number> {
  return (await app.store.deliveries.counts(['terminal'])).sent;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && !(await holds()); waited += 100) await sleep(100);
}
