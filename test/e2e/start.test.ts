import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { answeringJson, startModelServer } from '../support/model-server.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { folderPlace } from '../support/stores.ts';
import { startTocsin } from '../support/tocsin.ts';

const FEEDS = [{ url: 'http://127.0.0.1:9/rss' }];
const WATCH = { name: 'Idlib', query: 'Idlib', channels: ['terminal'] };

async function folder() {
  const place = await folderPlace();
  return {
    path: place.environment.TOCSIN_DATA ?? '',
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

/** A topic of the operator's, beside the configuration file; resolves to its path. */
function writeTopic(folder: string, name: string, ...lines: string[]): string {
  mkdirSync(join(folder, 'topics'), { recursive: true });
  const path = join(folder, 'topics', `${name}.yaml`);
  writeFileSync(path, [`title: Our ${name}`, 'version: 1', ...lines].join('\n'));
  return path;
}

describe('npm start', () => {
  test.each([
    [
      'a watch query that can not be read',
      { feeds: FEEDS, watches: [{ ...WATCH, query: '(Idlib' }] },
      {},
      /line 4, the query of “Idlib”: This “\(” is never closed/,
    ],
    [
      'a key that does not exist',
      { feeds: FEEDS, wathces: [] },
      {},
      /tocsin\.yaml, line 3: I do not know "wathces"/,
    ],
    [
      'half of the Slack tokens',
      { feeds: FEEDS },
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      /SLACK_APP_TOKEN must be the token/,
    ],
    [
      'an address range that is none',
      { feeds: FEEDS },
      { FETCH_ALLOW_PRIVATE: '10.0.0.0/99' },
      /FETCH_ALLOW_PRIVATE.*10\.0\.0\.0\/99/,
    ],
    [
      'a data folder that can not be made',
      { feeds: FEEDS },
      { TOCSIN_DATA: '/proc/nope/data' },
      /The data folder \/proc\/nope\/data can't be used.*TOCSIN_DATA/,
    ],
    [
      'a database that does not answer',
      { feeds: FEEDS },
      { DATABASE_URL: 'postgres://u@127.0.0.1:9/db' },
      /DATABASE_URL/,
    ],
  ])(
    'stops at once on %s, with one message that names the setting',
    async (_what, config, environment, message) => {
      await using data = await folder();
      await using tocsin = startTocsin({ folder: data.path, config, environment });
      expect(await tocsin.exited).toBe(1);
      expect(tocsin.stderr()).toMatch(message);
      expect(tocsin.stderr().trim().split('\n')).toHaveLength(1);
    },
  );

  test('without a configuration file says how to make one', async () => {
    await using data = await folder();
    await using tocsin = startTocsin({ folder: data.path, config: null });
    expect(await tocsin.exited).toBe(1);
    expect(tocsin.stderr()).toMatch(/tocsin\.yaml can't be read: copy config\/tocsin\.example\.yaml there/);
  });

  test.each([
    [
      'a query that can not be read',
      ['query: eclipse OR'],
      /eclipse\.yaml, line 3, its query:\neclipse OR\n +\^\nA word/,
    ],
    [
      'a query that asks for itself',
      ['query: topic:eclipse'],
      /eclipse\.yaml, line 3, its query: .*asks for itself/,
    ],
    [
      'a topic that there is not',
      ['query: topic:eclypse'],
      /line 3, its query:\ntopic:eclypse\n\^\n.*\nDid you mean topic:eclipse/,
    ],
    [
      'a key that does not exist',
      ['query: moon', 'aslo: [moon]'],
      /eclipse\.yaml, line 4: I do not know "aslo"/,
    ],
    [
      'a name that a shipped topic has',
      ['query: moon', 'also: [air raids]'],
      /eclipse\.yaml, line 4: "air raids" means the topic of .*air-strike\.yaml already/,
    ],
  ])('stops at once on a topic with %s', async (_what, lines, message) => {
    await using data = await folder();
    writeTopic(data.path, 'eclipse', ...lines);
    await using tocsin = startTocsin({ folder: data.path, config: { feeds: FEEDS } });
    expect(await tocsin.exited).toBe(1);
    expect(tocsin.stderr()).toMatch(message);
    expect(tocsin.stderr()).not.toContain('    at ');
  });

  test('watches a topic of the operator’s own, in the place of the shipped one of its name', async () => {
    await using data = await folder();
    await using server = await startFeedServer();
    writeTopic(data.path, 'eclipse', 'query: "blood moon"');
    writeTopic(data.path, 'storm', 'query: thundersnow');
    const item = (title: string) => ({ title, guid: title, html: `${title}, residents said.` });
    server.publish('/rss', rssFeed({ title: 'Wire', items: [item('Old blood moon')] }));
    const watches = ['eclipse', 'storm'].map((name) => ({ ...WATCH, name, query: `topic:${name}` }));
    await using tocsin = startTocsin({
      folder: data.path,
      config: { feeds: [{ url: server.url('/rss'), every: '1s', fullText: false }], watches },
    });
    await tocsin.logged('feed baselined');
    const items = ['Hurricane Ada hits the coast', 'Thundersnow over the lake', 'Blood moon tonight'].map(
      item,
    );
    server.publish('/rss', rssFeed({ title: 'Wire', items }));
    await tocsin.until(() => tocsin.stdout().split('── ALERT').length > 2);
    expect(tocsin.stdout()).toContain('Thundersnow over the lake');
    expect(tocsin.stdout()).toContain('Blood moon tonight');
    expect(tocsin.stdout()).not.toContain('Hurricane Ada');
  });

  test('reads .env where it is started', async () => {
    await using data = await folder();
    writeFileSync(join(data.path, '.env'), 'DISCORD_TOKEN="Bot abc"\n');
    const tocsin = startTocsin({ folder: data.path, config: { feeds: FEEDS }, cwd: data.path });
    expect(await tocsin.exited).toBe(1);
    expect(tocsin.stderr()).toContain('DISCORD_TOKEN must be the bare bot token');
  });

  test('without tokens shows the alerts of every channel in the terminal, and says how to add a token', async () => {
    await using data = await folder();
    await using server = await startFeedServer();
    const item = (title: string) => ({ title, guid: title, html: `${title}, residents said.` });
    server.publish('/rss', rssFeed({ title: 'Wire', items: [item('Old news from Idlib')] }));
    const watches = [{ ...WATCH, channels: ['slack:C0NEWS'] }];
    await using tocsin = startTocsin({
      folder: data.path,
      config: { feeds: [{ url: server.url('/rss'), every: '1s', fullText: false }], watches },
    });
    await tocsin.logged('feed baselined');
    server.publish(
      '/rss',
      rssFeed({ title: 'Wire', items: [item('Raid in Idlib'), item('Old news from Idlib')] }),
    );
    await tocsin.until(() => tocsin.stdout().includes('ALERT'));
    expect(tocsin.stdout()).toContain('no token is set');
    expect(tocsin.stdout()).toContain('SLACK_BOT_TOKEN');
    expect(tocsin.stdout()).toContain('ALERT for slack:C0NEWS');
    expect(tocsin.stdout()).toContain('Raid in Idlib');
    expect(tocsin.stdout()).not.toContain('Old news');
  });

  test('a second process on the same data folder is refused, and the first goes on', async () => {
    await using data = await folder();
    const config = { feeds: FEEDS, watches: [WATCH] };
    await using first = startTocsin({ folder: data.path, config });
    await first.logged('started');
    await using second = startTocsin({ folder: data.path, config });
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain('Another Tocsin already uses the data folder');
    expect((await first.stop()).code).toBe(0);
  });

  test('ends with exit 0 on SIGTERM, however often it is sent, even while a feed does not answer', async () => {
    await using data = await folder();
    await using server = await startFeedServer();
    server.respond('/slow', () => {});
    await using tocsin = startTocsin({
      folder: data.path,
      config: { feeds: [{ url: server.url('/slow') }], watches: [] },
    });
    await tocsin.until(() => server.requests.length > 0);
    tocsin.child.kill('SIGTERM');
    tocsin.child.kill('SIGTERM');
    const { code, ms } = await tocsin.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
  });
});

describe('SIGTERM', () => {
  test('ends it with exit 0 while Slack does not answer', async () => {
    await using data = await folder();
    await using server = await startFeedServer();
    server.respond('/api/auth.test', () => {});
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: server.url('/api/'),
    };
    await using tocsin = startTocsin({ folder: data.path, config: { feeds: FEEDS }, environment });
    await tocsin.until(() => server.requests.length > 0);
    const { code, ms } = await tocsin.stop();
    expect([code, ms < 10_000]).toEqual([0, true]);
  });

  test('ends it with exit 0 while the database does not answer', async () => {
    await using data = await folder();
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const environment = { DATABASE_URL: `postgres://u@127.0.0.1:${port}/db` };
    await using tocsin = startTocsin({ folder: data.path, config: { feeds: FEEDS }, environment });
    await once(silent, 'connection');
    const { code, ms } = await tocsin.stop();
    expect([code, ms < 10_000]).toEqual([0, true]);
    silent.close();
  });
});

describe('npm run doctor', () => {
  test('shows what is fine and what is not, with the remedy', async () => {
    await using data = await folder();
    await using server = await startFeedServer();
    server.publish('/rss', rssFeed({ title: 'Wire', items: [{ title: 'A', guid: 'a' }] }));
    server.publish('/page', '<!doctype html><title>Home</title><p>Hello</p>', {
      'content-type': 'text/html',
    });
    const feeds = [{ url: server.url('/rss') }, { url: server.url('/page') }];
    await using tocsin = startTocsin({
      folder: data.path,
      config: { feeds, watches: [WATCH] },
      command: ['doctor'],
    });
    expect(await tocsin.exited).toBe(1);
    expect(tocsin.stdout()).toMatch(/✔ configuration\s+.*2 feeds, 1 watches/);
    expect(tocsin.stdout()).toMatch(/✔ database\s+SQLite in/);
    expect(tocsin.stdout()).toMatch(/✔ .*\/rss\s+1 articles/);
    expect(tocsin.stdout()).toMatch(/✘ .*\/page\s+.*a web page, not a feed/);
    expect(tocsin.stdout()).toMatch(/✔ topics\s+\d\d topics, none of your own in /);
    expect(tocsin.stdout()).toContain('1 of 7 need attention.');
  });

  test('counts the operator’s own topics, and says what is wrong with one', async () => {
    await using data = await folder();
    const topic = writeTopic(data.path, 'eclipse', 'query: eclipse | "blood moon"');
    const fine = startTocsin({ folder: data.path, config: { feeds: [] }, command: ['doctor'] });
    expect(await fine.exited).toBe(0);
    expect(fine.stdout()).toMatch(/✔ topics\s+\d\d topics, 1 of your own: eclipse/);
    writeTopic(data.path, 'eclipse', 'query: eclipse | (moon');
    const bad = startTocsin({ folder: data.path, config: { feeds: [] }, command: ['doctor'] });
    expect(await bad.exited).toBe(1);
    expect(bad.stdout()).toContain(
      `${topic}, line 3, its query:\neclipse | (moon\n          ^\nThis “(” is never closed.`,
    );
  });

  test('connects with the tokens, and names the one that is refused', async () => {
    await using place = await folderPlace();
    await using newsroom = await openNewsroom(place);
    await using server = await startFeedServer();
    server.publish('/rss', rssFeed({ title: 'Wire', items: [{ title: 'A', guid: 'a' }] }));
    const config = { feeds: [{ url: server.url('/rss') }] };
    const fine = newsroom.start(config, {}, ['doctor']);
    expect(await fine.exited).toBe(0);
    expect(fine.stdout()).toMatch(/✔ Slack\s+connected to /);
    expect(fine.stdout()).toMatch(/✔ Discord\s+connected as /);
    expect(fine.stdout()).toContain('Everything is fine.');
    const bad = newsroom.start(config, { SLACK_APP_TOKEN: 'xapp-wrong', DISCORD_TOKEN: 'wrong' }, ['doctor']);
    expect(await bad.exited).toBe(1);
    expect(bad.stdout()).toMatch(/✘ Slack\s+the token is refused .*SLACK_APP_TOKEN/);
    expect(bad.stdout()).toMatch(/✘ Discord\s+the token is refused: check DISCORD_TOKEN/);
  });

  test('asks the language model, and says what is wrong with it', async () => {
    await using data = await folder();
    await using server = await startModelServer();
    const examine = (environment: Record<string, string>) =>
      startTocsin({ folder: data.path, config: { feeds: [] }, environment, command: ['doctor'] });
    const fine = examine({ LLM_URL: server.url, LLM_MODEL: 'tiny' });
    expect(await fine.exited).toBe(0);
    expect(fine.stdout()).toMatch(/✔ language model\s+tiny answers/);
    server.answer(answeringJson({}, 401));
    const bad = examine({ LLM_URL: server.url, LLM_MODEL: 'tiny', LLM_KEY: 'wrong' });
    expect(await bad.exited).toBe(1);
    expect(bad.stdout()).toMatch(/✘ language model\s+.*check LLM_KEY/);
  });

  test('tells a supervisor whether Tocsin works', async () => {
    await using data = await folder();
    const ask = () =>
      startTocsin({ folder: data.path, config: null, command: ['doctor', '--health'] }).exited;
    expect(await ask()).toBe(1);
    await using tocsin = startTocsin({ folder: data.path, config: { feeds: FEEDS, watches: [] } });
    await tocsin.logged('started');
    await tocsin.until(async () => (await ask()) === 0);
    await tocsin.stop();
  });
});

describe('npm run demo', () => {
  test('shows an alert, then an update, and ends by itself', async () => {
    await using data = await folder();
    await using demo = startTocsin({ folder: data.path, config: null, command: ['demo'] });
    expect(await demo.exited).toBe(0);
    expect(demo.stdout().match(/── ALERT/g)).toHaveLength(1);
    expect(demo.stdout().match(/── UPDATE/g)?.length).toBeGreaterThanOrEqual(1);
    expect(demo.stdout()).toMatch(/Where\s+Atme, Idlib, Syria/);
    expect(demo.stderr()).toBe('');
  }, 60_000);
});
