import type { Span } from '../model/article.ts';
import type { PerpetratorFact, TargetFact } from '../model/fact.ts';
import { lengthOf } from '../text/spans.ts';
import { isSupposed } from './asides.ts';
import type { Told } from './deed-clauses.ts';
import { toldAt } from './deed-frames.ts';
import { LOOSE } from './deed-words.ts';
import { hedgeIn } from './hedges.ts';
import type { Phrase } from './noun-phrases.ts';
import { HARMS, isDoer, isDoneTo, namesPeople } from './parties.ts';
import type { Word } from './quantities.ts';
import { evidenceAt, isBackground, type Sentence, wordsIn } from './sentence.ts';

/** A part of every word that tells a deed: most sentences have none. */
const ANY_DEED =
  /kill|murder|assassin|slain|slew|slay|execut|massacr|behead|lynch|gunn|butcher|riddl|injur|wound|hurt|maim|kidnap|abduct|bomb|dynamit|burn|torch|rob|loot|ransack|attack|ambush|raid|storm|shell|straf|target|assault|machine-?gun|destr|damag|sabotag|blast|struck|strike|hit|shot|shoot|fire|blew|blow|dies?\b|died|dead\b|death|perish|explo|detonat|went off|attempt|hostage|captive|bod(?:y|ies)|corpse|victims|fatalit|plac|plant|thr[eo]w|hurl|toss|lobb|launch|dropp|activat|left|leav|set (?:fire|on|ablaze|afire|off)/i;

/** Whom or what a sentence says something was done to. */
export function findDeeds(sentence: Sentence): (TargetFact | PerpetratorFact)[] {
  const { text } = sentence;
  if (!ANY_DEED.test(text) || text.endsWith('?')) return [];
  const words = wordsIn(sentence);
  const facts: (TargetFact | PerpetratorFact)[] = [];
  for (const [at] of words.entries())
    for (const told of toldAt(words, at)) {
      if (isUnreal(text, words, told)) continue;
      facts.push(...targetsOf(sentence, words, told), ...doersOf(sentence, words, told));
    }
  const isAgain = (fact: TargetFact | PerpetratorFact, index: number) =>
    facts.findIndex(({ kind, start }) => kind === fact.kind && start === fact.start) < index;
  return facts.filter((fact, index) => !isAgain(fact, index));
}

/** "Has carried out raids", "often attack": what they do at times tells nobody who did it this time. */
export function isHabit(before: string): boolean {
  return /\b(?:has|have|often|usually|regularly|routinely|frequently|repeatedly|typically|always)(?: (?:also|long|been|repeatedly|often|reportedly|previously|now))* $/iu.test(
    before,
  );
}

function targetsOf(sentence: Sentence, words: readonly Word[], { deed, targets }: Told): TargetFact[] {
  return targets
    .filter((phrase) => isDoneTo(words, phrase, deed))
    .map((phrase) => ({
      kind: 'target',
      ...evidenceAt(sentence, spanOf(sentence, words, phrase), hedgeAround(sentence.text, words, phrase)),
      value: { deed, isPeople: HARMS.has(deed) || namesPeople(words, phrase) },
    }));
}

function doersOf(
  sentence: Sentence,
  words: readonly Word[],
  { at, doers, targets }: Told,
): PerpetratorFact[] {
  if (targets.some(({ end }) => /^(?:attackers?|assailants?)$/.test(words[end - 1]?.lower ?? ''))) return [];
  if (LOOSE.has(words[at]?.lower ?? '') || isHabit(sentence.text.slice(0, words[at]?.start))) return [];
  return doers
    .filter((phrase) => isDoer(words, phrase))
    .map((phrase) => {
      const hedge = hedgeAround(sentence.text, words, {
        start: Math.min(at, phrase.start),
        end: phrase.end,
      });
      return {
        kind: 'perpetrator',
        ...evidenceAt(sentence, spanOf(sentence, words, phrase), hedge),
        ...(isBackground(sentence, spanOf(sentence, words, { start: at, end: at + 1 })) && {
          scope: 'background',
        }),
        value: {
          status: hedge !== null ? 'suspected' : 'reported',
          ...deedOf(sentence, words, { at, doer: phrase, targets }),
        },
      };
    });
}

/** "Shot dead by police", with whom where that is short. */
function deedOf(
  sentence: Sentence,
  words: readonly Word[],
  { at, doer, targets }: Pick<Told, 'at' | 'targets'> & { doer: Phrase },
): { deed?: Span } {
  const spanWith = (others: Phrase[]) => {
    const all = [doer, { start: at, end: at + 1 }, ...others];
    const start = Math.min(...all.map((phrase) => phrase.start));
    return spanOf(sentence, words, { start, end: Math.max(...all.map(({ end }) => end)) });
  };
  const [bare, whole] = [spanWith([]), withState(sentence, spanWith(targets))];
  if (lengthOf(whole) > DEED_LENGTH) return { deed: bare };
  // "Russia launched" says too little.
  const deed = doer.end <= at && targets.length === 0 ? withObject(sentence, whole) : whole;
  return deed === undefined ? {} : { deed };
}

/** "Took five people *hostage*". */
function withState({ text, start: from }: Sentence, { start, end }: Span): Span {
  const state = /^ (?:hostage|captive|prisoner)\b/u.exec(text.slice(end - from))?.[0] ?? '';
  return { start, end: end + state.length };
}

/** More words than these are a sentence, in UTF-16 code units. */
const DEED_LENGTH = 80;

/** The words with what follows them in their clause, as far as it is short; undefined where too much would follow. */
export function withObject(sentence: Sentence, said: Span): Span | undefined {
  const after = sentence.text.slice(said.end - sentence.start);
  const rest = /^(?:(?! (?:and|when|after|while|before) )[^.;,“"])*/u.exec(after)?.[0] ?? '';
  const short = rest.search(/ (?:in|on|at|near|that|which|who) /u);
  return [rest.length, Math.max(0, short)]
    .map((more) => ({ start: said.start, end: said.end + more }))
    .find((span) => lengthOf(span) <= DEED_LENGTH);
}

/** Where a phrase stands in the article. */
export function spanOf(sentence: Sentence, words: readonly Word[], phrase: Phrase) {
  const last = words[phrase.end - 1];
  // Of "the senator's murder" the senator is named.
  const owner = /['’]s?$/u.exec(last?.text ?? '')?.[0].length ?? 0;
  return {
    start: sentence.start + (words[phrase.start]?.start ?? 0),
    end: sentence.start + (last?.end ?? 0) - owner,
  };
}

const SUSPECTED = /\b(?:suspected|alleged|presumed|presumably|supposedly|apparently|believed to be)\b/iu;

function hedgeAround(text: string, words: readonly Word[], phrase: Phrase): string | null {
  const from = words[Math.max(0, phrase.start - 3)]?.start ?? 0;
  const around = text.slice(from, words[phrase.end - 1]?.end);
  return SUSPECTED.exec(around)?.[0] ?? hedgeIn(around);
}

/** Of a murder that somebody will investigate or punish it is sure that it was one. */
const DONE_ALREADY =
  /\b(?:investigat|clarif|solv|condemn|punish|aveng|protest|denounc|mourn|discuss|explain|tr(?:y|ied) for|respons|claim)\p{L}* (?:(?:for|of|against|about) )?(?:the |that |this |last |\p{L}+ed )*$/iu;

/** A deed that is denied, feared, planned, or told of nobody. */
function isUnreal(text: string, words: readonly Word[], { at, targets, isNoun = false }: Told): boolean {
  const before = text.slice(0, words[at]?.start);
  if ((isSupposed(before) && !(isNoun && DONE_ALREADY.test(before))) || (!isNoun && NOT_DONE.test(before)))
    return true;
  return targets.some(({ start }) => /^(?:no|nobody|none)$/.test(words[start]?.lower ?? ''));
}

const NOT_DONE =
  /(?:\b(?:not|never|denied|deny|denies|denying|refused to|failed to|without|tried to|trying to|try to|wanted to|order(?:ed|s)? to|intend(?:ed|s)? to|in order to|conspir\p{L}+ to|avoid|fears? of)|n['’]t)(?: \p{L}+){0,5} $/iu;
