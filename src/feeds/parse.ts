import { Worker } from 'node:worker_threads';
import { FeedError, type FeedFault } from './feed-error.ts';
import type { PageText } from './page-text.ts';
import type { ParseAnswer, ParseRequest, Results } from './parse-worker.ts';
import type { ParsedFeed } from './read-feed.ts';

export type { ParsedFeed } from './read-feed.ts';

/** Reads documents in a thread of its own, so that no document can block or end the process. */
export interface FeedParser {
  /** `url` resolves relative links. Throws FeedError. */
  parse(text: string, url: string): Promise<ParsedFeed>;
  /** The article and the feeds of a web page, whose own address is `url`. Throws FeedError. */
  page(text: string, url: string): Promise<PageText>;
  close(): Promise<void>;
}

/** rss-parser took 612 MB for a feed of 112 MB; documents that pass the fetcher's limit need far less. */
const MAX_HEAP_MB = 512;

/**
 * A parser that starts its thread with the first document and keeps it. A document that takes longer than
 * `timeoutMs` is given up with its thread, and the next one gets a new thread. One document at a time.
 */
export function createParser(options: { timeoutMs: number }): FeedParser {
  const { timeoutMs } = options;
  let worker: Worker | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function resultNow(request: ParseRequest): Promise<Results[keyof Results]> {
    const current = worker ?? startWorker();
    worker = current;
    const answer = await answerOf(current, request, timeoutMs);
    if (answer.kind === 'done') return answer.result;
    if (answer.kind === 'fault') throw new FeedError(answer.fault);
    worker = null;
    await current.terminate();
    throw new FeedError(lostFault(request, answer.what), { cause: answer.cause });
  }

  function ask<K extends keyof Results>(kind: K, text: string, url: string): Promise<Results[K]> {
    const result = turn.then(() => resultNow({ kind, text, url }));
    turn = result.catch(() => {});
    return result as Promise<Results[K]>;
  }

  return {
    parse: (text, url) => ask('feed', text, url),
    page: (text, url) => ask('page', text, url),
    async close() {
      await worker?.terminate();
      worker = null;
    },
  };
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  // Whoever waits for an answer hears of it too; without a listener the process would end.
  return worker.on('error', () => {});
}

type Answer = Exclude<ParseAnswer, { kind: 'started' }> | { kind: 'lost'; what: string; cause?: unknown };

/** Resolves in every case; 'lost' means that the thread is of no more use. */
function answerOf(worker: Worker, request: ParseRequest, timeoutMs: number): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  let timer: NodeJS.Timeout | undefined;
  const onMessage = (answer: ParseAnswer) => {
    if (answer.kind !== 'started') resolve(answer);
    // The time that the thread took to start is not held against the document.
    else
      timer = setTimeout(
        () => resolve({ kind: 'lost', what: `can't be read within ${timeoutMs / 1000} s` }),
        timeoutMs,
      );
  };
  const onError = (cause: unknown) => resolve({ kind: 'lost', what: failureOf(cause), cause });
  const onExit = () => resolve({ kind: 'lost', what: 'was given up' });
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  // Work keeps the process alive, an idle thread does not.
  worker.ref();
  worker.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    worker.unref();
  });
}

function failureOf(error: unknown): string {
  const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? 'needs more memory than it may take' : 'made its reader fail';
}

function lostFault({ kind }: ParseRequest, what: string): FeedFault {
  const remedy = kind === 'feed' ? 'use a smaller feed of this site' : "the feed's own text is used";
  return { kind: 'broken', what: `the document ${what}`, remedy };
}
