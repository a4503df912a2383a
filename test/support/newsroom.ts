import { readFileSync } from 'node:fs';
import { type DiscordSimulator, startDiscord } from './discord/simulator.ts';
import { rssFeed } from './feed-documents.ts';
import type { FeedServer } from './feed-server.ts';
import { type SlackSimulator, startSlack } from './slack/simulator.ts';
import type { TestPlace } from './stores.ts';
import { startTocsin, type TocsinProcess } from './tocsin.ts';

/** A Slack workspace and a Discord server with one news channel each, and a Tocsin that is started on them. */
export interface Newsroom extends AsyncDisposable {
  slack: SlackSimulator;
  discord: DiscordSimulator;
  /** `node src/main.ts start` with both tokens; stopped by SIGKILL at the end if the test has not. */
  start(config: unknown, environment?: Record<string, string>, command?: string[]): TocsinProcess;
}

export const SLACK_CHANNEL = 'C0NEWS';
export const DISCORD_CHANNEL = '200000000000000001';
export const GUILD = '100000000000000001';

/** The manifest that users paste into Slack: what it lacks, the simulator refuses. */
export const MANIFEST: unknown = JSON.parse(readFileSync('config/slack-manifest.json', 'utf8'));

/** `second` is a further channel on each platform. */
export async function openNewsroom(
  place: TestPlace,
  second?: { slack: string; discord: string },
): Promise<Newsroom> {
  if (place.environment.TOCSIN_DATA === undefined) throw new Error('the place has no folder');
  const folder = place.environment.TOCSIN_DATA;
  const channels = (first: string, further: string | undefined) => [
    { id: first, name: 'news' },
    ...(further === undefined ? [] : [{ id: further, name: 'desk' }]),
  ];
  const slack = await startSlack({ manifest: MANIFEST, channels: channels(SLACK_CHANNEL, second?.slack) });
  const discord = await startDiscord({
    guilds: [{ id: GUILD, name: 'Newsroom', channels: channels(DISCORD_CHANNEL, second?.discord) }],
  });
  const started: TocsinProcess[] = [];
  return {
    slack,
    discord,
    start(config, environment = {}, command = ['start']) {
      const tokens = {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
      };
      const tocsin = startTocsin({
        folder,
        config,
        environment: { ...place.environment, ...tokens, ...environment },
        command,
      });
      started.push(tocsin);
      return tocsin;
    },
    async [Symbol.asyncDispose]() {
      for (const tocsin of started) await tocsin.kill();
      await slack.close();
      await discord.close();
    },
  };
}

/** Publishes at /rss an article per title, the newest first. */
export function publishTitles(server: FeedServer, ...titles: string[]): void {
  server.publish('/rss', rssFeed({ title: 'Wire', items: titles.map(titledItem) }));
}

/** An item whose guid and link follow from its title. */
export function titledItem(title: string) {
  const link = `https://wire.example/${encodeURIComponent(title)}`;
  return { title, guid: title, link, html: `<p>${title}, residents said on Monday.</p>` };
}

/** These paths of the server, polled every second, and the watch "Idlib" in both news channels. */
export function watchIdlib(server: FeedServer, paths = ['/rss']) {
  const channels = [`slack:${SLACK_CHANNEL}`, `discord:${DISCORD_CHANNEL}`];
  return {
    feeds: paths.map((path) => ({ url: server.url(path), every: '1s', fullText: false })),
    watches: [{ name: 'Idlib', query: 'Idlib', channels }],
  };
}
