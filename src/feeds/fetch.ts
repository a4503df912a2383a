import type { LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { FeedError } from './feed-error.ts';
import { causesOf, networkFault, statusFault, timeoutFault } from './fetch-faults.ts';
import { type AddressGuard, checkedUrl, guardedConnector, type Target } from './guard.ts';
import { maxAgeMs, retryAfterMs } from './http-time.ts';

export interface FetchOptions {
  allowPrivate: AddressGuard;
  userAgent: string;
  /** Limit for the whole request: redirects, headers and body. */
  timeoutMs: number;
  /** Limit for the body after decompression. */
  maxBytes: number;
  /** Resolves host names; the system's resolver unless given. */
  lookup?: LookupFunction;
  /** Milliseconds UTC, for Retry-After and Expires of servers that send no Date. */
  now?: () => number;
}

export type Fetched =
  | { kind: 'unmodified' }
  | {
      kind: 'document';
      /** The address that gave the document, after redirects. */
      url: string;
      body: Uint8Array;
      contentType: string | null;
      /** Validators, verbatim. */
      etag: string | null;
      lastModified: string | null;
      /** How long the server calls the document fresh, or null when it does not say. */
      maxAgeMs: number | null;
    };

interface FeedRequest {
  url: string;
  etag: string | null;
  lastModified: string | null;
}

/** Gets the documents of feeds. */
export interface FeedFetcher {
  /** Throws FeedError, or the reason of `signal` when that aborts it. */
  fetch(request: FeedRequest, signal: AbortSignal): Promise<Fetched>;
  close(): Promise<void>;
}

/** Browsers stop at 20; feeds that need more than these are loops or shorteners of shorteners. */
const MAX_REDIRECTS = 6;

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

/** A fetcher whose connections all pass the address guard. */
export function createFetcher(options: FetchOptions): FeedFetcher {
  const connector = guardedConnector(options.allowPrivate, {
    timeoutMs: options.timeoutMs,
    ...(options.lookup && { lookup: options.lookup }),
  });
  const agent = new Agent({ connect: connector, headersTimeout: options.timeoutMs });
  const client: Client = { options, agent, validatedAt: new Map() };
  return {
    fetch: (request, signal) => fetchFeed(client, request, signal),
    close: () => agent.destroy(),
  };
}

interface Client {
  options: FetchOptions;
  agent: Agent;
  /**
   * Where the validators of a redirected feed come from: they are sent to that address only, because another
   * server would answer 304 to a validator it never gave. Forgotten at a restart, which costs one full answer.
   */
  validatedAt: Map<string, string>;
}

async function fetchFeed(client: Client, request: FeedRequest, signal: AbortSignal): Promise<Fetched> {
  const { timeoutMs } = client.options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const host = URL.parse(request.url)?.host ?? 'the feed';
  try {
    const { response, url } = await follow(client, request, AbortSignal.any([signal, deadline]));
    if (response.status === 304) return { kind: 'unmodified' };
    const body = await readBody(response, client.options.maxBytes, host);
    remember(client, request.url, url);
    return documentOf(response, url, body, nowOf(client));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new FeedError(timeoutFault(host, timeoutMs), { cause: error });
    throw asFeedError(error, host);
  }
}

/** The first answer that is no redirect. */
async function follow(client: Client, request: FeedRequest, signal: AbortSignal): Promise<Answer> {
  const start = checkedUrl(request.url);
  const validated = client.validatedAt.get(request.url) ?? start.url.href;
  let target = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { url } = target;
    const validators = url.href === validated ? request : null;
    const headers = headersFor(client, target.authorization, validators);
    const response = await fetch(url, { dispatcher: client.agent, redirect: 'manual', headers, signal });
    const location = redirectLocation(response);
    if (location === null) {
      await refuseFailure(client, response, url, validators);
      return { response, url: url.href };
    }
    await response.body?.cancel();
    target = nextTarget(target, location);
  }
  throw new FeedError({
    kind: 'redirect',
    what: `${start.url.host} redirects more than ${MAX_REDIRECTS} times`,
    remedy: 'open the address in a browser and use the one it ends at',
  });
}

interface Answer {
  response: Response;
  url: string;
}

/** Credentials stay with the origin that they were given for. */
function nextTarget(from: Target, location: string): Target {
  const next = checkedUrl(location, from.url);
  const inherited = next.url.origin === from.url.origin ? from.authorization : null;
  return { url: next.url, authorization: next.authorization ?? inherited };
}

function redirectLocation(response: Response): string | null {
  return [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null;
}

function headersFor(
  client: Client,
  authorization: string | null,
  validators: FeedRequest | null,
): Record<string, string> {
  return {
    accept: ACCEPT,
    // undici offers br and zstd over https only; it decodes them everywhere.
    'accept-encoding': 'gzip, deflate, br, zstd',
    'user-agent': client.options.userAgent,
    ...(authorization && { authorization }),
    ...(validators?.etag && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
  };
}

async function refuseFailure(
  client: Client,
  response: Response,
  url: URL,
  validators: FeedRequest | null,
): Promise<void> {
  const isConditional = Boolean(validators?.etag ?? validators?.lastModified);
  if (response.ok || (response.status === 304 && isConditional)) return;
  await response.body?.cancel();
  throw new FeedError(statusFault(url.host, response.status, retryAfterMs(response.headers, nowOf(client))));
}

/** Counts decoded bytes while they arrive: undici's own limit counts those on the wire, and a bomb is small there. */
async function readBody(response: Response, maxBytes: number, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) throw new FeedError(tooLarge(host, maxBytes));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(host: string, maxBytes: number) {
  const kind = 'too-large' as const;
  const size = `${Math.round(maxBytes / 1_000_000)} MB`;
  return { kind, what: `the feed of ${host} is larger than ${size}`, remedy: 'use a feed with fewer items' };
}

function documentOf(response: Response, url: string, body: Uint8Array, now: number): Fetched {
  const { headers } = response;
  return {
    kind: 'document',
    url,
    body,
    contentType: headers.get('content-type'),
    etag: headers.get('etag'),
    lastModified: headers.get('last-modified'),
    maxAgeMs: maxAgeMs(headers, now),
  };
}

function remember(client: Client, requested: string, final: string): void {
  if (final === requested) client.validatedAt.delete(requested);
  else client.validatedAt.set(requested, final);
}

function nowOf(client: Client): number {
  return (client.options.now ?? Date.now)();
}

function asFeedError(error: unknown, host: string): FeedError {
  const own = causesOf(error).find((cause) => cause instanceof FeedError);
  return own ?? new FeedError(networkFault(host, error), { cause: error });
}
