import { invalidForm, refusal } from './api-error.ts';
import { notifyingMentions } from './mentions.ts';
import { checkWhole, type MessageInput } from './message-rules.ts';
import {
  channelJson,
  componentsV2,
  ephemeralFlag,
  loadingFlag,
  messageJson,
  suppressEmbeds,
} from './serialize.ts';
import {
  addChannel,
  type Channel,
  intents,
  isDenied,
  publish,
  type StoredMessage,
  type World,
} from './world.ts';

/** SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS and IS_COMPONENTS_V2 may be set when creating. */
const settableFlags = suppressEmbeds | (1 << 12) | componentsV2;

export interface UploadedFile {
  filename: string;
  size: number;
  contentType: string;
}

export interface NewMessage {
  /** A new one unless given. */
  id?: string;
  channel: Channel;
  input: MessageInput;
  files: UploadedFile[];
  authorId?: string;
  ephemeralFor?: string | null;
  interaction?: StoredMessage['interaction'];
  /** "… is thinking": there is nothing to check yet. */
  isLoading?: boolean;
}

/** Throws unless the bot sees the channel. */
export function visibleChannel(world: World, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (!channel) throw refusal('unknownChannel');
  if (isDenied(world, channel, 'ViewChannel')) throw refusal('missingAccess');
  return channel;
}

/** The message, if everybody in the channel can see it. Throws Unknown Message. */
export function publicMessage(channel: Channel, messageId: string): StoredMessage {
  const message = channel.messages.find(({ id, ephemeralFor }) => id === messageId && ephemeralFor === null);
  if (!message) throw refusal('unknownMessage');
  return message;
}

/** Throws unless the bot may post this there. */
export function requirePostingRights(
  world: World,
  channel: Channel,
  input: MessageInput,
  files: number,
): void {
  if (channel.recipientId && world.users.get(channel.recipientId)?.takesNoMessages)
    throw refusal('cannotMessageUser');
  if (![0, 1, 2, 3, 5, 10, 11, 12].includes(channel.type)) throw refusal('nonTextChannel');
  if (channel.locked) throw refusal(channel.archivedAt === null ? 'threadLocked' : 'threadArchived');
  requirePermission(world, channel, channel.parentId ? 'SendMessagesInThreads' : 'SendMessages');
  if (input.embeds?.length) requirePermission(world, channel, 'EmbedLinks');
  if (files > 0) requirePermission(world, channel, 'AttachFiles');
  if (input.message_reference && isDenied(world, channel, 'ReadMessageHistory')) {
    throw refusal('replyWithoutHistory');
  }
}

/** Throws Missing Permissions when it has been denied. */
export function requirePermission(world: World, channel: Channel, permission: string): void {
  if (isDenied(world, channel, permission)) throw refusal('missingPermissions');
}

/** Stores a checked message and tells everybody who may know. Throws 50006 and 50035. */
export function createMessage(world: World, given: NewMessage): StoredMessage {
  const { channel, input, isLoading = false } = given;
  const flags = (input.flags ?? 0) & settableFlags;
  const content = (input.content ?? '').trim();
  const embeds = input.embeds ?? [];
  const components = input.components ?? [];
  if (!isLoading) checkWhole({ content, embeds, components, files: given.files.length, flags });
  const ephemeralFor = given.ephemeralFor ?? null;
  const message: StoredMessage = {
    id: given.id ?? world.nextId(),
    channelId: channel.id,
    authorId: given.authorId ?? world.applicationId,
    content,
    embeds,
    components,
    attachments: attach(world, channel, given.files),
    flags: flags | (ephemeralFor === null ? 0 : ephemeralFlag) | (isLoading ? loadingFlag : 0),
    nonce: nonceOf(input),
    pings: pingsOf(world, channel, input),
    replyTo: replyTarget(channel, input),
    createdAt: Date.now(),
    editedAt: null,
    ephemeralFor,
    interaction: given.interaction ?? null,
    reactions: new Map(),
  };
  channel.messages.push(message);
  channel.archivedAt = null;
  announce(world, message, 'MESSAGE_CREATE');
  return message;
}

function nonceOf({ nonce }: MessageInput): string | null {
  return nonce === undefined || nonce === null ? null : String(nonce);
}

/** With `enforce_nonce`: the bot's message with that nonce from the past few minutes, or null. */
export function sameNonce(world: World, { nonce, enforce_nonce }: MessageInput): StoredMessage | null {
  if (!enforce_nonce || nonce === undefined || nonce === null) return null;
  const since = Date.now() - world.nonceWindowMs;
  for (const channel of world.channels.values()) {
    const first = channel.messages.find(
      (message) =>
        message.authorId === world.applicationId &&
        message.nonce === String(nonce) &&
        message.createdAt >= since,
    );
    if (first) return first;
  }
  return null;
}

/** Changes what the body names and leaves the rest. Filling a "thinking" answer is no edit to a reader. */
export function editMessage(
  world: World,
  message: StoredMessage,
  input: MessageInput,
  files: UploadedFile[],
): void {
  const channel = visibleOrGone(world, message);
  if (channel.archivedAt !== null) throw refusal('threadArchived');
  if (channel.locked) throw refusal('threadLocked');
  const isFilling = (message.flags & loadingFlag) !== 0;
  const content = input.content === undefined ? message.content : (input.content ?? '').trim();
  const embeds = input.embeds === undefined ? message.embeds : (input.embeds ?? []);
  const components = input.components === undefined ? message.components : (input.components ?? []);
  const kept = input.attachments
    ? message.attachments.filter(({ id }) => input.attachments?.some((named) => named.id === id))
    : message.attachments;
  const attachments = [...kept, ...attach(world, channel, files)];
  const flags = editedFlags(message.flags, input.flags);
  checkWhole({ content, embeds, components, files: attachments.length, flags });
  const pings = isFilling ? pingsOf(world, channel, input) : message.pings;
  const editedAt = isFilling ? null : Date.now();
  Object.assign(message, { content, embeds, components, attachments, flags, pings, editedAt });
  announce(world, message, 'MESSAGE_UPDATE');
}

/** Removes a message for everybody. */
export function deleteMessage(world: World, channel: Channel, message: StoredMessage): void {
  channel.messages.splice(channel.messages.indexOf(message), 1);
  if (message.ephemeralFor !== null) {
    world.bus.emit('change');
    return;
  }
  const data = { id: message.id, channel_id: channel.id, guild_id: channel.guildId };
  publish(world, 'MESSAGE_DELETE', data, intents.guildMessages);
}

/** Starts a public thread, from a message (whose id it then shares) or on its own. */
export function startThread(
  world: World,
  channel: Channel,
  name: string,
  from: StoredMessage | null,
): Channel {
  if (channel.parentId || isForum(channel)) throw refusal('wrongChannelType');
  requirePermission(world, channel, 'CreatePublicThreads');
  if (from && world.channels.has(from.id)) throw refusal('threadExists');
  const id = from?.id ?? world.nextId();
  const thread = addChannel(world, { id, guildId: channel.guildId, name, type: 11, parentId: channel.id });
  publish(world, 'THREAD_CREATE', { ...channelJson(world, thread), newly_created: true }, intents.guilds);
  if (from) announce(world, from, 'MESSAGE_UPDATE');
  return thread;
}

/** Whether a channel holds posts alone: a forum or a media channel. */
export function isForum({ type }: Channel): boolean {
  return type === 15 || type === 16;
}

/** Up to `limit` messages, newest first, as `around`, `before` or `after` select them. Throws 50035. */
export function listMessages(channel: Channel, query: URLSearchParams): StoredMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 100)) {
    const message = 'Value must be between 1 and 100.';
    throw invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_BAD_RANGE', message }]);
  }
  const all = channel.messages.filter(({ ephemeralFor }) => ephemeralFor === null);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  if (around) return aroundMessage(all, BigInt(around), limit);
  if (after)
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  const older = before ? all.filter(({ id }) => BigInt(id) < BigInt(before)) : all;
  return older.slice(-limit).reverse();
}

function aroundMessage(all: StoredMessage[], id: bigint, limit: number): StoredMessage[] {
  const half = Math.floor(limit / 2);
  const older = all.filter((message) => BigInt(message.id) < id).slice(-half);
  const rest = all.filter((message) => BigInt(message.id) >= id).slice(0, limit - half);
  return [...older, ...rest].reverse();
}

/** Tells the gateway about a message, unless only one person sees it. */
function announce(world: World, message: StoredMessage, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'): void {
  if (message.ephemeralFor !== null) {
    world.bus.emit('change');
    return;
  }
  const guildId = world.channels.get(message.channelId)?.guildId;
  const body = messageJson(world, message, event === 'MESSAGE_CREATE');
  publish(world, event, { ...body, guild_id: guildId }, intents.guildMessages);
}

function visibleOrGone(world: World, message: StoredMessage): Channel {
  const channel = world.channels.get(message.channelId);
  if (!channel?.messages.includes(message)) throw refusal('unknownMessage');
  return channel;
}

function editedFlags(before: number, asked: number | null | undefined): number {
  const kept = before & ~loadingFlag;
  if (asked === undefined || asked === null) return kept;
  return (kept & ~suppressEmbeds) | (asked & (suppressEmbeds | componentsV2));
}

function pingsOf(world: World, channel: Channel, input: MessageInput): string[] {
  const mayMentionEveryone = !isDenied(world, channel, 'MentionEveryone');
  return notifyingMentions(input.content ?? '', input.allowed_mentions, mayMentionEveryone);
}

function replyTarget(channel: Channel, input: MessageInput): string | null {
  const reference = input.message_reference;
  if (!reference) return null;
  const exists = channel.messages.some(({ id }) => id === reference.message_id);
  if (exists) return reference.message_id;
  if (reference.fail_if_not_exists === false) return null;
  throw invalidForm([
    { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
  ]);
}

function attach(world: World, channel: Channel, files: UploadedFile[]): StoredMessage['attachments'] {
  return files.map(({ filename, size, contentType }) => {
    const id = world.nextId();
    const url = `https://cdn.discordapp.com/attachments/${channel.id}/${id}/${filename}`;
    return { id, filename, size, url, content_type: imageType(filename) ?? contentType };
  });
}

/** Discord goes by the name: discord.js sends no type for what it does not recognize. */
function imageType(filename: string): string | null {
  const extension = /\.(png|jpe?g|gif|webp)$/i.exec(filename)?.[1]?.toLowerCase();
  return extension ? `image/${extension.replace('jpg', 'jpeg')}` : null;
}
