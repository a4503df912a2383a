import { tokenize } from '../text/tokens.ts';

/** The folded words of a name. */
export function wordsOf(name: string): string[] {
  return tokenize(name).map((token) => token.form);
}

/** True when the name holds these words in this order. */
export function holdsInOrder(name: readonly string[], words: readonly string[]): boolean {
  let found = 0;
  for (const word of name) if (word === words[found]) found += 1;
  return found === words.length;
}
