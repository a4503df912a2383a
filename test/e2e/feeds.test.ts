import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import {
  DISCORD_CHANNEL,
  openNewsroom,
  publishTitles,
  SLACK_CHANNEL,
  titledItem,
} from '../support/newsroom.ts';
import { ENGINES, folderPlace } from '../support/stores.ts';
import { startTocsin } from '../support/tocsin.ts';

describe.each(ENGINES)('feeds in a running newsroom on $name', (engine) => {
  test('are added from Slack and Discord by a button, and everything of them is posted', async () => {
    await using place = await engine.place();
    await using newsroom = await openNewsroom(place);
    const { slack, discord } = newsroom;
    await using server = await startFeedServer();
    publishTitles(server, 'Budget vote');
    const page = `<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>`;
    server.publish('/', page, { 'content-type': 'text/html' });
    const tocsin = newsroom.start({ feeds: [] });
    await tocsin.logged('platform connected', { platform: 'Slack' });
    await tocsin.logged('platform connected', { platform: 'Discord' });

    const typed = await slack.command({
      channel: SLACK_CHANNEL,
      command: '/feeds',
      text: `add ${server.url('/')}`,
    });
    const preview = await typed.answer();
    expect(preview).toMatchObject({ ephemeral: true, text: expect.stringContaining('• Budget vote') });
    const pressed = await slack.click({ channel: SLACK_CHANNEL, ts: preview.ts, actionId: 'command:1' });
    expect(await pressed.answer()).toMatchObject({
      ephemeral: false,
      text: expect.stringContaining('everything it publishes from now on is posted here'),
    });

    const inDiscord = await discord.command({
      channel: DISCORD_CHANNEL,
      name: 'feeds',
      subcommand: 'add',
      options: { address: `${server.url('/rss')} here` },
    });
    expect(inDiscord.text).toContain('• Budget vote');
    const shown = inDiscord.messages[0];
    const customId = shown?.buttons.find(({ label }) => label === 'Add, and post everything here')?.customId;
    const press = { channel: DISCORD_CHANNEL, messageId: shown?.id ?? '', customId: customId ?? '' };
    const follow = await discord.click(press);
    expect(follow.text).toContain('is posted here');

    publishTitles(server, 'Raid in Idlib', 'Budget vote');
    const poll = await slack.command({ channel: SLACK_CHANNEL, command: '/feeds', text: 'poll wire' });
    expect((await poll.answer()).text).toContain('Wire was read.');
    const isAlert = ({ text }: { text: string }) => text.includes('Raid in Idlib');
    await slack.waitFor(SLACK_CHANNEL, (messages) => messages.some(isAlert), 15_000);
    await discord.waitFor(DISCORD_CHANNEL, (messages) => messages.some(isAlert), 15_000);
    const list = await slack.command({ channel: SLACK_CHANNEL, command: '/feeds', text: 'list' });
    expect((await list.answer()).text).toMatch(
      /Wire.*: read .* ago\. Next read in .*Everything of it is posted here\./,
    );
    expect((await tocsin.stop()).code).toBe(0);
  }, 60_000);
});

describe('feeds', () => {
  test('are imported and exported as OPML on the command line, and refused with the remedy while Tocsin runs', async () => {
    await using place = await folderPlace();
    await using server = await startFeedServer();
    server.publish('/rss', rssFeed({ title: 'Wire', items: [titledItem('One')] }));
    const folder = place.environment.TOCSIN_DATA ?? '';
    const [given, written] = [join(folder, 'in.opml'), join(folder, 'out.opml')];
    writeFileSync(
      given,
      `<opml version="2.0"><body><outline text="Syria"><outline text="Wire" xmlUrl="${server.url('/rss')}"/></outline></body></opml>`,
    );
    const run = async (...command: string[]) => {
      await using tocsin = startTocsin({ folder, config: { feeds: [] }, command: ['feeds', ...command] });
      const code = await tocsin.exited;
      return { code, said: `${tocsin.stdout()}${tocsin.stderr()}` };
    };
    expect(await run('import', given)).toEqual({
      code: 0,
      said: expect.stringContaining('1 feed added, 0 known already.'),
    });
    expect(await run('import', given)).toMatchObject({
      said: expect.stringContaining('0 feeds added, 1 known'),
    });
    expect(await run('export', written)).toMatchObject({ code: 0 });
    expect(readFileSync(written, 'utf8')).toContain(server.url('/rss'));
    expect(readFileSync(written, 'utf8')).toContain('Syria');
    expect(await run('import', join(folder, 'missing.opml'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('missing.opml'),
    });
    await using tocsin = startTocsin({ folder, config: { feeds: [] } });
    await tocsin.logged('feed baselined');
    expect(await run('import', given)).toMatchObject({
      code: 1,
      said: expect.stringContaining('/feeds import'),
    });
  }, 60_000);

  test('with credentials are polled with them, which neither the log nor the database shows', async () => {
    await using place = await folderPlace();
    await using server = await startFeedServer();
    server.publish('/rss', rssFeed({ title: 'Wire', items: [titledItem('One')] }));
    const folder = place.environment.TOCSIN_DATA ?? '';
    const url = server.url('/rss').replace('http://', 'http://desk:hunter2@');
    const feeds = [{ url, headers: { Cookie: 'session=tiptop' } }];
    await using tocsin = startTocsin({ folder, config: { feeds } });
    await tocsin.logged('feed baselined');
    await tocsin.stop();
    const sent = server.requests.find(({ path }) => path === '/rss')?.headers;
    expect(sent?.authorization).toBe(`Basic ${Buffer.from('desk:hunter2').toString('base64')}`);
    expect(sent?.cookie).toBe('session=tiptop');
    const kept = `${tocsin.stdout()}${tocsin.stderr()}${readFileSync(join(folder, 'tocsin.db'), 'latin1')}`;
    for (const secret of ['hunter2', 'tiptop', Buffer.from('desk:hunter2').toString('base64')]) {
      expect(kept).not.toContain(secret);
    }
  }, 60_000);

  test('tell publishers who asks and whom to write to', async () => {
    await using place = await folderPlace();
    await using server = await startFeedServer();
    server.publish('/rss', rssFeed({ title: 'Wire', items: [titledItem('One')] }));
    const folder = place.environment.TOCSIN_DATA ?? '';
    const environment = { TOCSIN_CONTACT: 'desk@news.example' };
    await using tocsin = startTocsin({
      folder,
      config: { feeds: [{ url: server.url('/rss') }] },
      environment,
    });
    await tocsin.logged('feed baselined');
    expect(server.requests[0]?.headers['user-agent']).toMatch(/^Tocsin\/\S+ \(\+desk@news\.example\)$/);
  });
});
