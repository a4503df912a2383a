import type { Platform } from './channel.ts';
import type { CasualtyFact, PerpetratorFact, WeaponFact } from './fact.ts';
import type { Ping } from './ping.ts';
import type { Reply } from './rich-text.ts';
import type { Doubt } from './watch.ts';

/** How much a story matters, the most first. */
export type Severity = 'critical' | 'high' | 'normal' | 'low';

/** What one channel is told about one story, neutral of any platform: plain text, nothing escaped. */
export interface AlertContent {
  /** The publisher's headline, untouched. */
  headline: string;
  /** The article's address, or null. */
  link: string | null;
  imageUrl: string | null;
  outlet: string;
  /** Milliseconds UTC, or null when the publisher gave no readable date. */
  publishedAt: number | null;
  firstSeenAt: number;
  /** Verbatim passages of the article; between two of them it says more. */
  lead: string[];
  lines: FactLine[];
  /** Names of the watches that asked for it; empty when the channel gets everything of a feed. */
  watches: string[];
  severity?: Severity;
  /** Names of the topics that its headline and lead match. Older alerts have none. */
  topics?: readonly string[];
  /** Publishers that tell it independently of each other. Older alerts have none. */
  independent?: string[];
  /** How many outlets tell it, never fewer than these. Older alerts have none. */
  outletCount?: number;
  /** What is another name of what a watch asks for: “Edlib”, alias of Idlib. Older alerts have none. */
  aliases?: string[];
  /** Every source in the order of its mark: `sources[0]` is [1]. */
  sources: Source[];
  /** The mark of the source whose headline it bears; 1 unless given. */
  head?: number;
  /** The earlier message of the channel that this one goes on from. */
  continues?: EarlierMessage;
}

/** What a channel was told of a story in an earlier message. */
export interface EarlierMessage {
  headline: string;
  /** When the channel got it, milliseconds UTC. */
  toldAt: number;
  /** The platform's id of it. */
  messageId: string;
  /** The platform's address of it, filled in where it is sent. */
  link?: string;
  /** Somebody has deleted it since. */
  isGone?: true;
  /** What it said, so that nothing of it is told as new. */
  lines: FactLine[];
}

/** One labelled line of an alert ("Casualties") with its items. */
export interface FactLine {
  label:
    | 'Corrected'
    | 'What'
    | 'Where'
    | 'When'
    | 'Who'
    | 'With'
    | 'Casualties'
    | 'Claims'
    | 'Quote'
    | 'Not confirmed';
  items: FactItem[];
}

export interface FactItem {
  /** Verbatim words of the article, or what we resolved from the words in `resolvedFrom`. */
  text: string;
  /** The article's words that `text` was resolved from ("on Thursday"); null when `text` is verbatim. */
  resolvedFrom: string | null;
  /** A place that no sentence tells: the article as a whole speaks of it most. */
  isInferred?: boolean;
  /** Who says so, verbatim; null when the outlet does. */
  speaker: string | null;
  /** Marks of the sources, starting at 1. */
  sources: number[];
  /** The sentences that it was read from, verbatim. Older alerts have none. */
  receipts?: Receipt[];
  /** The topic that names the kind of event. */
  topic?: string;
  /** How sure it is that they did it. */
  status?: PerpetratorFact['value']['status'];
  /** What a weapon is called in general. */
  weapon?: WeaponFact['value']['weapon'];
  /** What a toll with a number counts. */
  count?: Count;
  /** The account that this one brings up to date. */
  was?: Pick<FactItem, 'text' | 'speaker' | 'sources'>;
  /** All counts that were brought up to date before it: who tells one of them again is late. */
  outdated?: Count[];
  /** Only a language model pointed at these words; absent where we found them. */
  origin?: 'model';
}

/** Where a value stands: the sentence of the article that has this mark. */
export interface Receipt {
  source: number;
  sentence: string;
}

/** What a toll counts and of which event, which is what makes two of them comparable. */
export interface Count {
  effect: CasualtyFact['value']['effect'];
  min: number;
  /** Null when there is no upper bound. */
  max: number | null;
  /** Folded; null for people of no group. */
  group: string | null;
  /** Where the article has the event, as `SY/Idlib`, and when, as `YYYY-MM-DD`; empty when it does not say. */
  places: string[];
  days: string[];
  articleId: string;
  outlet: string;
  /** When the article was published, milliseconds UTC. */
  at: number;
}

export interface Source {
  articleId: string;
  outlet: string;
  /** Its language, as BCP 47, where less than all of its facts is read. */
  language?: string;
  headline: string;
  link: string | null;
  /** When it was published, or first seen where that is not told, milliseconds UTC. Older alerts have none. */
  at?: number;
  /** People took it out of the story: it is listed no more, and the marks of the others stay as they are in the thread. */
  isSplitOff?: true;
}

/** Only what is new since the channel was last told, for a reply in the alert's thread. */
export interface AlertUpdate {
  headline: string;
  outlet: string;
  link: string | null;
  /** The mark of the source that brings it. */
  source: number;
  lines: FactLine[];
  /** Since it the story matters more. */
  rise?: { from: Severity; to: Severity };
}

/** One message operation for one channel: a row of the outbox. */
export type Operation =
  | { kind: 'post'; alertId: string; content: AlertContent }
  | { kind: 'edit'; alertId: string; content: AlertContent; messageId: string }
  | { kind: 'reply'; update: AlertUpdate; messageId: string }
  | { kind: 'notice'; notice: Reply }
  | { kind: 'edit-notice'; notice: Reply; messageId: string };

/** One try to send one delivery. `deliveryId` travels with the message, so that `find` can recognize it. */
export interface Attempt {
  /** The platform's own id of the channel. */
  channelId: string;
  deliveryId: string;
  /** When the delivery was queued, milliseconds UTC: no message of it is older. */
  createdAt: number;
  operation: Operation;
  /** Whom the message calls; nobody else. */
  ping: readonly Ping[];
  /** In quiet hours: without a sound where the platform can. */
  isSilent: boolean;
  signal: AbortSignal;
}

/** Why several alerts share a message. */
export type RollUpCause = 'flood' | 'digest' | 'quiet hours';

/** Until when an alert is held, and what for; null for one that is told at once. */
export type Held = { until: number; cause: RollUpCause } | null;

/** A message of several alerts shows so many characters of a headline, and leaves out longer links. */
export const ROLLED_LIMITS = { headline: 200, link: 400 } as const;

/** An alert in a message that it shares with others. */
export interface RolledAlert {
  id: string;
  content: AlertContent;
}

/** Several alerts in one message. */
export interface RollUp {
  cause: RollUpCause;
  alerts: RolledAlert[];
  /** What almost alerted the channel since its last digest, newest first; only a digest lists it. */
  nearMisses: NearMiss[];
}

/** An article that almost alerted. */
export interface NearMiss {
  headline: string;
  link: string | null;
  outlet: string;
  doubts: Doubt[];
}

/** Where alerts go: one per platform. */
export interface Destination {
  platform: Platform;
  /** Sends the operation and resolves to the platform's id of the message. Throws DeliveryError. */
  deliver(attempt: Attempt): Promise<string>;
  /** The message that an earlier try of this delivery left in the channel, or null. Throws DeliveryError. */
  find(attempt: Attempt): Promise<string | null>;
  /** The platform's id of the conversation with one person; null where there is none. Throws DeliveryError. */
  direct(person: string): Promise<string | null>;
}
