import {
  type APIChannel,
  type APIGuildForumChannel,
  type APIGuildMediaChannel,
  type APIMessage,
  type APIThreadChannel,
  ChannelFlags,
  ChannelType,
  DiscordAPIError,
  type REST,
  type RESTGetAPIChannelUsersThreadsArchivedResult,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { AlertContent, Attempt, Operation } from '../../model/alert.ts';
import { visible } from '../../text/visible.ts';
import { DeliveryError } from '../delivery-error.ts';
import { cut } from '../plain.ts';
import { hasCode, THREAD_CLOSED, UNKNOWN_CHANNEL } from './discord-errors.ts';
import { bareText } from './markdown.ts';

/** A channel that holds posts alone: each story is one. */
export type Forum = APIGuildForumChannel | APIGuildMediaChannel;

/** resources/channel, start thread in forum or media channel. */
const NAME = 100;
const TAGS = 5;

const SEVERITIES = ['critical', 'high', 'normal', 'low'];

export function isForum(channel: APIChannel): channel is Forum {
  return channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
}

interface Posting {
  forum: Forum;
  attempt: Attempt;
  body: RESTPostAPIChannelMessageJSONBody;
}

/** Resolves to the id of a new post, which is that of its first message too. */
export async function openPost(rest: REST, { forum, attempt, body }: Posting): Promise<string> {
  const { operation, signal } = attempt;
  const post = (await rest.post(Routes.threads(forum.id), {
    body: { name: nameOf(operation), message: body, applied_tags: tagsFor(forum, operation) },
    signal,
  })) as APIThreadChannel;
  return post.id;
}

/**
 * Changes the first message of a post, which is opened again for that where it was archived, and its severity among its
 * tags. Throws DeliveryError `message-gone` where somebody deleted or locked it.
 */
export async function editPost(rest: REST, postId: string, { forum, attempt, body }: Posting): Promise<void> {
  const { operation, signal } = attempt;
  const post = (await rest.get(Routes.channel(postId), { signal }).catch(rethrowGone)) as APIThreadChannel;
  const tags = operation.kind === 'edit' ? retagged(forum, post, operation.content) : null;
  const isArchived = post.thread_metadata?.archived === true;
  const change = { ...(isArchived && { archived: false }), ...(tags !== null && { applied_tags: tags }) };
  try {
    if (Object.keys(change).length > 0) await rest.patch(Routes.channel(postId), { body: change, signal });
    await rest.patch(Routes.channelMessage(postId, postId), { body, signal });
  } catch (error) {
    if (post.thread_metadata?.locked === true && isForbidden(error)) throw gone(LOCKED, error);
    throw error;
  }
}

/** Throws DeliveryError `message-gone` for what Discord says of a post that somebody deleted or locked. */
export function rethrowGone(error: unknown): never {
  if (hasCode(error, UNKNOWN_CHANNEL)) throw gone('the post was deleted in the forum', error);
  // One that is archived and not locked opens by itself for a message.
  if (hasCode(error, ...THREAD_CLOSED)) throw gone(LOCKED, error);
  throw error;
}

const LOCKED = 'a moderator locked the post in the forum';

function gone(message: string, cause: unknown): DeliveryError {
  return new DeliveryError(`Discord: ${message}`, { verdict: { kind: 'message-gone' }, cause });
}

function isForbidden(error: unknown): boolean {
  return hasCode(error, ...THREAD_CLOSED) || (error instanceof DiscordAPIError && error.status === 403);
}

/**
 * The first messages of our posts since a moment: Discord remembers no nonce of a post, so an earlier try is looked for
 * among them. Those that went out of the list meanwhile are looked through too.
 */
export async function* ownPosts(
  rest: REST,
  forum: Forum,
  { me, sinceMs, signal }: { me: string; sinceMs: number; signal: AbortSignal },
): AsyncGenerator<APIMessage> {
  const since = SnowflakeUtil.generate({ timestamp: sinceMs });
  for await (const post of threadsOf(rest, forum, { sinceMs, signal })) {
    if (post.parent_id !== forum.id || post.owner_id !== me || BigInt(post.id) < since) continue;
    const first = await firstMessage(rest, post.id, signal);
    if (first !== null) yield first;
  }
}

async function* threadsOf(
  rest: REST,
  forum: Forum,
  { sinceMs, signal }: { sinceMs: number; signal: AbortSignal },
): AsyncGenerator<APIThreadChannel> {
  const active = await rest.get(Routes.guildActiveThreads(forum.guild_id ?? ''), { signal });
  yield* (active as RESTGetAPIChannelUsersThreadsArchivedResult).threads as APIThreadChannel[];
  for (let before: string | undefined = ''; before !== undefined; ) {
    const query = new URLSearchParams({ limit: '100', ...(before !== '' && { before }) });
    const page = (await rest.get(Routes.channelThreads(forum.id, 'public'), {
      query,
      signal,
    })) as RESTGetAPIChannelUsersThreadsArchivedResult;
    const threads = page.threads as APIThreadChannel[];
    yield* threads;
    const last = threads.at(-1)?.thread_metadata?.archive_timestamp;
    // They come by when they were archived: what follows is older than anything of ours can be.
    before = page.has_more && last !== undefined && Date.parse(last) >= sinceMs ? last : undefined;
  }
}

async function firstMessage(rest: REST, postId: string, signal: AbortSignal): Promise<APIMessage | null> {
  try {
    return (await rest.get(Routes.channelMessage(postId, postId), { signal })) as APIMessage;
  } catch (error) {
    // Somebody deleted it.
    if (error instanceof DiscordAPIError && error.status === 404) return null;
    throw error;
  }
}

/** The headline, or the first line of a notice. */
function nameOf(operation: Operation): string {
  const text =
    'content' in operation
      ? operation.content.headline
      : bareText('notice' in operation ? (operation.notice.lines[0] ?? []) : []);
  return cut(visible(text).replace(/\s+/g, ' ').trim() || 'Tocsin', NAME);
}

/** The forum's tags that fit, the first to hand where it asks for one and none does. */
function tagsFor(forum: Forum, operation: Operation): string[] {
  const usable = usableTags(forum);
  const labels = operation.kind === 'post' ? labelsOf(operation.content) : [];
  const fitting = labels.flatMap((label) => usable.filter(({ name }) => folded(name) === label));
  const ids = [...new Set(fitting.map(({ id }) => id))].slice(0, TAGS);
  const isNeeded = ((forum.flags ?? 0) & ChannelFlags.RequireTag) !== 0 && ids.length === 0;
  return isNeeded ? usable.slice(0, 1).map(({ id }) => id) : ids;
}

/** The tags of a post when its story matters more or less than they say; null when they need no change. */
function retagged(
  forum: Forum,
  { applied_tags: before = [] }: APIThreadChannel,
  content: AlertContent,
): string[] | null {
  const ofSeverity = usableTags(forum).filter(({ name }) => SEVERITIES.includes(folded(name)));
  const now = ofSeverity.find(({ name }) => folded(name) === content.severity);
  if (now === undefined || before.includes(now.id)) return null;
  const kept = before.filter((id) => !ofSeverity.some((tag) => tag.id === id));
  return [now.id, ...kept].slice(0, TAGS);
}

/** Moderated tags are for moderators alone. */
function usableTags({ available_tags: tags = [] }: Forum) {
  return tags.filter(({ moderated }) => !moderated);
}

/** What a story can be filed under, the most telling first: severity, topics, country and places, watches. */
function labelsOf({ severity, topics = [], lines, watches }: AlertContent): string[] {
  const places = lines.filter(({ label }) => label === 'Where').flatMap(({ items }) => items);
  const names = places.flatMap(({ text }) => text.split(', ').toReversed());
  return [severity ?? '', ...topics, ...names, ...watches].map(folded);
}

/** "Counterterrorism raid" is the topic `counterterrorism-raid`. */
function folded(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
