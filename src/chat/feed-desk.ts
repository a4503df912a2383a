import type { Feed } from '../model/feed.ts';

/** What an address turned out to be. */
export type Look =
  | {
      kind: 'feed';
      /** The address to follow: where permanent redirects lead. */
      url: string;
      /** What its requests must carry, user and password of the address included. Secrets. */
      headers: Record<string, string>;
      title: string | null;
      language: string | null;
      /** How many items it holds, and the newest of them. */
      count: number;
      newest: { title: string; publishedAt: number | null }[];
      /** The usual time between two items in milliseconds, or null when their dates do not tell. */
      gapMs: number | null;
      /** What is odd about it, in one sentence, or null. */
      note: string | null;
    }
  /** `headers`: what each may carry of those given, which are for the page's own site. */
  | { kind: 'page'; feeds: { url: string; title: string | null; headers: Record<string, string> }[] }
  /** One sentence that says what is wrong and what to do. */
  | { kind: 'problem'; text: string };

/** The polling side, as commands know it. */
export interface FeedDesk {
  /** Reads what is at the address now, without storing anything; an address may lack its scheme. */
  look(address: string, headers: Record<string, string>): Promise<Look>;
  /** The stored feed at that address that the workspace may see, however it is spelled; null when there is none. */
  known(url: string, workspace: string): Promise<Feed | null>;
  /** The id of the feed at that address, made when there is none; with headers it is the workspace's own. */
  keep(url: string, headers: Record<string, string>, workspace: string): Promise<string>;
  /** Polls a feed now; false when it or its host is busy or resting, so that it follows later. */
  pollNow(feedId: string): Promise<boolean>;
  /** Posts or stores what somebody decided about what was held of a feed. */
  takeDecided(feedId: string): Promise<void>;
  /** Follows the feeds of an OPML document for a workspace; a sentence with the remedy when it is none. */
  importList(
    opml: string,
    asked: { workspace: string; person: string },
  ): Promise<{ added: number; known: number } | string>;
}
