import { decodeDocument } from './decode.ts';
import type { FeedFetcher } from './fetch.ts';
import { documentNote } from './health-note.ts';
import type { FeedParser, ParsedFeed } from './parse.ts';

/** A feed as its server gives it now. */
export interface RemoteFeed {
  document: ParsedFeed;
  /** Where only permanent redirects lead, or null. */
  movedTo: string | null;
  /** What is odd about it, in one sentence, or null. */
  note: string | null;
}

/** Fetches and reads a feed once, without validators. Throws FeedError, or the reason of `signal`. */
export async function readRemote(
  { url, headers }: { url: string; headers: Record<string, string> },
  { fetcher, parser }: { fetcher: FeedFetcher; parser: FeedParser },
  signal: AbortSignal,
): Promise<RemoteFeed> {
  const fetched = await fetcher.fetch({ url, etag: null, lastModified: null, headers }, signal);
  if (fetched.kind === 'unmodified') throw new Error('a server answered 304 to a request without validators');
  const { text, repairedFrom } = decodeDocument(fetched.body, fetched.contentType);
  const document = await parser.parse(text, fetched.url);
  return { document, movedTo: fetched.movedTo, note: documentNote(document, repairedFrom) };
}
