import { describe, expect, test } from '@jest/globals';
import { operationText } from '../../src/chat/terminal/terminal-text.ts';
import type { Line } from '../../src/model/rich-text.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from '../support/newsroom.ts';
import { discordDesk, noticeFor, slackDesk } from './chat-desk.ts';

const HELD: Line[] = [
  [
    { text: 'Northern Wire', style: 'bold', link: 'https://wire.example/' },
    ' changed the ids of 9 articles.',
  ],
  ['They wait until somebody decides.'],
];
const DECIDE = [
  { label: 'Post them', command: 'feeds held 01HX post' },
  { label: 'Discard them', command: 'feeds held 01HX discard' },
];
const HOSTILE: Line[] = [
  ['<!channel> @everyone <@U1> [BBC](https://evil.example) https://evil.example'],
  [{ text: 'a | b', link: 'https://wire.example/a' }],
];

describe('a notice', () => {
  test('in Slack shows its lines and its buttons, once, without previews', async () => {
    const { slack, chat } = await slackDesk();
    await chat.destination.deliver(noticeFor(SLACK_CHANNEL, HELD, { buttons: DECIDE }));
    expect(slack.sees(SLACK_CHANNEL)).toMatchObject([
      {
        text: 'Northern Wire changed the ids of 9 articles.\nThey wait until somebody decides.',
        notification: 'Northern Wire changed the ids of 9 articles.\nThey wait until somebody decides.',
        links: [{ label: 'Northern Wire', url: 'https://wire.example/' }],
        buttons: [{ text: 'Post them' }, { text: 'Discard them' }],
        ephemeral: false,
        unfurls: false,
      },
    ]);
  });

  test('in Discord shows its lines and its buttons, once, without previews', async () => {
    const { discord, chat } = await discordDesk();
    await chat.destination.deliver(noticeFor(DISCORD_CHANNEL, HELD, { buttons: DECIDE }));
    expect(discord.sees(DISCORD_CHANNEL)).toMatchObject([
      {
        text: 'Northern Wire changed the ids of 9 articles.\nThey wait until somebody decides.',
        links: [{ label: 'Northern Wire', url: 'https://wire.example/' }],
        buttons: [{ label: 'Post them' }, { label: 'Discard them' }],
        ephemeral: false,
        previewsSuppressed: true,
      },
    ]);
  });

  test('in the terminal says what to type instead of pressing', () => {
    const style = { width: 60, color: false, timezone: 'UTC' };
    expect(
      operationText({ kind: 'notice', notice: { lines: HELD, buttons: DECIDE } }, null, style),
    ).toBe(`── NOTICE ──────────────────────────────────────────────────
Northern Wire https://wire.example/ changed the ids of 9
articles.
They wait until somebody decides.
  Post them: type /feeds held 01HX post
  Discard them: type /feeds held 01HX discard

`);
  });

  test('pings nobody and shows feed text as it is, on buttons too', async () => {
    const { slack, chat } = await slackDesk();
    const { discord, chat: other } = await discordDesk();
    const buttons = [{ label: '<!here> &amp; @here', command: 'feeds add @everyone <!here>' }];
    await chat.destination.deliver(noticeFor(SLACK_CHANNEL, HOSTILE, { buttons }));
    await other.destination.deliver(noticeFor(DISCORD_CHANNEL, HOSTILE, { buttons }));
    const [inSlack] = slack.sees(SLACK_CHANNEL);
    const [inDiscord] = discord.sees(DISCORD_CHANNEL);
    for (const notice of [inSlack, inDiscord]) {
      expect(notice?.pings).toEqual([]);
      expect(notice?.text).toContain('<!channel> @everyone <@U1> [BBC](https://evil.example');
      expect(notice?.links.map(({ label }) => label)).not.toContain('BBC');
    }
    expect(inSlack).toMatchObject({ buttons: [{ text: '<!here> &amp; @here' }], unfurls: false });
    expect(inDiscord).toMatchObject({
      buttons: [{ label: '<!here> &amp; @here' }],
      previewsSuppressed: true,
    });
  });

  test('that is too long is one message that ends at a line', async () => {
    const { slack, chat } = await slackDesk();
    const { discord, chat: other } = await discordDesk();
    const buttons = Array.from({ length: 25 }, (_, index) => ({
      label: 'Post '.repeat(15),
      command: `feeds held ${index}`,
    }));
    const lines = Array.from({ length: 200 }, (_, index): Line => [`${index} & ${'word_'.repeat(15)}.`]);
    await chat.destination.deliver(noticeFor(SLACK_CHANNEL, lines, { buttons }));
    await other.destination.deliver(noticeFor(DISCORD_CHANNEL, lines, { buttons }));
    for (const seen of [slack.sees(SLACK_CHANNEL), discord.sees(DISCORD_CHANNEL)]) {
      expect(seen).toMatchObject([{ text: expect.stringMatching(/^0 & .*\.\n…$/s) }]);
      expect(seen[0]?.buttons).toHaveLength(25);
    }
  });

  test('offers as many buttons as the platform takes, and what can not be pressed can be typed', async () => {
    const { slack, chat } = await slackDesk();
    const { discord, chat: other } = await discordDesk();
    const many = Array.from({ length: 30 }, (_, index) => ({
      label: `${'& '.repeat(100)}${index}`,
      command: `feeds add ${index}`,
    }));
    const long = { label: 'Long', command: `feeds add ${'x'.repeat(100)}` };
    const buttons = [long, ...many.slice(0, 2), ...many];
    await chat.destination.deliver(noticeFor(SLACK_CHANNEL, HELD, { buttons }));
    await other.destination.deliver(noticeFor(DISCORD_CHANNEL, HELD, { buttons }));
    expect(slack.sees(SLACK_CHANNEL)[0]?.buttons).toHaveLength(25);
    const [notice] = discord.sees(DISCORD_CHANNEL);
    expect(notice?.buttons).toHaveLength(25);
    expect(notice?.text).toContain(`Long: type /feeds add ${'x'.repeat(100)}`);
    expect(notice?.text).toContain('type /feeds add 29');
  });

  test('whose answer was lost is found again, and not taken for another that reads the same', async () => {
    const { slack, chat } = await slackDesk();
    const { discord, chat: other } = await discordDesk();
    for (const [simulator, { destination }, channel] of [
      [slack, chat, SLACK_CHANNEL],
      [discord, other, DISCORD_CHANNEL],
    ] as const) {
      const first = noticeFor(channel, HELD, { buttons: DECIDE });
      const second = noticeFor(channel, HELD, {
        buttons: [{ label: 'Post them', command: 'feeds held 02HX post' }],
        deliveryId: 'delivery-2',
      });
      expect(await destination.find(first)).toBeNull();
      const cut = { kind: 'cut-after' } as const;
      if (simulator === slack) slack.fault('chat.postMessage', cut);
      else discord.fault(/^POST \/channels/, cut);
      await expect(destination.deliver(first)).rejects.toMatchObject({ verdict: { kind: 'uncertain' } });
      const [seen] = simulator.sees(channel);
      const id = seen !== undefined && 'ts' in seen ? seen.ts : seen?.id;
      expect(await destination.find(first)).toBe(id);
      expect(await destination.find(second)).toBeNull();
    }
  });

  test('is sent by Discord once, however often it is tried', async () => {
    const { discord, chat } = await discordDesk();
    const notice = noticeFor(DISCORD_CHANNEL, HELD, { buttons: DECIDE });
    const id = await chat.destination.deliver(notice);
    expect(await chat.destination.deliver(notice)).toBe(id);
    expect(discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
  });

  test('whose blocks Slack refuses is sent as text that says what to type', async () => {
    const { slack, chat } = await slackDesk();
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await chat.destination.deliver(noticeFor(SLACK_CHANNEL, HELD, { buttons: DECIDE }));
    expect(slack.sees(SLACK_CHANNEL)).toMatchObject([
      { text: expect.stringContaining('Post them: type /tocsin feeds held 01HX post'), buttons: [] },
    ]);
  });
});
