import type { Generated } from 'kysely';

/**
 * One portable schema for SQLite and PostgreSQL: ids are text of our own making, times are integer milliseconds
 * UTC, lists and objects are JSON in text columns, booleans are 0 or 1.
 */
export interface Schema {
  feed: FeedRow;
  subscription: SubscriptionRow;
  host: HostRow;
  held_item: HeldRow;
  page: PageRow;
  model_call: ModelCallRow;
  article: ArticleRow;
  article_key: { feed_id: string; key: string; article_id: string };
  revision: RevisionRow;
  watch: WatchRow;
  match: MatchRow;
  story: { id: string; first_at: number; last_at: number };
  correction: CorrectionRow;
  story_term: { term: string; article_id: string; at: number };
  alert: AlertRow;
  delivery: DeliveryRow;
  roll_up: RollUpRow;
  channel: ChannelRow;
}

interface MatchRow {
  article_id: string;
  revision: number;
  watch_id: string;
  spans: string;
  /** Later columns have a default: older versions left them out. */
  rank: Generated<number>;
  is_near_miss: Generated<number>;
  /** JSON, or null for none. */
  doubts: string | null;
}

export interface FeedRow {
  id: string;
  url: string;
  /** Empty, or the workspace whose credentials it is polled with: those answers are nobody else's. */
  owner: string;
  /** Host and port of the address that is polled. */
  host: string;
  /** The feed's own title, used while no subscription names it. */
  title: string | null;
  credentials: string | null;
  /** Whether anybody follows it. */
  active: number;
  etag: string | null;
  last_modified: string | null;
  whole_read_at: number | null;
  moved_to: string | null;
  moved_polls: number;
  hint_ms: number | null;
  baselined_at: number | null;
  next_poll_at: number;
  poll_reason: string | null;
  lease_until: number;
  failures: number;
  failing_since: number | null;
  /** When the channels were told that it fails; null while there is nothing to take back. */
  told_at: number | null;
  last_ok_at: number | null;
  last_error: string | null;
  note: string | null;
  gone: number;
}

export interface SubscriptionRow {
  feed_id: string;
  workspace: string;
  name: string | null;
  every_ms: number | null;
  channels: string;
  feed_group: string | null;
  full_text: number;
  origin: 'config' | 'chat' | 'import';
  created_by: string | null;
  created_at: number;
}

/** A host is asked by one process at a time. */
interface HostRow {
  host: string;
  lease_until: number;
  /** Nobody asks it before: its spacing, or a pause that it asked for. */
  ready_at: number;
  /** Pauses in a row, for the next one's length. */
  pauses: number;
}

/** An item that the sanity breaker holds until somebody decides. */
interface HeldRow {
  feed_id: string;
  /** The strongest identity key. */
  key: string;
  /** The FeedItem, as JSON. */
  item: string;
  state: HeldState;
  held_at: number;
}

/** Not asked about yet, asked about, to be posted, to be stored and not posted. */
export type HeldState = 'unasked' | 'waiting' | 'post' | 'discard';

/** A page that is still to be read for its article. */
interface PageRow {
  article_id: string;
  url: string;
  host: string;
  attempts: number;
  due_at: number;
}

/** A language model is to be asked about the article, or was. */
interface ModelCallRow {
  article_id: string;
  wanted_at: number;
  /** Not before this time; while somebody asks, when the lease on it ends. */
  due_at: number;
  attempts: number;
  done_at: number | null;
}

interface ArticleRow {
  id: string;
  feed_id: string;
  story_id: string | null;
  /** Where clustering put it, if people merged that into its story since; null for its story itself. */
  strand_id: string | null;
  outlet: string;
  revision: number;
  link: string | null;
  image_url: string | null;
  author: string | null;
  language: string | null;
  published_at: number | null;
  first_seen_at: number;
  /** Hash of title and text as the feed gave them: the page behind may have given more. Null before version 2. */
  said: string | null;
  /** A list, as JSON; null before version 2. */
  tags: string | null;
  /** What stories compare, as JSON. */
  fingerprint: string;
  /** Why it joined its story or began one; null where an older version decided. */
  story_choice: string | null;
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
  /** When its alerts are told, as typed; null for at once. */
  telling: string | null;
  /** Whom its alerts call: a list of `Ping`, as JSON; null for nobody. */
  ping: string | null;
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
  /** The message that it shares with others; null when it has its own. */
  roll_up_id: string | null;
  /** It is told at this time, and what for it waits; null once it is. */
  held_until: number | null;
  held_for: string | null;
  /** Since when its message is gone: somebody deleted it. */
  gone_at: number | null;
  /** Since when its channel wants to hear no more of it. */
  muted_at: number | null;
  /** A rise in severity that its readers may not have seen: still to be sent, or being sent; null when they have. */
  rise: 'due' | 'sending' | null;
  /** The alert that goes on for it in its channel; null while it is the one that news goes to. */
  followed_by: string | null;
}

/** What a person corrected of the stories. */
interface CorrectionRow {
  id: string;
  kind: 'split' | 'merge';
  /** The article that was split off; null for a merge. */
  article_id: string | null;
  /** The strand that a split made, or the story that a merge kept. */
  strand_id: string;
  /** The strand that the article left, or the story that was merged into the other. */
  from_strand_id: string;
  workspace: string;
  person: string;
  at: number;
}

/** One message that tells several alerts. */
export interface RollUpRow {
  id: string;
  channel_id: string;
  cause: string;
  message_id: string | null;
  opened_at: number;
  /** Since when its message is gone: somebody deleted it. */
  gone_at: number | null;
}

/** `folded`: not sent, because a roll-up tells it or somebody wants to hear no more of it. */
export type DeliveryState = 'due' | 'sending' | 'sent' | 'parked' | 'folded';

export interface DeliveryRow {
  id: string;
  channel_id: string;
  /** Null for a notice and for a roll-up. */
  alert_id: string | null;
  roll_up_id: string | null;
  kind: 'post' | 'edit' | 'reply' | 'notice' | 'roll-up' | 'roll-up-edit';
  content: string;
  state: DeliveryState;
  attempts: number;
  due_at: number;
  created_at: number;
  settled_at: number | null;
  message_id: string | null;
  error: string | null;
  /** Whom it calls, as JSON; null for nobody. */
  ping: string | null;
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
  /** Where it belongs, as its platform once said; null while it has not. */
  workspace: string | null;
  /** IANA zone and quiet hours, as typed; null for the operator's zone and for none. */
  timezone: string | null;
  quiet: string | null;
  /** Since when somebody must mend it; null while nobody must. */
  broken_at: number | null;
  /** Channels whose readers were told so, as JSON; null while they need not hear that it is mended. */
  told_in: string | null;
}
