import type { Fact } from '../../model/fact.ts';
import { primaryLanguage } from '../../text/reading-depth.ts';
import type { Sentence } from '../sentence.ts';
import { ar } from './ar.ts';
import { attribute, findClaims } from './attribution.ts';
import { findCasualties } from './casualties.ts';
import { findDates, namedIn } from './dates.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { compiled, type Language, type LanguageTable } from './language.ts';
import { ru } from './ru.ts';
import { backgroundWords } from './scope.ts';
import { findUnconfirmed } from './unconfirmed.ts';
import { spanOf, wordsOf } from './words.ts';

const TABLES: Record<string, LanguageTable> = { fr, es, ru, ar };
const known = new Map<string, Language>();

/** Dates, casualties, claims and what is not confirmed, in a language that we have a table for; nothing in others. */
export function factsIn(language: string, sentences: Sentence[], publishedAt: number): Fact[] {
  const rules = rulesOf(language);
  if (rules === null) return [];
  const now = new Date(publishedAt);
  const read = sentences.map((sentence) => {
    const words = wordsOf(sentence.text);
    const named = namedIn(words, rules, now);
    sentence.background = backgroundWords(words, named, rules, now).map((span) =>
      spanOf(sentence, words, span),
    );
    sentence.isEventful = words.some((_, at) => rules.events.at(words, at) !== null);
    return { sentence, words, named };
  });
  attribute(read, rules);
  return read.flatMap(({ sentence, words, named }): Fact[] => [
    ...findDates(sentence, { words, named, language: rules, publishedAt }),
    ...findCasualties(sentence, words, rules),
    ...findClaims(sentence, rules),
    ...findUnconfirmed(sentence, words, rules),
  ]);
}

/** Compiled when the first article of its language comes. */
function rulesOf(tag: string): Language | null {
  const code = primaryLanguage(tag);
  const table = Object.hasOwn(TABLES, code) ? TABLES[code] : undefined;
  if (table === undefined) return null;
  const rules = known.get(code) ?? compiled(table);
  known.set(code, rules);
  return rules;
}
