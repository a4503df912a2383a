import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/chat/command-table.ts';
import type { Store } from '../../src/store/store.ts';
import { content } from '../support/articles.ts';
import { DISCORD_CHANNEL, GUILD, SLACK_CHANNEL } from '../support/newsroom.ts';
import { FORUM_CHANNEL } from '../support/outbox.ts';
import { discordDesk, noticeFor, slackDesk, until } from './chat-desk.ts';

const ADA = '500000000000000001';
/** May read and write, and not call everybody. */
const GRACE = '500000000000000002';
const WRITING = ['ViewChannel', 'SendMessages'];
const USERS = [{ id: ADA }, { id: GRACE, permissions: WRITING, in: { [FORUM_CHANNEL]: ['ViewChannel'] } }];
const ROLE = '700000000000000001';

const discord = async () => {
  const desk = await discordDesk(USERS, COMMANDS);
  const ask = (subcommand: string, options: Record<string, string>, channel = DISCORD_CHANNEL, user = ADA) =>
    desk.discord.command({ channel, user, name: 'watch', subcommand, options });
  return { ...desk, ask };
};

describe('/watch ping', () => {
  test('in Slack understands the names of people and groups', async () => {
    const { slack, store } = await slackDesk({ commands: COMMANDS });
    const ask = async (command: string, text: string) =>
      (await (await slack.command({ channel: SLACK_CHANNEL, command, text, user: 'UADA' })).answer()).text;
    await ask('/watch', 'add "raid & strike" https://wire.example/x');
    const said = await ask(
      '/watch',
      'ping @user-ada, @S0DESK here for "raid & strike" https://wire.example/x',
    );
    expect(said).toContain('calls the user UADA, the group S0DESK, who is here from now on');
    expect(await store.watches.list(`slack:${slack.teamId}`)).toMatchObject([
      {
        query: '"raid & strike" https://wire.example/x',
        ping: ['slack:user:UADA', 'slack:group:S0DESK', 'here'],
      },
    ]);
    expect(await ask('/tocsin', 'watch ping me')).toContain('calls the user UADA from now on');
    expect(await ask('/watch', 'ping @nobody-known')).toContain('or a member id such as U0123');
  });

  test('in Discord understands mentions, and lets nobody call here or a role who may not do so', async () => {
    const { ask, store } = await discord();
    await ask('add', { query: 'raid' });
    expect((await ask('ping', { whom: `<@&${ROLE}> <@${ADA}>` })).text).toContain('calls the role');
    expect(await store.watches.list(`discord:${GUILD}`)).toMatchObject([
      { ping: [`discord:role:${ROLE}`, `discord:user:${ADA}`] },
    ]);
    for (const whom of ['here', `<@&${ROLE}>`]) {
      const refused = await ask('ping', { whom }, DISCORD_CHANNEL, GRACE);
      expect(refused.text).toContain('You may not call here or a role in this channel yourself');
    }
    expect((await ask('ping', { whom: 'me' }, DISCORD_CHANNEL, GRACE)).text).toContain(GRACE);
    expect((await ask('ping', { whom: '@everyone' })).text).toContain('I call nobody who is away');
  });
});

describe('/watch add in Discord', () => {
  test('names a forum, in which nobody can type, and says so in its posts', async () => {
    const { ask, store, chat } = await discord();
    const forum = `discord:${FORUM_CHANNEL}`;
    const named = await ask('add', { query: 'raid', channel: FORUM_CHANNEL });
    expect(named.text).toContain('Watching raid in #stories: the next article that matches alerts there.');
    expect(await store.watches.list(`discord:${GUILD}`)).toMatchObject([{ channels: [forum] }]);
    expect((await ask('quiet', { hours: '22-7 hold', channel: FORUM_CHANNEL })).failed).toBe(false);
    expect(await store.channels.settings(forum)).toMatchObject({ quiet: '22:00-07:00 hold' });
    const post = await chat.destination.deliver(noticeFor(FORUM_CHANNEL, [['Raid']]));
    const inPost = await ask('add', { query: 'kidnapping' }, post);
    expect(inPost.text).toContain('in this channel');
    expect(inPost.text).toContain('name the forum as “channel”: #stories');
  });

  test('lets nobody send alerts to a channel where they may not post themselves', async () => {
    const { ask, store } = await discord();
    const refused = await ask('add', { query: 'raid', channel: FORUM_CHANNEL }, DISCORD_CHANNEL, GRACE);
    expect(refused).toMatchObject({
      text: 'Name a channel in which you may post yourself.',
      ephemeral: true,
    });
    expect(await store.watches.list(`discord:${GUILD}`)).toEqual([]);
  });
});

test('/story in a post of a forum speaks of the forum’s stories', async () => {
  const { discord: simulator, store, chat } = await discord();
  const storyId = await store.stories.create(1);
  const channel = `discord:${FORUM_CHANNEL}`;
  await store.alerts.create({ channel, storyId, content: content({ headline: 'Raid' }), dueAt: 1 }, 1);
  const post = await chat.destination.deliver(noticeFor(FORUM_CHANNEL, [['Raid']]));
  const muted = await simulator.command({
    ...{ channel: post, user: ADA, name: 'story', subcommand: 'mute' },
    options: { story: 'raid' },
  });
  expect(muted.text).toContain('hears no more of Raid');
});

test('a forum in which a permission is missing is told with its name', async () => {
  const { discord: simulator, chat } = await discord();
  expect(await chat.channelTrouble(FORUM_CHANNEL)).toBeNull();
  simulator.deny(FORUM_CHANNEL, 'SendMessages');
  simulator.deny(FORUM_CHANNEL, 'SendMessagesInThreads');
  await until(async () => (await chat.channelTrouble(FORUM_CHANNEL)) !== null);
  expect(await chat.channelTrouble(FORUM_CHANNEL)).toContain(
    'give the Tocsin role Create Posts, Send Messages in Posts,',
  );
});

describe('what waits for a channel is tried at once', () => {
  /** An alert that the channel does not take, and whether it may be tried again. */
  async function waiting(store: Store, channel: string): Promise<() => Promise<boolean>> {
    const storyId = await store.stories.create(1);
    await store.alerts.create({ channel, storyId, content: content(), dueAt: 1 }, 1);
    const [lease] = await store.deliveries.leaseChannels(2, 1, 1);
    const next = await store.deliveries.next(channel, 2);
    if (lease === undefined || next === null) throw new Error('nothing waits');
    const held = { state: 'due', error: 'archived', holdUntil: 1_000_000, brokenAt: 2 } as const;
    await store.deliveries.postpone(lease, next.id, held);
    return async () => (await store.deliveries.leaseChannels(100, 0, 1)).length === 1;
  }

  test('when Slack says that it is no longer archived', async () => {
    const { slack, store } = await slackDesk();
    const isTried = await waiting(store, `slack:${SLACK_CHANNEL}`);
    await slack.archive(SLACK_CHANNEL);
    expect(await isTried()).toBe(false);
    await slack.unarchive(SLACK_CHANNEL);
    await until(isTried);
  });

  test('when Discord says that its permissions changed, or that a thread is open again', async () => {
    const { discord: simulator, store, chat } = await discord();
    const isTried = await waiting(store, `discord:${FORUM_CHANNEL}`);
    expect(await isTried()).toBe(false);
    simulator.allow(FORUM_CHANNEL, 'SendMessages');
    await until(isTried);
    const post = await chat.destination.deliver(noticeFor(FORUM_CHANNEL, [['Raid']]));
    const isThreadTried = await waiting(store, `discord:${post}`);
    simulator.openThread(post);
    await until(isThreadTried);
  });

  test('when somebody asks for it', async () => {
    const { discord: simulator, store } = await discord();
    const isTried = await waiting(store, `discord:${DISCORD_CHANNEL}`);
    const retry = { channel: DISCORD_CHANNEL, user: ADA, name: 'status', options: { action: 'retry' } };
    await simulator.command(retry);
    expect(await isTried()).toBe(true);
  });
});
