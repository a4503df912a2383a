import {
  BaseCreateMessageCreateRequestSchema,
  CreateForumThreadRequestSchema,
  UpdateThreadRequestPartialSchema,
} from 'discord-api-spec/zod';
import { invalidForm, refusal } from './api-error.ts';
import { checkMessageBody } from './message-rules.ts';
import { createMessage, requirePermission, visibleChannel } from './messages.ts';
import { readChannel, type SeenMessage } from './reader.ts';
import { type ApiRequest, type ApiResult, param, type Route, route } from './router.ts';
import { checkSchema } from './schema.ts';
import { channelJson, messageJson } from './serialize.ts';
import {
  addChannel,
  type Channel,
  channelOf,
  intents,
  isDenied,
  type Json,
  publish,
  type World,
} from './world.ts';

/** A post of a forum as a reader sees it. */
export interface SeenPost {
  id: string;
  name: string;
  /** Names. */
  tags: string[];
  archived: boolean;
  messages: SeenMessage[];
}

/** Lists of threads, and changes of one. */
export function forumRoutes(world: World): Route[] {
  return [
    route('GET', '/guilds/:guild/threads/active', (request) => activeThreads(world, request)),
    route('GET', '/channels/:channel/threads/archived/public', (request) => archivedThreads(world, request)),
    route('PATCH', '/channels/:channel', (request) => changeThread(world, request)),
  ];
}

/** Starts a post with its first message, whose id it shares (docs: resources/channel, start thread in forum). */
export function openPost(world: World, request: ApiRequest): ApiResult {
  const forum = visibleChannel(world, param(request, 'channel'));
  checkSchema(CreateForumThreadRequestSchema, request.body);
  const {
    name,
    message,
    applied_tags: tags,
  } = request.body as {
    name: string;
    message: Json;
    applied_tags?: string[] | null;
  };
  const input = checkMessageBody(BaseCreateMessageCreateRequestSchema, message, ['message']);
  requirePermission(world, forum, 'SendMessages');
  if (input.embeds?.length) requirePermission(world, forum, 'EmbedLinks');
  const appliedTags = checkedTags(forum, tags ?? []);
  if (forum.requiresTag && appliedTags.length === 0) throw refusal('tagRequired');
  const id = world.nextId();
  const post = addChannel(world, { id, guildId: forum.guildId, name, type: 11, parentId: forum.id });
  post.appliedTags = appliedTags;
  publish(world, 'THREAD_CREATE', { ...channelJson(world, post), newly_created: true }, intents.guilds);
  // The spec has no nonce here, and Discord takes none.
  const { nonce: _nonce, enforce_nonce: _enforced, ...plain } = input;
  const first = createMessage(world, { id, channel: post, input: plain, files: request.files });
  return { status: 201, body: { ...channelJson(world, post), message: messageJson(world, first) } };
}

/** Moderators alone may use a moderated tag. */
function checkedTags(forum: Channel, ids: string[]): string[] {
  for (const [index, id] of ids.entries()) {
    const tag = forum.tags.find((candidate) => candidate.id === id);
    if (tag === undefined) {
      const message = 'Invalid tag';
      throw invalidForm([{ path: ['applied_tags', index], code: 'INVALID_FORUM_TAG', message }]);
    }
    if (tag.moderated) throw refusal('missingPermissions');
  }
  return ids;
}

function activeThreads(world: World, request: ApiRequest): ApiResult {
  const guildId = param(request, 'guild');
  if (!world.guilds.has(guildId)) throw refusal('unknownGuild');
  const threads = threadsOf(world, (thread) => thread.guildId === guildId && thread.archivedAt === null);
  const visible = threads.filter((thread) => !isDenied(world, thread, 'ViewChannel'));
  return { status: 200, body: { threads: visible.map((thread) => channelJson(world, thread)), members: [] } };
}

/** The last to be archived first, a page at a time. */
function archivedThreads(world: World, request: ApiRequest): ApiResult {
  const parent = visibleChannel(world, param(request, 'channel'));
  requirePermission(world, parent, 'ReadMessageHistory');
  const before = Date.parse(request.query.get('before') ?? '') || Number.POSITIVE_INFINITY;
  const limit = Number(request.query.get('limit') ?? 50);
  const all = threadsOf(world, ({ parentId, archivedAt }) => parentId === parent.id && archivedAt !== null)
    .filter(({ archivedAt }) => (archivedAt ?? 0) < before)
    .sort((one, other) => (other.archivedAt ?? 0) - (one.archivedAt ?? 0));
  const threads = all.slice(0, limit).map((thread) => channelJson(world, thread));
  return { status: 200, body: { threads, members: [], has_more: all.length > limit } };
}

function threadsOf(world: World, holds: (thread: Channel) => boolean): Channel[] {
  return [...world.channels.values()].filter((channel) => channel.parentId !== null && holds(channel));
}

/** Only threads: who started one may open, close, rename and tag it, unless a moderator locked it. */
function changeThread(world: World, request: ApiRequest): ApiResult {
  const thread = visibleChannel(world, param(request, 'channel'));
  if (thread.parentId === null) throw refusal('missingPermissions');
  checkSchema(UpdateThreadRequestPartialSchema, request.body);
  if (thread.locked || thread.ownerId !== world.applicationId) throw refusal('missingPermissions');
  const { archived, applied_tags: tags } = request.body as {
    archived?: boolean | null;
    applied_tags?: string[] | null;
  };
  if (thread.archivedAt !== null && archived !== false) throw refusal('threadArchived');
  if (tags) thread.appliedTags = checkedTags(channelOf(world, thread.parentId), tags);
  if (archived === false) thread.archivedAt = null;
  publish(world, 'THREAD_UPDATE', channelJson(world, thread), intents.guilds);
  return { status: 200, body: channelJson(world, thread) };
}

/** The posts of a forum, oldest first. */
export function seenPosts(world: World, forumId: string): SeenPost[] {
  const { tags } = channelOf(world, forumId);
  return threadsOf(world, ({ parentId }) => parentId === forumId).map((post) => ({
    id: post.id,
    name: post.name,
    tags: post.appliedTags.map((id) => tags.find((tag) => tag.id === id)?.name ?? id),
    archived: post.archivedAt !== null,
    messages: readChannel(world, post.id),
  }));
}
