import { parentPort } from 'node:worker_threads';
import { type DiscoveredFeed, discoverFeeds } from './discover.ts';
import { FeedError, type FeedFault } from './feed-error.ts';
import type { PageText } from './page-text.ts';
import { type ParsedFeed, readFeed } from './read-feed.ts';
import { shownUrl } from './shown-url.ts';

/** What the parser's thread makes of a text. */
export interface Results {
  feed: ParsedFeed;
  page: PageText;
}

/** What it is asked. */
export interface ParseRequest {
  kind: keyof Results;
  text: string;
  url: string;
}

/** What it says to each request: that it begins now, and then one answer. */
export type ParseAnswer =
  | { kind: 'started' }
  | { kind: 'done'; result: Results[keyof Results] }
  | { kind: 'fault'; fault: FeedFault };

const port = parentPort;

async function answer(request: ParseRequest): Promise<ParseAnswer> {
  try {
    return { kind: 'done', result: await read(request) };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const { kind, what, remedy } = error;
    const feeds = kind === 'not-a-feed' ? discoverFeeds(request.text, request.url) : [];
    return { kind: 'fault', fault: { kind, what, remedy: adviceOn(feeds) ?? remedy, feeds } };
  }
}

async function read({ kind, text, url }: ParseRequest): Promise<Results[keyof Results]> {
  if (kind === 'feed') return readFeed(text, url);
  // The DOM and Readability take 33 MB: only those pay who want articles in full.
  const { readPage } = await import('./page-text.ts');
  return readPage(text, url);
}

function adviceOn([first, ...others]: DiscoveredFeed[]): string | null {
  if (!first) return null;
  return `use ${others.length > 0 ? 'one of its feeds, such as' : 'its feed'} ${shownUrl(first.url)}`;
}

async function work(request: ParseRequest): Promise<void> {
  tell({ kind: 'started' });
  tell(await answer(request));
}

function tell(message: ParseAnswer): void {
  port?.postMessage(message);
}

port?.on('message', (request: ParseRequest) => void work(request));
