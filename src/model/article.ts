/** A half-open range of UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
}

/** One item of a feed as its document says it: nothing is decided yet. */
export interface FeedItem {
  /** The publisher's own id, as given; null when the item has none. */
  guid: string | null;
  /** Absolute http(s) address, or null. */
  link: string | null;
  /** Plain text: entities decoded, tags removed, white space collapsed; may be empty. */
  title: string;
  /** The richest body the item offers, as HTML; may be empty. */
  html: string;
  /** The item's own summary as HTML where `html` is something longer; else empty. */
  summary: string;
  /** Milliseconds UTC, or null when absent or unreadable. Display only: `firstSeenAt` is the truth. */
  publishedAt: number | null;
  /** When the publisher last changed it, milliseconds UTC; null when the item does not say. */
  updatedAt: number | null;
  author: string | null;
  /** Absolute http(s) address, or null. */
  imageUrl: string | null;
  categories: string[];
}

/**
 * One revision of one item of a feed. `text` is the title, a blank line and the clean body;
 * every span of a match or a fact is an offset into it.
 */
export interface Article {
  id: string;
  feedId: string;
  /** Who publishes it, as shown to readers. */
  outlet: string;
  /** Starts at 1; a changed title or body makes the next one. */
  revision: number;
  /** The publisher's headline: `text.startsWith(title)`. */
  title: string;
  text: string;
  link: string | null;
  imageUrl: string | null;
  author: string | null;
  /** What its publisher filed it under. */
  tags: readonly string[];
  /** ISO 639-1, or null when neither the feed nor the text tells. */
  language: string | null;
  /** Milliseconds UTC; display only. */
  publishedAt: number | null;
  /** Milliseconds UTC: when a poll first returned it. */
  firstSeenAt: number;
}
