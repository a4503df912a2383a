import type { Span } from '../model/article.ts';
import { type Token, tokenize } from '../text/tokens.ts';

/** A word of a text as a watch may look for it: one token, or two or three that a hyphen joins. */
export interface Unit extends Span {
  form: string;
  /** Index of its first token, and of the one after its last. */
  first: number;
  next: number;
}

const JOINERS = new Set(['-', '‐', '‑', "'", '’']);
const BLANK_LINE = /\n\s*\n/;
const SENTENCE_END = /[!?؟。！？…;|]/;
/** A full stop after fewer letters belongs to an abbreviation: "Gen. Salami", "St. Petersburg". */
const MIN_LETTERS_BEFORE_FULL_STOP = 4;

/** The words of a text in order, longer ones after the shorter ones that begin at the same place. */
export function unitsOf(text: string): Unit[] {
  const tokens = tokenize(text);
  const units: Unit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    units.push({ form: token.form, start: token.start, end: token.end, first: at, next: at + 1 });
    const second = joinedNext(text, tokens, at);
    if (second === null) continue;
    const pair = {
      form: token.form + second.form,
      start: token.start,
      end: second.end,
      first: at,
      next: at + 2,
    };
    units.push(pair);
    const third = joinedNext(text, tokens, at + 1);
    if (third !== null) units.push({ ...pair, form: pair.form + third.form, end: third.end, next: at + 3 });
  }
  return units;
}

/** The token that a single hyphen or apostrophe joins to this one, or null. */
function joinedNext(text: string, tokens: Token[], at: number): Token | null {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || next === undefined || next.start !== token.end + 1) return null;
  return JOINERS.has(text.charAt(token.end)) ? next : null;
}

/** True when two words that follow each other can be read as one phrase: no sentence or title ends between. */
export function isOnePhrase(text: string, titleEnd: number, left: Unit, right: Unit): boolean {
  if (left.end <= titleEnd && right.start > titleEnd) return false;
  const gap = text.slice(left.end, right.start);
  if (BLANK_LINE.test(gap) || SENTENCE_END.test(gap)) return false;
  return !/\.\s/.test(gap) || left.form.length < MIN_LETTERS_BEFORE_FULL_STOP;
}
