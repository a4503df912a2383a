import type { Span } from '../model/article.ts';

/** Words of a text in a row. */
export interface Unit extends Span {
  /** Index of its first token, and of the one after its last. */
  first: number;
  next: number;
}

const JOINERS = new Set(['-', '‐', '‑', "'", '’']);
const BLANK_LINE = /\n\s*\n/;
const SENTENCE_END = /[!?؟。！？…;|]/;
/** A full stop after fewer letters belongs to an abbreviation: "Gen. Salami", "St. Petersburg". */
const MIN_LETTERS_BEFORE_FULL_STOP = 4;

/** True when a single hyphen or apostrophe joins the word that ends here to the one that starts there, if there is one. */
export function isJoined(text: string, end: number, start: number, isThere: boolean): boolean {
  return isThere && start === end + 1 && JOINERS.has(text.charAt(end));
}

/** True when two words that follow each other can be read as one phrase: no sentence or title ends between. */
export function isOnePhrase(text: string, titleEnd: number, left: Unit, right: Unit): boolean {
  if (left.end <= titleEnd && right.start > titleEnd) return false;
  const gap = text.slice(left.end, right.start);
  if (BLANK_LINE.test(gap) || SENTENCE_END.test(gap)) return false;
  return !/\.\s/.test(gap) || lettersOf(text, left) < MIN_LETTERS_BEFORE_FULL_STOP;
}

function lettersOf(text: string, { start, end }: Unit): number {
  return text.slice(start, end).replaceAll('.', '').length;
}
