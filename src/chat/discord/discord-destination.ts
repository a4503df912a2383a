import {
  type APIChannel,
  type APIDMChannel,
  type APIMessage,
  type APIThreadChannel,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { Attempt, Destination, Operation } from '../../model/alert.ts';
import { DeliveryError } from '../delivery-error.ts';
import { checkEarlier, withEarlierLink } from '../earlier-link.ts';
import { cut } from '../plain.ts';
import { discordMessage, plainMessage } from './alert-embed.ts';
import {
  hasCode,
  isPayloadError,
  judge,
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  NO_THREAD,
  THREAD_EXISTS,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './discord-errors.ts';
import { findMessage } from './find-message.ts';
import { editPost, type Forum, isForum, openPost, rethrowGone } from './forum.ts';
import { linkTo } from './message-link.ts';
import { calling } from './pings.ts';

type Body = RESTPostAPIChannelMessageJSONBody;

/** One try, and where it goes: a forum, or a channel that takes messages. */
interface Sending {
  rest: REST;
  attempt: Attempt;
  forum: Forum | null;
}

/** Alerts in Discord channels over REST: they go out even while the gateway is down. */
export function discordDestination(rest: REST, token: string): Destination {
  // After one 401 the library forgets its token, and would never ask again.
  const withToken = () => rest.setToken(token);
  const forumOf = forumFinder(rest);
  const linkOf = linkFinder(rest);
  const linked = (attempt: Attempt) =>
    withEarlierLink(attempt, (messageId) => beforeSending(() => linkOf(attempt, messageId)));
  return {
    platform: 'discord',
    deliver: (attempt) =>
      translated(attempt.channelId, async () => {
        withToken();
        const forum = await beforeSending(() => forumOf(attempt));
        await checkEarlier(attempt, (messageId) =>
          beforeSending(() => isDeleted({ rest, attempt, forum }, messageId)),
        );
        return deliverShrinking({ rest, attempt: await linked(attempt), forum });
      }),
    find: (attempt) =>
      translated(attempt.channelId, async () => {
        withToken();
        return findMessage(rest, await linked(attempt), await forumOf(attempt));
      }),
    direct: (person) =>
      translated(person, async () => {
        const signal = AbortSignal.timeout(8_000);
        const body = { recipient_id: person };
        const direct = (await withToken().post(Routes.userChannels(), { body, signal })) as APIDMChannel;
        return direct.id;
      }),
  };
}

/** The forum of that id with its tags of now, or null. What takes messages never becomes a forum, so it is asked once. */
function forumFinder(rest: REST): (attempt: Attempt) => Promise<Forum | null> {
  const known = new Set<string>();
  return async ({ channelId, signal }) => {
    if (known.has(channelId)) return null;
    const channel = (await rest.get(Routes.channel(channelId), { signal })) as APIChannel;
    if (isForum(channel)) return channel;
    known.add(channelId);
    return null;
  };
}

/** The addresses of messages of a channel, whose server and type are asked for once. */
function linkFinder(rest: REST): (attempt: Attempt, messageId: string) => Promise<string | null> {
  const known = new Map<string, APIChannel>();
  return async ({ channelId, signal }, messageId) => {
    const channel =
      known.get(channelId) ?? ((await rest.get(Routes.channel(channelId), { signal })) as APIChannel);
    known.set(channelId, channel);
    if (!('guild_id' in channel) || channel.guild_id === undefined) return null;
    return linkTo({ id: channelId, type: channel.type, guildId: channel.guild_id }, messageId);
  };
}

/** Whether the message is gone; a post of a forum also when a moderator locked it. */
async function isDeleted({ rest, attempt, forum }: Sending, messageId: string): Promise<boolean> {
  const { channelId, signal } = attempt;
  try {
    if (forum !== null) {
      const post = (await rest.get(Routes.channel(messageId), { signal })) as APIThreadChannel;
      if (post.thread_metadata?.locked === true) return true;
    }
    await rest.get(Routes.channelMessage(forum === null ? channelId : messageId, messageId), { signal });
    return false;
  } catch (error) {
    if (hasCode(error, MISSING_ACCESS, MISSING_PERMISSIONS)) return false;
    if (hasCode(error, UNKNOWN_MESSAGE) || (forum !== null && hasCode(error, UNKNOWN_CHANNEL))) return true;
    throw error;
  }
}

/** What fails here has certainly sent nothing. */
async function beforeSending<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { message, verdict } = judge(cause, '');
    if (verdict.kind !== 'uncertain') throw cause;
    throw new DeliveryError(`Discord: ${message}`, { verdict: { kind: 'wait', afterMs: 5_000 }, cause });
  }
}

/** A refused payload is sent again as plain text with the link. */
async function deliverShrinking(sending: Sending): Promise<string> {
  const { operation, ping, isSilent } = sending.attempt;
  try {
    return await send(sending, calling(discordMessage(operation), ping, isSilent));
  } catch (error) {
    if (!isPayloadError(error)) throw error;
    return send(sending, calling(plainMessage(operation), ping, isSilent));
  }
}

async function send({ rest, attempt, forum }: Sending, body: Body): Promise<string> {
  const { operation, channelId, signal } = attempt;
  switch (operation.kind) {
    case 'edit':
    case 'edit-notice': {
      // An edit keeps the flags that it does not name: a message once sent as plain text would go on hiding embeds.
      const edited = { flags: 0, ...body };
      const { messageId } = operation;
      if (forum !== null) await editPost(rest, messageId, { forum, attempt, body: edited });
      else await rest.patch(Routes.channelMessage(channelId, messageId), { body: edited, signal });
      return messageId;
    }
    case 'post':
    case 'notice':
      return forum === null
        ? post(rest, channelId, { attempt, body })
        : openPost(rest, { forum, attempt, body });
    case 'reply':
      return forum === null
        ? reply(rest, operation, { attempt, body })
        : post(rest, operation.messageId, { attempt, body }).catch(rethrowGone);
  }
}

async function post(
  rest: REST,
  channelId: string,
  { attempt, body }: { attempt: Attempt; body: Body },
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
  { attempt, body }: { attempt: Attempt; body: Body },
): Promise<string> {
  const { messageId } = operation;
  try {
    return await post(rest, messageId, { attempt, body });
  } catch (error) {
    if (!hasCode(error, UNKNOWN_CHANNEL, ...NO_THREAD)) throw error;
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
    if (hasCode(error, MISSING_ACCESS, MISSING_PERMISSIONS, ...NO_THREAD)) return false;
    throw error;
  }
}

async function translated<T>(channelId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    const { message, verdict } = judge(error, channelId);
    throw new DeliveryError(`Discord: ${message}`, { verdict, cause: error });
  }
}
