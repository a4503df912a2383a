import { describe, expect, test } from '@jest/globals';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from '../support/newsroom.ts';
import { discordDesk, noticeFor, slackDesk } from './chat-desk.ts';

const READER = '500000000000000001';
const EDITOR = '500000000000000002';
const READING = ['ViewChannel', 'SendMessages', 'UseApplicationCommands'];
const BUTTONS = [
  { label: 'Take it', command: 'desk take the wire' },
  { label: 'Look', command: 'desk offer' },
];

/** A Discord where a reader may do nothing but read and write, and a notice with buttons. */
async function noticed(editor: { permissions: string[]; in?: Record<string, string[]> }) {
  const users = [
    { id: READER, permissions: READING },
    { id: EDITOR, ...editor },
  ];
  const { discord, chat } = await discordDesk(users);
  const notice = noticeFor(DISCORD_CHANNEL, [['Found.']], { buttons: BUTTONS });
  const messageId = await chat.destination.deliver(notice);
  const press = (user: string, customId: string) =>
    discord.click({ channel: DISCORD_CHANNEL, messageId, customId, user });
  return { discord, press };
}

describe('a button of Discord under a message that everybody sees', () => {
  test('changes nothing for a reader, who is told who may and what to type', async () => {
    const { discord, press } = await noticed({ permissions: READING });
    expect(await press(READER, '/desk take the wire')).toMatchObject({
      text: 'Only people who may manage this channel can press this. Whoever may use /desk on this server can type it: /desk take the wire',
      ephemeral: true,
      failed: false,
    });
    expect(discord.sees(DISCORD_CHANNEL)).toMatchObject([{ text: 'Found.' }]);
  });

  test.each([['ManageChannels'], ['ManageGuild'], ['Administrator']])('works with %s', async (permission) => {
    const { press } = await noticed({ permissions: [...READING, permission] });
    expect(await press(EDITOR, '/desk take the wire')).toMatchObject({
      text: expect.stringMatching(/^500000000000000002 takes the wire/),
      ephemeral: false,
    });
  });

  test('asks what the person may do in this channel, whatever they may elsewhere', async () => {
    const managing = [...READING, 'ManageChannels'];
    const here = await noticed({ permissions: READING, in: { [DISCORD_CHANNEL]: managing } });
    expect((await here.press(EDITOR, '/desk take the wire')).text).toContain('takes the wire');
    const elsewhere = await noticed({ permissions: managing, in: { [DISCORD_CHANNEL]: READING } });
    expect((await elsewhere.press(EDITOR, '/desk take the wire')).text).toContain(
      'Only people who may manage',
    );
  });

  test('that only shows something is for every reader', async () => {
    const { press } = await noticed({ permissions: READING });
    expect(await press(READER, '/desk offer')).toMatchObject({
      text: 'Found Northern Wire.',
      ephemeral: true,
    });
  });
});

describe('a reader whom the server lets use the command', () => {
  test('can type what the button does', async () => {
    const { discord } = await noticed({ permissions: READING });
    const take = {
      channel: DISCORD_CHANNEL,
      name: 'desk',
      subcommand: 'take',
      options: { what: 'the wire' },
    };
    expect(await discord.command({ ...take, user: READER })).toMatchObject({
      text: expect.stringContaining('takes the wire'),
      ephemeral: false,
    });
  });

  test('can press what stands under an answer that nobody else sees', async () => {
    const { discord } = await noticed({ permissions: READING });
    const offer = { channel: DISCORD_CHANNEL, name: 'desk', subcommand: 'offer', user: READER };
    const messageId = (await discord.command(offer)).messages[0]?.id ?? '';
    const click = { channel: DISCORD_CHANNEL, messageId, customId: '/desk take the wire', user: READER };
    expect((await discord.click(click)).text).toContain('takes the wire');
  });
});

test('a button of Slack, which has no such setting, is for everybody in the channel', async () => {
  const { slack, chat } = await slackDesk();
  const ts = await chat.destination.deliver(noticeFor(SLACK_CHANNEL, [['Found.']], { buttons: BUTTONS }));
  const pressed = await slack.click({ channel: SLACK_CHANNEL, ts, actionId: 'command:0', user: 'U2' });
  expect((await pressed.answer()).text).toContain('takes the wire');
});
