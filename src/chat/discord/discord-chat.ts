import { once } from 'node:events';
import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  Routes,
  Status,
} from 'discord.js';
import { errorText, type Logger } from '../../ops/log.ts';
import type { Chat } from '../chat.ts';
import type { CommandDeps } from '../command.ts';
import { understand } from '../command-table.ts';
import { Connection } from '../connection.ts';
import { packLines } from '../plain.ts';
import { runAction } from '../run-action.ts';
import { NO_PINGS } from './alert-embed.ts';
import { discordCommands } from './definitions.ts';
import { discordDestination } from './discord-destination.ts';
import { tokenRemedy } from './discord-errors.ts';
import { markdown } from './markdown.ts';

interface DiscordOptions {
  token: string;
  apiUrl: string;
  deps: CommandDeps;
  log: Logger;
}

/** resources/message: content. */
const CONTENT = 2000;

/** From login to the first event; Discord takes a few seconds for large servers. */
const READY_MS = 30_000;

/** Discord on the gateway: no public address needed. */
export function discordChat(options: DiscordOptions): Chat {
  const { deps, log } = options;
  const client = createClient(options);
  const connection = discordConnection(client, options);
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    answer(interaction, options).catch((error) =>
      log.error('discord request failed', { error: errorText(error) }),
    );
  });
  // Closed for good, as when the token was reset: what the library can mend it mends without this event.
  client.on(Events.ShardDisconnect, () => connection.lost());
  client.on(Events.ChannelUpdate, (channel) => {
    deps.store.deliveries
      .retryHeld(`discord:${channel.id}`)
      .catch((error) =>
        log.warn('held channels not resumed', { platform: 'Discord', error: errorText(error) }),
      );
  });
  client.on(Events.Error, (error) => log.warn('discord gateway error', { error: errorText(error) }));
  return {
    destination: discordDestination(client.rest, options.token),
    start: () => connection.start(),
    status: () => connection.status(),
    channelTrouble: (channelId) => channelTrouble(client, channelId),
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

function discordConnection(client: Client, { token, deps, log }: DiscordOptions): Connection {
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
      await client.application?.commands.set(discordCommands());
    },
    connected: () => deps.store.deliveries.retryHeld('discord:'),
    isUp: () => isUp(client),
    tokenRemedy,
  });
}

async function answer(interaction: ChatInputCommandInteraction, options: DiscordOptions): Promise<void> {
  const typed = [
    interaction.commandName,
    interaction.options.getSubcommand(false) ?? '',
    argumentOf(interaction),
  ];
  const understood = understand(typed.filter((word) => word !== '').join(' '));
  if ('problem' in understood) {
    await interaction.reply({ content: understood.problem, flags: MessageFlags.Ephemeral });
    return;
  }
  const flags = understood.action.audience === 'person' ? ([MessageFlags.Ephemeral] as const) : [];
  await interaction.deferReply({ flags });
  const request = {
    workspace: `discord:${interaction.guildId ?? interaction.channelId}`,
    channel: `discord:${interaction.channelId}`,
    person: interaction.user.id,
    argument: understood.argument,
  };
  const { lines } = await runAction(understood.action, request, options);
  await send(interaction, { pages: packLines(lines.map(markdown), CONTENT), flags });
}

function argumentOf(interaction: ChatInputCommandInteraction): string {
  const [first] = interaction.options.data;
  const given = first?.options === undefined ? first : first.options[0];
  return typeof given?.value === 'string' ? given.value : '';
}

async function send(
  interaction: ChatInputCommandInteraction,
  { pages: [first = '', ...more], flags }: { pages: string[]; flags: readonly MessageFlags.Ephemeral[] },
): Promise<void> {
  await interaction.editReply({
    content: first,
    allowedMentions: NO_PINGS,
    flags: [MessageFlags.SuppressEmbeds],
  });
  for (const content of more) {
    await interaction.followUp({
      content,
      allowedMentions: NO_PINGS,
      flags: [...flags, MessageFlags.SuppressEmbeds],
    });
  }
}

async function channelTrouble(client: Client, channelId: string): Promise<string | null> {
  try {
    await client.rest.get(Routes.channel(channelId));
    return null;
  } catch {
    return 'I do not see this channel: give the Tocsin role View Channel, Send Messages, Embed Links and Read Message History here, and the alerts that wait will arrive.';
  }
}

/** The client itself stays ready once it was; its connections tell. */
function isUp(client: Client): boolean {
  return client.ws.shards.size > 0 && client.ws.shards.every((shard) => shard.status === Status.Ready);
}
