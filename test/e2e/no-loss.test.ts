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
import { ENGINES, folderPlace } from '../support/stores.ts';

describe.each(ENGINES)('nothing is lost, on $name', (engine) => {
  test('when the bot is not in a channel: the alert waits for the invitation', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    publishTitles(server, 'Quiet day in Aleppo');
    await newsroom.slack.kick(SLACK_CHANNEL);
    newsroom.discord.deny(DISCORD_CHANNEL, 'SendMessages');
    const tocsin = newsroom.start(watchIdlib(server));
    await tocsin.logged('feed baselined');
    await tocsin.logged('platform connected', { platform: 'Slack' });
    publishTitles(server, 'Raid in Idlib', 'Quiet day in Aleppo');
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
    newsroom.discord.allow(DISCORD_CHANNEL, 'SendMessages');
    await newsroom.slack.waitFor(SLACK_CHANNEL, (messages) => messages.length === 1, 15_000);
    await newsroom.discord.waitFor(DISCORD_CHANNEL, (messages) => messages.length === 1, 15_000);
  }, 60_000);

  test('and nothing is doubled whichever way a post goes wrong', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    const titles = ['Quiet day in Aleppo'];
    publishTitles(server, ...titles);
    const tocsin = newsroom.start(watchIdlib(server));
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
      publishTitles(server, ...titles);
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
    publishTitles(server, 'Quiet day in Aleppo');
    const doomed = newsroom.start(watchIdlib(server));
    await doomed.logged('feed baselined');
    // The platforms take the message at once and answer late: the kill falls in between.
    slack.fault('chat.postMessage', { kind: 'late', ms: 5_000 });
    discord.fault(/^POST \/channels\/\d+\/messages/, { kind: 'late', ms: 5_000 });
    publishTitles(server, 'Raid in Idlib', 'Quiet day in Aleppo');
    await doomed.until(() => slack.calls.some((call) => call.method === 'chat.postMessage'));
    await sleep(1_000);
    await doomed.kill();
    await sleep(5_000);
    const next = newsroom.start(watchIdlib(server));
    // On PostgreSQL the channels' leases of the killed process must lapse first (30 s).
    const patience = engine.name === 'PostgreSQL' ? 50_000 : 15_000;
    await next.until(() => deliveredCount(next.log()) === 2, patience);
    expect(slack.sees(SLACK_CHANNEL)).toHaveLength(1);
    expect(discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
  }, 120_000);
});

function deliveredCount(log: { message: string }[]): number {
  return log.filter((event) => event.message === 'delivered').length;
}

const shared = ENGINES.filter(({ name }) => name === 'PostgreSQL');

describe.each(shared)('two processes on one $name', (engine) => {
  test('share the work: each alert is posted once', async () => {
    await using place = await engine.place();
    await using second = await folderPlace();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    const titles = ['Quiet day in Aleppo'];
    publishTitles(server, ...titles);
    const processes = [
      newsroom.start(watchIdlib(server)),
      newsroom.start(watchIdlib(server), { TOCSIN_DATA: second.environment.TOCSIN_DATA ?? '' }),
    ];
    for (const tocsin of processes) await tocsin.logged('platform connected', { platform: 'Discord' });
    await Promise.any(processes.map((tocsin) => tocsin.logged('feed baselined')));
    for (const title of ['Raid in Idlib', 'Idlib olive prices rise', 'School opens in Idlib']) {
      titles.unshift(title);
      publishTitles(server, ...titles);
      await sleep(1_500);
    }
    await newsroom.slack.waitFor(SLACK_CHANNEL, (messages) => messages.length === 3, 15_000);
    await newsroom.discord.waitFor(DISCORD_CHANNEL, (messages) => messages.length === 3, 15_000);
    await sleep(1_500);
    expect(newsroom.slack.sees(SLACK_CHANNEL)).toHaveLength(3);
    expect(newsroom.discord.sees(DISCORD_CHANNEL)).toHaveLength(3);
    for (const tocsin of processes) expect((await tocsin.stop()).code).toBe(0);
  }, 60_000);
});
