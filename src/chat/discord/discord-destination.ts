import {
  type APIEmbed,
  type APIMessage,
  ComponentType,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { Attempt, Destination, Operation } from '../../model/alert.ts';
import { DeliveryError } from '../delivery-error.ts';
import { cut } from '../plain.ts';
import { discordMessage, plainMessage } from './alert-embed.ts';
import {
  hasCode,
  isPayloadError,
  judge,
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  THREAD_CLOSED,
  THREAD_EXISTS,
  UNKNOWN_CHANNEL,
} from './discord-errors.ts';

/** The largest page of a channel's history (resources/message, get channel messages). */
const PAGE = 100;

/** Discord gives the first message of a nonce for "the past few minutes" (resources/message, enforce_nonce). */
const NONCE_MS = 2 * 60_000;

/** Alerts in Discord channels over REST: they go out even while the gateway is down. */
export function discordDestination(rest: REST, token: string): Destination {
  // After one 401 the library forgets its token, and would never ask again.
  const withToken = () => rest.setToken(token);
  return {
    platform: 'discord',
    deliver: (attempt) => translated(attempt, () => deliverShrinking(withToken(), attempt)),
    find: (attempt) => translated(attempt, () => findMessage(withToken(), attempt)),
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
    case 'edit-notice':
      // An edit keeps the flags that it does not name: a message once sent as plain text would go on hiding embeds.
      await rest.patch(Routes.channelMessage(channelId, operation.messageId), {
        body: { flags: 0, ...body },
        signal,
      });
      return operation.messageId;
    case 'post':
    case 'notice':
      return post(rest, channelId, { attempt, body });
    case 'reply':
      return reply(rest, operation, { attempt, body });
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
  operation: Operation & { kind: 'reply' },
  { attempt, body }: { attempt: Attempt; body: RESTPostAPIChannelMessageJSONBody },
): Promise<string> {
  const { messageId } = operation;
  try {
    return await post(rest, messageId, { attempt, body });
  } catch (error) {
    if (!hasCode(error, UNKNOWN_CHANNEL, ...THREAD_CLOSED)) throw error;
    const isOpen = hasCode(error, UNKNOWN_CHANNEL) && (await openThread(rest, attempt, operation));
    if (isOpen) return post(rest, messageId, { attempt, body });
  }
  // Where no thread can be used, a reply in the channel tells the same.
  const reference = { message_id: messageId, fail_if_not_exists: true };
  return post(rest, attempt.channelId, { attempt, body: { ...body, message_reference: reference } });
}

async function openThread(
  rest: REST,
  { channelId, signal }: Attempt,
  { messageId, update }: Operation & { kind: 'reply' },
): Promise<boolean> {
  try {
    const body = { name: cut(update.headline, 100) };
    await rest.post(Routes.threads(channelId, messageId), { body, signal });
    return true;
  } catch (error) {
    if (hasCode(error, THREAD_EXISTS)) return true;
    if (hasCode(error, MISSING_ACCESS, MISSING_PERMISSIONS, ...THREAD_CLOSED)) return false;
    throw error;
  }
}

async function findMessage(rest: REST, attempt: Attempt): Promise<string | null> {
  const { operation, channelId, createdAt, signal } = attempt;
  if (operation.kind === 'edit' || operation.kind === 'edit-notice') return null;
  const me = (await rest.get(Routes.user(), { signal })) as { id: string };
  const bodies = [discordMessage(operation), plainMessage(operation)];
  const isOurs = (message: APIMessage) =>
    message.author.id === me.id && bodies.some((body) => shows(message, body));
  const after = SnowflakeUtil.generate({ timestamp: createdAt - NONCE_MS }).toString();
  for (const place of operation.kind === 'reply' ? [operation.messageId, channelId] : [channelId]) {
    for await (const message of history(rest, place, { after, signal }))
      if (isOurs(message)) return message.id;
  }
  return null;
}

/** The messages after a moment, a page of 100 at a time; none where the thread of an alert does not exist yet. */
async function* history(
  rest: REST,
  channelId: string,
  { after, signal }: { after: string; signal: AbortSignal },
): AsyncGenerator<APIMessage> {
  let last: string | undefined = after;
  while (last !== undefined) {
    const query = new URLSearchParams({ after: last, limit: String(PAGE) });
    const page: APIMessage[] = await messages(rest, channelId, { query, signal });
    yield* page;
    last = page.length < PAGE ? undefined : page[0]?.id;
  }
}

async function messages(
  rest: REST,
  channelId: string,
  options: { query: URLSearchParams; signal: AbortSignal },
): Promise<APIMessage[]> {
  try {
    return (await rest.get(Routes.channelMessages(channelId), options)) as APIMessage[];
  } catch (error) {
    if (hasCode(error, UNKNOWN_CHANNEL)) return [];
    throw error;
  }
}

/** Whether the channel shows what the body says; Discord trims, so only the words count. */
function shows(message: APIMessage, body: RESTPostAPIChannelMessageJSONBody): boolean {
  const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const [wanted] = body.embeds ?? [];
  if (wanted === undefined) {
    return words(message.content) === words(body.content) && buttonIds(message) === buttonIds(body);
  }
  const [embed] = message.embeds;
  return (
    embed !== undefined &&
    words(embed.title) === words(wanted.title) &&
    words(embed.description) === words(wanted.description) &&
    words(fieldText(embed)) === words(fieldText(wanted)) &&
    (embed.url ?? null) === (wanted.url ?? null)
  );
}

/** Two notices that read the same may differ in what their buttons do. */
function buttonIds({ components }: Pick<RESTPostAPIChannelMessageJSONBody, 'components'>): string {
  const inRows = (components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow ? row.components : [],
  );
  return inRows.map((component) => ('custom_id' in component ? component.custom_id : '')).join(' ');
}

function fieldText({ fields = [] }: APIEmbed): string {
  return fields.map(({ name, value }) => `${name} ${value}`).join(' ');
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
