import type { Span } from './article.ts';
import type { Ping } from './ping.ts';

/** A saved query, with where to alert. */
export interface Watch {
  id: string;
  /** `slack:<team>`, `discord:<guild>`, `terminal` or `config`: nobody else sees it. */
  workspace: string;
  name: string;
  query: string;
  channels: string[];
  /** Watches of the file and watches made in chat live side by side. */
  origin: 'config' | 'chat';
  /** When its alerts are told, such as "digest 08:00,18:00"; null for at once. */
  telling: string | null;
  /** Whom its alerts call; empty for nobody. */
  ping: Ping[];
}

/** An article satisfies a watch: the spans of `article.text` that did. */
export interface Match {
  watchId: string;
  spans: Span[];
  /** From 100 down to 0: what is doubted ranks lower. */
  rank: number;
  /** It almost alerts: to be listed, not posted. */
  isNearMiss: boolean;
  doubts: Doubt[];
}

/** Why a match ranks lower. */
export interface Doubt {
  /** What the words tell of instead ("film or book"); null for a place that is only mentioned. */
  tells: string | null;
  /** The words of the article, or the name of the place. */
  found: string;
  /** Where the words stand; null for a place. */
  span: Span | null;
}
