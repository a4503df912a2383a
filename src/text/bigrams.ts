import type { Span } from '../model/article.ts';
import { characterKind } from './characters.ts';
import type { Token } from './tokens.ts';

/**
 * True for a token of a script written without spaces (Han, kana, Thai …), which is one character: any two of them
 * that stand together are read as a word.
 */
export function isUnspaced({ form }: Pick<Token, 'form'>): boolean {
  return characterKind(form.codePointAt(0) ?? 0) === 'solo';
}

/** Whether a folded form is two such characters written as one word. */
export function isBigram(form: string): boolean {
  const characters = [...form].filter((character) => isUnspaced({ form: character }));
  return characters.length === 2;
}

/** Whether nothing that a reader sees is between two tokens, or one white space: lines are broken inside of words. */
export function areTogether(text: string, left: Span, right: Span): boolean {
  if (/^\s$/u.test(text.slice(left.end, right.start))) return true;
  for (let at = left.end; at < right.start; at += 1)
    if (characterKind(text.charCodeAt(at)) !== 'ignored') return false;
  return left.end <= right.start;
}
