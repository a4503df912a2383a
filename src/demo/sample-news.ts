import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SampleArticle, type SampleOutletSlug, STAGED_ARTICLES } from './sample-articles.ts';
import { BASELINE_ARTICLES } from './sample-baseline.ts';
import {
  PICTURE,
  PICTURE_PATH,
  renderArticlePage,
  renderFrontPage,
  SAMPLE_OUTLETS,
} from './sample-documents.ts';

/** Three invented outlets on loopback. Stage 0 is online from the start; `advance` publishes the next one. */
export interface SampleNews {
  feeds: { name: string; url: string }[];
  readonly stage: number;
  lastStage: number;
  /** Publishes the next stage; after the last one it does nothing. */
  advance(): void;
  /** Frees the port at once, whoever is still connected. */
  close(): Promise<void>;
}

/** Serves the sample news on a free port of 127.0.0.1. `now` is milliseconds UTC and dates the feeds' changes. */
export async function startSampleNews({ now }: { now: () => number }): Promise<SampleNews> {
  const site: Site = { origin: '', stage: 0, changedAt: new Map() };
  publishStage(site, 0, now());

  const server = createServer((request, response) => answer(request, response, findPage(request.url, site)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  site.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    feeds: SAMPLE_OUTLETS.map(({ name, slug, feedFile }) => ({
      name,
      url: `${site.origin}/${slug}/${feedFile}`,
    })),
    get stage() {
      return site.stage;
    },
    lastStage: LAST_STAGE,
    advance() {
      if (site.stage < LAST_STAGE) publishStage(site, site.stage + 1, now());
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Newest first, as feeds list them. */
const ARTICLES: SampleArticle[] = [...BASELINE_ARTICLES, ...STAGED_ARTICLES].sort((a, b) =>
  b.published.localeCompare(a.published),
);

const LAST_STAGE = Math.max(...ARTICLES.map((article) => article.stage));

interface Site {
  origin: string;
  stage: number;
  /** Milliseconds UTC: when each outlet last published. */
  changedAt: Map<SampleOutletSlug, number>;
}

interface Page {
  type: string;
  body: string | Buffer;
  /** Milliseconds UTC. */
  modifiedAt: number;
}

function publishStage(site: Site, stage: number, at: number): void {
  site.stage = stage;
  for (const article of ARTICLES) {
    if (article.stage === stage) site.changedAt.set(article.outlet, at);
  }
}

/** What is published at this address by now, or null. */
function findPage(url: string | undefined, { origin, stage, changedAt }: Site): Page | null {
  const path = url?.split('?')[0];
  if (path === PICTURE_PATH) return { type: 'image/png', body: PICTURE, modifiedAt: 0 };

  const [, slug, name] = path?.split('/') ?? [];
  const outlet = SAMPLE_OUTLETS.find((candidate) => candidate.slug === slug);
  if (outlet === undefined) return null;

  const articles = ARTICLES.filter((article) => article.outlet === slug && article.stage <= stage);
  const edition = { outlet, origin, articles };
  const modifiedAt = changedAt.get(outlet.slug) ?? 0;
  if (name === outlet.feedFile)
    return { type: outlet.feedType, body: outlet.renderFeed(edition), modifiedAt };
  if (name === '') return { type: HTML, body: renderFrontPage(edition), modifiedAt };

  const article = articles.find((candidate) => candidate.slug === name);
  if (article === undefined) return null;
  return { type: HTML, body: renderArticlePage(outlet, article), modifiedAt: Date.parse(article.published) };
}

const HTML = 'text/html; charset=utf-8';

/**
 * Only the ETag makes a 304: stages may follow each other within the one second that Last-Modified can tell,
 * and a client that sent only the date would miss the second of them.
 */
function answer(request: IncomingMessage, response: ServerResponse, page: Page | null): void {
  if (page === null) {
    response
      .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      .end('Nothing is published here.\n');
    return;
  }
  const etag = `"${createHash('sha256').update(page.body).digest('base64url')}"`;
  const validators = { etag, 'last-modified': new Date(page.modifiedAt).toUTCString() };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, validators).end();
    return;
  }
  response
    .writeHead(200, {
      ...validators,
      'content-type': page.type,
      'content-length': Buffer.byteLength(page.body),
    })
    .end(page.body);
}
