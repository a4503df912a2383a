import type { Article, Span } from '../model/article.ts';
import type { Reading } from '../model/fact.ts';
import { areTogether, isUnspaced } from '../text/bigrams.ts';
import { stem } from '../text/stem.ts';
import { type Token, tokenize } from '../text/tokens.ts';
import { isShortGrammar, tellingWeight } from './telling-words.ts';

/** A word that may tell which event an article is about. */
export interface Word extends Token {
  stemmed: string;
  isNumber: boolean;
  isName: boolean;
}

/** An article's telling words: of the headline, and of each sentence of the body. */
export interface ArticleWords {
  headline: Word[];
  sentences: Word[][];
}

const YEAR = /^(?:19|20)\d\d$/;

/** Reads the telling words of an article once, for all that stories compare. */
export function articleWords({ article, sentences }: Reading): ArticleWords {
  const title = { start: 0, end: article.title.length };
  const body = sentences.filter(({ start, end }) => start >= title.end && end > title.end);
  const tokens = body.map((sentence) => tokensIn(article.text, sentence));
  const names = namesIn(article.text, tokens);
  return {
    headline: wordsOf(article, tokensIn(article.text, title), names),
    sentences: tokens.map((sentence) => wordsOf(article, sentence, names)),
  };
}

/** Stems in the order of the words, each once. */
export function distinct(words: Word[]): string[] {
  return [...new Set(words.map((word) => word.stemmed))];
}

/** What each of these stems is in the article, as it is first spelled there. */
export function spelled(stems: string[], { text, language }: Article): string[] {
  const words = new Map<string, string>();
  for (const { form, start, end } of tokensIn(text, { start: 0, end: text.length })) {
    const stemmed = stem(form, language);
    if (!words.has(stemmed)) words.set(stemmed, text.slice(start, end));
  }
  return stems.map((stemmed) => words.get(stemmed) ?? stemmed);
}

function wordsOf({ text, language }: Article, tokens: Token[], names: Set<string>): Word[] {
  const words: Word[] = [];
  for (const token of tokens) {
    if (!isTelling(token, text)) continue;
    const stemmed = stem(token.form, language);
    if (tellingWeight(stemmed) === 0) continue;
    words.push({ ...token, stemmed, isNumber: /^\d/.test(token.form), isName: names.has(token.form) });
  }
  return words;
}

/** Words of one or two letters are grammar in most languages, unless they are written in capitals; so are some of three. */
function isTelling(token: Token, text: string): boolean {
  const { form, start, end } = token;
  if (YEAR.test(form)) return false;
  if (/^\d/.test(form)) return form.length > 1;
  const source = text.slice(start, end);
  const isAcronym = source.length > 1 && source === source.toUpperCase() && source !== source.toLowerCase();
  return (form.length > 2 && !isShortGrammar(form)) || isAcronym || isUnspaced(token);
}

/** Words that only stand with a capital inside the body's sentences; headlines capitalize too freely to tell. */
function namesIn(text: string, sentences: Token[][]): Set<string> {
  const [names, plain] = [new Set<string>(), new Set<string>()];
  for (const tokens of sentences) {
    for (const token of tokens.slice(1)) {
      const initial = text.charAt(token.start);
      (initial === initial.toLowerCase() ? plain : names).add(token.form);
    }
  }
  return names.difference(plain);
}

function tokensIn(text: string, part: Span): Token[] {
  const tokens = tokenize(text.slice(part.start, part.end)).map(({ form, start, end }) => ({
    form,
    start: start + part.start,
    end: end + part.start,
  }));
  return tokens.flatMap((token, index) => {
    if (!isUnspaced(token)) return [token];
    const next = tokens[index + 1];
    const isTogether = next !== undefined && isUnspaced(next) && areTogether(text, token, next);
    return isTogether ? [{ form: token.form + next.form, start: token.start, end: next.end }] : [];
  });
}
