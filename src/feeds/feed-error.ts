import type { DiscoveredFeed } from './discover.ts';

/** Why a feed gave no articles; the poller, the diagnosis and the schedule decide by it. */
export type FeedErrorKind =
  | 'bad-address'
  | 'bad-header'
  | 'blocked-address'
  | 'network'
  | 'timeout'
  | 'redirect'
  | 'http'
  | 'gone'
  | 'rate-limited'
  | 'blocked'
  | 'too-large'
  | 'not-a-feed'
  | 'not-a-page'
  | 'empty'
  | 'broken';

/** The parts of a FeedError: they survive the way from the parser's thread. */
export interface FeedFault {
  kind: FeedErrorKind;
  /** What failed, without a full stop. Names a host at most: addresses may carry credentials. */
  what: string;
  /** What a person can do about it, as a clause in lower case. */
  remedy: string;
  /** How long the server asks us to stay away. */
  retryAfterMs?: number | null;
  /** The feeds that a page names, when a page came instead of a feed. */
  feeds?: DiscoveredFeed[];
}

/** A feed could not be read. The message is one sentence: what failed, then what to do. */
export class FeedError extends Error {
  override name = 'FeedError';
  readonly kind: FeedErrorKind;
  readonly what: string;
  readonly remedy: string;
  /** How long the server asks us to stay away, or null when it does not say. */
  readonly retryAfterMs: number | null;
  /** The feeds that a page names, best first, when a page came instead of a feed. */
  readonly feeds: DiscoveredFeed[];

  constructor(fault: FeedFault, options?: { cause: unknown }) {
    super(`${fault.what}; ${fault.remedy}.`, options);
    this.kind = fault.kind;
    this.what = fault.what;
    this.remedy = fault.remedy;
    this.retryAfterMs = fault.retryAfterMs ?? null;
    this.feeds = fault.feeds ?? [];
  }
}
