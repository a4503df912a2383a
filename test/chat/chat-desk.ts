import { afterEach } from '@jest/globals';
import type { Chat } from '../../src/chat/chat.ts';
import type { Command, CommandDeps } from '../../src/chat/command.ts';
import { discordChat } from '../../src/chat/discord/discord-chat.ts';
import { slackChat } from '../../src/chat/slack/slack-chat.ts';
import type { Attempt } from '../../src/model/alert.ts';
import type { Button, Line, Reply } from '../../src/model/rich-text.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { Store } from '../../src/store/store.ts';
import { type DiscordSimulator, startDiscord } from '../support/discord/simulator.ts';
import type { DiscordOptions } from '../support/discord/world.ts';
import { DISCORD_CHANNEL, GUILD, MANIFEST, SLACK_CHANNEL } from '../support/newsroom.ts';
import { FORUM_CHANNEL } from '../support/outbox.ts';
import { type SlackOptions, type SlackSimulator, startSlack } from '../support/slack/simulator.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

export const LOG = createLogger({ level: 'error', now: () => 0, write: () => {} });

/** Holds back the answer of `/desk wait` until a test lets it go. */
class Gate {
  #open = () => {};
  #opened = Promise.resolve();

  shut(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }

  passed(): Promise<void> {
    return this.#opened;
  }
}

export const gate = new Gate();

const action = { argument: null, audience: 'person', help: 'something a test asks' } as const;

/** More than Discord takes in one message. */
const VERSES = Array.from({ length: 60 }, (_, index): Line => [`Verse ${index}: ${'la '.repeat(20)}`]);

const offer: Reply = {
  lines: [['Found ', { text: 'Northern Wire', style: 'bold' }, '.']],
  buttons: [
    { label: 'Take it', command: 'desk take the wire' },
    { label: 'Never', command: 'desk never' },
  ],
};

/** Commands with buttons, files and slow answers, of every audience. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'desk',
    help: 'What tests ask',
    actions: [
      { ...action, name: 'offer', run: async () => offer },
      {
        ...action,
        name: 'take',
        argument: { name: 'what', help: 'what to take', required: true },
        audience: 'channel',
        run: async ({ workspace, channel, person, argument }) => [
          [`${person} takes ${argument} in ${channel} of ${workspace}`],
        ],
      },
      {
        ...action,
        name: 'read',
        argument: { name: 'why', help: 'why to read it', required: false },
        attachment: { name: 'file', help: 'what to read' },
        run: async ({ attachment, argument }) => [
          [`It says: ${(await attachment?.()) ?? 'nothing, there is no file'}`],
          ...(argument === '' ? [] : [[`(${argument})`]]),
        ],
      },
      {
        ...action,
        name: 'wait',
        run: async () => {
          await gate.passed();
          return [['Here it is.']];
        },
      },
      {
        ...action,
        name: 'spill',
        audience: 'channel',
        run: async () => {
          await gate.passed();
          throw new Error('the ink is dry');
        },
      },
      { ...action, name: 'hush', audience: 'channel', run: async () => [] },
      { ...action, name: 'recite', run: async () => ({ ...offer, lines: VERSES }) },
    ],
  },
];

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  gate.open();
  for (const close of closing.splice(0).reverse()) await close();
});

async function deps(now: () => number): Promise<CommandDeps> {
  const store = await freshStore(ENGINES[0] as (typeof ENGINES)[number]);
  closing.push(() => store.close());
  return {
    store,
    knowledge: {},
    now,
    channelTrouble: async () => null,
    connections: () => [],
  } as unknown as CommandDeps;
}

/** Slack's part of the product, connected to a simulated Slack that has the shipped manifest. */
export async function slackDesk(
  given: Partial<SlackOptions> & { commands?: readonly Command[] } = {},
): Promise<{ slack: SlackSimulator; chat: Chat; store: Store }> {
  const channels = [{ id: SLACK_CHANNEL, name: 'news' }];
  const slack = await startSlack({ manifest: MANIFEST, channels, ...given });
  closing.push(() => slack.close());
  const { botToken, appToken, apiUrl } = slack;
  const shared = { deps: await deps(given.now ?? Date.now), log: LOG, commands: given.commands ?? COMMANDS };
  const chat = slackChat({ botToken, appToken, apiUrl, ...shared });
  await connected(chat);
  return { slack, chat, store: shared.deps.store };
}

/** Discord's part of the product, connected to a simulated Discord. */
export async function discordDesk(
  users: DiscordOptions['users'] = [],
  commands: readonly Command[] = COMMANDS,
): Promise<{ discord: DiscordSimulator; chat: Chat; store: Store }> {
  const channels = [
    { id: DISCORD_CHANNEL, name: 'news' },
    { id: FORUM_CHANNEL, name: 'stories', type: 15 },
  ];
  const discord = await startDiscord({ guilds: [{ id: GUILD, name: 'Newsroom', channels }], users });
  closing.push(() => discord.close());
  const { token, apiUrl } = discord;
  const known = await deps(Date.now);
  const chat = discordChat({ token, apiUrl, deps: known, log: LOG, commands });
  await connected(chat);
  return { discord, chat, store: known.store };
}

async function connected(chat: Chat): Promise<void> {
  closing.push(() => chat.stop());
  chat.start();
  await until(() => chat.status().endsWith(': connected'));
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** One try to deliver a notice. */
export function noticeFor(
  channelId: string,
  lines: Line[],
  { buttons = [], deliveryId = 'delivery-1' }: { buttons?: Button[]; deliveryId?: string } = {},
): Attempt {
  return {
    channelId,
    deliveryId,
    createdAt: Date.now(),
    operation: { kind: 'notice', notice: { lines, buttons } },
    ping: [],
    isSilent: false,
    signal: AbortSignal.timeout(10_000),
  };
}
