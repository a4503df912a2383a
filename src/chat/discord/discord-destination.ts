import {
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { DeliveryVerdict } from '../../alerts/retry.ts';
import type { Attempt, Destination } from '../../model/alert.ts';
import { DeliveryError } from '../delivery-error.ts';
import { cut } from '../plain.ts';
import { discordMessage, plainMessage } from './alert-embed.ts';

const UNKNOWN_CHANNEL = 10003;
const INVALID_FORM_BODY = 50035;
const EMPTY_MESSAGE = 50006;

/** Discord gives the first message of a nonce for "the past few minutes" (resources/message, enforce_nonce). */
const NONCE_MS = 2 * 60_000;

/** Alerts in Discord channels over REST: they go out even while the gateway is down. */
export function discordDestination(rest: REST): Destination {
  return {
    platform: 'discord',
    deliver: (attempt) => translated(attempt, () => deliverShrinking(rest, attempt)),
    find: (attempt) => translated(attempt, () => findMessage(rest, attempt)),
  };
}

/** A refused payload is sent again as plain text with the link. */
async function deliverShrinking(rest: REST, attempt: Attempt): Promise<string> {
  try {
    return await send(rest, attempt, discordMessage(attempt.operation));
  } catch (error) {
    if (!isPayloadError(error)) throw error;
    return send(rest, attempt, plainMessage(attempt.operation));
  }
}

async function send(rest: REST, attempt: Attempt, body: RESTPostAPIChannelMessageJSONBody): Promise<string> {
  const { operation, channelId, signal } = attempt;
  switch (operation.kind) {
    case 'edit':
      // An edit keeps the flags that it does not name: a message once sent as plain text would go on hiding embeds.
      await rest.patch(Routes.channelMessage(channelId, operation.messageId), {
        body: { flags: 0, ...body },
        signal,
      });
      return operation.messageId;
    case 'post':
      return post(rest, channelId, { attempt, body });
    case 'reply':
      return reply(rest, operation.messageId, { attempt, body, headline: operation.update.headline });
  }
}

async function post(
  rest: REST,
  channelId: string,
  { attempt, body }: { attempt: Attempt; body: RESTPostAPIChannelMessageJSONBody },
): Promise<string> {
  const marked = { ...body, nonce: attempt.deliveryId, enforce_nonce: true };
  const message = (await rest.post(Routes.channelMessages(channelId), {
    body: marked,
    signal: attempt.signal,
  })) as APIMessage;
  return message.id;
}

/** Into the thread of the alert (its id is that of the message), which the first reply opens. */
async function reply(
  rest: REST,
  messageId: string,
  {
    attempt,
    body,
    headline,
  }: { attempt: Attempt; body: RESTPostAPIChannelMessageJSONBody; headline: string },
): Promise<string> {
  try {
    return await post(rest, messageId, { attempt, body });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== UNKNOWN_CHANNEL) throw error;
  }
  if (await openThread(rest, attempt, headline)) return post(rest, messageId, { attempt, body });
  // No permission to open threads: a reply in the channel tells the same.
  const reference = { message_id: messageId, fail_if_not_exists: true };
  return post(rest, attempt.channelId, { attempt, body: { ...body, message_reference: reference } });
}

async function openThread(
  rest: REST,
  { channelId, operation, signal }: Attempt,
  headline: string,
): Promise<boolean> {
  const messageId = operation.kind === 'post' ? '' : operation.messageId;
  try {
    await rest.post(Routes.threads(channelId, messageId), { body: { name: cut(headline, 100) }, signal });
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && CHANNEL_REMEDIES[Number(error.code)] !== undefined) return false;
    throw error;
  }
}

async function findMessage(rest: REST, attempt: Attempt): Promise<string | null> {
  const { operation, channelId, createdAt, signal } = attempt;
  if (operation.kind === 'edit') return null;
  const me = (await rest.get(Routes.user(), { signal })) as { id: string };
  const bodies = [discordMessage(operation), plainMessage(operation)];
  const isOurs = (message: APIMessage) =>
    message.author.id === me.id && bodies.some((body) => shows(message, body));
  const after = SnowflakeUtil.generate({ timestamp: createdAt - NONCE_MS }).toString();
  for (const place of operation.kind === 'reply' ? [operation.messageId, channelId] : [channelId]) {
    const found = (await history(rest, place, { after, signal })).find(isOurs);
    if (found !== undefined) return found.id;
  }
  return null;
}

async function history(
  rest: REST,
  channelId: string,
  { after, signal }: { after: string; signal: AbortSignal },
): Promise<APIMessage[]> {
  try {
    const query = new URLSearchParams({ after, limit: '100' });
    return (await rest.get(Routes.channelMessages(channelId), { query, signal })) as APIMessage[];
  } catch (error) {
    // The thread of an alert may not exist yet.
    if (error instanceof DiscordAPIError && error.code === UNKNOWN_CHANNEL) return [];
    throw error;
  }
}

/** Whether the channel shows what the body says; Discord trims, so only the words count. */
function shows(message: APIMessage, body: RESTPostAPIChannelMessageJSONBody): boolean {
  const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const [wanted] = body.embeds ?? [];
  if (wanted === undefined) return words(message.content) === words(body.content);
  const [embed] = message.embeds;
  return (
    embed !== undefined &&
    words(embed.title) === words(wanted.title) &&
    words(embed.description) === words(wanted.description) &&
    (embed.url ?? null) === (wanted.url ?? null)
  );
}

function isPayloadError(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError && (error.code === INVALID_FORM_BODY || error.code === EMPTY_MESSAGE)
  );
}

async function translated<T>({ channelId }: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    const { message, verdict } = judge(error, channelId);
    throw new DeliveryError(`Discord: ${message}`, { verdict, cause: error });
  }
}

const CHANNEL_REMEDIES: Record<number, string> = {
  [UNKNOWN_CHANNEL]: 'this channel does not exist any more: remove its watches',
  50001: 'I do not see this channel: give the Tocsin role View Channel there',
  50013:
    'I may not post in this channel: give the Tocsin role Send Messages, Embed Links and Read Message History there',
};

const MESSAGE_GONE = new Set([10008, 160004]);

function judge(error: unknown, channelId: string): { message: string; verdict: DeliveryVerdict } {
  if (error instanceof RateLimitError) {
    return {
      message: 'rate limit',
      verdict: { kind: 'wait', afterMs: Math.max(error.retryAfter, error.timeToReset) },
    };
  }
  if (error instanceof DiscordAPIError) return judgeAnswer(error, channelId);
  if (error instanceof HTTPError && error.status < 500) {
    return { message: `HTTP ${error.status}`, verdict: { kind: 'wait', afterMs: 5_000 } };
  }
  return { message: 'no answer', verdict: { kind: 'uncertain' } };
}

function judgeAnswer(
  error: DiscordAPIError,
  channelId: string,
): { message: string; verdict: DeliveryVerdict } {
  const remedy = CHANNEL_REMEDIES[Number(error.code)];
  if (remedy !== undefined) return { message: `${channelId}: ${remedy}`, verdict: { kind: 'channel' } };
  if (error.status === 401) {
    return {
      message: 'the token is refused: put the current one in DISCORD_TOKEN and restart',
      verdict: { kind: 'token' },
    };
  }
  if (MESSAGE_GONE.has(Number(error.code))) {
    return { message: 'the message was deleted in the channel', verdict: { kind: 'message-gone' } };
  }
  if (isPayloadError(error))
    return { message: `the message is refused (${error.message})`, verdict: { kind: 'refused' } };
  return { message: `${error.message} (${error.code})`, verdict: { kind: 'uncertain' } };
}
