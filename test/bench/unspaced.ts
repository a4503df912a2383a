import { createWatchIndex } from '../../src/matching/watch-index.ts';
import { tokenize } from '../../src/text/tokens.ts';
import { randomFrom } from './random.ts';
import { tell } from './tell.ts';
import { median, msOf } from './timing.ts';

const CHARACTERS = 3_000;
const FIRST_HAN = 0x4e00;
const ARTICLES = 500;
const SENTENCES = 20;
const SENTENCE_LENGTH = 25;
const WATCHES = 1_000;
const ROUNDS = 5;

/**
 * 1,000 terms of two to four characters against invented Chinese, whose characters are as frequent as words are: what
 * the engine finds beside what searching for each term as a piece of text finds, and its speed beside tokenizing.
 */
export function benchUnspaced(): void {
  const random = randomFrom(20_261_125);
  const articles = Array.from({ length: ARTICLES }, () => article(random));
  const terms = [...new Set(Array.from({ length: WATCHES }, () => termOf(articles, random)))];
  const index = createWatchIndex();
  for (const term of terms) index.add({ id: term, query: term });
  const match = (text: string) => index.match(text, { titleEnd: 0, language: 'zh' });
  const found = articles.map((text) =>
    index.match(text, { titleEnd: 0, language: 'zh' }).map((one) => one.watchId),
  );
  const searched = articles.map((text) => terms.filter((term) => text.includes(term)));
  const differing = found.filter((ids, at) => ids.toSorted().join() !== searched[at]?.toSorted().join());
  const say = (measure: string, value: number) => tell('matching', `han.${measure}`, value);
  say('matchesPerArticle', found.flat().length / ARTICLES);
  say('articlesUnlikeSubstringSearch', differing.length);
  const ratios = Array.from({ length: ROUNDS }, () => {
    const tokenizing = msOf(() => articles.map(tokenize));
    return msOf(() => articles.map(match)) / tokenizing;
  });
  say('timesTokenizing', median(ratios));
}

function article(random: () => number): string {
  const character = () =>
    String.fromCodePoint(FIRST_HAN + Math.floor(Math.exp(random() * Math.log(CHARACTERS))));
  const sentence = () => `${Array.from({ length: SENTENCE_LENGTH }, character).join('')}。`;
  return Array.from({ length: SENTENCES }, sentence).join('');
}

/** A piece of a sentence of some article. */
function termOf(articles: string[], random: () => number): string {
  const text = articles[Math.floor(random() * ARTICLES)] ?? '';
  const length = 2 + Math.floor(random() * 3);
  const sentence = Math.floor(random() * SENTENCES) * (SENTENCE_LENGTH + 1);
  const start = sentence + Math.floor(random() * (SENTENCE_LENGTH - length));
  return text.slice(start, start + length);
}
