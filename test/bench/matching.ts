import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWatchIndex, type WatchIndex } from '../../src/matching/watch-index.ts';
import { tokenize } from '../../src/text/tokens.ts';
import { type GeneratedArticle, GeneratedNews, type GeneratedWatch } from './generated-watches.ts';
import { tell } from './tell.ts';
import { leastMsOf, median, msOf, percentile } from './timing.ts';
import { benchUnspaced } from './unspaced.ts';

const SIZES = [100, 1_000, 10_000, 100_000];
const ARTICLES = 3_000;
/** The loop over regular expressions takes a second for these. */
const REGEX_ARTICLES = 60;
const REGEX_WATCHES = 1_000;
const CHANGES = 2_000;
const ROUNDS = 5;
const SCATTERED = 100_000;

/**
 * Matching generated articles against 100 to 100,000 generated watches, or up to as many as the argument says: speed
 * alone and against tokenizing and a loop over regular expressions, which take turns with it; memory; live changes.
 */
export async function benchMatching(argument: string | undefined): Promise<void> {
  const largest = Number(argument ?? 0);
  const sizes = largest > 100_000 ? [...SIZES, largest] : SIZES;
  const news = new GeneratedNews(20_261_124);
  const articles = news.articles(ARTICLES);
  const watches = news.watches(Math.max(...sizes) + CHANGES, 'shared');
  const tokenizing = articlesPerSecond(articles, ({ text }) => tokenize(text));
  tell('matching', 'tokenize.articlesPerSecond', tokenizing);
  benchUnspaced();
  for (const size of sizes) await benchSize(size, articles, watches);
  const scattered = news.watches(SCATTERED, 'scattered');
  tell('matching', `${SCATTERED}.bytesPerWatchAllDifferent`, await bytesPerWatch(articles, scattered));
}

async function benchSize(
  size: number,
  articles: GeneratedArticle[],
  watches: GeneratedWatch[],
): Promise<void> {
  process.stderr.write(`matching ${size} watches\n`);
  const say = (measure: string, value: number) => tell('matching', `${size}.${measure}`, value);
  say('bytesPerWatch', await bytesPerWatch(articles, watches.slice(0, size)));
  const index = createWatchIndex();
  const buildMs = msOf(() => addAll(index, watches.slice(0, size)));
  say('buildMicrosecondsPerWatch', (1000 * buildMs) / size);
  let matches = 0;
  for (const article of articles) matches += matching(index, article);
  say('matchesPerArticle', matches / articles.length);
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const tokenizing = articlesPerSecond(articles, ({ text }) => tokenize(text));
    const speed = articlesPerSecond(articles, (article) => matching(index, article));
    speeds.push(speed);
    ratios.push(tokenizing / speed);
  }
  say('articlesPerSecond', median(speeds));
  say('timesTokenizing', median(ratios));
  const times = articles.map((article) => leastMsOf(() => matching(index, article)));
  say('p99Ms', percentile(times, 0.99));
  if (size === REGEX_WATCHES)
    say('timesFasterThanRegexLoop', median(speeds) / regexSpeed(articles, watches.slice(0, size)));
  const extra = watches.slice(-CHANGES).map((watch) => ({ ...watch, id: `x${watch.id}` }));
  const adding = extra.map((watch) => msOf(() => index.add(watch)));
  const removing = extra.map(({ id }) => msOf(() => index.remove(id)));
  say('addP99Ms', percentile(adding, 0.99));
  say('removeP99Ms', percentile(removing, 0.99));
}

function matching(index: WatchIndex, { title, text }: GeneratedArticle): number {
  return index.match(text, { titleEnd: title.length, language: 'en' }).length;
}

function addAll(index: WatchIndex, watches: GeneratedWatch[]): void {
  for (const watch of watches) index.add(watch);
}

/** What an index of these watches takes that has read the articles, compared with one without watches. */
async function bytesPerWatch(articles: GeneratedArticle[], watches: GeneratedWatch[]): Promise<number> {
  // The first time fills what the process keeps of any text, such as stems.
  await bytesWith(articles, watches);
  const bytes = await bytesWith(articles, watches);
  return (bytes - (await bytesWith(articles, []))) / watches.length;
}

async function bytesWith(articles: GeneratedArticle[], watches: GeneratedWatch[]): Promise<number> {
  const index = createWatchIndex();
  addAll(index, watches);
  for (const article of articles) matching(index, article);
  const bytes = await bytesHeld();
  // Keeps the index alive until its memory is counted.
  return index.size === watches.length ? bytes : 0;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Buffers are given back some turns after they were let go. */
async function bytesHeld(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    collectGarbage();
    await setTimeout(50);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Every expression of every watch on its own, as bots of this kind do it. */
function regexSpeed(articles: GeneratedArticle[], watches: GeneratedWatch[]): number {
  const compiled = watches.map(({ groups }) =>
    groups.map((group) => group.map((source) => new RegExp(source, 'i'))),
  );
  return articlesPerSecond(articles.slice(0, REGEX_ARTICLES), ({ text }) => {
    for (const groups of compiled) groups.every((group) => group.some((expression) => expression.test(text)));
  });
}

function articlesPerSecond(
  articles: GeneratedArticle[],
  act: (article: GeneratedArticle) => unknown,
): number {
  const ms = msOf(() => {
    for (const article of articles) act(article);
  });
  return (1000 * articles.length) / ms;
}
