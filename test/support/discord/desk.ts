import {
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  type Interaction,
  type TextChannel,
} from 'discord.js';
import { type DiscordSimulator, startDiscord } from './simulator.ts';
import type { DiscordOptions } from './world.ts';

/** A simulated Discord and a real discord.js client that is ready in it. */
export interface Desk {
  discord: DiscordSimulator;
  client: Client<true>;
  channel: TextChannel;
}

export const news = '400000000000000001';
export const sports = '400000000000000002';
export const guild = '300000000000000001';
export const ada = '500000000000000001';
/** A member who may do nothing but look. */
export const grace = '500000000000000002';

const text = { type: 3, description: 'Words' };
const watchCommand = {
  name: 'watch',
  description: 'Watches',
  options: [
    {
      type: 1,
      name: 'add',
      description: 'Adds one',
      options: [
        { ...text, name: 'query', required: true, autocomplete: true },
        { ...text, name: 'when', choices: [{ name: 'At once', value: 'now' }] },
        { type: 4, name: 'days', description: 'Days', min_value: 1 },
      ],
    },
  ],
};
/** Two plain commands, one of them for managers, and one with a subcommand and every kind of bound. */
export const commands = [
  { name: 'news', description: 'News' },
  { name: 'setup', description: 'Set up', default_member_permissions: '32' },
  watchCommand,
];

const channels = [
  { id: news, name: 'news' },
  { id: sports, name: 'sports' },
];
const users = [
  { id: ada, name: 'Ada' },
  { id: grace, name: 'Grace', permissions: ['ViewChannel'] },
];
const open: (() => Promise<unknown>)[] = [];

/** Opens a desk; `answer` handles every interaction. Close it with `closeDesks`. */
export async function openDesk(
  given: {
    discord?: DiscordOptions;
    client?: Partial<ClientOptions>;
    answer?: (interaction: Interaction) => unknown;
  } = {},
): Promise<Desk> {
  const discord = await startDiscord({
    guilds: [{ id: guild, name: 'Desk', channels }],
    users,
    ...given.discord,
  });
  const client = new Client({
    intents: ['Guilds', 'GuildMessages'],
    ...given.client,
    rest: { api: discord.apiUrl, ...given.client?.rest },
  });
  open.push(async () => await client.destroy().finally(() => discord.close()));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  client.on(Events.InteractionCreate, (interaction) => void given.answer?.(interaction));
  const known = client as Client<true>;
  return { discord, client: known, channel: (await known.channels.fetch(news)) as TextChannel };
}

/** Closes every desk of the test. */
export async function closeDesks(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

/** The refusal that discord.js made of Discord's answer. Throws whatever else happened. */
export async function refusalOf(request: Promise<unknown> | undefined): Promise<DiscordAPIError> {
  const error = await request?.then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DiscordAPIError)) throw error;
  return error;
}
