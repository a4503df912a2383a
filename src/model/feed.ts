/** An address that is polled, with what the last polls taught us. Times are milliseconds UTC. */
export interface Feed {
  id: string;
  url: string;
  /** Shown to readers as the outlet; null until configured or read from the feed's own title. */
  name: string | null;
  /** Configured interval in milliseconds; null lets the poller decide. */
  everyMs: number | null;
  /** Channels that get everything of this feed, no query needed. */
  channels: string[];
  /** Verbatim validators of the last good answer. */
  etag: string | null;
  lastModified: string | null;
  /** When the first successful poll stored its baseline; null before. */
  baselinedAt: number | null;
  nextPollAt: number;
  /** Why it is polled next at that time, in words; null before the first poll. */
  pollReason: string | null;
  /** Failed polls since the last good one. */
  failures: number;
  lastOkAt: number | null;
  lastError: string | null;
  /** Until when this poller has it, milliseconds UTC: the fence of its lease. */
  leaseUntil: number;
}
