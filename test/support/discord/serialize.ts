import { ordinaryPermissions, permissionBits } from './permissions.ts';
import { type Channel, type Json, type StoredMessage, type User, userOf, type World } from './world.ts';

/** SUPPRESS_EMBEDS: Discord then serves and shows no embeds at all, the bot's own included (discord-api-docs#1389). */
export const suppressEmbeds = 1 << 2;
export const ephemeralFlag = 1 << 6;
/** LOADING: "… is thinking". */
export const loadingFlag = 1 << 7;
export const componentsV2 = 1 << 15;
/** REQUIRE_TAG of a forum. */
const requireTag = 1 << 4;
const hasThread = 1 << 5;
const joinedAt = '2022-01-01T00:00:00.000000+00:00';

/** A user object. */
export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.name,
    global_name: user.bot ? null : user.name,
    discriminator: '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}

/** A member object; `permissions` only where an interaction carries it. */
export function memberJson(user: User): Json {
  return {
    user: userJson(user),
    nick: null,
    avatar: null,
    roles: [],
    joined_at: joinedAt,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

/** A channel or thread object. */
export function channelJson(world: World, channel: Channel): Json {
  if (channel.recipientId) {
    const recipients = [userJson(userOf(world, channel.recipientId))];
    return { id: channel.id, type: 1, flags: 0, last_message_id: null, recipients };
  }
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    flags: channel.requiresTag ? requireTag : 0,
    last_message_id: channel.messages.at(-1)?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (channel.parentId) {
    return {
      ...common,
      owner_id: channel.ownerId,
      message_count: channel.messages.length,
      member_count: 1,
      applied_tags: channel.appliedTags,
      thread_metadata: {
        archived: channel.archivedAt !== null,
        locked: channel.locked,
        auto_archive_duration: 1440,
        archive_timestamp:
          channel.archivedAt === null ? joinedAt : new Date(channel.archivedAt).toISOString(),
      },
      member: { id: channel.id, user_id: world.applicationId, join_timestamp: joinedAt, flags: 0 },
    };
  }
  const deny = String(permissionBits(channel.denied));
  return {
    ...common,
    position: 0,
    nsfw: false,
    topic: null,
    permission_overwrites: [
      { id: world.applicationId, type: 1, allow: '0', deny },
      ...memberOverwrites(world, channel),
    ],
    ...(channel.tags.length > 0
      ? { available_tags: channel.tags.map((tag) => ({ ...tag, ...noEmoji })) }
      : {}),
  };
}

const noEmoji = { emoji_id: null, emoji_name: null };

function memberOverwrites(world: World, channel: Channel): Json[] {
  const everything = permissionBits(ordinaryPermissions);
  return [...world.users.values()].flatMap(({ id, overwrites }) => {
    const allowed = overwrites.get(channel.id);
    if (allowed === undefined) return [];
    return [{ id, type: 1, allow: String(allowed), deny: String(everything & ~allowed) }];
  });
}

/** A guild object as GUILD_CREATE carries it. */
export function guildJson(world: World, guildId: string): Json {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guildId);
  const everyone = {
    id: guildId,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: String(permissionBits(ordinaryPermissions)),
    managed: false,
    mentionable: false,
    flags: 0,
  };
  return {
    id: guildId,
    name: world.guilds.get(guildId)?.name,
    icon: null,
    owner_id: '900000000000000001',
    preferred_locale: 'en-US',
    features: [],
    roles: [everyone],
    emojis: [],
    stickers: [],
    joined_at: joinedAt,
    large: false,
    unavailable: false,
    member_count: 2,
    members: [memberJson(userOf(world, world.applicationId))],
    channels: channels.filter((channel) => !channel.parentId).map((channel) => channelJson(world, channel)),
    threads: channels
      .filter((channel) => channel.parentId && channel.archivedAt === null)
      .map((channel) => channelJson(world, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/**
 * A message object. The nonce travels only with the answer to its creation and MESSAGE_CREATE:
 * a message that is fetched later has lost it.
 */
export function messageJson(world: World, message: StoredMessage, withNonce = false): Json {
  const thread = message.id === message.channelId ? undefined : world.channels.get(message.id);
  const channel = world.channels.get(message.channelId);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: messageType(message),
    author: userJson(userOf(world, message.authorId)),
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: message.pings.some((ping) => ping === '@everyone' || ping === '@here'),
    mentions: [],
    mention_roles: [],
    attachments: message.attachments,
    embeds: shownEmbeds(message).map((embed) => ({ type: 'rich', ...embed })),
    components: message.components,
    reactions: [...message.reactions].map(([emoji, users]) => reactionJson(world, emoji, users)),
    pinned: false,
    flags: message.flags | (thread ? hasThread : 0),
    ...(withNonce && message.nonce !== null ? { nonce: message.nonce } : {}),
    ...(message.replyTo ? replyJson(message, channel?.guildId) : {}),
    ...(message.interaction ? interactionJson(world, message) : {}),
    ...(thread ? { thread: channelJson(world, thread) } : {}),
  };
}

/** The embeds that Discord shows: none while SUPPRESS_EMBEDS is set. */
export function shownEmbeds(message: StoredMessage): StoredMessage['embeds'] {
  return message.flags & suppressEmbeds ? [] : message.embeds;
}

function messageType(message: StoredMessage): number {
  if (message.interaction?.type === 2) return 20;
  return message.replyTo ? 19 : 0;
}

function replyJson(message: StoredMessage, guildId: string | undefined): Json {
  return {
    message_reference: {
      type: 0,
      channel_id: message.channelId,
      message_id: message.replyTo,
      guild_id: guildId,
    },
  };
}

function interactionJson(world: World, message: StoredMessage): Json {
  const by = message.interaction;
  return {
    application_id: world.applicationId,
    webhook_id: world.applicationId,
    interaction_metadata: {
      id: by?.id,
      type: by?.type,
      user: userJson(userOf(world, by?.userId ?? '')),
      authorizing_integration_owners: {},
    },
  };
}

function reactionJson(world: World, emoji: string, users: Set<string>): Json {
  return {
    emoji: { id: null, name: emoji },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    me: users.has(world.applicationId),
    me_burst: false,
    burst_colors: [],
  };
}
