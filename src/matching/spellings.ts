import { type Token, tokenize } from '../text/tokens.ts';
import { isCompound, splitCompound } from './compounds.ts';
import { isCommonShortWord, isOrdinaryWord } from './ordinary-words.ts';
import type { TermNode } from './query.ts';

/** One word that must stand in the text. */
export interface Term {
  form: string;
  /** Its inflections count too. */
  stemmed: boolean;
  /** Only counts when the text has it in capitals. */
  capitals: boolean;
}

/** Words that must stand side by side; a single one for most. */
export type Spelling = Term[];

/** Our limit: nobody writes a phrase with more compounds than this, and each costs a look-up per article. */
const MAX_SPELLINGS = 16;
/** White space, and what joins the parts of one word: "counter-terrorism", "d'Alep". */
const SPACE = /^\s+$/;
const JOINER = /^[-‐‑'’]$/;

/**
 * The ways in which a text may write a word or phrase of a query; the one that was typed comes first, then all
 * its compounds joined, then each of them joined or split alone.
 */
export function spellingsOf(node: TermNode): Spelling[] {
  const tokens = tokenize(node.text);
  const typed = tokens.map((token, at) =>
    readTerm(node, token, at === tokens.length - 1, tokens.length === 1),
  );
  const gaps = [...tokens.keys()].filter((at) => isJoinable(node.text, tokens[at], tokens[at + 1]));
  const spellings = [typed];
  if (gaps.length > 1) spellings.push(joinGaps(typed, new Set(gaps)));
  for (const gap of gaps) spellings.push(joinGaps(typed, new Set([gap])));
  for (const [at, term] of typed.entries()) {
    for (const halves of splitTerm(term)) spellings.push(typed.toSpliced(at, 1, ...halves));
    if (spellings.length >= MAX_SPELLINGS) break;
  }
  return spellings.slice(0, MAX_SPELLINGS);
}

/** Two words of a query as the one word that they may also be, or null when they make no compound. */
export function joinedSpelling(first: TermNode, second: TermNode): Spelling | null {
  const [left, ...moreLeft] = spellingsOf(first)[0] ?? [];
  const [right, ...moreRight] = spellingsOf(second)[0] ?? [];
  if (left === undefined || right === undefined || moreLeft.length + moreRight.length > 0) return null;
  return isCompound(left.form, right.form) ? [join(left, right)] : null;
}

function readTerm(node: TermNode, token: Token, isLast: boolean, isAlone: boolean): Term {
  const source = node.text.slice(token.start, token.end);
  return {
    form: token.form,
    stemmed: node.kind === 'word' && isLast && isStemmable(source, token.form),
    capitals: isAlone && isAllCapitals(source) && isCommonShortWord(token.form),
  };
}

/** Names are never stemmed, and a capital makes a name unless the word is an ordinary one. */
function isStemmable(source: string, form: string): boolean {
  if (/\d/.test(source)) return false;
  const isCapitalized = source.charAt(0) !== source.charAt(0).toLowerCase();
  if (!isCapitalized) return true;
  return !isAllCapitals(source) && isOrdinaryWord(form);
}

/** True for "US" and "U.S"; false for scripts that have no capitals. */
export function isAllCapitals(source: string): boolean {
  return source === source.toUpperCase() && source !== source.toLowerCase() && source.length > 1;
}

function isJoinable(text: string, token: Token | undefined, next: Token | undefined): boolean {
  if (token === undefined || next === undefined) return false;
  const gap = text.slice(token.end, next.start);
  return JOINER.test(gap) || (SPACE.test(gap) && isCompound(token.form, next.form));
}

/** The spelling with the words on both sides of these gaps written as one; gap 0 is after the first word. */
function joinGaps(terms: Term[], gaps: Set<number>): Spelling {
  const spelling: Term[] = [];
  for (const [at, term] of terms.entries()) {
    const previous = gaps.has(at - 1) ? spelling.pop() : undefined;
    spelling.push(previous === undefined ? term : join(previous, term));
  }
  return spelling;
}

function splitTerm(term: Term): Spelling[] {
  return splitCompound(term.form).map(([first, second]) => [
    { form: first, stemmed: false, capitals: false },
    { form: second, stemmed: term.stemmed, capitals: false },
  ]);
}

function join(first: Term, second: Term): Term {
  return { form: first.form + second.form, stemmed: second.stemmed, capitals: false };
}
