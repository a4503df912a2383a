import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readArticle } from '../../src/facts/read.ts';
import { articleText } from '../../src/feeds/article-text.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Article, FeedItem } from '../../src/model/article.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { decideStory } from '../../src/stories/decide-story.ts';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { STORY_WINDOW_MS } from '../../src/stories/same-event.ts';

/** One line of the stream; what else it holds is not read. */
interface Document {
  id: string;
  published: string | null;
  source: string | null;
  lang: string | null;
  title: string | null;
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
    const article = articleOf(document, { feedId, isFull, undatedAt: UNDATED_FROM + index * MINUTE_MS });
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

function articleOf(
  { id, source, published, lang, title, summary, text }: Document,
  how: { feedId: string; isFull: boolean; undatedAt: number },
): Article {
  const time = published === null ? Number.NaN : Date.parse(published);
  const publishedAt = Number.isNaN(time) ? null : time;
  const body = (how.isFull ? text : summary) ?? '';
  const item: FeedItem = {
    guid: id,
    link: null,
    title: title ?? '',
    html: body
      .split(/\n+/)
      .map((paragraph) => `<p>${escaped(paragraph)}</p>`)
      .join(''),
    summary: '',
    publishedAt,
    updatedAt: null,
    author: null,
    imageUrl: null,
    categories: [],
  };
  return {
    id,
    feedId: how.feedId,
    outlet: source ?? 'eval',
    revision: 1,
    ...articleText(item),
    link: null,
    imageUrl: null,
    author: null,
    tags: [],
    language: lang,
    publishedAt,
    firstSeenAt: publishedAt ?? how.undatedAt,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
