import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { answerInTerminal } from '../../src/chat/terminal/terminal-chat.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { askAboutHeld } from '../../src/feed-troubles.ts';
import { holdAllAnew } from '../../src/hold.ts';
import { createJudge } from '../../src/judge.ts';
import type { Store } from '../../src/store/store.ts';
import { type FeedDocument, rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import { titledItem } from '../support/newsroom.ts';
import { openPolling } from '../support/polling.ts';
import { ENGINES, folderPlace, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const STYLE = { width: 200, color: false, timezone: 'UTC' };

/** A person at a prompt, a web server with feeds, and the polling side. */
async function openDesk(store: Store) {
  const server = await startFeedServer();
  const polling = await openPolling(store, 'own', NOON);
  const deps: Omit<CommandDeps, 'storyDesk'> = {
    store,
    now: () => polling.clock.now,
    feedDesk: polling.feedDesk,
    knowledge: {},
    judge: createJudge(createKindReader({})),
    channelTrouble: async () => null,
    messageLink: () => null,
    holdAnew: (channels) => holdAllAnew(channels, { store, now: () => NOON, timezone: 'UTC' }),
    connections: () => [],
  };
  return {
    server,
    polling,
    ask: (words: string) =>
      answerInTerminal(words, { deps: deps as CommandDeps, style: STYLE, log: polling.deps.log }),
    /** What was queued for the terminal, as kind and headline. */
    async told(): Promise<string[]> {
      const told: string[] = [];
      for (const lease of await store.deliveries.leaseChannels(Number.MAX_SAFE_INTEGER - 1e6, 1, 10)) {
        for (
          let next = await store.deliveries.next(lease.channel, Number.MAX_SAFE_INTEGER);
          next;
          next = await store.deliveries.next(lease.channel, Number.MAX_SAFE_INTEGER)
        ) {
          const operation = next.operation;
          told.push(operation?.kind === 'post' ? operation.content.headline : (operation?.kind ?? ''));
          await store.deliveries.sent(lease, next, next.id, NOON);
        }
        await store.deliveries.release(lease);
      }
      return told;
    },
    async [Symbol.asyncDispose]() {
      await polling[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

/** A feed about every two hours, newest first. */
function publish(server: FeedServer, path: string, titles: string[], more: Partial<FeedDocument> = {}): void {
  const items = titles.map((title, index) => ({
    ...titledItem(title),
    publishedAt: new Date(NOON - (index + 1) * 2 * 3_600_000).toISOString(),
  }));
  server.publish(path, rssFeed({ title: 'Halyard Wire', language: 'en-gb', items, ...more }));
}

/** The command that the answer offers under this label. */
function offered(answer: string, label: string): string {
  const found = new RegExp(`${label}: type (/.+)`).exec(answer)?.[1];
  if (found === undefined) throw new Error(`“${label}” is not offered in: ${answer}`);
  return found.trim();
}

describe.each(ENGINES)('/feeds on $name', (engine) => {
  test('add shows title, language, newest items and rhythm before anything is followed', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['Four', 'Three', 'Two', 'One']);
    const answer = await desk.ask(`/feeds add ${desk.server.url('/rss')}`);
    expect(answer).toContain('Halyard Wire');
    expect(answer).toContain('in British English'.replace('British ', ''));
    expect(answer).toContain('4 items, a new one about every 2 h.');
    expect(answer).toContain('• Four (Mon 5 Jan 2026 10:00 UTC)');
    expect(answer).not.toContain('One');
    expect(await store.feeds.list()).toEqual([]);
    const added = await desk.ask(offered(answer, 'Add'));
    expect(added).toContain('Following Halyard Wire: watches see what it publishes from now on.');
    expect(await store.feeds.list()).toMatchObject([{ baselinedAt: NOON, name: 'Halyard Wire' }]);
    expect(await desk.told()).toEqual([]);
  });

  test('the last few are offered after a feed was added, and posted once', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['Four', 'Three', 'Two', 'One']);
    const added = await desk.ask(`/feeds follow ${desk.server.url('/rss')}`);
    const latest = offered(added, 'Post the newest 3 here');
    expect(await desk.ask(latest)).toContain('Posting 3 articles.');
    expect(await desk.told()).toEqual(['Two', 'Three', 'Four']);
    expect(await desk.ask(latest)).toContain('are here already');
    expect(await desk.told()).toEqual([]);
  });

  test('“here” posts everything of the feed in this channel from now on', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    const answer = await desk.ask(`/feeds add ${desk.server.url('/rss')} here`);
    expect(await desk.ask(offered(answer, 'Add, and post everything here'))).toContain('is posted here');
    publish(desk.server, '/rss', ['Two', 'One']);
    await desk.polling.pollAt(NOON + 3_600_000);
    expect(await desk.told()).toEqual(['Two']);
    expect(await desk.ask(`/feeds add ${desk.server.url('/rss')} here`)).toContain(
      'followed already, and everything',
    );
  });

  test('a page is searched for its feeds: one is shown, of several one is chosen', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    publish(desk.server, '/world', ['Two'], { title: 'World' });
    const link = (path: string, title: string) =>
      `<link rel="alternate" type="application/rss+xml" href="${path}" title="${title}">`;
    const page = (...links: string[]) =>
      `<!doctype html><html><head>${links.join('')}</head><body>News</body></html>`;
    desk.server.publish('/', page(link('/rss', 'All')), { 'content-type': 'text/html' });
    expect(await desk.ask(`/feeds add ${desk.server.url('/')}`)).toContain('Halyard Wire');
    desk.server.publish('/', page(link('/rss', 'All'), link('/world', 'World')), {
      'content-type': 'text/html',
    });
    const choice = await desk.ask(`/feeds add ${desk.server.url('/')}`);
    expect(choice).toContain('This is a web page with 2 feeds. Which one shall I add?');
    expect(await desk.ask(offered(choice, 'World'))).toContain('Following World');
  });

  test.each([
    ['https://', /not a URL|can't be|http/],
    ['file:///etc/passwd', /begins with file:/],
    ['{server}/missing', /answered 404; .*new address/],
    ['{server}/text', /neither RSS nor Atom|not a feed/],
    ['{server}/rss nonsense', /I do not know “nonsense”/],
  ])('add %s says what is wrong and follows nothing', async (address, problem) => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    desk.server.publish('/text', 'hello', { 'content-type': 'text/plain' });
    const answer = await desk.ask(`/feeds add ${address.replace('{server}', desk.server.url(''))}`);
    expect(answer).toMatch(problem);
    expect(await store.feeds.list()).toEqual([]);
  });

  test('an address may lack its scheme', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    const bare = desk.server.url('/rss').replace('http://', '');
    expect(await desk.ask(`/feeds follow ${bare}`)).toContain('Following Halyard Wire');
    expect(await desk.ask(`/feeds add ${bare}`)).toContain('is followed already');
    expect(await desk.ask('/feeds add nonsense')).toContain('The address of the feed is not a URL');
  });

  test('a feed is recognised however its address is spelled', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')}`);
    for (const spelled of ['/rss/', '/rss#top', '/rss?utm_source=x']) {
      expect(await desk.ask(`/feeds add ${desk.server.url(spelled)}`)).toContain(
        'Halyard Wire is followed already.',
      );
    }
    expect(await store.feeds.list()).toHaveLength(1);
  });

  test('a feed that asks for a header or a password gets it, and nobody sees it again', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    desk.server.respond('/rss', (request, response) => {
      const isKnown =
        request.headers.cookie === 'session=abc' || request.headers.authorization === 'Basic dTpw';
      if (isKnown) response.end(rssFeed({ title: 'Members', items: [titledItem('One')] }));
      else response.writeHead(401).end();
    });
    expect(await desk.ask(`/feeds add ${desk.server.url('/rss')}`)).toContain('answered 401');
    const answer = await desk.ask(`/feeds add ${desk.server.url('/rss')} with Cookie: session=abc`);
    expect(await desk.ask(offered(answer, 'Add'))).toContain('Following Members');
    expect(`${answer}${await desk.ask('/feeds list')}`).not.toContain('abc');
    const login = desk.server.url('/rss').replace('http://', 'http://u:p@');
    expect(await desk.ask(`/feeds add ${login}`)).toContain('Members');
  });

  test('a feed that is read with a workspace’s credentials can be followed by nobody else', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    const id = await desk.polling.feedDesk.keep(desk.server.url('/rss'), { Cookie: 'a=b' }, 'slack:T1');
    await desk.ask(`/feeds follow ${id}`);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')}`);
    expect(await store.feeds.list()).toMatchObject([{ owner: null, credentials: null }]);
  });

  test('feeds of another workspace are not seen, in the list, the status or the news', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['Secret raid']);
    const feedId = await desk.polling.feedDesk.keep(desk.server.url('/rss'), {}, 'slack:T1');
    const how = { channels: [], group: null, fullText: true, origin: 'chat' as const, createdBy: null };
    await store.subscriptions.put({ feedId, workspace: 'slack:T1', name: null, ...how }, NOON);
    await desk.polling.pollAt(NOON);
    expect(await desk.ask('/feeds list')).toContain('No feed yet');
    expect(await desk.ask('/status')).toContain('0 feeds');
    expect(await desk.ask('/news raid')).toContain('Nothing about “raid” in 0 stored articles');
    expect(await desk.ask(`/feeds remove ${feedId}`)).toContain('No feed is called');
    expect(await desk.ask(`/feeds latest ${feedId}`)).toContain('No feed is called');
  });

  test('a choice of several feeds keeps what was asked for', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    const link = (path: string) =>
      `<link rel="alternate" type="application/rss+xml" href="${path}" title="${path}">`;
    const page = `<html><head>${link('/rss')}${link('/b')}</head></html>`;
    desk.server.publish('/', page, { 'content-type': 'text/html' });
    const choice = await desk.ask(`/feeds add ${desk.server.url('/')} here group:syria with Cookie: a=b`);
    await desk.ask(offered(choice, '/rss'));
    expect(await store.feeds.list()).toMatchObject([
      { owner: 'terminal', subscriptions: [{ channels: ['terminal'], group: 'syria' }] },
    ]);
    expect(desk.server.requests.at(-1)).toMatchObject({ path: '/rss', headers: { cookie: 'a=b' } });
  });

  test('credentials never reach a site that a page or a redirect names', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    await using other = await startFeedServer();
    publish(other, '/rss', ['One']);
    const link = `<link rel="alternate" type="application/rss+xml" href="${other.url('/rss')}">`;
    desk.server.publish('/page', `<html><head>${link}</head></html>`, { 'content-type': 'text/html' });
    desk.server.respond('/moved', (_, response) =>
      response.writeHead(301, { location: other.url('/rss') }).end(),
    );
    for (const path of ['/page', '/moved']) {
      const answer = await desk.ask(`/feeds add ${desk.server.url(path)} with Cookie: session=abc`);
      await desk.ask(offered(answer, 'Add'));
      await desk.polling.pollAt(desk.polling.clock.now + 3_600_000);
    }
    expect(other.requests.length).toBeGreaterThan(2);
    for (const { headers } of other.requests) expect(headers.cookie).toBeUndefined();
  });

  test('follow refuses a secret, because others see what was typed', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    const url = desk.server.url('/rss');
    for (const words of [`${url} with Cookie: a=b`, url.replace('//', '//u:p@')]) {
      expect(await desk.ask(`/feeds follow ${words}`)).toContain('Use /feeds add');
    }
    expect(await desk.ask(`/feeds add ${url} with Cookie:`)).toContain('After “with” comes a header');
  });

  test('a feed that was gone or failing is asked again when somebody follows it', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    desk.server.respond('/rss', (_, response) => response.writeHead(410).end());
    const feedId = await desk.polling.feedDesk.keep(desk.server.url('/rss'), {}, 'slack:T1');
    const how = { channels: [], group: null, fullText: true, origin: 'chat' as const, createdBy: null };
    await store.subscriptions.put({ feedId, workspace: 'slack:T1', name: null, ...how }, NOON);
    await desk.polling.pollAt(NOON);
    publish(desk.server, '/rss', ['One']);
    expect(await desk.ask(`/feeds follow ${desk.server.url('/rss')}`)).toContain('Following Halyard Wire');
    expect(await store.feeds.list()).toMatchObject([{ isGone: false, failures: 0 }]);
  });

  test('list says of each feed how it is, when it is read next and why', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    expect(await desk.ask('/feeds list')).toContain('No feed yet. Type /feeds add');
    publish(desk.server, '/rss', ['Two', 'One']);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')} group:syria`);
    desk.server.respond('/gone', (_, response) => response.writeHead(410).end());
    await desk.polling.follow([{ url: desk.server.url('/gone'), name: 'Old Paper' }]);
    await desk.polling.pollAt(NOON + 1_000);
    const answer = await desk.ask('/feeds list');
    expect(answer).toContain('2 feeds, 1 with trouble.');
    expect(answer).toMatch(/Old Paper \S+: not polled any more\..*answered 410/);
    expect(answer).toMatch(
      /Halyard Wire \S+: read .* ago\. Next read in 60 min \(its items come about every 2 h\)\. Group: syria\./,
    );
    expect(await desk.ask('/feeds list halyard')).not.toContain('Old Paper');
  });

  test('remove, group, pages, poll and held answer for a feed by a part of its name', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')}`);
    expect(await desk.ask('/feeds group syria halyard')).toContain('queries can say feed:syria');
    expect(await desk.ask('/feeds group none halyard')).toContain('is in no group');
    expect(await desk.ask('/feeds pages off halyard')).toContain('only the feed itself is read');
    expect(await desk.ask('/feeds poll halyard')).toContain('Halyard Wire was read.');
    expect(await desk.ask('/feeds held post halyard')).toContain('nothing held');
    expect(await desk.ask('/feeds remove reuters')).toContain('No feed is called “reuters”');
    expect(await desk.ask('/feeds remove halyard')).toContain('No longer following Halyard Wire.');
    expect(await store.feeds.list()).toEqual([]);
  });

  test('a feed of the file is not removed or changed from chat', async () => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    await desk.polling.follow([{ url: desk.server.url('/rss'), name: 'Wire' }]);
    expect(await desk.ask('/feeds remove wire')).toContain('comes from the configuration file');
    expect(await desk.ask('/feeds group syria wire')).toContain('comes from the configuration file');
    expect(await store.feeds.list()).toHaveLength(1);
  });

  test.each([
    ['post', 'Posting the 9 items', 9],
    ['discard', 'Discarded the 9 items', 0],
    ['baseline', 'is read anew', 0],
  ])('held %s decides about items that look like old ones under new ids', async (word, said, posted) => {
    await using store = await freshStore(engine);
    await using desk = await openDesk(store);
    const titles = Array.from({ length: 9 }, (_, index) => `Story ${index}`);
    publish(desk.server, '/rss', titles);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')} here`);
    const moved = titles.map((title) => ({
      ...titledItem(title),
      guid: `new ${title}`,
      link: `https://new.example/${title}`,
    }));
    desk.server.publish('/rss', rssFeed({ title: 'Halyard Wire', items: moved }));
    await desk.polling.pollAt(NOON + 3_600_000);
    await askAboutHeld(desk.polling.deps);
    expect(await desk.told()).toEqual(['notice']);
    expect(await desk.ask(`/feeds held ${word} halyard`)).toContain(said);
    expect(await desk.told()).toHaveLength(posted);
    await desk.polling.pollAt(NOON + 7_200_000);
    expect(await desk.told()).toEqual([]);
    expect(await desk.ask(`/feeds held ${word} halyard`)).toContain('nothing held');
  });

  test('import follows the feeds of an OPML file with their groups, each once', async () => {
    await using store = await freshStore(engine);
    await using place = await folderPlace();
    await using desk = await openDesk(store);
    publish(desk.server, '/rss', ['One']);
    await desk.ask(`/feeds follow ${desk.server.url('/rss')}`);
    const file = join(place.environment.TOCSIN_DATA ?? '', 'feeds.opml');
    const outline = (path: string) => `<outline type="rss" text="x" xmlUrl="${desk.server.url(path)}"/>`;
    writeFileSync(
      file,
      `<opml version="2.0"><body><outline text="Syria">${outline('/a')}${outline('/a')}</outline>${outline('/rss')}</body></opml>`,
    );
    expect(await desk.ask(`/feeds import ${file}`)).toContain('1 feed added, 1 was followed already.');
    const feeds = await store.feeds.list();
    expect(feeds.find(({ url }) => url.endsWith('/a'))?.subscriptions).toMatchObject([
      { workspace: 'terminal', group: 'Syria', origin: 'chat' },
    ]);
    const login = desk.server.url('/members').replace('//', '//anna:s3cret@');
    writeFileSync(
      file,
      `<opml version="2.0"><body><outline text="Members" xmlUrl="${login}"/></body></opml>`,
    );
    expect(await desk.ask(`/feeds import ${file}`)).toContain('1 feed added');
    expect(await desk.ask('/feeds list')).toContain('Members');
    expect(`${await desk.ask('/feeds list')}${JSON.stringify(await store.feeds.list())}`).not.toContain(
      's3cret',
    );
    writeFileSync(file, 'not a list');
    expect(await desk.ask(`/feeds import ${file}`)).toMatch(/OPML|outline|list/);
    expect(await desk.ask('/feeds import')).toContain('I see no file');
  });
});
