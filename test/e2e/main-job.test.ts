import { describe, expect, test } from '@jest/globals';
import { startSampleNews } from '../../src/demo/sample-news.ts';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { DISCORD_CHANNEL, type Newsroom, openNewsroom, SLACK_CHANNEL } from '../support/newsroom.ts';
import { ENGINES, folderPlace } from '../support/stores.ts';
import type { TocsinProcess } from '../support/tocsin.ts';

const WATCHED = ['terminal', `slack:${SLACK_CHANNEL}`, `discord:${DISCORD_CHANNEL}`];

/** What every reader must find in the first alert, on every platform. */
const FIRST_ALERT = [
  /Idlib/,
  /Atme/,
  /Thu 3 Feb 2022/,
  /Observatory/,
  /Casualties/,
  /Not confirmed/,
  /Watch: Idlib, counterterrorism raids|Watch: counterterrorism raids, Idlib/,
];

/** What the alert must say once all three outlets have reported. */
const COMPLETE_ALERT = [/Pentagon/, /at least 13/i, /no (US|U\.S\.|American)/i, /3 sources/];

interface Shown {
  slack: { text: string; replies: unknown[]; images: unknown[] }[];
  discord: { text: string; thread: unknown[]; images: string[] }[];
}

function shownIn({ slack, discord }: Newsroom): Shown {
  return { slack: slack.sees(SLACK_CHANNEL), discord: discord.sees(DISCORD_CHANNEL) };
}

function count(tocsin: TocsinProcess, message: string): number {
  return tocsin.log().filter((event) => event.message === message).length;
}

function expectWords(texts: (string | undefined)[], patterns: RegExp[]): void {
  for (const text of texts) for (const pattern of patterns) expect(text).toMatch(pattern);
}

describe.each(ENGINES)('a raid in the news, on $name', (engine) => {
  test('raises one alert per channel, then only what is new, and nothing again after a restart', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    await using news = await sampleNews();
    const { slack, discord } = newsroom;
    const config = {
      feeds: news.feeds.map((feed) => ({ ...feed, every: '1s', fullText: false })),
      watches: ['Idlib', 'counterterrorism raids'].map((query) => ({
        name: query,
        query,
        channels: WATCHED,
      })),
    };
    const first = newsroom.start(config);
    await first.until(() => count(first, 'feed baselined') === news.feeds.length);
    expect(shownIn(newsroom)).toEqual({ slack: [], discord: [] });

    news.advance();
    const [slackAlert] = await slack.waitFor(SLACK_CHANNEL, (messages) => messages.length > 0, 15_000);
    const [discordAlert] = await discord.waitFor(DISCORD_CHANNEL, (messages) => messages.length > 0, 15_000);
    await first.until(() => first.stdout().includes('ALERT'));
    expectWords([slackAlert?.text, discordAlert?.text, first.stdout()], FIRST_ALERT);
    expect(slackAlert).toMatchObject({ pings: [], unfurls: false, edited: false });
    expect(discordAlert).toMatchObject({ pings: [], previewsSuppressed: true, edited: false });
    expect([slackAlert?.images.length, discordAlert?.images.length]).toEqual([1, 1]);

    for (const stage of [2, 3]) {
      news.advance();
      await first.until(() => count(first, 'delivered') >= 3 + 6 * (stage - 1));
    }
    const told = shownIn(newsroom);
    expectWords([told.slack[0]?.text, told.discord[0]?.text], COMPLETE_ALERT);
    expect([told.slack.length, told.discord.length]).toEqual([1, 1]);
    expect([told.slack[0]?.replies.length, told.discord[0]?.thread.length]).toEqual([2, 2]);
    expect(first.stdout().match(/── ALERT/g)).toHaveLength(1);
    expect((await first.stop()).code).toBe(0);

    const second = newsroom.start(config);
    await second.logged('platform connected', { platform: 'Slack' });
    await second.until(() => count(second, 'feed polled') >= 2 * news.feeds.length);
    expect(shownIn(newsroom)).toEqual(told);
    expect(second.stdout()).not.toContain('ALERT');
    expect((await second.stop()).code).toBe(0);
  }, 90_000);
});

describe('one article with competing claims', () => {
  test('raises one alert that names the place, the day, both claims and what is not confirmed', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    const other = {
      title: 'Council opens a library',
      guid: '0',
      html: '<p>A library opened on Tuesday.</p>',
    };
    server.publish('/rss', rssFeed({ title: 'Border Wire', items: [other] }));
    const channels = WATCHED.slice(1);
    const watches = [
      { name: 'Idlib', query: 'Idlib', channels },
      { name: 'raids', query: 'counterterrorism raids', channels },
    ];
    const tocsin = newsroom.start({
      feeds: [{ url: server.url('/rss'), every: '1s', fullText: false }],
      watches,
    });
    await tocsin.logged('feed baselined');
    server.publish('/rss', rssFeed({ title: 'Border Wire', items: [RAID, other] }));
    const [slackAlert] = await newsroom.slack.waitFor(
      SLACK_CHANNEL,
      (messages) => messages.length > 0,
      15_000,
    );
    const [discordAlert] = await newsroom.discord.waitFor(
      DISCORD_CHANNEL,
      (messages) => messages.length > 0,
      15_000,
    );
    expectWords(
      [slackAlert?.text, discordAlert?.text],
      [
        /Forces storm house in Idlib, monitor reports civilian dead/,
        /Sarmada, Idlib, Syria/,
        /Wed 9 Mar 2022/,
        /“several civilians were killed” — The Syrian Observatory for Human Rights/,
        /“no American casualties” — The Pentagon|“no American casualties” — Pentagon/,
        /Not confirmed:?\s.*could not be independently verified/,
        /Watch: Idlib, raids/,
      ],
    );
    expect([slackAlert?.pings, discordAlert?.pings]).toEqual([[], []]);

    const { slack, discord } = newsroom;
    const inSlack = await slack.click({
      channel: SLACK_CHANNEL,
      ts: slackAlert?.ts ?? '',
      actionId: 'command:0',
    });
    const button = discordAlert?.buttons.find(({ label }) => label === 'Receipts');
    const inDiscord = await discord.click({
      channel: DISCORD_CHANNEL,
      messageId: discordAlert?.id ?? '',
      customId: button?.customId ?? '',
    });
    const answer = await inSlack.answer();
    expect(answer.ephemeral).toBe(true);
    expectWords(
      [answer.text, inDiscord.text],
      [
        /Casualties:.*“several civilians were killed” — The Syrian Observatory for Human Rights/,
        /\[1\].*Border Wire.*: “The Syrian Observatory for Human Rights said several civilians were killed\.”/,
        /Where:.*Sarmada, Idlib, Syria/,
        /“US troops carried out a counterterrorism raid near Sarmada, in Syria’s Idlib province, on Wednesday\.”/,
      ],
    );
  }, 60_000);
});

const RAID = {
  title: 'Forces storm house in Idlib, monitor reports civilian dead',
  guid: '1',
  link: 'https://border.example/sarmada',
  publishedAt: '2022-03-09T10:00:00Z',
  html:
    '<p>US troops carried out a counterterrorism raid near Sarmada, in Syria’s Idlib province, on Wednesday.</p>' +
    '<p>The Syrian Observatory for Human Rights said several civilians were killed.</p>' +
    '<p>The Pentagon said the mission was successful and that there were no American casualties.</p>' +
    '<p>The accounts could not be independently verified, and the name of the target was not released.</p>',
};

async function sampleNews() {
  const news = await startSampleNews({ now: Date.now });
  return Object.assign(news, { [Symbol.asyncDispose]: () => news.close() });
}
