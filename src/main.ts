import { existsSync } from 'node:fs';
import type { TerminalStyle } from './chat/terminal/terminal-text.ts';
import { type Config, readConfig, secretsOf } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { readEnvironment } from './config/environment.ts';
import { isHealthy } from './ops/health.ts';
import { createLogger, type Logger } from './ops/log.ts';
import { StoreError } from './store/store-error.ts';

const USAGE = `Usage: npm run tocsin -- <command>
  start      poll the feeds and post alerts until stopped (npm start)
  demo       a sample newsroom in this terminal, no set-up needed (npm run demo)
  doctor     check configuration, database, tokens and every feed (npm run doctor)
  feeds import FILE   follow the feeds of an OPML file, for everybody (while Tocsin is stopped, or on PostgreSQL)
  feeds export FILE   write the feeds as OPML, without those that need credentials
  feeds remove ADDRESS   follow an imported feed no longer
  export     print what every channel was told, when, on which evidence and whom it called, and what was corrected, as JSON Lines
  doctor --health   exit 0 when the running Tocsin works, for supervisors
  manifest   print the Slack app manifest (config/slack-manifest.json)
`;

const now = () => Date.now();

/** Supervisors kill after 10 s; what has not ended by then would be killed in the middle. */
const STOP_MS = 9_000;

/** Resolves at the first SIGTERM or SIGINT; further ones change nothing. Heard before anything else is loaded. */
const stopping = new Promise<void>((resolve) => {
  process.on('SIGTERM', () => resolve());
  process.on('SIGINT', () => resolve());
});
void stopping.then(() => setTimeout(() => process.exit(0), STOP_MS).unref());

async function main([command, ...options]: string[]): Promise<number> {
  const isFeeds = command === 'feeds' && options.length === 2;
  if (
    command === undefined ||
    (!isFeeds && options.some((option) => !KNOWN_OPTIONS.has(`${command} ${option}`)))
  )
    return usage(command);
  readDotEnv();
  switch (command) {
    case 'start':
      return start(readConfig(process.env));
    case 'demo':
      return demo();
    case 'doctor':
      return options.includes('--health') ? health() : doctor();
    case 'feeds':
      return feeds(options);
    case 'export':
      return exportAlerts();
    case 'manifest':
      return manifest();
    default:
      return usage(command);
  }
}

const KNOWN_OPTIONS = new Set(['doctor --health']);

/** Asked for help, exit 0; an unknown command or option, exit 2. */
function usage(command: string | undefined): number {
  process.stderr.write(USAGE);
  return command === undefined || command === 'help' || process.argv.includes('--help') ? 0 : 2;
}

function readDotEnv(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    throw new ConfigError(`.env can't be read: ${(cause as Error).message}. Correct it or remove it`, {
      cause,
    });
  }
}

async function start(config: Config): Promise<number> {
  const { startApp } = await import('./app.ts');
  const log = logger(config);
  const style = terminalStyle(config.timezone);
  let write = (text: string): void => void process.stdout.write(text);
  const starting = startApp({ config, log, now, terminal: { write: (text) => write(text), style } });
  const app = await Promise.race([starting, stopping]);
  if (app === undefined) return 0;
  const isShownHere = config.slack === null && config.discord === null;
  if (isShownHere) process.stdout.write(WITHOUT_TOKENS);
  if (isShownHere && process.stdin.isTTY) {
    const { openPrompt } = await import('./chat/terminal/terminal-chat.ts');
    const prompt = openPrompt({ ...prompting(), style, deps: app.commandDeps, log });
    write = prompt.write;
    await Promise.race([stopping, prompt.closed]);
    prompt.close();
  } else await stopping;
  await app.stop();
  return 0;
}

const WITHOUT_TOKENS = `Tocsin shows its alerts in this terminal, because no token is set.
To post to Slack, set SLACK_BOT_TOKEN and SLACK_APP_TOKEN; to post to Discord, set DISCORD_TOKEN (README, "Set-up").

`;

async function demo(): Promise<number> {
  const { runDemo } = await import('./run-demo.ts');
  const style = terminalStyle('UTC');
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return runDemo({
    now,
    style,
    log: createLogger({
      level: 'warn',
      write: (line) => void process.stderr.write(line),
      now,
      readable: true,
    }),
    write: (text) => void process.stdout.write(text),
    prompting: interactive ? prompting() : null,
    stopping,
  });
}

async function doctor(): Promise<number> {
  const { examine, reportText } = await import('./doctor.ts');
  const checks = await examine(process.env, now);
  process.stdout.write(reportText(checks, terminalStyle('UTC')));
  return checks.every((check) => check.state !== 'bad') ? 0 : 1;
}

async function feeds([action, path]: string[]): Promise<number> {
  const { feedsCommandLine, isFeedsAction } = await import('./feeds-cli.ts');
  if (action === undefined || path === undefined || !isFeedsAction(action)) return usage('feeds');
  const done = await feedsCommandLine(action, path, { config: readConfig(process.env), now });
  process.stdout.write(`${done}\n`);
  return 0;
}

async function exportAlerts(): Promise<number> {
  const { openConfiguredStore } = await import('./app.ts');
  const { exportTold } = await import('./export-told.ts');
  const store = await openConfiguredStore(readConfig(process.env));
  try {
    await exportTold(store, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await store.close();
  }
  return 0;
}

async function manifest(): Promise<number> {
  const { slackManifest } = await import('./chat/slack/manifest.ts');
  process.stdout.write(`${JSON.stringify(slackManifest(), null, 2)}\n`);
  return 0;
}

function health(): number {
  const healthy = isHealthy(readEnvironment(process.env).dataDir, now());
  process.stdout.write(
    healthy ? 'healthy\n' : 'not healthy: no Tocsin has worked on this data folder for a minute\n',
  );
  return healthy ? 0 : 1;
}

function prompting() {
  return { input: process.stdin, output: process.stdout };
}

function logger(config: Config): Logger {
  const readable = process.stderr.isTTY === true;
  const write = (line: string) => void process.stderr.write(line);
  return createLogger({ level: config.logLevel, write, now, readable, secrets: secretsOf(config) });
}

function terminalStyle(timezone: string): TerminalStyle {
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return { width: Math.min(process.stdout.columns || 100, 110), color, timezone };
}

try {
  // Left-over timers of a client library must not hold a finished process.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
