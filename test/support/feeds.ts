import type { ParsedFeed } from '../../src/feeds/parse.ts';
import type { FeedItem } from '../../src/model/article.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { PollRecord } from '../../src/store/feeds.ts';
import type { FeedSettings } from '../../src/store/subscriptions.ts';

/** A feed as the configuration file has it. */
export function feedOf(url: string, more: Partial<FeedSettings> = {}): FeedSettings {
  return {
    url,
    name: null,
    everyMs: null,
    channels: [],
    group: null,
    fullText: true,
    credentials: null,
    ...more,
  };
}

type Outcome = PollRecord['outcome'];

/** A poll that ended as said, of a feed whose host may be asked again at once. */
export function pollRecord(
  feed: Feed | undefined,
  outcome: Partial<Outcome & { kind: 'ok' }> | Partial<Outcome & { kind: 'failed' }>,
  more: Partial<PollRecord> = {},
): PollRecord {
  if (feed === undefined) throw new Error('the feed was not leased');
  const at = 'at' in outcome && outcome.at !== undefined ? outcome.at : 0;
  return {
    feed,
    nextPollAt: at,
    reason: '',
    host: { readyAt: 0, isPaused: false },
    outcome: outcome.kind === 'failed' ? { ...FAILED, ...outcome } : { ...GOOD, ...(outcome as object) },
    ...more,
  };
}

const FAILED = { kind: 'failed', at: 0, error: 'it does not answer.', isGone: false } as const;

const GOOD = {
  kind: 'ok',
  at: 0,
  title: null,
  etag: null,
  lastModified: null,
  isWhole: true,
  hintMs: null,
  note: null,
  movedTo: null,
} as const;

/** An item whose guid and link follow from its title. */
export function feedItem(title: string, body: string, more: Partial<FeedItem> = {}): FeedItem {
  return {
    guid: title,
    link: `https://wire.example/${encodeURIComponent(title)}`,
    title,
    html: `<p>${body}</p>`,
    summary: '',
    publishedAt: null,
    updatedAt: null,
    author: null,
    imageUrl: null,
    categories: [],
    ...more,
  };
}

/** What a feed's document says. */
export function parsedFeed(title: string, items: FeedItem[]): ParsedFeed {
  return { title, link: null, language: 'en', intervalHintMs: null, items, isCutOff: false };
}
