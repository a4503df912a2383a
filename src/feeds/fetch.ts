import type { LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { botWall, mayBeWall } from './bot-wall.ts';
import { checkedHeaders } from './checked-headers.ts';
import { FeedError } from './feed-error.ts';
import {
  causesOf,
  networkFault,
  otherThanPage,
  sizeFault,
  statusFault,
  timeoutFault,
  wallFault,
} from './fetch-faults.ts';
import { type AddressGuard, checkedUrl, guardedConnector } from './guard.ts';
import { maxAgeMs, retryAfterMs } from './http-time.ts';
import { pageType } from './page-charset.ts';
import { readBody, readStart } from './read-body.ts';

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

/** What every good answer tells. */
interface Answered {
  /** Where only permanent redirects (301, 308) lead to, or null when there was none or a temporary one. */
  movedTo: string | null;
  /** How long the server calls the document fresh, or null when it does not say. */
  maxAgeMs: number | null;
}

export type Fetched = Answered &
  (
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
      }
  );

interface DocumentRequest {
  url: string;
  /** Validators of the last answer; without both of them the document itself comes. */
  etag: string | null;
  lastModified: string | null;
  /** Sent to the origin of `url` only, such as a cookie or an authorization. */
  headers?: Record<string, string>;
  /** A page that an item links to, or one that may name feeds; a feed unless given. */
  kind?: 'feed' | 'page';
}

/** Gets feeds and the pages that they link to. */
export interface FeedFetcher {
  /** Throws FeedError, or the reason of `signal` when that aborts it. */
  fetch(request: DocumentRequest, signal: AbortSignal): Promise<Fetched>;
  close(): Promise<void>;
}

/** Browsers stop at 20; feeds that need more than these are loops or shorteners of shorteners. */
const MAX_REDIRECTS = 6;

/** Of a page only the article is wanted: a larger one is something else. */
const MAX_PAGE_BYTES = 5_000_000;

const ACCEPT = {
  feed: 'application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
  page: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1',
};

/** A fetcher whose connections all pass the address guard. */
export function createFetcher(options: FetchOptions): FeedFetcher {
  const connector = guardedConnector(options.allowPrivate, {
    timeoutMs: options.timeoutMs,
    ...(options.lookup && { lookup: options.lookup }),
  });
  const agent = new Agent({ connect: connector, headersTimeout: options.timeoutMs });
  const client: Client = { options, agent, validatedAt: new Map() };
  return {
    fetch: (request, signal) => fetchDocument(client, request, signal),
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

async function fetchDocument(
  client: Client,
  request: DocumentRequest,
  signal: AbortSignal,
): Promise<Fetched> {
  const { timeoutMs } = client.options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const host = URL.parse(request.url)?.host ?? 'the feed';
  try {
    const answer = await follow(client, request, AbortSignal.any([signal, deadline]));
    const { response, movedTo } = answer;
    const answered = { movedTo, maxAgeMs: maxAgeMs(response.headers, nowOf(client)) };
    if (response.status === 304) return { kind: 'unmodified', ...answered };
    const document = documentOf(answer, await bodyOf(client, request, response, host), request);
    if (request.kind !== 'page') remember(client, request.url, document.url);
    return { ...document, ...answered };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new FeedError(timeoutFault(host, timeoutMs), { cause: error });
    throw asFeedError(error, host);
  }
}

/** The first answer that is no redirect. */
async function follow(client: Client, request: DocumentRequest, signal: AbortSignal): Promise<Answer> {
  const start = firstHop(request);
  const validated = client.validatedAt.get(request.url) ?? start.url.href;
  let movedTo: string | null = null;
  let isPermanent = true;
  let hop = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const { url } = hop;
    const validators = url.href === validated ? request : null;
    const headers = headersFor(client, request, hop.credentials, validators);
    const response = await fetch(url, { dispatcher: client.agent, redirect: 'manual', headers, signal });
    const location = redirectLocation(response);
    if (location === null) {
      const answer = { response, url: url.href, movedTo };
      await refuseFailure(client, answer, { isConditional: isConditional(validators), start, hop });
      return answer;
    }
    await response.body?.cancel();
    hop = nextHop(hop, location);
    isPermanent &&= PERMANENT.has(response.status);
    movedTo = isPermanent ? movedAddress(request.url, hop.url) : null;
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
  movedTo: string | null;
}

const TEMPORARY = new Set([302, 303, 307]);
const PERMANENT = new Set([301, 308]);

/** One request on the way; its credentials stay with the origin that they were given for. */
interface Hop {
  url: URL;
  credentials: Record<string, string>;
}

function firstHop(request: DocumentRequest): Hop {
  const { url, authorization } = checkedUrl(request.url);
  return {
    url,
    credentials: { ...(authorization && { authorization }), ...checkedHeaders(request.headers) },
  };
}

function nextHop(from: Hop, location: string): Hop {
  const { url, authorization } = checkedUrl(location, from.url);
  const inherited = url.origin === from.url.origin ? from.credentials : {};
  return { url, credentials: { ...inherited, ...(authorization && { authorization }) } };
}

/** The new address keeps the user name and password of the old one where they are still sent. */
function movedAddress(requested: string, target: URL): string {
  const given = new URL(requested);
  const moved = new URL(target);
  if (moved.origin === given.origin) {
    moved.username = given.username;
    moved.password = given.password;
  }
  return moved.href;
}

function redirectLocation(response: Response): string | null {
  const isRedirect = PERMANENT.has(response.status) || TEMPORARY.has(response.status);
  return isRedirect ? response.headers.get('location') : null;
}

function headersFor(
  client: Client,
  request: DocumentRequest,
  credentials: Record<string, string>,
  validators: DocumentRequest | null,
): Record<string, string> {
  return {
    accept: ACCEPT[request.kind ?? 'feed'],
    // undici offers br and zstd over https only; it decodes them everywhere.
    'accept-encoding': 'gzip, deflate, br, zstd',
    'user-agent': client.options.userAgent,
    ...credentials,
    ...(validators?.etag && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
  };
}

function isConditional(validators: DocumentRequest | null): boolean {
  return Boolean(validators?.etag ?? validators?.lastModified);
}

/** A challenge fits into the first of these; whoever drips it is not waited for. */
const WALL_LIMITS = { maxBytes: 64_000, timeoutMs: 2000 };

async function refuseFailure(
  client: Client,
  { response }: Answer,
  { isConditional, start, hop }: { isConditional: boolean; start: Hop; hop: Hop },
): Promise<void> {
  const { status, headers } = response;
  const { host } = hop.url;
  if (response.ok || (status === 304 && isConditional)) return;
  const body = mayBeWall(status) ? await readStart(response, WALL_LIMITS) : '';
  if (!response.bodyUsed) await response.body?.cancel();
  const wait = retryAfterMs(headers, nowOf(client));
  const wall = botWall(status, headers, body);
  if (wall !== null) throw new FeedError(wallFault(host, wall, wait));
  const fault = statusFault(host, status, wait);
  throw new FeedError(lacksCredentials(status, start, hop) ? { ...fault, remedy: REDIRECTED } : fault);
}

const REDIRECTED = 'the credentials are not sent there, so give the address that the feed redirects to';

function lacksCredentials(status: number, start: Hop, hop: Hop): boolean {
  const isRefused = status === 401 || status === 403;
  return isRefused && Object.keys(start.credentials).length > 0 && Object.keys(hop.credentials).length === 0;
}

async function bodyOf(
  client: Client,
  request: DocumentRequest,
  response: Response,
  host: string,
): Promise<Uint8Array> {
  const isPage = request.kind === 'page';
  const type = response.headers.get('content-type') ?? '';
  if (isPage && type !== '' && !/\b(?:html|xml|text)\b/i.test(type)) {
    await response.body?.cancel();
    throw new FeedError(otherThanPage(host, type));
  }
  const maxBytes = isPage ? Math.min(MAX_PAGE_BYTES, client.options.maxBytes) : client.options.maxBytes;
  const body = await readBody(response, maxBytes);
  if (body === null) throw new FeedError(sizeFault(host, maxBytes));
  const wall = botWall(response.status, response.headers, startOf(body));
  if (wall !== null) throw new FeedError(wallFault(host, wall, null));
  return body;
}

function startOf(body: Uint8Array): string {
  return Buffer.from(
    body.buffer,
    body.byteOffset,
    Math.min(body.byteLength, WALL_LIMITS.maxBytes),
  ).toString();
}

function documentOf({ response, url }: Answer, body: Uint8Array, { kind }: DocumentRequest) {
  const { headers } = response;
  const contentType = headers.get('content-type');
  return {
    kind: 'document' as const,
    url,
    body,
    contentType: kind === 'page' ? pageType(contentType, body) : contentType,
    etag: headers.get('etag'),
    lastModified: headers.get('last-modified'),
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
