import { expect } from '@jest/globals';
import { FeedError } from '../../src/feeds/feed-error.ts';
import { createFetcher, type FeedFetcher, type Fetched, type FetchOptions } from '../../src/feeds/fetch.ts';
import { parseAllowPrivate } from '../../src/feeds/guard.ts';
import type { FeedServer } from './feed-server.ts';

const fetchers: FeedFetcher[] = [];

/** A fetcher that may reach the test's own server. */
export function fetcherWith(options: Partial<FetchOptions> = {}): FeedFetcher {
  const fetcher = createFetcher({
    allowPrivate: parseAllowPrivate('127.0.0.1'),
    userAgent: 'Tocsin/test (+https://tocsin.example)',
    timeoutMs: 5000,
    maxBytes: 1_000_000,
    ...options,
  });
  fetchers.push(fetcher);
  return fetcher;
}

/** For afterEach. */
export async function closeFetchers(): Promise<void> {
  await Promise.all(fetchers.splice(0).map((fetcher) => fetcher.close()));
}

type Extras = Partial<Omit<Parameters<FeedFetcher['fetch']>[0], 'url'>>;

export function get(fetcher: FeedFetcher, url: string, extras: Extras = {}): Promise<Fetched> {
  return fetcher.fetch({ url, etag: null, lastModified: null, ...extras }, new AbortController().signal);
}

export async function errorOf(promise: Promise<unknown>): Promise<FeedError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FeedError);
  return error as FeedError;
}

export function bodyOf(fetched: Fetched): string {
  return fetched.kind === 'document' ? Buffer.from(fetched.body).toString() : fetched.kind;
}

export function redirect(server: FeedServer, from: string, to: string, status = 302): void {
  server.respond(from, (_, response) => response.writeHead(status, { location: to }).end());
}
