import { EventEmitter } from 'node:events';
import type { AttachedFile } from './attached-files.ts';
import { allPermissions, ordinaryPermissions, permissionBits } from './permissions.ts';
import type { BucketSize } from './rate-limits.ts';

export type Json = Record<string, unknown>;

/** What the simulated Discord holds before the bot arrives, and the clocks a test may shorten. */
export interface DiscordOptions {
  token?: string;
  applicationId?: string;
  guilds?: {
    id: string;
    name: string;
    channels: GivenChannel[];
  }[];
  /**
   * People; any other id is a member with every permission but Administrator. `in` overrides them by channel; who takes
   * no messages has switched off those of server members.
   */
  users?: {
    id: string;
    name?: string;
    permissions?: string[];
    in?: Record<string, string[]>;
    takesNoMessages?: boolean;
  }[];
  /** Sizes by `METHOD /route/:with/:parameters`; the default for message creation is 5 per 5 s. */
  buckets?: Record<string, BucketSize>;
  /** Requests per second of one bot; 50 by default. */
  globalPerSecond?: number;
  /** Time to the first answer of an interaction; 3,000 by default. */
  firstAnswerMs?: number;
  /** Life of an interaction token; 15 minutes by default. */
  interactionTokenMs?: number;
  /** How long `enforce_nonce` remembers; Discord says "the past few minutes", 5 minutes by default. */
  nonceWindowMs?: number;
  heartbeatIntervalMs?: number;
  /** Privileged intents enabled for the application (bit field); none by default. */
  privilegedIntents?: number;
}

export interface GivenChannel {
  id: string;
  name: string;
  type?: number;
  deny?: string[];
  /** Names of a forum's tags; moderators alone may use those that end with `!`. */
  tags?: string[];
  /** Whether a post needs a tag. */
  requiresTag?: boolean;
}

export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  timestamp?: string;
  color?: number;
  fields?: { name: string; value: string; inline?: boolean }[];
  author?: { name: string; url?: string; icon_url?: string };
  footer?: { text: string; icon_url?: string };
  image?: { url: string };
  thumbnail?: { url: string };
}

export interface Component {
  type: number;
  custom_id?: string;
  label?: string;
  url?: string;
  style?: number;
  disabled?: boolean;
  content?: string;
  emoji?: Json;
  options?: { label: string; value: string }[];
  min_values?: number;
  max_values?: number;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  items?: { media: { url: string } }[];
  media?: { url: string };
  required?: boolean;
  min_length?: number;
  max_length?: number;
}

export interface StoredMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
  embeds: Embed[];
  components: Component[];
  attachments: { id: string; filename: string; size: number; url: string; content_type: string }[];
  flags: number;
  nonce: string | null;
  pings: string[];
  replyTo: string | null;
  createdAt: number;
  editedAt: number | null;
  /** The only user who sees it; null when everybody does. */
  ephemeralFor: string | null;
  /** The interaction it answers. */
  interaction: { id: string; type: number; userId: string } | null;
  /** Emoji -> ids of the users who reacted. */
  reactions: Map<string, Set<string>>;
}

export interface Channel {
  id: string;
  guildId: string;
  name: string;
  /** 0 text, 5 announcement, 11 public thread, 15 forum … */
  type: number;
  /** Of a thread: the channel it hangs under. */
  parentId: string | null;
  ownerId: string | null;
  denied: Set<string>;
  messages: StoredMessage[];
  /** Of a forum. */
  tags: { id: string; name: string; moderated: boolean }[];
  requiresTag: boolean;
  /** Of a thread; of a post also the ids of its tags. */
  archivedAt: number | null;
  locked: boolean;
  appliedTags: string[];
  /** Of a conversation with one person. */
  recipientId: string | null;
}

export interface User {
  id: string;
  name: string;
  bot: boolean;
  permissions: bigint;
  /** Where a channel's overwrites say something else: by channel. */
  overwrites: Map<string, bigint>;
  takesNoMessages: boolean;
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: CommandOption[];
  channel_types?: number[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
}

export interface Command {
  id: string;
  application_id: string;
  guild_id?: string;
  version: string;
  type: number;
  name: string;
  description: string;
  options: CommandOption[];
  default_member_permissions: string | null;
  [key: string]: unknown;
}

/** The simulated Discord: plain data, changed by the API on one side and by people on the other. */
export interface World {
  token: string;
  applicationId: string;
  guilds: Map<string, { id: string; name: string }>;
  /** Channels and threads. */
  channels: Map<string, Channel>;
  users: Map<string, User>;
  /** By scope: '' is global, else a guild id. */
  commands: Map<string, Command[]>;
  /** Commands created so far, by scope. */
  commandCreates: Map<string, number>;
  nonceWindowMs: number;
  /** What people attached to commands. */
  files: AttachedFile[];
  /** Where the content delivery network is: `http://127.0.0.1:PORT`. */
  cdnUrl: string;
  /** Emits `dispatch` (a GatewayEvent) and `change` (something a reader may see). */
  bus: EventEmitter;
  /** A new snowflake, greater than all before. */
  nextId(): string;
}

/** `intent` is the bit a session needs to receive it; null for events that everybody gets. */
export interface GatewayEvent {
  name: string;
  data: Json;
  intent: number | null;
}

export const intents = { guilds: 1 << 0, guildMessages: 1 << 9, guildReactions: 1 << 10 };

/** Nobody in particular: who runs a command when a test names no user. */
export const someone = '200000000000000001';

/** An empty Discord with the guilds, channels and people of the options. */
export function buildWorld(options: DiscordOptions): World {
  const applicationId = options.applicationId ?? '100000000000000001';
  const world: World = {
    token: options.token ?? 'simulated.discord.token',
    applicationId,
    guilds: new Map(),
    channels: new Map(),
    users: new Map(),
    commands: new Map(),
    commandCreates: new Map(),
    nonceWindowMs: options.nonceWindowMs ?? 300_000,
    files: [],
    cdnUrl: '',
    bus: new EventEmitter().setMaxListeners(0),
    nextId: snowflakes(),
  };
  const everything = permissionBits(ordinaryPermissions);
  const overwrites = new Map<string, bigint>();
  const bot = { id: applicationId, name: 'Tocsin', bot: true, permissions: everything, overwrites };
  world.users.set(applicationId, { ...bot, takesNoMessages: false });
  for (const { id, name = id, permissions, in: elsewhere = {}, takesNoMessages = false } of options.users ??
    []) {
    const granted = permissions ? permissionBits(permissions) : everything;
    const overwrites = new Map(Object.entries(elsewhere).map(([at, names]) => [at, permissionBits(names)]));
    world.users.set(id, { id, name, bot: false, permissions: granted, overwrites, takesNoMessages });
  }
  for (const { id, name, channels } of options.guilds ?? []) {
    world.guilds.set(id, { id, name });
    for (const channel of channels) addChannel(world, { ...channel, guildId: id });
  }
  return world;
}

/** A channel or thread without messages, added to the world. */
export function addChannel(
  world: World,
  given: GivenChannel & { guildId: string; parentId?: string; recipientId?: string },
): Channel {
  const denied = new Set(given.deny);
  permissionBits(denied);
  const channel: Channel = {
    id: given.id,
    guildId: given.guildId,
    name: given.name,
    type: given.type ?? 0,
    parentId: given.parentId ?? null,
    ownerId: given.parentId ? world.applicationId : null,
    denied,
    messages: [],
    tags: (given.tags ?? []).map((name) => ({
      id: world.nextId(),
      name: name.replace(/!$/, ''),
      moderated: name.endsWith('!'),
    })),
    requiresTag: given.requiresTag ?? false,
    archivedAt: null,
    locked: false,
    appliedTags: [],
    recipientId: given.recipientId ?? null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** The user of that id, who joins when first named. */
export function userOf(world: World, id: string): User {
  const known = world.users.get(id);
  if (known) return known;
  const permissions = permissionBits(ordinaryPermissions);
  const name = `user-${id}`;
  const user: User = { id, name, bot: false, permissions, overwrites: new Map(), takesNoMessages: false };
  world.users.set(id, user);
  return user;
}

/** What a member may do in a channel, overwrites included, as interactions report it; Administrator is everything. */
export function permissionsIn(channel: Channel, { permissions, overwrites }: User): bigint {
  const isAdministrator = (permissions & permissionBits(['Administrator'])) !== 0n;
  if (isAdministrator) return permissionBits(allPermissions);
  return overwrites.get(channel.id) ?? overwrites.get(channel.parentId ?? '') ?? permissions;
}

/** Whether the bot has been denied the permission there; a thread inherits from its channel. */
export function isDenied(world: World, channel: Channel, permission: string): boolean {
  const parent = channel.parentId ? world.channels.get(channel.parentId) : undefined;
  return channel.denied.has(permission) || (parent?.denied.has(permission) ?? false);
}

/** The channel of that id. Throws when the test named one that does not exist. */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`no channel ${id} in the simulated Discord`);
  return channel;
}

/** Tells gateway sessions about an event, and everybody who waits for a change. */
export function publish(world: World, name: string, data: Json, intent: number | null): void {
  world.bus.emit('dispatch', { name, data, intent } satisfies GatewayEvent);
  world.bus.emit('change');
}

function snowflakes(): () => string {
  const discordEpochMs = 1_420_070_400_000n;
  let last = 0n;
  return () => {
    const fromClock = (BigInt(Date.now()) - discordEpochMs) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}
