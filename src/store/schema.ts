/**
 * One portable schema for SQLite and PostgreSQL: ids are text of our own making, times are integer milliseconds
 * UTC, lists and objects are JSON in text columns, booleans are 0 or 1.
 */
export interface Schema {
  feed: FeedRow;
  article: ArticleRow;
  article_key: { feed_id: string; key: string; article_id: string };
  revision: RevisionRow;
  watch: WatchRow;
  match: { article_id: string; revision: number; watch_id: string; spans: string };
  story: { id: string; first_at: number; last_at: number };
  story_term: { term: string; article_id: string; at: number };
  alert: AlertRow;
  delivery: DeliveryRow;
  channel: ChannelRow;
}

export interface FeedRow {
  id: string;
  url: string;
  name: string | null;
  /** The feed's own title, used while `name` is null. */
  title: string | null;
  every_ms: number | null;
  channels: string;
  active: number;
  etag: string | null;
  last_modified: string | null;
  baselined_at: number | null;
  next_poll_at: number;
  poll_reason: string | null;
  lease_until: number;
  failures: number;
  last_ok_at: number | null;
  last_error: string | null;
}

interface ArticleRow {
  id: string;
  feed_id: string;
  story_id: string | null;
  outlet: string;
  revision: number;
  link: string | null;
  image_url: string | null;
  author: string | null;
  language: string | null;
  published_at: number | null;
  first_seen_at: number;
  /** What stories compare, as JSON. */
  fingerprint: string;
}

interface RevisionRow {
  article_id: string;
  number: number;
  title: string;
  text: string;
  facts: string;
  seen_at: number;
}

export interface WatchRow {
  id: string;
  workspace: string;
  name: string;
  query: string;
  channels: string;
  origin: 'config' | 'chat';
  created_by: string | null;
  created_at: number;
  changed_at: number;
  removed_at: number | null;
}

export interface AlertRow {
  id: string;
  channel_id: string;
  story_id: string;
  /** What the channel's message says now, as JSON. */
  content: string;
  /** The platform's id of the message; null until it is confirmed. */
  message_id: string | null;
  created_at: number;
}

export type DeliveryState = 'due' | 'sending' | 'sent' | 'parked';

export interface DeliveryRow {
  id: string;
  channel_id: string;
  alert_id: string;
  kind: 'post' | 'edit' | 'reply';
  content: string;
  state: DeliveryState;
  attempts: number;
  due_at: number;
  created_at: number;
  settled_at: number | null;
  message_id: string | null;
  error: string | null;
}

interface ChannelRow {
  id: string;
  lease_until: number;
  /** The fence: grows with each lease, so that a sender that lost its lease can't confirm. */
  lease_no: number;
  /** No message before this time: a rate limit, or a channel that can't be reached. */
  hold_until: number;
  /** Why it is held, for `/status`; null when nothing is wrong. */
  trouble: string | null;
}
