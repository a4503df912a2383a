import type { FeedErrorKind, FeedFault } from './feed-error.ts';

/** What an HTTP status other than success means for a feed. */
export function statusFault(host: string, status: number, retryAfterMs: number | null): FeedFault {
  const [kind, remedy] = STATUS[status] ?? (status >= 500 ? SERVER_FAULT : OTHER);
  return { kind, what: `${host} answered ${status}`, remedy, retryAfterMs };
}

/** A bot protection answered instead of the site. */
export function wallFault(host: string, wall: string, retryAfterMs: number | null): FeedFault {
  const remedy = 'ask the publisher to let feed readers through, or use another feed with the same news';
  return { kind: 'blocked', what: `${host} keeps robots out (${wall})`, remedy, retryAfterMs };
}

/** The whole request took longer than it may. */
export function timeoutFault(host: string, timeoutMs: number): FeedFault {
  const what = `${host} did not deliver the document within ${timeoutMs / 1000} s`;
  return { kind: 'timeout', what, remedy: AGAIN };
}

/** The document is larger than `maxBytes` after decompression. */
export function sizeFault(host: string, maxBytes: number): FeedFault {
  const size = `${Math.round(maxBytes / 1_000_000)} MB`;
  const what = `the document of ${host} is larger than ${size}`;
  return { kind: 'too-large', what, remedy: 'use a feed with fewer items' };
}

/** An item links to a file, a picture or a film. */
export function otherThanPage(host: string, contentType: string): FeedFault {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0] ?? 'something else';
  return {
    kind: 'not-a-page',
    what: `${host} gives ${type}, not a web page`,
    remedy: 'give a page with text',
  };
}

/** What a failure below HTTP means; `error` is what fetch threw. */
export function networkFault(host: string, error: unknown): FeedFault {
  const code = codeOf(error);
  // An end without the last chunk has no code, only fetch's own word for a body that stops.
  const known = CODES[code || (error instanceof Error ? error.message : '')];
  if (known) return { kind: known[0], what: `${host} ${known[1]}`, remedy: known[2] };
  if (/^(?:ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/.test(code)) {
    return {
      kind: 'network',
      what: `the certificate of ${host} is not trusted (${code})`,
      remedy: 'tell the publisher',
    };
  }
  const what = `the connection to ${host} failed${code && ` (${code})`}`;
  return { kind: 'network', what, remedy: 'it is tried again later' };
}

const AGAIN = 'it is tried again later';
const SERVER_FAULT: [FeedErrorKind, string] = ['http', `the server is in trouble and ${AGAIN}`];
const OTHER: [FeedErrorKind, string] = ['http', 'check the address in a browser'];
const REFUSED = 'the publisher may block feed readers or ask for a password, so ask them for access';

const STATUS: Record<number, [FeedErrorKind, string]> = {
  401: ['http', REFUSED],
  403: ['http', REFUSED],
  404: ['http', 'the feed has moved or never was there, so look for its new address on the site'],
  410: ['gone', 'the publisher has removed this feed for good, so remove it or give its new address'],
  429: ['rate-limited', 'it is asked less often from now on'],
  // Overload: its Retry-After is for all of the server.
  503: ['rate-limited', SERVER_FAULT[1]],
};

const CODES: Record<string, [FeedErrorKind, string, string]> = {
  ENOTFOUND: [
    'network',
    'is not a known host name',
    'check its spelling, and whether this machine reaches the internet',
  ],
  EAI_AGAIN: ['network', 'could not be looked up', 'check that this machine can resolve names'],
  ECONNREFUSED: ['network', 'refused the connection', AGAIN],
  ECONNRESET: ['network', 'broke the connection off', AGAIN],
  UND_ERR_SOCKET: ['network', 'broke the connection off', AGAIN],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['network', 'broke the document off', AGAIN],
  terminated: ['network', 'broke the document off', AGAIN],
  ENETUNREACH: ['network', 'cannot be reached', "check this machine's network"],
  EHOSTUNREACH: ['network', 'cannot be reached', "check this machine's network"],
  CERT_HAS_EXPIRED: ['network', 'has an expired certificate', 'tell the publisher'],
  UND_ERR_HEADERS_OVERFLOW: ['http', 'sent more headers than we read', 'tell the publisher'],
  Z_DATA_ERROR: ['network', 'sent a body that cannot be decompressed', AGAIN],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'did not take the connection in time', AGAIN],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'did not answer in time', AGAIN],
};

/** The innermost code: fetch wraps what the socket says. */
function codeOf(error: unknown): string {
  const codes = causesOf(error).map((cause) => ('code' in cause ? cause.code : null));
  return codes.findLast((code) => typeof code === 'string') ?? '';
}

/** The error and what caused it, outermost first. */
export function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  let cause = error;
  while (typeof cause === 'object' && cause !== null && !causes.includes(cause)) {
    causes.push(cause);
    cause = 'cause' in cause ? cause.cause : null;
  }
  return causes;
}
