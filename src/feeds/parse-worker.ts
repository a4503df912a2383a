import { parentPort } from 'node:worker_threads';
import { FeedError, type FeedFault } from './feed-error.ts';
import { type ParsedFeed, readFeed } from './read-feed.ts';

/** What the parser's thread is asked. */
export interface ParseRequest {
  text: string;
  url: string;
}

/** What it says to each request: that it begins now, and then one answer. */
export type ParseAnswer =
  | { kind: 'started' }
  | { kind: 'feed'; feed: ParsedFeed }
  | { kind: 'fault'; fault: FeedFault };

const port = parentPort;

async function answer({ text, url }: ParseRequest): Promise<ParseAnswer> {
  try {
    return { kind: 'feed', feed: await readFeed(text, url) };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const { kind, what, remedy } = error;
    return { kind: 'fault', fault: { kind, what, remedy } };
  }
}

async function work(request: ParseRequest): Promise<void> {
  tell({ kind: 'started' });
  tell(await answer(request));
}

function tell(message: ParseAnswer): void {
  port?.postMessage(message);
}

port?.on('message', (request: ParseRequest) => void work(request));
