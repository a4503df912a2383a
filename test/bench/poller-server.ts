import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rssFeed } from '../support/feed-documents.ts';

// A process of its own, so that its work is not counted as the poller's. It sends its port when it listens. Of a
// feed's address only the host and the path count, which is the feed's number: "/17".

/** What this process may be asked: to publish what a night brings, or what it has seen since it was asked last. */
export type Question = 'publish' | 'seen';

export interface Seen {
  /** The most requests that one host had open at the same time. */
  mostAtOneHost: number;
  /** The most requests that all hosts had open at the same time. */
  mostAtOnce: number;
  /** Each request's address and when it came (milliseconds UTC), oldest first. */
  requests: [url: string, at: number][];
  /** Answers of 304. */
  unmodified: number;
}

/** Every fifth feed gives another document at every request, with a new item in every third; the others rest. */
const LIVELY = 5;
const REQUESTS_PER_ITEM = 3;
const ITEMS_PER_NIGHT = 10;
/** Of one document. Those of resting feeds are read once. */
const ITEMS = { lively: 30, resting: 10 };
/** How long an answer takes, so that two requests at one host are seen together. */
const ANSWER_MS = 20;

interface LivingFeed {
  isLively: boolean;
  /** Its whole life, oldest first. */
  items: ReturnType<typeof newItem>[];
  version: number;
}

const feeds = new Map<number, LivingFeed>();
const open = new Map<string, number>();
let openAtAll = 0;
let seen = nothing();

const server = createServer((request, response) => {
  note(request, response);
  setTimeout(() => answer(request, response), ANSWER_MS);
});
server.listen(0, () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (question: Question) => {
  if (question === 'publish') {
    for (const [id, feed] of feeds) if (feed.isLively) publish(id, feed, ITEMS_PER_NIGHT);
    return;
  }
  process.send?.(seen);
  seen = nothing();
});
process.on('disconnect', () => process.exit());

function nothing(): Seen {
  return { mostAtOneHost: 0, mostAtOnce: 0, requests: [], unmodified: 0 };
}

function note({ headers: { host = '' }, url }: IncomingMessage, response: ServerResponse): void {
  const openHere = (open.get(host) ?? 0) + 1;
  open.set(host, openHere);
  openAtAll += 1;
  seen.mostAtOneHost = Math.max(seen.mostAtOneHost, openHere);
  seen.mostAtOnce = Math.max(seen.mostAtOnce, openAtAll);
  seen.requests.push([`http://${host}${url}`, Date.now()]);
  response.on('finish', () => {
    open.set(host, (open.get(host) ?? 1) - 1);
    openAtAll -= 1;
  });
}

function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const id = Number(url.slice(1));
  const feed = feeds.get(id) ?? newFeed(id);
  const etag = `"${feed.version}"`;
  if (headers['if-none-match'] === etag) {
    seen.unmodified += 1;
    response.writeHead(304, { etag }).end();
    return;
  }
  const items = feed.items.slice(feed.isLively ? -ITEMS.lively : -ITEMS.resting).reverse();
  const document = rssFeed({ title: `Wire ${id}`, link: siteOf(id), language: 'en', items });
  response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(document);
  if (!feed.isLively) return;
  feed.version += 1;
  if (feed.version % REQUESTS_PER_ITEM === 0) publish(id, feed, 1);
}

function newFeed(id: number): LivingFeed {
  const isLively = id % LIVELY === 0;
  const feed: LivingFeed = { isLively, items: [], version: 0 };
  publish(id, feed, isLively ? ITEMS.lively : ITEMS.resting);
  feeds.set(id, feed);
  return feed;
}

function publish(id: number, { items }: LivingFeed, count: number): void {
  for (let published = 0; published < count; published += 1) items.push(newItem(id, items.length));
}

/** Of words that tell no story apart: what a new article costs the stages after polling is measured elsewhere. */
function newItem(feed: number, number: number) {
  const paragraph = () => `<p>${words(14)}, ${words(14)}. ${words(12)} and ${words(12)}.</p>`;
  return {
    title: words(12),
    link: `${siteOf(feed)}news/${number}?utm_source=rss`,
    guid: `${siteOf(feed)}?p=${number}`,
    html: `${paragraph()}\n${paragraph()}\n${paragraph()}`,
    publishedAt: new Date().toISOString(),
    author: words(2),
  };
}

function siteOf(feed: number): string {
  return `https://wire-${feed}.example/`;
}

/** Made-up words of three letters. */
function words(count: number): string {
  const letterOf = (letters: string) => letters.charAt(Math.floor(letters.length * Math.random()));
  const consonant = () => letterOf('bdfgklmnprstvz');
  const word = () => `${consonant()}${letterOf('aeiou')}${consonant()}`;
  return Array.from({ length: count }, word).join(' ');
}
