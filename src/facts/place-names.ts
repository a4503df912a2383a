import type { Gazetteer, PlaceName } from '../knowledge/places.ts';
import type { Span } from '../model/article.ts';
import { baseForms } from '../text/inflection.ts';
import { type Token, tokenize } from '../text/tokens.ts';

/** A name of the gazetteer as the text spells it. */
export interface NamedSpan {
  name: PlaceName;
  /** Its folded words. */
  key: string;
  span: Span;
}

/** The names that a text gives, in order; of several that begin at a word the longest. */
export function* namesIn(text: string, gazetteer: Gazetteer, language: string | null): Generator<NamedSpan> {
  const tokens = tokenize(text);
  const forms = tokens.map((token) => token.form);
  let at = 0;
  while (at < tokens.length) {
    const told = { gazetteer, language };
    const found = mayBegin(text, tokens, at) ? findName(forms, at, told) : null;
    const words = tokens.slice(at, at + (found?.name.length ?? 1));
    at += words.length;
    if (found === null || !isSpelledAsName(text, words)) continue;
    const start = (words[0]?.start ?? 0) + found.particles;
    yield { ...found, span: { start, end: endOfInitials(text, words.at(-1)?.end ?? 0) } };
  }
}

interface FoundName {
  name: PlaceName;
  key: string;
  /** Letters of particles in front of it: the "ب" of "ببغداد". */
  particles: number;
}

interface Told {
  gazetteer: Gazetteer;
  language: string | null;
}

/** The name at `forms[at]`, as it stands there or in its base form. */
function findName(forms: readonly string[], at: number, told: Told): FoundName | null {
  // Without its article it is a word: "the city of …".
  const name = forms[at] === CITY_OF ? null : told.gazetteer.find(forms, at);
  if (name !== null) return { name, key: forms.slice(at, at + name.length).join(' '), particles: 0 };
  // "Нью-Йорке" changes its last word.
  return inflectedName(forms.slice(at, at + 1), told) ?? inflectedName(forms.slice(at, at + 2), told);
}

/** The name of which the last word is inflected, or has a particle in front. */
function inflectedName(forms: readonly string[], { gazetteer, language }: Told): FoundName | null {
  const last = forms.at(-1) ?? '';
  for (const base of baseForms(last, language)) {
    const words = [...forms.slice(0, -1), base];
    const name = gazetteer.find(words, 0);
    if (name === null || name.needsContext || name.length !== words.length) continue;
    const particles = words.length === 1 && last.endsWith(base) ? last.length - base.length : 0;
    return { name, key: words.join(' '), particles };
  }
  return null;
}

const CITY_OF = 'مدينه';

/** Most words of most texts begin no name: looking only at capitals, and what stands before one, saves half the time. */
function mayBegin(text: string, tokens: readonly Token[], at: number): boolean {
  return [tokens[at], tokens[at + 1]].some(
    (token) => token && !/^\p{Ll}/u.test(text.slice(token.start, token.start + 2)),
  );
}

/** The last full stop of "U.S." belongs to it. */
function endOfInitials(text: string, end: number): number {
  return /\.\p{Lu}\.$/u.test(text.slice(end - 2, end + 1)) ? end + 1 : end;
}

/** Names are capitalized where the script has capitals, and codes ("US", "UAE") all through. */
function isSpelledAsName(text: string, tokens: readonly Token[]): boolean {
  const words = tokens.map((token) => text.slice(token.start, token.end));
  const isCode = words.length === 1 && CODES.has(tokens[0]?.form ?? '');
  if (isCode) return words.every((word) => word === word.toUpperCase());
  return words.some((word) => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word));
}

/** Names of countries that are words or initials when they are not all capitals. */
const CODES = new Set(['us', 'usa', 'uk', 'uae', 'drc', 'rdc', 'car']);
