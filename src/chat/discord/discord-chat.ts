import { once } from 'node:events';
import {
  ApplicationCommandOptionType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type InteractionReplyOptions,
  MessageFlags,
  PermissionFlagsBits,
  Routes,
  Status,
} from 'discord.js';
import type { Reply } from '../../model/rich-text.ts';
import { errorText } from '../../ops/log.ts';
import { type AnswerDeps, answerCommand } from '../answer-command.ts';
import { downloadText } from '../attachment.ts';
import type { Chat } from '../chat.ts';
import type { Action, CommandRequest } from '../command.ts';
import { Connection } from '../connection.ts';
import { discordCommands } from './definitions.ts';
import { discordDestination } from './discord-destination.ts';
import { tokenRemedy } from './discord-errors.ts';
import { NO_PINGS } from './markdown.ts';
import { linkTo } from './message-link.ts';
import { commandOf, replyMessages } from './reply-message.ts';

interface DiscordOptions extends AnswerDeps {
  token: string;
  apiUrl: string;
}

/** What a person does to be answered: types a command or presses a button. */
type Asking = ChatInputCommandInteraction | ButtonInteraction;

/** From login to the first event; Discord takes a few seconds for large servers. */
const READY_MS = 30_000;

/** Discord on the gateway: no public address needed. */
export function discordChat(options: DiscordOptions): Chat {
  const { deps, log } = options;
  const client = createClient(options);
  const connection = discordConnection(client, options);
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand() && !interaction.isButton()) return;
    answer(interaction, options).catch((error) =>
      log.error('discord request failed', { error: errorText(error) }),
    );
  });
  // Closed for good, as when the token was reset: what the library can mend it mends without this event.
  client.on(Events.ShardDisconnect, () => connection.lost());
  const resume = (channels: string) => {
    deps.store.deliveries
      .retryHeld(`discord:${channels}`)
      .catch((error) =>
        log.warn('held channels not resumed', { platform: 'Discord', error: errorText(error) }),
      );
  };
  client.on(Events.ChannelUpdate, ({ id }) => resume(id));
  client.on(Events.ThreadUpdate, (_before, { id }) => resume(id));
  // Which channels a role or a server that is back concerns is for Discord to say.
  client.on(Events.GuildRoleUpdate, () => resume(''));
  client.on(Events.GuildCreate, () => resume(''));
  client.on(Events.Error, (error) => log.warn('discord gateway error', { error: errorText(error) }));
  return {
    destination: discordDestination(client.rest, options.token),
    start: () => connection.start(),
    status: () => connection.status(),
    channelTrouble: (channelId) => channelTrouble(client, channelId),
    workspaceOf: (channelId) => workspaceOf(client, channelId),
    messageLink(channelId, messageId) {
      const channel = client.channels.cache.get(channelId);
      if (channel === undefined || channel.isDMBased()) return null;
      return linkTo(channel, messageId);
    },
    async stop() {
      connection.stop();
      await client.destroy();
    },
  };
}

function createClient({ apiUrl }: DiscordOptions): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: NO_PINGS,
    rest: {
      api: apiUrl,
      // The outbox keeps, orders and repeats alerts; answers to commands may wait in the library.
      retries: 0,
      timeout: 8_000,
      rejectOnRateLimit: ({ route }) => route.startsWith('/channels/'),
    },
  });
}

function discordConnection(client: Client, { token, deps, log, commands }: DiscordOptions): Connection {
  return new Connection({
    platform: 'Discord',
    log,
    async connect() {
      if (client.ws.shards.some((shard) => shard.status === Status.Disconnected)) {
        throw new Error(
          'Discord closed the connection for good: check the bot at discord.com/developers, then restart',
        );
      }
      if (!client.isReady()) {
        const ready = once(client, Events.ClientReady, { signal: AbortSignal.timeout(READY_MS) });
        await Promise.all([client.login(token), ready]);
      }
      await client.application?.commands.set(discordCommands(commands));
    },
    connected: () => deps.store.deliveries.retryHeld('discord:'),
    isUp: () => isUp(client),
    tokenRemedy,
  });
}

async function answer(interaction: Asking, options: DiscordOptions): Promise<void> {
  const asked = {
    workspace: `discord:${interaction.guildId ?? interaction.channelId}`,
    ...placeOf(interaction),
    person: interaction.user.id,
    mayCallAll: interaction.memberPermissions?.has(PermissionFlagsBits.MentionEveryone) === true,
    attachment: () => attachedText(interaction),
  };
  const reply = await answerCommand(wordsOf(interaction), asked, {
    ...options,
    refusal: (action) => buttonRefusal(interaction, action) ?? placeRefusal(interaction),
    begin: async (audience) => {
      await interaction.deferReply({ flags: audience === 'person' ? [MessageFlags.Ephemeral] : [] });
    },
    meanwhile: (note) => show(interaction, note),
  });
  const isTooPublic = reply.audience === 'person' && interaction.ephemeral !== true;
  await (isTooPublic ? showApart : show)(interaction, reply);
}

/**
 * Why pressing does nothing, or null. Discord asks who may type a command (Server Settings, Integrations) but lets
 * everybody press: under an answer that only one person sees, it is the person who could type.
 */
function buttonRefusal(interaction: Asking, { audience }: Action): string | null {
  if (!interaction.isButton() || audience === 'person') return null;
  if (interaction.message.flags.has(MessageFlags.Ephemeral)) return null;
  const { ManageChannels, ManageGuild } = PermissionFlagsBits;
  if (interaction.memberPermissions?.any([ManageChannels, ManageGuild]) === true) return null;
  const words = commandOf(interaction.customId);
  const [name] = words.split(' ');
  return `Only people who may manage this channel can press this. Whoever may use /${name} on this server can type it: /${words}`;
}

/** The channel that was named, or else the one it was asked in, with the forum whose post that is. */
function placeOf(interaction: Asking): Pick<CommandRequest, 'channel' | 'isElsewhere' | 'forum'> {
  const named = namedChannel(interaction);
  if (named !== null)
    return { channel: `discord:${named.id}`, isElsewhere: named.id !== interaction.channelId };
  const { channel, channelId } = interaction;
  const parent = channel?.isThread() === true ? channel.parent : null;
  const forum = parent?.isThreadOnly() === true ? { forum: `discord:${parent.id}` } : {};
  return { channel: `discord:${channelId}`, ...forum };
}

/** Only who may see a channel and post there may let alerts go there. */
function placeRefusal(interaction: Asking): string | null {
  const named = namedChannel(interaction);
  if (named === null) return null;
  const { ViewChannel, SendMessages } = PermissionFlagsBits;
  const channel = interaction.guild?.channels.cache.get(named.id);
  const may = channel?.permissionsFor(interaction.user)?.has([ViewChannel, SendMessages]) === true;
  return may ? null : 'Name a channel in which you may post yourself.';
}

function namedChannel(interaction: Asking): { id: string } | null {
  return interaction.isButton() ? null : interaction.options.getChannel('channel');
}

function wordsOf(interaction: Asking): string {
  if (interaction.isButton()) return commandOf(interaction.customId);
  const { commandName, options } = interaction;
  const given = options.data[0]?.options ?? options.data;
  const argument = given.find(({ type }) => type === ApplicationCommandOptionType.String)?.value ?? '';
  return [commandName, options.getSubcommand(false) ?? '', argument].filter((word) => word !== '').join(' ');
}

async function attachedText(interaction: Asking): Promise<string | null> {
  if (interaction.isButton()) return null;
  const file = interaction.options.resolved?.attachments?.first();
  if (file === undefined) return null;
  return downloadText({ name: file.name, url: file.url, remedy: 'Please attach it again.' });
}

/** Takes the place of "thinking" and of what was said meanwhile; what does not fit there follows it. */
async function show(interaction: Asking, reply: Reply): Promise<void> {
  const [first, ...others] = replyMessages(reply);
  if (first !== undefined)
    await interaction.editReply({
      ...first,
      allowedMentions: NO_PINGS,
      flags: [MessageFlags.SuppressEmbeds],
    });
  for (const message of others) await follow(interaction, message, interaction.ephemeral === true);
}

/** "Thinking" that everybody sees can't become private, and the first message after it would be as public: it goes. */
async function showApart(interaction: Asking, reply: Reply): Promise<void> {
  await interaction.deleteReply();
  for (const message of replyMessages(reply)) await follow(interaction, message, true);
}

async function follow(
  interaction: Asking,
  message: InteractionReplyOptions,
  isHidden: boolean,
): Promise<void> {
  const hidden = isHidden ? ([MessageFlags.Ephemeral] as const) : [];
  await interaction.followUp({
    ...message,
    allowedMentions: NO_PINGS,
    flags: [...hidden, MessageFlags.SuppressEmbeds],
  });
}

/** Null while not all servers have said which channels they have; a channel of none of them is of no workspace. */
function workspaceOf(client: Client, channelId: string): string | null {
  const channel = client.channels.cache.get(channelId);
  if (channel !== undefined && !channel.isDMBased()) return `discord:${channel.guildId}`;
  return client.isReady() && client.guilds.cache.every((guild) => guild.available) ? 'discord:' : null;
}

async function channelTrouble(client: Client, channelId: string): Promise<string | null> {
  try {
    await client.rest.get(Routes.channel(channelId));
  } catch {
    return 'I do not see this channel: give the Tocsin role View Channel, Send Messages, Embed Links and Read Message History here, and the alerts that wait will arrive.';
  }
  const missing = missingPermissions(client, channelId);
  if (missing.length === 0) return null;
  return `I may not do everything here: give the Tocsin role ${missing.join(', ')}, and the alerts that wait will arrive.`;
}

/** What the bot needs, as Discord's settings call it; in a thread its own right takes the place of the channel's. */
const NEEDED: Record<'channel' | 'forum' | 'thread', readonly (readonly [bigint, string])[]> = {
  channel: [
    [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  forum: [
    [PermissionFlagsBits.SendMessages, 'Create Posts'],
    [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Posts'],
    [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  thread: [
    [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
    [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
};

function missingPermissions(client: Client, channelId: string): string[] {
  const channel = client.channels.cache.get(channelId);
  if (channel === undefined || channel.isDMBased() || client.user === null) return [];
  const own = channel.permissionsFor(client.user);
  // Not known while the server has not been heard.
  if (own === null) return [];
  const kind = channel.isThread() ? 'thread' : channel.isThreadOnly() ? 'forum' : 'channel';
  return NEEDED[kind].filter(([bit]) => !own.has(bit)).map(([, name]) => name);
}

/** The client itself stays ready once it was; its connections tell. */
function isUp(client: Client): boolean {
  return client.ws.shards.size > 0 && client.ws.shards.every((shard) => shard.status === Status.Ready);
}
