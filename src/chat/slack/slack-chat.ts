import {
  App,
  type BlockAction,
  type ButtonAction,
  LogLevel,
  type RespondFn,
  type SlashCommand,
  SocketModeReceiver,
} from '@slack/bolt';
import { errorText, type Logger } from '../../ops/log.ts';
import { type Answer, type AnswerDeps, answerCommand } from '../answer-command.ts';
import type { Chat } from '../chat.ts';
import { Connection } from '../connection.ts';
import { UMBRELLA } from './manifest.ts';
import { messageLink } from './message-link.ts';
import { COMMAND_BUTTON, slackReply } from './reply-blocks.ts';
import { sharedFileText } from './shared-file.ts';
import { slackDestination } from './slack-destination.ts';
import { tokenRemedy } from './slack-errors.ts';

interface SlackOptions extends AnswerDeps {
  botToken: string;
  appToken: string;
  apiUrl: string;
}

/** The outbox keeps, orders and repeats what could not be sent, so the client must not, and must end before a try does. */
const ONCE = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 8_000 } as const;

/** Slack in Socket Mode: no public address needed. */
export function slackChat(options: SlackOptions): Chat {
  const { app, receiver } = createApp(options);
  let team: { id: string; site: string } | null = null;
  const connection = slackConnection(app, options, (known) => {
    team = known;
  });
  receiver.client.on('disconnected', () => connection.lost());
  // Slack gives three seconds to acknowledge; the answer follows over the response address.
  app.command(/.*/, async ({ command, ack, respond }) => {
    await ack();
    await answer({ ...typed(command), respond }, app, options);
  });
  const isOurs = { type: 'block_actions', action_id: new RegExp(`^${COMMAND_BUTTON}`) } as const;
  app.action<BlockAction<ButtonAction>>(isOurs, async ({ action, body, ack, respond }) => {
    await ack();
    await answer({ ...pressed(body, action), respond }, app, options);
  });
  app.event('member_joined_channel', async ({ event, context }) => {
    if (event.user === context.botUserId)
      await options.deps.store.deliveries.retryHeld(`slack:${event.channel}`);
  });
  for (const event of ['channel_unarchive', 'group_unarchive'] as const) {
    app.event(event, async ({ event: { channel } }) =>
      options.deps.store.deliveries.retryHeld(`slack:${channel}`),
    );
  }
  app.error(async (error) => options.log.error('slack request failed', { error: errorText(error) }));
  return {
    destination: slackDestination(app.client),
    start: () => connection.start(),
    status: () => connection.status(),
    channelTrouble: (channelId) => channelTrouble(app, channelId),
    // The token belongs to one workspace.
    workspaceOf: () => (team === null ? null : `slack:${team.id}`),
    messageLink: (channelId, ts) => (team === null ? null : messageLink(team.site, channelId, ts)),
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

function slackConnection(
  app: App,
  { deps, log }: SlackOptions,
  greeted: (team: { id: string; site: string }) => void,
): Connection {
  return new Connection({
    platform: 'Slack',
    log,
    async connect() {
      const { team_id: id, url: site } = await app.client.auth.test();
      if (id !== undefined && site !== undefined) greeted({ id, site });
      await app.start();
    },
    connected: () => deps.store.deliveries.retryHeld('slack:'),
    tokenRemedy,
  });
}

/** A command as it was typed, or as the button says that was pressed. */
interface Asking {
  words: string;
  teamId: string;
  channelId: string;
  personId: string;
}

function typed({ command, text, team_id, channel_id, user_id }: SlashCommand): Asking {
  const name = command.replace(/^\//, '');
  const said = unescaped(text);
  const words = name === UMBRELLA ? said || 'help' : `${name} ${said}`;
  return { words, teamId: team_id, channelId: channel_id, personId: user_id };
}

/**
 * What was typed, where Slack has put ids in place of names: links and channels become words again, people and groups stay
 * as ids (docs.slack.dev/interactivity/implementing-slash-commands, escaping).
 */
function unescaped(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, address, label) => label ?? address)
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function pressed({ team, user, channel }: BlockAction, { value }: ButtonAction): Asking {
  const teamId = team?.id ?? user.team_id ?? '';
  return { words: value ?? '', teamId, channelId: channel?.id ?? '', personId: user.id };
}

async function answer(
  { words, teamId, channelId, personId, respond }: Asking & { respond: RespondFn },
  { client }: App,
  options: SlackOptions,
): Promise<void> {
  const { botToken, apiUrl, deps } = options;
  const attachment = () => sharedFileText(client, { channelId, personId, now: deps.now(), botToken, apiUrl });
  const say = async ({ audience, ...reply }: Answer) => {
    await respond({
      response_type: audience === 'person' ? 'ephemeral' : 'in_channel',
      replace_original: false,
      ...slackReply(reply),
      unfurl_links: false,
      unfurl_media: false,
    });
  };
  const asked = {
    workspace: `slack:${teamId}`,
    channel: `slack:${channelId}`,
    person: personId,
    mayCallAll: true,
    attachment,
  };
  await say(await answerCommand(words, asked, { ...options, meanwhile: say }));
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
