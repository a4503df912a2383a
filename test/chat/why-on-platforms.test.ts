import { afterEach, expect, test } from '@jest/globals';
import type { Chat } from '../../src/chat/chat.ts';
import type { CommandDeps } from '../../src/chat/command.ts';
import { highlighted } from '../../src/chat/commands/highlighted.ts';
import { storyCommand } from '../../src/chat/commands/story/story.ts';
import { whyCommand } from '../../src/chat/commands/why.ts';
import { discordChat } from '../../src/chat/discord/discord-chat.ts';
import { markdown } from '../../src/chat/discord/markdown.ts';
import { mrkdwn } from '../../src/chat/slack/mrkdwn.ts';
import { slackChat } from '../../src/chat/slack/slack-chat.ts';
import type { Store } from '../../src/store/store.ts';
import { startDiscord } from '../support/discord/simulator.ts';
import { DISCORD_CHANNEL, GUILD, MANIFEST, SLACK_CHANNEL } from '../support/newsroom.ts';
import { item, judge, NOON, newsroom, RAID } from '../support/pipeline-room.ts';
import { startSlack } from '../support/slack/simulator.ts';
import { ENGINES, freshStore } from '../support/stores.ts';
import { LOG, until } from './chat-desk.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A store in which the channel was told of a raid, and of an opinion piece about it. */
async function toldRoom(workspace: string, channel: string) {
  const store = await freshStore(ENGINES[0] as (typeof ENGINES)[number]);
  closing.push(() => store.close());
  const room = await newsroom(store, [{ name: 'wire' }]);
  room.say(channel, workspace);
  await room.watchIn(workspace, 'raids', 'raids Atme', channel);
  await room.watchIn(workspace, 'strikes', 'strike Atme', channel);
  await room.publish('wire');
  await room.publish('wire', RAID);
  await room.publish('wire', item('Opinion | The raids of Atme', 'A house in Atme tells of Roman law.'));
  return { store, room };
}

function asked(store: Store, chat: () => Chat): CommandDeps {
  const deps: Partial<CommandDeps> = {
    store,
    knowledge: {},
    judge,
    now: () => NOON,
    messageLink: (channel, id) => chat().messageLink(channel.slice(channel.indexOf(':') + 1), id),
  };
  return deps as CommandDeps;
}

const SEVERITY = [
  'Severity: normal, 35 points of 100 (critical from 80, high from 50, normal from 20; below that low). What weighs:',
  '• +20 headline and lead tell no kind of event that we weigh',
  '• +15 At least 5 people were killed, according to the monitor',
].join('\n');
const LOWERED = '• −70 an opinion piece (whatever else is known, at most 49: normal)';

const commands = [whyCommand, storyCommand];

test('on Slack a reader sees each reason, the matched words in bold and the way to the message', async () => {
  const slack = await startSlack({ manifest: MANIFEST, channels: [{ id: SLACK_CHANNEL, name: 'news' }] });
  closing.push(() => slack.close());
  const channel = `slack:${SLACK_CHANNEL}`;
  const { store, room } = await toldRoom(`slack:${slack.teamId}`, channel);
  const { botToken, appToken, apiUrl } = slack;
  const chat: Chat = slackChat({
    botToken,
    appToken,
    apiUrl,
    deps: asked(store, () => chat),
    log: LOG,
    commands,
  });
  closing.push(() => chat.stop());
  chat.start();
  await until(() => chat.status().endsWith(': connected'));
  const ask = async (text: string) => {
    const said = await slack.command({ channel: SLACK_CHANNEL, user: 'U2', command: '/tocsin', text });
    return (await said.answer()) as { text: string; links: unknown[] };
  };
  expect((await ask('why raid near')).text).toContain(
    'The alert waits since 2022-02-03 12:02 UTC.\nIt is next.',
  );
  const opinion = await ask('why opinion');
  expect(opinion.text).toContain('1 message of this channel goes before it.');
  await room.told(channel);
  const { text, links } = await ask('why raid near');
  expect(text).toContain(SEVERITY);
  expect(text).toContain('✓ raids: “Raid”, for raids, in the title; “Atme”, in the title');
  expect(text).toContain('✗ strikes: lacks strike');
  expect(links).toContainEqual({
    label: 'To its message',
    url: expect.stringContaining(`https://newsroom.slack.com/archives/${SLACK_CHANNEL}/p`),
  });
  expect((await ask('story open opinion')).text).toContain(LOWERED);
});

test('on Discord a reader sees each reason, the matched words in bold and the way to the message', async () => {
  const channels = [{ id: DISCORD_CHANNEL, name: 'news' }];
  const discord = await startDiscord({ guilds: [{ id: GUILD, name: 'Newsroom', channels }] });
  closing.push(() => discord.close());
  const { store, room } = await toldRoom(`discord:${GUILD}`, `discord:${DISCORD_CHANNEL}`);
  const { token, apiUrl } = discord;
  const chat: Chat = discordChat({ token, apiUrl, deps: asked(store, () => chat), log: LOG, commands });
  closing.push(() => chat.stop());
  chat.start();
  await until(() => chat.status().endsWith(': connected'));
  await room.told(`discord:${DISCORD_CHANNEL}`);
  const ask = (name: string, more: object) =>
    discord.command({ channel: DISCORD_CHANNEL, user: '500000000000000001', name, ...more });
  const answer = await ask('why', { options: { article: 'raid near' } });
  expect(answer.text).toContain(SEVERITY);
  expect(answer.text).toContain('✗ strikes: lacks strike');
  expect(answer.messages[0]?.links).toContainEqual({
    label: 'To its message',
    url: expect.stringContaining(`https://discord.com/channels/${GUILD}/${DISCORD_CHANNEL}/m-`),
  });
  const open = await ask('story', { subcommand: 'open', options: { story: 'opinion' } });
  expect(open.text).toContain(LOWERED);
});

test('the words that a watch asked for stand in bold', () => {
  const text = 'Raid near Atme\n\nTroops raided a house *near* Atme at dawn. Nobody said why.';
  const spanOf = (word: string) => ({
    start: text.indexOf(word, 15),
    end: text.indexOf(word, 15) + word.length,
  });
  const line = highlighted(text, ['Atme', 'raided'].map(spanOf));
  expect(mrkdwn(line)).toContain('Troops *raided* a house');
  expect(markdown(line)).toContain('Troops **raided** a house');
  expect(markdown(line)).toMatch(/\*\*Atme\*\* at dawn\.$/);
  expect(highlighted(text, [])).toEqual([]);
});
