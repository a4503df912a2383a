import { WebClient } from '@slack/web-api';
import { REST } from 'discord.js';
import { discordDestination } from '../../src/chat/discord/discord-destination.ts';
import { slackDestination } from '../../src/chat/slack/slack-destination.ts';
import { createDeliverer } from '../../src/delivery.ts';
import type { AlertContent, Destination } from '../../src/model/alert.ts';
import type { Ping } from '../../src/model/ping.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { StoredAlert } from '../../src/store/alerts.ts';
import type { Store } from '../../src/store/store.ts';
import { content } from './articles.ts';
import { startDiscord } from './discord/simulator.ts';
import { DISCORD_CHANNEL, GUILD, MANIFEST, SLACK_CHANNEL } from './newsroom.ts';
import { startSlack } from './slack/simulator.ts';

export const SLACK = `slack:${SLACK_CHANNEL}`;
export const DISCORD = `discord:${DISCORD_CHANNEL}`;

export const FORUM_CHANNEL = '200000000000000015';
export const FORUM = `discord:${FORUM_CHANNEL}`;
const FORUM_TAGS = ['Staff!', 'News', 'critical', 'High', 'Syria', 'Counterterrorism raid'];
/** People of the Discord server: one who takes direct messages, and one who does not. */
export const PERSON = '500000000000000001';
export const SHY_PERSON = '500000000000000002';

/** The outbox of a store, sent to simulated platforms by the real clients; time passes when a test says so. */
export async function openOutbox(store: Store) {
  const slack = await startSlack({ manifest: MANIFEST, channels: [{ id: SLACK_CHANNEL, name: 'news' }] });
  const discord = await startDiscord({
    guilds: [
      {
        id: GUILD,
        name: 'Newsroom',
        channels: [
          { id: DISCORD_CHANNEL, name: 'news' },
          { id: FORUM_CHANNEL, name: 'stories', type: 15, tags: FORUM_TAGS },
        ],
      },
    ],
    users: [{ id: SHY_PERSON, takesNoMessages: true }, { id: PERSON }],
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
    destination,
    log,
    now,
    pass(ms: number) {
      clock += ms;
    },
    /** Everything that is due, once. */
    async send() {
      const deliverer = createDeliverer({ store, destination, budget: 6, timezone: 'UTC', now, log });
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

/** A story that is told in the channels, both news channels unless given; gives its alert in one of them. */
export async function newAlert(
  store: Store,
  now: number,
  headline: string,
  more: Partial<AlertContent> = {},
  { channels = [SLACK, DISCORD], ping = [] }: { channels?: string[]; ping?: Ping[] } = {},
): Promise<StoredAlert> {
  const storyId = await store.stories.create(now);
  const told = content({ headline, ...more });
  for (const channel of channels)
    await store.alerts.create({ channel, storyId, content: told, dueAt: now, ping }, now);
  return (await store.alerts.ofStory(storyId))[0] as StoredAlert;
}

/** The story has news: every channel's alert says so, and its thread. */
export async function change(
  store: Store,
  { storyId }: StoredAlert,
  more: Partial<AlertContent>,
  now: number,
  ping: Ping[] = [],
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
    const { severity: from = 'normal' } = alert.content;
    const { severity: to = from } = changed;
    const isRise = to !== from;
    const told = isRise ? { ...update, rise: { from, to } } : update;
    await store.alerts.change({ ...alert, content: changed }, told, now, { isRise, ping });
  }
}
