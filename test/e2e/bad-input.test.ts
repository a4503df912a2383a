import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startFeedServer } from '../support/feed-server.ts';
import {
  DISCORD_CHANNEL,
  openNewsroom,
  publishTitles,
  SLACK_CHANNEL,
  watchIdlib,
} from '../support/newsroom.ts';
import { folderPlace } from '../support/stores.ts';

describe('feeds that can not be read', () => {
  test('get one clear line each, and the others go on', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    publishTitles(server, 'Quiet day in Aleppo');
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
    const settings = watchIdlib(server, paths);
    settings.feeds.push({ url: 'http://127.0.0.1:9/unreachable', every: '1s', fullText: false });
    const tocsin = newsroom.start(settings);
    await tocsin.until(() => warnings(tocsin.log()).length >= 6);
    publishTitles(server, 'Raid in Idlib', 'Quiet day in Aleppo');
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
      publishTitles(server, 'Quiet day in Aleppo');
      const tocsin = newsroom.start(watchIdlib(server), given.wrong);
      await tocsin.logged('feed baselined');
      publishTitles(server, 'Raid in Idlib', 'Quiet day in Aleppo');
      await tocsin.logged('platform not connected', { platform: given.platform });
      await tocsin.logged('delivery waits');
      await tocsin.logged('delivered');
      expect(shown()).toEqual({ Slack: 1, Discord: 1, [given.platform]: 0 });
      const errors = tocsin.log().filter((event) => event.level === 'error');
      expect(errors.map((event) => event.error)).toEqual([expect.stringMatching(given.remedy)]);
      await tocsin.stop();
      const mended = newsroom.start(watchIdlib(server));
      await mended.logged('delivered');
      expect(shown()).toEqual({ Slack: 1, Discord: 1 });
    },
    60_000,
  );
});
