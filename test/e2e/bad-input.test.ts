import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { DISCORD_CHANNEL, openNewsroom, SLACK_CHANNEL } from '../support/newsroom.ts';
import { ENGINES, folderPlace } from '../support/stores.ts';

const raid = (title: string) => ({
  title,
  guid: title,
  link: `https://wire.example/${encodeURIComponent(title)}`,
  html: `<p>${title}, residents said on Monday.</p>`,
});

function publish(server: FeedServer, ...titles: string[]): void {
  server.publish('/rss', rssFeed({ title: 'Wire', items: titles.map(raid) }));
}

const config = (
  server: FeedServer,
  paths = ['/rss'],
  channels = [`slack:${SLACK_CHANNEL}`, `discord:${DISCORD_CHANNEL}`],
) => ({
  feeds: paths.map((path) => ({ url: server.url(path), every: '1s' })),
  watches: [{ name: 'Idlib', query: 'Idlib', channels }],
});

describe('feeds that can not be read', () => {
  test('get one clear line each, and the others go on', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    publish(server, 'Quiet day in Aleppo');
    server.publish('/page', '<!doctype html><html><head><title>Home</title></head><body>Hi</body></html>', {
      'content-type': 'text/html',
    });
    server.publish('/empty', '');
    server.publish('/broken', 'this is not << a feed', { 'content-type': 'application/rss+xml' });
    server.respond('/huge', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/rss+xml' });
      const megabyte = Buffer.alloc(1024 * 1024, 'x');
      let left = 50;
      const send = (): void => {
        if (left-- > 0 && !response.destroyed) response.write(megabyte, send);
        else response.end();
      };
      send();
    });
    const paths = ['/rss', '/page', '/empty', '/broken', '/huge', '/missing'];
    const settings = config(server, paths);
    settings.feeds.push({ url: 'http://127.0.0.1:9/unreachable', every: '1s' });
    const tocsin = newsroom.start(settings);
    await tocsin.until(() => warnings(tocsin.log()).length >= 6);
    publish(server, 'Raid in Idlib', 'Quiet day in Aleppo');
    await newsroom.slack.waitFor(
      SLACK_CHANNEL,
      ([alert]) => alert?.text.includes('Raid in Idlib') === true,
      15_000,
    );
    await sleep(2_000);
    const lines = warnings(tocsin.log());
    const failing = [...paths.slice(1).map((path) => server.url(path)), 'http://127.0.0.1:9/unreachable'];
    expect(lines.map((line) => line.feed).sort()).toEqual(failing.sort());
    for (const line of lines) expect(String(line.error).length).toBeGreaterThan(20);
  }, 60_000);
});

function deliveredCount(log: { message: string }[]): number {
  return log.filter((event) => event.message === 'delivered').length;
}

function warnings(log: { message: string; [field: string]: unknown }[]) {
  return log.filter((event) => event.message === 'feed failed' && event.level === 'warn');
}

describe('a token that is refused', () => {
  test.each([
    {
      platform: 'Slack',
      wrong: { SLACK_BOT_TOKEN: 'xoxb-wrong' },
      remedy: /the token is refused .*SLACK_BOT_TOKEN/,
    },
    {
      platform: 'Discord',
      wrong: { DISCORD_TOKEN: 'wrong' },
      remedy: /the token is refused: check DISCORD_TOKEN/,
    },
  ])(
    'by $platform gets one clear line; the other platform goes on, and the alert comes with the right token',
    async (given) => {
      await using place = await folderPlace();
      await using newsroom = await openNewsroom(place);
      await using server = await startFeedServer();
      const shown = () => ({
        Slack: newsroom.slack.sees(SLACK_CHANNEL).length,
        Discord: newsroom.discord.sees(DISCORD_CHANNEL).length,
      });
      publish(server, 'Quiet day in Aleppo');
      const tocsin = newsroom.start(config(server), given.wrong);
      await tocsin.logged('feed baselined');
      publish(server, 'Raid in Idlib', 'Quiet day in Aleppo');
      await tocsin.logged('platform not connected', { platform: given.platform });
      await tocsin.logged('delivery waits');
      await tocsin.logged('delivered');
      expect(shown()).toEqual({ Slack: 1, Discord: 1, [given.platform]: 0 });
      const errors = tocsin.log().filter((event) => event.level === 'error');
      expect(errors.map((event) => event.error)).toEqual([expect.stringMatching(given.remedy)]);
      await tocsin.stop();
      const mended = newsroom.start(config(server));
      await mended.logged('delivered');
      expect(shown()).toEqual({ Slack: 1, Discord: 1 });
    },
    60_000,
  );
});

describe.each(ENGINES)('nothing is lost, on $name', (engine) => {
  test('when the bot is not in a channel: the alert waits for the invitation', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    publish(server, 'Quiet day in Aleppo');
    await newsroom.slack.kick(SLACK_CHANNEL);
    newsroom.discord.deny(DISCORD_CHANNEL, 'SendMessages');
    const tocsin = newsroom.start(config(server));
    await tocsin.logged('feed baselined');
    await tocsin.logged('platform connected', { platform: 'Slack' });
    publish(server, 'Raid in Idlib', 'Quiet day in Aleppo');
    await tocsin.until(() => tocsin.log().filter((event) => event.message === 'delivery waits').length === 2);
    const waits = tocsin
      .log()
      .filter((event) => event.message === 'delivery waits')
      .map((event) => event.error);
    expect(waits.sort()).toEqual([
      expect.stringMatching(/Discord: .*Send Messages/),
      expect.stringMatching(/Slack: .*\/invite @Tocsin/),
    ]);
    await newsroom.slack.invite(SLACK_CHANNEL);
    await newsroom.slack.waitFor(
      SLACK_CHANNEL,
      ([alert]) => alert?.text.includes('Raid in Idlib') === true,
      15_000,
    );
  }, 60_000);

  test('and nothing is doubled whichever way a post goes wrong', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    const titles = ['Quiet day in Aleppo'];
    publish(server, ...titles);
    const tocsin = newsroom.start(config(server));
    await tocsin.logged('feed baselined');
    const faults = [
      { title: 'Raid in Idlib', fault: { kind: 'cut-after' } },
      { title: 'Market reopens, Idlib traders say', fault: { kind: 'cut-before' } },
      { title: 'Olive harvest: Idlib farmers hopeful', fault: { kind: 'status', status: 503 } },
      { title: 'School bus route in Idlib extended', fault: { kind: 'rate-limit', retryAfterS: 1 } },
    ] as const;
    for (const [index, { title, fault }] of faults.entries()) {
      slack.fault('chat.postMessage', fault);
      discord.fault(/^POST \/channels\/\d+\/messages/, fault);
      titles.unshift(title);
      publish(server, ...titles);
      await tocsin.until(() => deliveredCount(tocsin.log()) === 2 * (index + 1));
    }
    await sleep(1_500);
    const inOrder = faults.map(({ title }) => expect.stringContaining(title));
    expect(slack.sees(SLACK_CHANNEL).map(({ text }) => text)).toEqual(inOrder);
    expect(discord.sees(DISCORD_CHANNEL).map(({ text }) => text)).toEqual(inOrder);
  }, 60_000);

  test('and nothing is doubled when it is killed between the post and its answer', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    publish(server, 'Quiet day in Aleppo');
    const doomed = newsroom.start(config(server));
    await doomed.logged('feed baselined');
    // The platforms take the message at once and answer late: the kill falls in between.
    slack.fault('chat.postMessage', { kind: 'delay', ms: 5_000 });
    discord.fault(/^POST \/channels\/\d+\/messages/, { kind: 'delay', ms: 5_000 });
    publish(server, 'Raid in Idlib', 'Quiet day in Aleppo');
    await doomed.until(() => slack.calls.some((call) => call.method === 'chat.postMessage'));
    await sleep(1_000);
    await doomed.kill();
    await sleep(5_000);
    const next = newsroom.start(config(server));
    // On PostgreSQL the channels' leases of the killed process must lapse first (30 s).
    const patience = engine.name === 'PostgreSQL' ? 50_000 : 15_000;
    await next.until(() => deliveredCount(next.log()) === 2, patience);
    expect(slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    expect(discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
  }, 120_000);
});
