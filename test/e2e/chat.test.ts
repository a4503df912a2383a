import { describe, expect, test } from '@jest/globals';
import { REST, Routes } from 'discord.js';
import { discordMessage } from '../../src/chat/discord/alert-embed.ts';
import { slackMessage } from '../../src/chat/slack/alert-blocks.ts';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import {
  DISCORD_CHANNEL,
  openNewsroom,
  publishTitles,
  SLACK_CHANNEL,
  titledItem,
} from '../support/newsroom.ts';
import { clientOf } from '../support/slack/real-bot.ts';
import { folderPlace } from '../support/stores.ts';

describe('people in Slack and Discord', () => {
  test('add a watch from chat, are alerted, look up news, see the status and remove the watch', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    publishTitles(server, 'Budget vote');
    const tocsin = newsroom.start({ feeds: [{ url: server.url('/rss'), every: '1s', fullText: false }] });
    const inSlack = async (command: string, text: string) =>
      (await (await slack.command({ channel: SLACK_CHANNEL, command, text })).answer()).text;
    const inDiscord = (name: string, subcommand?: string, options: Record<string, string> = {}) =>
      discord.command({
        channel: DISCORD_CHANNEL,
        name,
        ...(subcommand === undefined ? {} : { subcommand }),
        options,
      });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });
    await tocsin.logged('feed baselined');
    expect(await inSlack('/watch', 'add counter-terrorism raids')).toContain(
      'Watching counter-terrorism raids in this channel',
    );
    expect((await inDiscord('watch', 'add', { query: 'counter-terrorism raids' })).text).toContain(
      'Watching counter',
    );

    publishTitles(server, 'Counterterrorism raid in Idlib', 'Film about counterterrorism', 'Budget vote');
    const isAlert = (text: string | undefined) => text?.includes('Counterterrorism raid in Idlib') === true;
    await slack.waitFor(SLACK_CHANNEL, (messages) => messages.some(({ text }) => isAlert(text)), 15_000);
    await discord.waitFor(DISCORD_CHANNEL, (messages) => messages.some(({ text }) => isAlert(text)), 15_000);
    expect(slack.sees(SLACK_CHANNEL).some(({ text }) => text.includes('Film'))).toBe(false);

    expect(await inSlack('/news', 'raids')).toContain('Counterterrorism raid in Idlib');
    expect((await inDiscord('news', undefined, { query: 'raids' })).text).toContain(
      'Counterterrorism raid in Idlib',
    );
    expect(await inSlack('/tocsin', 'status')).toMatch(/1 feed: 1 read.*\n.*3 articles stored/);
    expect((await inDiscord('status')).text).toMatch(/1 feed: 1 read/);
    expect(await inSlack('/tocsin', '')).toContain('/watch add <query>');
    expect((await inDiscord('help')).text).toContain('/watch add <query>');
    expect(await inSlack('/watch', 'list')).toContain('• counter-terrorism raids → here');
    expect((await inDiscord('watch', 'list')).text).toContain('counter-terrorism raids → here');
    expect(await inSlack('/watch', 'remove counter-terrorism raids')).toContain('No longer watching');
    expect(await inSlack('/watch', 'list')).toContain('No watch yet');
    expect((await inDiscord('watch', 'list')).text).toContain('counter-terrorism raids → here');
  }, 60_000);

  test('are served in one platform while the other has dropped the bot and refuses its token', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    const tocsin = newsroom.start({ feeds: [{ url: 'http://127.0.0.1:9/rss' }] });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });
    slack.refuseTokens();
    slack.dropSockets();
    await tocsin.logged('platform not connected', { platform: 'Slack' });
    const { text } = await discord.command({ channel: DISCORD_CHANNEL, name: 'status' });
    expect(text).toMatch(/Slack: the token is refused/);
    expect(text).toContain('Discord: connected');
    expect((await tocsin.stop()).code).toBe(0);
  });

  test('are heard again within seconds after a lost connection', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    discord.fault(/^PUT \/applications/, { kind: 'status', status: 503 });
    const tocsin = newsroom.start({ feeds: [{ url: 'http://127.0.0.1:9/rss' }] });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });
    slack.refreshSockets();
    slack.dropSockets();
    discord.dropGateway();
    await tocsin.logged('platform connection lost', { platform: 'Slack' });
    await tocsin.until(
      () => tocsin.log().filter(({ message }) => message === 'platform connected').length >= 3,
    );
    const outcome = await slack.command({ channel: SLACK_CHANNEL, command: '/watch', text: 'list' });
    expect((await outcome.answer()).text).toContain('No watch yet');
    expect(
      (await discord.command({ channel: DISCORD_CHANNEL, name: 'watch', subcommand: 'list' })).text,
    ).toContain('No watch yet');
  });

  test('press buttons of messages that an earlier run left', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    const tocsin = newsroom.start({ feeds: [{ url: 'http://127.0.0.1:9/rss' }] });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });
    const notice = { lines: [['A notice.']], buttons: [{ label: 'Watches', command: 'watch list' }] };
    const { ts = '' } = await clientOf(slack).chat.postMessage({
      channel: SLACK_CHANNEL,
      ...slackMessage({ kind: 'notice', notice }, false),
    });
    const inSlack = await slack.click({ channel: SLACK_CHANNEL, ts, actionId: 'command:0' });
    expect(await inSlack.answer()).toMatchObject({ text: expect.stringContaining('No watch yet') });
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const body = discordMessage({ kind: 'notice', notice });
    const { id } = (await rest.post(Routes.channelMessages(DISCORD_CHANNEL), { body })) as { id: string };
    const click = { channel: DISCORD_CHANNEL, messageId: id, customId: '/watch list' };
    expect((await discord.click(click)).text).toContain('No watch yet');
  });

  test('are told how to mend a query that can not be read', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    const tocsin = newsroom.start({ feeds: [{ url: 'http://127.0.0.1:9/rss' }] });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });
    const outcome = await slack.command({
      channel: SLACK_CHANNEL,
      command: '/watch',
      text: 'add (Idlib OR raid',
    });
    expect((await outcome.answer()).text).toContain('^');
    const discordOutcome = await discord.command({
      channel: DISCORD_CHANNEL,
      name: 'watch',
      subcommand: 'add',
      options: { query: '(Idlib OR raid' },
    });
    expect(discordOutcome.text).toContain('^');
    await tocsin.stop();
  });

  test('can be pinged or misled by no feed text', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    const hostile = {
      title: 'Idlib <!channel> @everyone <@&1> [BBC](https://evil.example) <https://evil.example|BBC> *bold*',
      guid: 'hostile',
      link: 'https://wire.example/hostile|x',
      html: '<p>Idlib: &lt;!here&gt; @here &lt;@U0ADMIN&gt; [AP](https://evil.example/ap) said 5 people were killed.</p><script>alert(1)</script>',
    };
    server.publish('/rss', rssFeed({ title: 'Wire', items: [titledItem('Budget vote')] }));
    const channels = [`slack:${SLACK_CHANNEL}`, `discord:${DISCORD_CHANNEL}`];
    const tocsin = newsroom.start({
      feeds: [{ url: server.url('/rss'), every: '1s', fullText: false, channels }],
    });
    await tocsin.logged('feed baselined');
    server.publish('/rss', rssFeed({ title: 'Wire', items: [hostile, titledItem('Budget vote')] }));
    const [slackAlert] = await slack.waitFor(SLACK_CHANNEL, (messages) => messages.length === 1, 15_000);
    const [discordAlert] = await discord.waitFor(
      DISCORD_CHANNEL,
      (messages) => messages.length === 1,
      15_000,
    );
    expect(slackAlert?.pings).toEqual([]);
    expect(discordAlert?.pings).toEqual([]);
    expect(slackAlert?.text).toContain(
      'Idlib <!channel> @everyone <@&1> [BBC](https://evil.example) <https://evil.example|BBC>',
    );
    expect(discordAlert?.text).toContain('Idlib <!channel> @everyone <@&1> [BBC](https://evil.example)');
    const misleading = ({ label, url }: { label: string; url: string }) =>
      url.startsWith('https://evil') && !label.includes('evil');
    expect(slackAlert?.links.filter(misleading)).toEqual([]);
    expect(discordAlert?.links.filter(misleading)).toEqual([]);
  }, 60_000);
});
