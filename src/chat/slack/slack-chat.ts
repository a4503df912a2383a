import { App, LogLevel, type SlackCommandMiddlewareArgs, SocketModeReceiver } from '@slack/bolt';
import { errorText, type Logger } from '../../ops/log.ts';
import type { Chat } from '../chat.ts';
import type { CommandDeps } from '../command.ts';
import { understand } from '../command-table.ts';
import { Connection } from '../connection.ts';
import { runAction } from '../run-action.ts';
import { UMBRELLA } from './manifest.ts';
import { mrkdwn } from './mrkdwn.ts';
import { packed } from './sections.ts';
import { slackDestination } from './slack-destination.ts';
import { tokenRemedy } from './slack-errors.ts';

interface SlackOptions {
  botToken: string;
  appToken: string;
  apiUrl: string;
  deps: CommandDeps;
  log: Logger;
}

/** The outbox keeps, orders and repeats what could not be sent, so the client must not, and must end before a try does. */
const ONCE = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 8_000 } as const;

/** Slack in Socket Mode: no public address needed. */
export function slackChat(options: SlackOptions): Chat {
  const { app, receiver } = createApp(options);
  const connection = slackConnection(app, options);
  receiver.client.on('disconnected', () => connection.lost());
  app.command(/.*/, (args) => answer(args, options));
  app.event('member_joined_channel', async ({ event, context }) => {
    if (event.user === context.botUserId)
      await options.deps.store.deliveries.retryHeld(`slack:${event.channel}`);
  });
  app.error(async (error) => options.log.error('slack request failed', { error: errorText(error) }));
  return {
    destination: slackDestination(app.client),
    start: () => connection.start(),
    status: () => connection.status(),
    channelTrouble: (channelId) => channelTrouble(app, channelId),
    async stop() {
      connection.stop();
      await disconnect(receiver);
    },
  };
}

function createApp({ botToken, appToken, apiUrl, log }: SlackOptions): {
  app: App;
  receiver: SocketModeReceiver;
} {
  const logger = boltLogger(log);
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, ...ONCE } },
    // The library's own reconnect throws where nobody can catch it once the token is refused, and waits 5 s.
    autoReconnectEnabled: false,
    // Bolt's own handler acknowledges what failed, and the person sees nothing: leave it unacknowledged.
    processEventErrorHandler: async ({ error }) => {
      log.error('slack request failed', { error: errorText(error) });
      return false;
    },
  });
  const app = new App({
    token: botToken,
    receiver,
    logger,
    tokenVerificationEnabled: false,
    clientOptions: { slackApiUrl: apiUrl, ...ONCE },
  });
  return { app, receiver };
}

function slackConnection(app: App, { deps, log }: SlackOptions): Connection {
  return new Connection({
    platform: 'Slack',
    log,
    async connect() {
      await app.client.auth.test();
      await app.start();
    },
    connected: () => deps.store.deliveries.retryHeld('slack:'),
    tokenRemedy,
  });
}

async function answer(
  { command, ack, respond }: SlackCommandMiddlewareArgs,
  options: SlackOptions,
): Promise<void> {
  // Slack gives three seconds to acknowledge; the answer follows over the response address.
  await ack();
  const typed = command.command.replace(/^\//, '');
  const understood = understand(typed === UMBRELLA ? command.text || 'help' : `${typed} ${command.text}`);
  if ('problem' in understood) {
    await respond({ response_type: 'ephemeral', text: understood.problem });
    return;
  }
  const request = {
    workspace: `slack:${command.team_id}`,
    channel: `slack:${command.channel_id}`,
    person: command.user_id,
    argument: understood.argument,
  };
  const { lines, audience } = await runAction(understood.action, request, options);
  const texts = lines.map(mrkdwn);
  await respond({
    response_type: audience === 'person' ? 'ephemeral' : 'in_channel',
    text: texts.join('\n'),
    blocks: packed(texts),
    unfurl_links: false,
    unfurl_media: false,
  });
}

/** The bot joins a public channel by itself; a private one it must be invited to. */
async function channelTrouble(app: App, channelId: string): Promise<string | null> {
  try {
    const { channel } = await app.client.conversations.info({ channel: channelId });
    if (channel?.is_archived === true) return 'this channel is archived.';
    if (channel?.is_member === true) return null;
    await app.client.conversations.join({ channel: channelId });
    return null;
  } catch {
    return 'I am not in this channel yet: type /invite @Tocsin, and the alerts that wait will arrive.';
  }
}

async function disconnect(receiver: SocketModeReceiver): Promise<void> {
  try {
    await receiver.client.disconnect();
  } catch {
    // Not connected: nothing to close.
  }
}

/** The clients' own notes; what matters of them reaches the log as a failed delivery, command or connection. */
function boltLogger(log: Logger) {
  const text = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  const note = (...parts: unknown[]) => log.debug('slack client', { detail: text(parts) });
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn: note,
    error: note,
    setLevel: ignore,
    getLevel: () => LogLevel.WARN,
    setName: ignore,
  };
}
