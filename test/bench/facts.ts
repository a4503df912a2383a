import { execFileSync } from 'node:child_process';
import { STAGED_ARTICLES } from '../../src/demo/sample-articles.ts';
import { BASELINE_ARTICLES } from '../../src/demo/sample-baseline.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Article } from '../../src/model/article.ts';
import { tokenize } from '../../src/text/tokens.ts';
import { article } from '../support/articles.ts';
import { randomFrom } from './random.ts';
import { tell } from './tell.ts';
import { leastMsOf, median, percentile } from './timing.ts';

const ARTICLES = 200;
const BYTES = 10_000;
const LOADS = 5;

/**
 * What reading an article of 10 kB takes, in which every paragraph is one of the sample newsroom's, and beside
 * tokenizing it; and what loading the gazetteer takes in a process of its own.
 */
export async function benchFacts(): Promise<void> {
  const articles = generatedArticles();
  const places = loadGazetteer();
  const read = (one: Article) => readArticle(one, { places });
  for (const one of articles) read(one);
  const times = articles.map((one) => leastMsOf(() => read(one)));
  const tokenizing = articles.map((one) => leastMsOf(() => tokenize(one.text)));
  const facts = articles.reduce((sum, one) => sum + read(one).facts.length, 0);
  tell('facts', 'factsPerArticle', facts / ARTICLES);
  tell('facts', 'p50Ms', percentile(times, 0.5));
  tell('facts', 'p95Ms', percentile(times, 0.95));
  tell('facts', 'timesTokenizing', percentile(times, 0.5) / percentile(tokenizing, 0.5));
  const loads = Array.from({ length: LOADS }, loadInOwnProcess);
  tell('facts', 'gazetteer.loadMs', median(loads.map(({ ms }) => ms)));
  tell('facts', 'gazetteer.megabytes', median(loads.map(({ megabytes }) => megabytes)));
}

function generatedArticles(): Article[] {
  const random = randomFrom(20_261_125);
  const paragraphs = [...STAGED_ARTICLES, ...BASELINE_ARTICLES].flatMap(({ body }) =>
    body
      .trim()
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim()),
  );
  const pick = () => paragraphs[Math.floor(random() * paragraphs.length)] ?? '';
  return Array.from({ length: ARTICLES }, () => {
    let body = pick();
    while (Buffer.byteLength(body) < BYTES) body += `\n\n${pick()}`;
    return article(pick().slice(0, 80), body, { language: 'en' });
  });
}

/** Milliseconds from the call to the gazetteer, and what the process holds more of after it. */
function loadInOwnProcess(): { ms: number; megabytes: number } {
  const module = new URL('../../src/knowledge/places.ts', import.meta.url).href;
  const script = `const { loadGazetteer } = await import('${module}');
    const held = () => { gc(); const { heapUsed, arrayBuffers } = process.memoryUsage(); return heapUsed + arrayBuffers; };
    const before = held();
    const start = performance.now();
    globalThis.places = loadGazetteer();
    const ms = performance.now() - start;
    process.stdout.write(JSON.stringify({ ms, megabytes: (held() - before) / 1e6 }));`;
  const flags = ['--expose-gc', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as {
    ms: number;
    megabytes: number;
  };
}
