import { WebClient } from '@slack/web-api';
import { REST } from 'discord.js';
import { discordDestination } from '../../src/chat/discord/discord-destination.ts';
import { slackDestination } from '../../src/chat/slack/slack-destination.ts';
import { createDeliverer } from '../../src/delivery.ts';
import type { AlertContent, Destination } from '../../src/model/alert.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { StoredAlert } from '../../src/store/alerts.ts';
import type { Store } from '../../src/store/store.ts';
import { content } from './articles.ts';
import { startDiscord } from './discord/simulator.ts';
import { DISCORD_CHANNEL, GUILD, MANIFEST, SLACK_CHANNEL } from './newsroom.ts';
import { startSlack } from './slack/simulator.ts';

export const SLACK = `slack:${SLACK_CHANNEL}`;
export const DISCORD = `discord:${DISCORD_CHANNEL}`;

/** The outbox of a store, sent to real clients of simulated platforms, with a clock of its own. */
/** The outbox of a store, sent to simulated platforms by the real clients; time passes when a test says so. */
export async function openOutbox(store: Store) {
  const slack = await startSlack({ manifest: MANIFEST, channels: [{ id: SLACK_CHANNEL, name: 'news' }] });
  const discord = await startDiscord({
    guilds: [{ id: GUILD, name: 'Newsroom', channels: [{ id: DISCORD_CHANNEL, name: 'news' }] }],
  });
  const once = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const quiet = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => 'error' as never,
    setName() {},
  };
  const rest = new REST({ api: discord.apiUrl, retries: 0, rejectOnRateLimit: () => true });
  const destinations: Record<string, Destination> = {
    slack: slackDestination(new WebClient(slack.botToken, { ...once, logger: quiet })),
    discord: discordDestination(rest, discord.token),
  };
  let clock = Date.now();
  const now = () => clock;
  const log = createLogger({ level: 'error', now, write: () => {} });
  const destination = (channel: string) => {
    const [platform = '', channelId = ''] = channel.split(':');
    return { destination: destinations[platform] as Destination, channelId };
  };
  return {
    slack,
    discord,
    now,
    pass(ms: number) {
      clock += ms;
    },
    /** Everything that is due, once. */
    async send() {
      const deliverer = createDeliverer({ store, destination, budget: 6, now, log });
      await deliverer.tick();
      await new Promise((resolve) => setTimeout(resolve, 0));
      await deliverer.settled();
    },
    async [Symbol.asyncDispose]() {
      await slack.close();
      await discord.close();
    },
  };
}

/** A story that is told in both channels; gives its alert in one of them. */
export async function newAlert(
  store: Store,
  now: number,
  headline: string,
  more: Partial<AlertContent> = {},
): Promise<StoredAlert> {
  const storyId = await store.stories.create(now);
  for (const channel of [SLACK, DISCORD])
    await store.alerts.create({ channel, storyId, content: content({ headline, ...more }), dueAt: now }, now);
  return (await store.alerts.ofStory(storyId))[0] as StoredAlert;
}

/** The story has news: every channel's alert says so, and its thread. */
export async function change(
  store: Store,
  { storyId }: StoredAlert,
  more: Partial<AlertContent>,
  now: number,
): Promise<void> {
  for (const alert of await store.alerts.ofStory(storyId)) {
    const changed = { ...alert.content, ...more };
    const update = {
      headline: changed.headline,
      outlet: 'Wire',
      link: null,
      source: 1,
      lines: more.lines ?? [],
    };
    await store.alerts.change({ ...alert, content: changed }, update, now);
  }
}
