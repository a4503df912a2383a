import { afterEach } from '@jest/globals';
import bolt from '@slack/bolt';
import { type SlackOptions, type SlackSimulator, startSlack } from './simulator.ts';

/** The channel of a simulator that was given no other. */
export const CHANNEL = 'C0NEWS';

/** A manifest that Slack accepts, with all that the simulator's tests use. */
export const MANIFEST = {
  display_information: { name: 'Tocsin', description: 'News alerts' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'tocsin' },
    slash_commands: [
      { command: '/watch', description: 'Watches the news', usage_hint: 'add <query>' },
      { command: '/news', description: 'Looks articles up' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'channels:history',
        'channels:join',
        'channels:read',
        'chat:write',
        'commands',
        'groups:history',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: ['app_mention', 'app_home_opened', 'member_joined_channel', 'message.channels'],
    },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => bolt.LogLevel.ERROR,
  setName() {},
};

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A simulator that ends with the test. */
export async function slackWith(options: Partial<SlackOptions> = {}): Promise<SlackSimulator> {
  const slack = await startSlack({ manifest: MANIFEST, ...options });
  open.push(slack);
  return slack;
}

/** A real Bolt app that ends with the test. `clientPingTimeout` is also how long it waits before it reconnects. */
export async function botOf(
  slack: SlackSimulator,
  listen: (app: InstanceType<typeof bolt.App>) => void = () => {},
): Promise<InstanceType<typeof bolt.App>> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: SILENT };
  const receiver = new bolt.SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 300,
    installerOptions: { clientOptions },
    logger: SILENT,
  });
  const app = new bolt.App({ token: slack.botToken, receiver, clientOptions, logger: SILENT });
  app.error(async () => {});
  listen(app);
  open.push({ close: () => stop(app, receiver) });
  await app.start();
  return app;
}

/** `app.stop()` does not wait for the socket, so this does. */
async function stop(
  app: InstanceType<typeof bolt.App>,
  receiver: InstanceType<typeof bolt.SocketModeReceiver>,
): Promise<void> {
  const gone = new Promise((resolve) => receiver.client.once('disconnected', resolve));
  await app.stop();
  await gone;
}

/** A real WebClient that retries nothing. */
export function clientOf(slack: SlackSimulator, token = slack.botToken) {
  return new bolt.webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** Slack's error of a call, with its reasons. */
export async function refusalOf(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  const failure = await call.then(
    () => {
      throw new Error('Slack accepted it');
    },
    (error) => error,
  );
  if (failure.data === undefined) throw failure;
  return { error: failure.data.error, messages: failure.data.response_metadata?.messages ?? [] };
}

export const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const section = (text: string) => ({ type: 'section' as const, text: mrkdwn(text) });
