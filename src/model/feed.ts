/** An address that is polled once for everybody who subscribed to it, with what the polls taught us. Times are milliseconds UTC. */
export interface Feed {
  id: string;
  /** As it was given, without credentials: what the feed is known by. */
  url: string;
  /** Where it is polled: `url`, or where permanent redirects have led several polls. */
  address: string;
  /** Shown to readers as the outlet; null until configured or read from the feed's own title. */
  name: string | null;
  /** The shortest configured interval in milliseconds; null lets the poller decide. */
  everyMs: number | null;
  /** Who follows it. */
  subscriptions: Subscription[];
  /** The workspace whose credentials it is polled with, and whose alone it is; null when it needs none. */
  owner: string | null;
  /** Extra request headers, sealed by the vault; null when it needs none. */
  credentials: string | null;
  /** Verbatim validators of the last good answer. */
  etag: string | null;
  lastModified: string | null;
  /** When it was last read whole: a server whose validators lie is found out by asking without them. */
  wholeReadAt: number | null;
  /** Where permanent redirects led the last polls, and how many of them. */
  movedTo: string | null;
  movedPolls: number;
  /** How often the publisher says it changes, milliseconds. */
  hintMs: number | null;
  /** When the first successful poll stored its baseline; null before. */
  baselinedAt: number | null;
  nextPollAt: number;
  /** Why it is polled next at that time, in words; null before the first poll. */
  pollReason: string | null;
  /** Failed polls since the last good one, and when the first of them was. */
  failures: number;
  failingSince: number | null;
  lastOkAt: number | null;
  lastError: string | null;
  /** What is odd about a feed that is read all the same, in one sentence. */
  note: string | null;
  /** The publisher answered 410: it is polled no more until somebody asks for it. */
  isGone: boolean;
  /** Until when this poller has it, milliseconds UTC: the fence of its lease. */
  leaseUntil: number;
}

/** A workspace follows a feed. */
export interface Subscription {
  /** `config` (everybody sees its feeds), `slack:<team>`, `discord:<server>` or `terminal`. */
  workspace: string;
  /** Channels that get everything of the feed, no query needed. */
  channels: string[];
  /** The name it shares with others in `feed:` queries, or null. */
  group: string | null;
  /** Whether the pages behind short items are read too. */
  fullText: boolean;
  /** From the file, typed in chat, or imported by command. */
  origin: 'config' | 'chat' | 'import';
}
