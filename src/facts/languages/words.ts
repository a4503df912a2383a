import type { Span } from '../../model/article.ts';
import { withoutClitics } from '../../text/clitics.ts';
import { type Token, tokenize } from '../../text/tokens.ts';

/** A word, number or mark of a sentence, in offsets of the sentence. */
export interface Word extends Span {
  /** Folded spelling. */
  form: string;
  /** What it may be without the particles that Arabic writes onto it, itself first. */
  forms: readonly string[];
  isMark: boolean;
  isCapital: boolean;
}

/** Arabic words that begin with a و of their own; of all others it is "and". */
const OWN_WAW =
  /^و(?:زار|زير|زراء|فاه|فات|فق$|فقا|فيات|قع|قف|قوع|قت$|قتا$|كال|طن|حد|حيد|اشنط|اقع|اصل|احد|ارد|ادي|اجه|الد$|الده|اسع|سط|سائل|صل|صول|صف|جد|جه|جود|ضع|ضح|لد|لايه|ليد|ثائق|ثيق|رد|رش|عد|ظيف|فد|جب|رق)/u;
const SHORT = new Set('في لم لا ما ان قد من عن هو هي لن'.split(' '));
/** "و15", "ل120". */
const BEFORE_DIGITS = /^[وفبلك]+(?=\d)/u;

/** The words and marks of a sentence in order; a hyphen inside a word and an apostrophe are no marks. */
export function wordsOf(sentence: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const token of tokenize(sentence)) {
    pushMarks(words, sentence, at, token.start);
    pushToken(words, token, /^\p{Lu}/u.test(sentence.slice(token.start, token.start + 2)));
    at = token.end;
  }
  pushMarks(words, sentence, at, sentence.length);
  return words;
}

function pushMarks(words: Word[], sentence: string, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const mark = sentence.charAt(at);
    if (!/[^\s\p{L}\p{M}\p{N}'’‘`\u200e\u200f]/u.test(mark) || isHyphen(sentence, at)) continue;
    words.push({ start: at, end: at + 1, form: mark, forms: [mark], isMark: true, isCapital: false });
  }
}

/** Between letters; "10-15" is a range. */
function isHyphen(sentence: string, at: number): boolean {
  return /[-‐‑]/u.test(sentence.charAt(at)) && /\p{L}.\p{L}/u.test(sentence.slice(at - 1, at + 2));
}

function pushToken(words: Word[], { start, end, form }: Token, isCapital: boolean): void {
  const digits = BEFORE_DIGITS.exec(form)?.[0].length ?? 0;
  const cut = digits > 0 ? digits : wawLength(form);
  if (cut > 0) words.push(wordOf(form.slice(0, cut), { start, end: start + cut }, false));
  words.push(wordOf(form.slice(cut), { start: start + cut, end }, isCapital));
}

function wordOf(form: string, span: Span, isCapital: boolean): Word {
  return { ...span, form, forms: [form, ...bareForms(form)], isMark: false, isCapital };
}

/** Where `words[start..end)` of a sentence stand in the article. */
export function spanOf(sentence: Span, words: readonly Word[], { start, end }: Span): Span {
  return {
    start: sentence.start + (words[start]?.start ?? 0),
    end: sentence.start + (words[end - 1]?.end ?? 0),
  };
}

export function textOf({ text }: { text: string }, words: readonly Word[], { start, end }: Span): string {
  return text.slice(words[start]?.start, words[end - 1]?.end);
}

/** 1 when the word begins with "and". */
function wawLength(form: string): number {
  if (!form.startsWith('و') || OWN_WAW.test(form)) return 0;
  return form.length > 3 || SHORT.has(form.slice(1)) ? 1 : 0;
}

/** Without particles, but with the article: "the disclosure" is no verb. */
function bareForms(form: string): string[] {
  return withoutClitics(form).filter((bare) => !form.endsWith(`ال${bare}`));
}
