import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { answerInTerminal } from '../../src/chat/terminal/terminal-chat.ts';
import { DISCORD_CHANNEL, MANIFEST, SLACK_CHANNEL } from '../support/newsroom.ts';
import type { SlackSimulator } from '../support/slack/simulator.ts';
import { folderPlace } from '../support/stores.ts';
import { COMMANDS, discordDesk, LOG, noticeFor, slackDesk } from './chat-desk.ts';

const LIST = '<opml version="2.0"><body>ʻĀtme</body></opml>';
const NONE = 'It says: nothing, there is no file';
const OPML = { name: 'feeds.opml', content: LIST };
const BROKEN: [name: string, content: Uint8Array, answer: string][] = [
  ['a file over 1 MB', Buffer.alloc(1024 * 1024 + 1, 'x'), '“f.opml” is larger than 1 MB.'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), '“f.opml” is not a text file.'],
];
const UTF16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LIST, 'utf16le')]);

describe('a file attached to a command in Discord', () => {
  const read = { channel: DISCORD_CHANNEL, name: 'desk', subcommand: 'read' };

  test('reaches the command as text', async () => {
    const { discord } = await discordDesk();
    expect((await discord.command({ ...read, options: { file: OPML } })).text).toBe(`It says: ${LIST}`);
    const why = { options: { file: OPML, why: 'they are ours' } };
    expect((await discord.command({ ...read, ...why })).text).toBe(`It says: ${LIST}\n(they are ours)`);
    const utf16 = { name: 'feeds.opml', content: UTF16 };
    expect((await discord.command({ ...read, options: { file: utf16 } })).text).toBe(`It says: ${LIST}`);
  });

  test('may be left out, and a button brings none', async () => {
    const { discord, chat } = await discordDesk();
    expect((await discord.command(read)).text).toBe(NONE);
    const buttons = [{ label: 'Read', command: 'desk read' }];
    const messageId = await chat.destination.deliver(noticeFor(DISCORD_CHANNEL, [['Read?']], { buttons }));
    const click = { channel: DISCORD_CHANNEL, messageId, customId: '/desk read' };
    expect((await discord.click(click)).text).toBe(NONE);
  });

  test.each(BROKEN)('that is %s is refused with the remedy', async (_what, content, answer) => {
    const { discord } = await discordDesk();
    const shown = await discord.command({ ...read, options: { file: { name: 'f.opml', content } } });
    expect(shown).toMatchObject({ text: expect.stringContaining(answer), ephemeral: true });
  });

  test('that Discord does not give is asked for again', async () => {
    const { discord } = await discordDesk();
    discord.fault(/^GET \/attachments/, { kind: 'status', status: 404 });
    expect((await discord.command({ ...read, options: { file: OPML } })).text).toBe(
      'I could not fetch the file “feeds.opml”. Please attach it again.',
    );
  });
});

describe('a file shared in Slack', () => {
  const share = (slack: SlackSimulator, content: string | Uint8Array, user?: string, url?: string) =>
    slack.say({
      channel: SLACK_CHANNEL,
      text: 'our feeds',
      file: { name: 'f.opml', content, ...(url === undefined ? {} : { url }) },
      ...(user === undefined ? {} : { user }),
    });
  const read = async (slack: SlackSimulator) => {
    const asked = await slack.command({ channel: SLACK_CHANNEL, command: '/tocsin', text: 'desk read' });
    return asked.answer();
  };

  test('is what a command of the same person is about: the newest of the last hour', async () => {
    let now = Date.now();
    const { slack } = await slackDesk({ now: () => now });
    expect((await read(slack)).text).toBe(NONE);
    await share(slack, 'older');
    await share(slack, LIST);
    await share(slack, 'of somebody else', 'U2');
    await slack.say({ channel: SLACK_CHANNEL, text: 'done' });
    expect((await read(slack)).text).toBe(`It says: ${LIST}`);
    now += 61 * 60_000;
    expect((await read(slack)).text).toBe(NONE);
  });

  test('is found behind more messages than one page holds', async () => {
    const { slack } = await slackDesk();
    await share(slack, LIST);
    for (let index = 0; index < 450; index += 1) await slack.say({ channel: SLACK_CHANNEL, text: 'chatter' });
    expect((await read(slack)).text).toBe(`It says: ${LIST}`);
  });

  test.each(BROKEN)('that is %s is refused with the remedy', async (_what, content, answer) => {
    const { slack } = await slackDesk();
    await share(slack, content);
    expect(await read(slack)).toMatchObject({ text: expect.stringContaining(answer), ephemeral: true });
  });

  test('that another service keeps is not fetched: the token is for Slack alone', async () => {
    const { slack } = await slackDesk();
    const { slack: other } = await slackDesk();
    await share(slack, LIST, undefined, `${other.apiUrl}files.slack.com/f.opml`);
    expect((await read(slack)).text).toContain('“f.opml” is not kept by Slack itself.');
    expect(other.calls.filter(({ method }) => method === 'files.slack.com')).toEqual([]);
  });

  test('can not be read without the permission of the manifest, and the answer says which', async () => {
    const manifest = structuredClone(MANIFEST) as { oauth_config: { scopes: { bot: string[] } } };
    const { scopes } = manifest.oauth_config;
    scopes.bot = scopes.bot.filter((scope) => scope !== 'files:read');
    const { slack } = await slackDesk({ manifest });
    await share(slack, LIST);
    expect((await read(slack)).text).toContain('it needs files:read');
  });

  test('can not be looked for where Tocsin is not a member, and the answer says how to invite it', async () => {
    const { slack } = await slackDesk();
    await slack.kick(SLACK_CHANNEL);
    expect((await read(slack)).text).toContain('type /invite @Tocsin there');
  });
});

describe('a file in the terminal', () => {
  const ask = (words: string) =>
    answerInTerminal(words, {
      deps: {} as CommandDeps,
      log: LOG,
      commands: COMMANDS,
      style: { width: 100, color: false, timezone: 'UTC' },
    });

  test('is named by its path', async () => {
    await using place = await folderPlace();
    const path = join(place.environment.TOCSIN_DATA ?? '', 'my feeds.opml');
    writeFileSync(path, LIST);
    expect(await ask(`/desk read ${path}`)).toBe(`It says: ${LIST}\n(${path})\n`);
    expect(await ask('/desk read')).toBe(`${NONE}\n`);
    writeFileSync(path, Buffer.alloc(1024 * 1024 + 1, 'x'));
    expect(await ask(`/desk read ${path}`)).toContain('is larger than 1 MB');
    rmSync(path);
    expect(await ask(`/desk read ${path}`)).toBe(
      `I could not read the file “${path}”. Type the path of a file that I may read.\n`,
    );
  });
});
