import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { decideStory } from '../../src/stories/decide-story.ts';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { STORY_WINDOW_MS } from '../../src/stories/same-event.ts';
import { documentArticle, type EvalDocument } from './document-article.ts';

/** One line of the stream; what else it holds is not read. */
interface Document extends EvalDocument {
  summary: string | null;
  text: string | null;
}

const USAGE = 'usage: npm run eval -- clustering <documents.jsonl> [--text title+summary|full]';
/** When documents without a date are seen, one a minute: a story is told within days. */
const UNDATED_FROM = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

/**
 * Prints for each document of a stream which story it joins, as `{"id","cluster"}`, by the code that the pipeline runs
 * on a store in memory. Throws an Error that says what to do.
 */
export async function evaluateClustering(...options: (string | undefined)[]): Promise<void> {
  const { path, isFull } = readOptions(options.filter((option) => option !== undefined));
  const places = loadGazetteer();
  const store = await openStore({ kind: 'memory' });
  const feedId = await store.subscriptions.feedAt(
    { url: 'https://eval.example/feed', owner: '', credentials: null },
    0,
  );
  let index = 0;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const document = JSON.parse(line) as Document;
    const body = (isFull ? document.text : document.summary) ?? '';
    const article = documentArticle(document, {
      feedId,
      paragraphs: body.split(/\n+/),
      undatedAt: UNDATED_FROM + index * MINUTE_MS,
    });
    const cluster = await placeInStory(store, readArticle(article, { places }));
    process.stdout.write(`${JSON.stringify({ id: document.id, cluster })}\n`);
    index += 1;
  }
  await store.close();
}

function readOptions(args: string[]): { path: string; isFull: boolean } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { text: { type: 'string', default: 'full' } },
  });
  const [path] = positionals;
  if (path === undefined || !['full', 'title+summary'].includes(values.text)) throw new Error(USAGE);
  return { path, isFull: values.text === 'full' };
}

async function placeInStory(store: Store, reading: ReturnType<typeof readArticle>): Promise<string> {
  const { article } = reading;
  const print = fingerprint(reading, null);
  const candidates = await store.articles.storyCandidates(print, print.at - STORY_WINDOW_MS);
  const { storyId: joined, reason } = decideStory(print, candidates);
  process.stderr.write(`${article.id} ${joined ?? 'new'}: ${reason}\n`);
  const storyId = joined ?? (await store.stories.create(print.at));
  await store.articles.save({ reading, keys: [article.id], fingerprint: print, storyId, said: '' }, print.at);
  return storyId;
}
