import type { Alias } from '../knowledge/aliases.ts';
import { areTogether, isUnspaced } from '../text/bigrams.ts';
import { type Token, tokenize } from '../text/tokens.ts';
import { isCompound, splitCompound } from './compounds.ts';
import { isCommonShortWord, isOrdinaryWord } from './ordinary-words.ts';
import { isPrefix } from './query.ts';
import type { TermNode } from './query-tree.ts';

/** One word that must stand in the text. */
export interface Term {
  form: string;
  /** Found as it is, by its inflections too, or by every word that begins with it. */
  how: 'form' | 'stem' | 'prefix';
  letters: Letters;
}

/** Whether case counts: never, only in capitals, only with a first capital, or only as written after the equals sign. */
export type Letters = 'any' | 'capitals' | 'capitalized' | `=${string}`;

/** Words that must stand side by side; a single one for most. */
export interface Spelling {
  terms: Term[];
  /** What it is another name of; null for what was typed, whatever its hyphens. */
  aliasOf: string | null;
}

/** Our limit: nobody writes a phrase with more compounds than this, and each costs a look-up per article. */
const MAX_SPELLINGS = 16;
/** White space, and what joins the parts of one word: "counter-terrorism", "d'Alep". */
const SPACE = /^\s+$/;
const JOINER = /^[-‐‑'’]$/;
/** Acronyms this short are ordinary words or names in small letters: SAF, ETA, MEK. */
const MAX_SHORT_ACRONYM = 3;

/**
 * The ways in which a text may write a word or phrase of a query; the one that was typed comes first, then all
 * its compounds joined, then each of them joined or split alone.
 */
export function spellingsOf(node: TermNode): Spelling[] {
  const tokens = tokenize(node.text);
  const typed = tokens.map((token, at) => readTerm(node, token, at, tokens.length));
  const ways = node.exact ? [typed] : variantsOf(node.text, tokens, typed);
  return ways.map((terms) => ({ terms: inBigrams(node.text, tokens, terms), aliasOf: null }));
}

/** The other spellings of an alias, in the ways in which a text may write them. */
export function aliasSpellings(alias: Alias): Spelling[] {
  return alias.spellings.flatMap(({ text, isExact }) => {
    const tokens = tokenize(text);
    const terms = tokens.map((token) => {
      const source = text.slice(token.start, token.end);
      return isExact ? exactTerm(token, source) : aliasTerm(token, source, tokens.length === 1);
    });
    const ways = isExact ? [terms] : variantsOf(text, tokens, terms);
    return ways.map((way) => ({ terms: inBigrams(text, tokens, way), aliasOf: alias.name }));
  });
}

/** Two words of a query as the one word that they may also be, or null when they make no compound. */
export function joinedSpelling(first: TermNode, second: TermNode): Spelling | null {
  const [left, ...moreLeft] = spellingsOf(first)[0]?.terms ?? [];
  const [right, ...moreRight] = spellingsOf(second)[0]?.terms ?? [];
  if (left === undefined || right === undefined || moreLeft.length + moreRight.length > 0) return null;
  if (first.exact || second.exact || isPrefix(first.text)) return null;
  return isCompound(left.form, right.form) ? { terms: [join(left, right)], aliasOf: null } : null;
}

function variantsOf(text: string, tokens: Token[], typed: Term[]): Term[][] {
  const gaps = [...tokens.keys()].filter((at) => isJoinable(text, tokens[at], tokens[at + 1]));
  const ways = [typed];
  if (gaps.length > 1) ways.push(joinGaps(typed, new Set(gaps)));
  for (const gap of gaps) ways.push(joinGaps(typed, new Set([gap])));
  for (const [at, term] of typed.entries()) {
    for (const halves of splitTerm(term)) ways.push(typed.toSpliced(at, 1, ...halves));
    if (ways.length >= MAX_SPELLINGS) break;
  }
  return ways.slice(0, MAX_SPELLINGS);
}

/** Characters of a script without spaces two by two, as far as they stand together; ways that join words have none. */
function inBigrams(text: string, tokens: readonly Token[], terms: Term[]): Term[] {
  if (terms.length !== tokens.length) return terms;
  const paired: Term[] = [];
  for (let at = 0; at < terms.length; at += 1) {
    const [term, next] = [terms[at], terms[at + 1]];
    if (term === undefined) break;
    const isPair = next !== undefined && areBigram(text, tokens[at], tokens[at + 1]);
    paired.push(isPair ? bigram(term, next) : term);
    if (isPair) at += 1;
  }
  return paired;
}

function areBigram(text: string, left: Token | undefined, right: Token | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return isUnspaced(left) && isUnspaced(right) && areTogether(text, left, right);
}

/** Only an exact term asks how the characters are written. */
function bigram(left: Term, right: Term): Term {
  const isExact = left.letters.startsWith('=');
  const letters: Letters = isExact ? `${left.letters as `=${string}`}${right.letters.slice(1)}` : 'any';
  return { form: left.form + right.form, how: 'form', letters };
}

function readTerm(node: TermNode, token: Token, at: number, count: number): Term {
  const source = node.text.slice(token.start, token.end);
  if (node.exact) return exactTerm(token, source);
  const isLast = node.kind === 'word' && at === count - 1;
  if (isLast && isPrefix(node.text))
    return { form: token.form, how: prefixOrForm(token.form), letters: 'any' };
  const isAcronym = count === 1 && isAllCapitals(source) && isCommonShortWord(token.form);
  return {
    form: token.form,
    how: isLast && isStemmable(source, token.form) ? 'stem' : 'form',
    letters: isAcronym ? 'capitals' : 'any',
  };
}

/** A character of a script without spaces is found in every word that it begins. */
function prefixOrForm(form: string): Term['how'] {
  return form.length >= 3 || /^\p{Script=Hangul}/u.test(form) ? 'prefix' : 'form';
}

function exactTerm(token: Token, source: string): Term {
  return { form: token.form, how: 'form', letters: `=${plainWriting(source)}` };
}

/** Names decline in Russian, and keep the capital that tells Izyum from a raisin. */
function aliasTerm(token: Token, source: string, isAlone: boolean): Term {
  if (/\p{Script=Cyrillic}/u.test(source)) {
    const isShort = isAllCapitals(source) && source.length <= MAX_SHORT_ACRONYM;
    if (isShort) return { form: token.form, how: 'form', letters: 'capitals' };
    const isCapitalized = source !== source.toLowerCase();
    return { form: token.form, how: 'stem', letters: isCapitalized ? 'capitalized' : 'any' };
  }
  const isAcronym = isAlone && isAllCapitals(source) && source.length <= MAX_SHORT_ACRONYM;
  return { form: token.form, how: 'form', letters: isAcronym ? 'capitals' : 'any' };
}

/** Names are never stemmed, and a capital makes a name unless the word is an ordinary one. */
function isStemmable(source: string, form: string): boolean {
  if (/\d/.test(source)) return false;
  if (!isCapitalized(source)) return true;
  return !isAllCapitals(source) && isOrdinaryWord(form);
}

/** True when the writing of a word in a text is one that the term asks for. */
export function isWrittenSo(letters: Letters, source: string): boolean {
  if (letters === 'any') return true;
  if (letters === 'capitals') return isAllCapitals(source);
  return letters === 'capitalized' ? isCapitalized(source) : letters.slice(1) === plainWriting(source);
}

/** True for "US" and "U.S"; false for scripts that have no capitals. */
function isAllCapitals(source: string): boolean {
  return source === source.toUpperCase() && source !== source.toLowerCase() && source.length > 1;
}

function isCapitalized(source: string): boolean {
  return source.charAt(0) !== source.charAt(0).toLowerCase();
}

/** Composed, and with one kind of apostrophe: what a keyboard does, not the writer. */
function plainWriting(source: string): string {
  return source.normalize('NFC').replaceAll(/[’‘ʼ]/g, "'");
}

function isJoinable(text: string, token: Token | undefined, next: Token | undefined): boolean {
  if (token === undefined || next === undefined) return false;
  const gap = text.slice(token.end, next.start);
  return JOINER.test(gap) || (SPACE.test(gap) && isCompound(token.form, next.form));
}

/** The spelling with the words on both sides of these gaps written as one; gap 0 is after the first word. */
function joinGaps(terms: Term[], gaps: Set<number>): Term[] {
  const spelling: Term[] = [];
  for (const [at, term] of terms.entries()) {
    const previous = gaps.has(at - 1) ? spelling.pop() : undefined;
    spelling.push(previous === undefined ? term : join(previous, term));
  }
  return spelling;
}

function splitTerm(term: Term): Term[][] {
  return splitCompound(term.form).map(([first, second]) => [
    { form: first, how: 'form', letters: 'any' },
    { form: second, how: term.how, letters: 'any' },
  ]);
}

function join(first: Term, second: Term): Term {
  return { form: first.form + second.form, how: second.how, letters: 'any' };
}
