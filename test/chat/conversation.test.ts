import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { answerInTerminal, openPrompt } from '../../src/chat/terminal/terminal-chat.ts';
import { DISCORD_CHANNEL, GUILD, SLACK_CHANNEL } from '../support/newsroom.ts';
import { COMMANDS, discordDesk, gate, LOG, noticeFor, slackDesk, until } from './chat-desk.ts';

const ADA = '500000000000000001';
const STYLE = { width: 100, color: false, timezone: 'UTC' };
/** The terminal's own commands need nothing else. */
const TERMINAL = { deps: {} as CommandDeps, log: LOG, commands: COMMANDS, style: STYLE };
const STILL_WORKING = 'Still working on it; the answer follows.';

describe('a button', () => {
  const buttons = [
    { label: 'Take it', command: 'desk take the wire' },
    { label: 'Gone', command: 'desk vanish now' },
    { label: 'Unknown', command: 'vanished' },
  ];

  test('in Slack does what typing its command does, for who presses it, and leaves its message as it was', async () => {
    const { slack, chat } = await slackDesk();
    const ts = await chat.destination.deliver(noticeFor(SLACK_CHANNEL, [['Found.']], { buttons }));
    const pressed = await slack.click({ channel: SLACK_CHANNEL, ts, actionId: 'command:0', user: 'U2' });
    expect(pressed.error).toBeNull();
    const answer = `U2 takes the wire in slack:${SLACK_CHANNEL} of slack:${slack.teamId}`;
    expect(await pressed.answer()).toMatchObject({ text: answer, ephemeral: false });
    const typed = await slack.command({
      channel: SLACK_CHANNEL,
      user: 'U2',
      command: '/tocsin',
      text: 'desk take the wire',
    });
    expect(await typed.answer()).toMatchObject({ text: answer, ephemeral: false });
    expect(slack.sees(SLACK_CHANNEL)[0]).toMatchObject({
      text: 'Found.',
      buttons: [{}, {}, {}],
      edited: false,
    });
  });

  test('in Discord does what typing its command does, for who presses it, and leaves its message as it was', async () => {
    const { discord, chat } = await discordDesk();
    const messageId = await chat.destination.deliver(noticeFor(DISCORD_CHANNEL, [['Found.']], { buttons }));
    const pressed = await discord.click({
      channel: DISCORD_CHANNEL,
      messageId,
      customId: '/desk take the wire',
      user: ADA,
    });
    const text = `${ADA} takes the wire in discord:${DISCORD_CHANNEL} of discord:${GUILD}`;
    expect(pressed).toMatchObject({ text, ephemeral: false, failed: false });
    const typed = await discord.command({
      channel: DISCORD_CHANNEL,
      user: ADA,
      name: 'desk',
      subcommand: 'take',
      options: { what: 'the wire' },
    });
    expect(typed).toMatchObject({ text, ephemeral: false });
    expect(discord.sees(DISCORD_CHANNEL)[0]).toMatchObject({
      text: 'Found.',
      buttons: [{}, {}, {}],
      edited: false,
    });
  });

  test('of an old message whose command is gone tells only who pressed it what to type', async () => {
    const { slack, chat } = await slackDesk();
    const { discord, chat: other } = await discordDesk();
    const ts = await chat.destination.deliver(noticeFor(SLACK_CHANNEL, [['Found.']], { buttons }));
    const messageId = await other.destination.deliver(noticeFor(DISCORD_CHANNEL, [['Found.']], { buttons }));
    const inSlack = async (actionId: string) =>
      (await slack.click({ channel: SLACK_CHANNEL, ts, actionId })).answer();
    const inDiscord = (customId: string) => discord.click({ channel: DISCORD_CHANNEL, messageId, customId });
    for (const answer of [await inSlack('command:1'), await inDiscord('/desk vanish now')]) {
      expect(answer).toMatchObject({
        text: expect.stringMatching(
          /^Type \/desk offer or \/desk take <what> or \/desk read \[why\] \[file\] or /,
        ),
        ephemeral: true,
      });
    }
    for (const answer of [await inSlack('command:2'), await inDiscord('/vanished')]) {
      expect(answer).toMatchObject({ text: 'I do not know “vanished”. I know /desk.', ephemeral: true });
    }
  });

  test('under an answer that one person sees is shown to them and can be pressed', async () => {
    const { slack } = await slackDesk();
    const { discord } = await discordDesk();
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk offer' });
    const offered = await asked.answer();
    expect(offered).toMatchObject({
      text: 'Found Northern Wire.',
      buttons: [{ text: 'Take it' }, { text: 'Never' }],
      ephemeral: true,
    });
    const pressed = await slack.click({ channel: SLACK_CHANNEL, ts: offered.ts, actionId: 'command:0' });
    expect((await pressed.answer()).text).toContain('takes the wire');

    const shown = await discord.command({
      channel: DISCORD_CHANNEL,
      name: 'desk',
      subcommand: 'offer',
      user: ADA,
    });
    expect(shown).toMatchObject({
      text: 'Found Northern Wire.',
      messages: [{ buttons: [{ label: 'Take it' }, { label: 'Never' }] }],
      ephemeral: true,
    });
    const messageId = shown.messages[0]?.id ?? '';
    const click = { channel: DISCORD_CHANNEL, messageId, customId: '/desk take the wire', user: ADA };
    expect((await discord.click(click)).text).toContain('takes the wire');
  });

  test('stands under the last part of a long answer, which only who asked sees', async () => {
    const { slack } = await slackDesk();
    const { discord } = await discordDesk();
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk recite' });
    expect(await asked.answer()).toMatchObject({
      text: expect.stringContaining('Verse 59'),
      buttons: [{}, {}],
    });
    const { messages } = await discord.command({
      channel: DISCORD_CHANNEL,
      name: 'desk',
      subcommand: 'recite',
      user: ADA,
    });
    expect(messages).toMatchObject([
      { text: expect.stringContaining('Verse 0:'), buttons: [], ephemeral: true },
      { buttons: [], ephemeral: true },
      { text: expect.stringContaining('Verse 59:'), buttons: [{}, {}], ephemeral: true },
    ]);
  });

  test('is in the terminal a line that says what to type', async () => {
    expect(await answerInTerminal('/desk offer', TERMINAL)).toBe(
      'Found Northern Wire.\n  Take it: type /desk take the wire\n  Never: type /desk never\n',
    );
  });
});

describe('what goes wrong with an action whose answer everybody sees', () => {
  const FAILED = 'That did not work, and the log says why. Please try again.';
  const spill = { channel: DISCORD_CHANNEL, name: 'desk', subcommand: 'spill', user: ADA };

  test('is told in Discord to who asked alone, and nothing of it stays in the channel', async () => {
    const { discord } = await discordDesk();
    expect(await discord.command(spill)).toMatchObject({ text: FAILED, ephemeral: true, failed: false });
    expect(discord.sees(DISCORD_CHANNEL)).toEqual([]);
    expect(discord.sees(DISCORD_CHANNEL, ADA)).toMatchObject([{ text: FAILED }]);
  });

  test('is told in Discord to who asked alone, after the channel has seen that it takes long', async () => {
    const { discord } = await discordDesk();
    gate.shut();
    const asked = discord.command(spill);
    await discord.waitFor(DISCORD_CHANNEL, ([note]) => note?.text === STILL_WORKING);
    gate.open();
    await asked;
    expect(discord.sees(DISCORD_CHANNEL)).toEqual([]);
    expect(discord.sees(DISCORD_CHANNEL, ADA)).toMatchObject([{ text: FAILED, ephemeral: true }]);
  });

  test('is told in Slack to who asked alone', async () => {
    const { slack } = await slackDesk();
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk spill' });
    expect(await asked.answer()).toMatchObject({ text: FAILED, ephemeral: true });
  });
});

describe('an answer without words', () => {
  test('still says that it is done', async () => {
    const { slack } = await slackDesk();
    const { discord } = await discordDesk();
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk hush' });
    expect(await asked.answer()).toMatchObject({ text: 'Done.', ephemeral: false });
    const hush = { channel: DISCORD_CHANNEL, name: 'desk', subcommand: 'hush' };
    expect(await discord.command(hush)).toMatchObject({ text: 'Done.', ephemeral: false });
    expect(await answerInTerminal('/desk hush', TERMINAL)).toBe('Done.\n');
  });
});

describe('an answer that takes long', () => {
  test('is announced in Slack to who asked, and follows', async () => {
    const { slack } = await slackDesk();
    gate.shut();
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk wait' });
    expect(await asked.answer()).toMatchObject({ text: STILL_WORKING, ephemeral: true });
    gate.open();
    await until(() => asked.shown().length === 2);
    expect(asked.shown()[1]).toMatchObject({ text: 'Here it is.', ephemeral: true });
  });

  test('is announced in Discord to who asked, and takes the place of that', async () => {
    const { discord } = await discordDesk();
    gate.shut();
    const asked = discord.command({ channel: DISCORD_CHANNEL, name: 'desk', subcommand: 'wait', user: ADA });
    await until(() => discord.sees(DISCORD_CHANNEL, ADA).some(({ text }) => text === STILL_WORKING));
    gate.open();
    await until(() => discord.sees(DISCORD_CHANNEL, ADA).every(({ text }) => text === 'Here it is.'));
    expect(await asked).toMatchObject({ text: 'Here it is.', ephemeral: true });
  });

  test('is announced in the terminal, and follows', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (chunk) => {
      shown += chunk;
    });
    gate.shut();
    const prompt = openPrompt({ ...TERMINAL, input, output });
    input.write('/desk wait\n');
    await until(() => shown.includes(STILL_WORKING));
    expect(shown).not.toContain('Here it is.');
    gate.open();
    await until(() => shown.includes('Here it is.'));
    prompt.close();
  });
});

describe('a chat knows the workspace of a channel', () => {
  test('in Slack once it has signed in', async () => {
    const { slack, chat } = await slackDesk();
    expect(chat.workspaceOf(SLACK_CHANNEL)).toBe(`slack:${slack.teamId}`);
  });

  test('in Discord of the channels it sees', async () => {
    const { chat } = await discordDesk();
    expect(chat.workspaceOf(DISCORD_CHANNEL)).toBe(`discord:${GUILD}`);
    expect(chat.workspaceOf('1')).toBe('discord:');
  });
});
