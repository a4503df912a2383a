import type { Span } from '../model/article.ts';
import {
  isAnyBefore,
  isAnyNear,
  NEAR_MISS_DOUBT,
  NEWS_REACH,
  SIGN_KINDS,
  type Stretch,
  spansOf,
  weighSigns,
} from './doubts.ts';
import type { ArticleFields } from './fields.ts';
import { leadEndOf } from './lead.ts';
import { nearPairs } from './near-pairs.ts';
import { afterNode, firstPart, OP, PART } from './program.ts';
import type { Properties } from './properties.ts';
import type { Rules } from './rules.ts';
import { NONE, OCCURRENCE, type Signals } from './signals.ts';
import { isOnePhrase, type Unit } from './text-units.ts';

/** The article at hand. */
export interface Page {
  text: string;
  titleEnd: number;
  article: ArticleFields;
}

/** What satisfied a program: four numbers for each occurrence: start, end, signal, spelling. */
export type Found = number[];

/**
 * What ranks a match down: four numbers for each doubt: the points off, then of a guard its name's number and the
 * start and end of its first sign; of a place that is only mentioned its signal, and NONE twice.
 */
export type Doubts = number[];

/** Not satisfied: what is has 0 or more points off. */
const NO = -1;

/** A sign does not reach over it: "on the anniversary of independence, a bomb kills nine". */
const CLAUSE_END = /[,،;:()—–]|\s-\s/;
/** Where it may: "the massacre, 30 years on", "on this day in 1985: the attacks". */
const APPOSITION = /^\s*\d*[,:]/;

const NOBODY: Page = { text: '', titleEnd: 0, article: { language: null } };

/** Tries programs against the signals of the article at hand. */
export class Evaluator {
  readonly #signals: Signals;
  readonly #properties: Properties;
  readonly #rules: Rules;
  #page = NOBODY;
  #watchId = '';
  #isSign = false;
  /** Where figures of speech stand that hide the words in them. */
  #figures: readonly Span[] = [];
  readonly found: Found = [];
  readonly doubts: Doubts = [];
  /** The doubts of the article's topics, by their signals, for those that have some. */
  readonly #topicDoubts = new Map<number, Doubts>();

  constructor(signals: Signals, properties: Properties, rules: Rules) {
    this.#signals = signals;
    this.#properties = properties;
    this.#rules = rules;
  }

  /**
   * Whether the page satisfies the program, for the owner of that watch. `found` then holds what did: words that are
   * required or one of several choices, never what is excluded; and `doubts` what ranks it down.
   */
  holds(at: number, page: Page, watchId: string): boolean {
    this.#isSign = false;
    return this.#holds(at, page, watchId);
  }

  /** The same of signs, where words that are near each other in a sentence are found as one, with what is between. */
  holdsSigns(at: number, page: Page): boolean {
    this.#isSign = true;
    return this.#holds(at, page, '');
  }

  #holds(at: number, page: Page, watchId: string): boolean {
    this.#page = page;
    this.#watchId = watchId;
    this.found.length = 0;
    this.doubts.length = 0;
    return this.#test(at) !== NO;
  }

  /** Begins the next article: no topic is doubted. */
  nextArticle(): void {
    this.#topicDoubts.clear();
  }

  /** Whoever asks for the topic has these doubts. */
  noteTopicDoubts(signal: number, doubts: Doubts): void {
    this.#topicDoubts.set(signal, doubts);
  }

  /** Notes for the signal where the page has the words of a TERM program; false when it has none. */
  noteTerm(at: number, signal: number, page: Page): boolean {
    this.#page = page;
    const { code } = this.#rules;
    const end = afterNode(code, at);
    const units: { unit: Unit; spelling: number }[] = [];
    for (let spelling = at + 3, number = 0; spelling < end; number += 1) {
      const next = spelling + 1 + (code[spelling] as number);
      for (const unit of this.#unitsOf(spelling + 1, next)) units.push({ unit, spelling: number });
      spelling = next;
    }
    const limit = endOfPart(code[at + 2] as number, page);
    const wanted = units.filter(({ unit }) => unit.end <= limit);
    for (const { unit, spelling } of wanted) this.#signals.note(signal, unit, spelling);
    return wanted.length > 0;
  }

  /** The points off, or NO; what does not hold leaves no doubts. */
  #test(at: number): number {
    const { code } = this.#rules;
    const signal = code[at + 1] as number;
    switch (code[at]) {
      case OP.SIGNAL:
        return this.#testSignal(signal);
      case OP.PROPERTY:
        return this.#testProperty(signal);
      case OP.OWNED:
        return this.#properties.valueFor(signal, this.#page.article, this.#watchId) === null ? NO : 0;
      case OP.NOT:
        return this.#testNot(firstPart(code, at));
      case OP.ALL:
        return this.#testAll(firstPart(code, at), afterNode(code, at));
      case OP.ANY:
        return this.#testAny(firstPart(code, at), afterNode(code, at));
      case OP.GUARDED:
        return this.#testGuarded(firstPart(code, at), afterNode(code, at));
      default:
        return this.#testNear(at);
    }
  }

  #testSignal(signal: number): number {
    if (!this.#signals.isOn(signal)) return NO;
    const found = this.found.length;
    const first = this.#signals.first(signal);
    for (let one = first; one !== NONE; one = this.#next(one)) if (!this.#isHidden(one)) this.#add(one);
    if (this.found.length === found && first !== NONE) return NO;
    if (this.#topicDoubts.size === 0) return 0;
    const doubts = this.#topicDoubts.get(signal) ?? [];
    this.doubts.push(...doubts);
    return pointsOff(doubts);
  }

  #testProperty(signal: number): number {
    const doubt = this.#properties.doubtOf(signal, this.#page.article);
    if (doubt === null) return NO;
    if (doubt > 0) this.doubts.push(doubt, signal, NONE, NONE);
    return doubt;
  }

  /** The occurrences of a signal that is on, without those in figures of speech. */
  #seen(signal: number): number[] {
    const all: number[] = [];
    for (let one = this.#signals.first(signal); one !== NONE; one = this.#next(one)) {
      if (!this.#isHidden(one)) all.push(one);
    }
    return all;
  }

  #isHidden(occurrence: number): boolean {
    if (this.#figures.length === 0) return false;
    const { start, end } = this.#unitAt(occurrence);
    return this.#figures.some((figure) => figure.start < end && start < figure.end);
  }

  #next(occurrence: number): number {
    return this.#signals.occurrences[occurrence + OCCURRENCE.NEXT] as number;
  }

  #add(occurrence: number): void {
    const { occurrences } = this.#signals;
    const { found } = this;
    found.push(occurrences[occurrence + OCCURRENCE.START] as number);
    found.push(occurrences[occurrence + OCCURRENCE.END] as number);
    found.push(occurrences[occurrence + OCCURRENCE.SIGNAL] as number);
    found.push(occurrences[occurrence + OCCURRENCE.SPELLING] as number);
  }

  /** What would only be a near-miss does not exclude. */
  #testNot(part: number): number {
    const [found, doubts] = [this.found.length, this.doubts.length];
    const doubt = this.#test(part);
    this.found.length = found;
    this.doubts.length = doubts;
    return doubt === NO || doubt >= NEAR_MISS_DOUBT ? 0 : NO;
  }

  #testAll(first: number, end: number): number {
    const [found, doubts] = [this.found.length, this.doubts.length];
    for (let part = first; part < end; part = afterNode(this.#rules.code, part)) {
      if (this.#test(part) !== NO) continue;
      this.found.length = found;
      this.doubts.length = doubts;
      return NO;
    }
    return this.#sumOnce(doubts);
  }

  /** The least doubted of the choices counts, and all that hold are found. */
  #testAny(first: number, end: number): number {
    const before = this.doubts.length;
    let least = NO;
    for (let part = first; part < end; part = afterNode(this.#rules.code, part)) {
      const kept = this.doubts.length;
      const doubt = this.#test(part);
      if (doubt === NO) continue;
      if (least === NO || doubt < least) {
        this.doubts.splice(before, kept - before);
        least = doubt;
      } else this.doubts.length = kept;
    }
    return least;
  }

  /** Nothing counts where some of the words stand in a title without a sign; beside hard news, only figures do. */
  #testGuarded(item: number, end: number): number {
    const { code } = this.#rules;
    const { found } = this;
    const [from, doubts] = [found.length, this.doubts.length];
    if (this.#test(item) === NO) return NO;
    const [evidence, own] = [{ from, to: found.length }, this.doubts.length];
    let isTitleTold = !isAnyBefore(found, evidence, this.#page.titleEnd);
    for (let part = afterNode(code, item); part < end; part = afterNode(code, part)) {
      if (code[part] !== OP.DOUBT) {
        if (this.#isNews(part, evidence)) break;
      } else if (this.#weighDoubt(part, item, evidence)) isTitleTold = true;
    }
    if (!isTitleTold) this.doubts.length = own;
    return this.#sumOnce(doubts);
  }

  /** Whether hard news stands near what speaks for a topic. */
  #isNews(part: number, evidence: Stretch): boolean {
    const { found } = this;
    const isNews =
      this.#test(part) !== NO &&
      isAnyNear(found, evidence, { from: evidence.to, to: found.length }, NEWS_REACH);
    found.length = evidence.to;
    return isNews;
  }

  /** Notes what a guard makes of words that were found for an item; whether the title holds one of its signs. */
  #weighDoubt(at: number, item: number, evidence: Stretch): boolean {
    const { code } = this.#rules;
    const { found } = this;
    if (this.#test(firstPart(code, at)) === NO) return false;
    const { titleEnd } = this.#page;
    const signs = { from: evidence.to, to: found.length };
    const kind = SIGN_KINDS[code[at + 2] as number] ?? 'sure';
    if (kind === 'figure') this.#testWithout(spansOf(found, signs), item);
    const rest = { from: signs.to, to: found.length };
    const verdict = weighSigns(
      found,
      { evidence, signs, rest },
      { titleEnd, kind, isInTitle: code[at + 3] === 1 },
    );
    const isTold = isAnyBefore(found, signs, titleEnd);
    found.length = evidence.to;
    if (verdict !== null)
      this.doubts.push(verdict.points, code[at + 4] as number, verdict.start, verdict.end);
    return isTold;
  }

  /** Finds what holds of the item when the words in these figures of speech say nothing. */
  #testWithout(figures: readonly Span[], item: number): void {
    const doubts = this.doubts.length;
    const around = this.#figures;
    this.#figures = [...around, ...figures];
    this.#test(item);
    this.#figures = around;
    this.doubts.length = doubts;
  }

  /** The points off by the doubts from there on, after those that say the same of the same words became one. */
  #sumOnce(from: number): number {
    const { doubts } = this;
    for (let at = from + 4; at < doubts.length; at += 4) {
      let same = from;
      while ([1, 2, 3].some((part) => doubts[same + part] !== doubts[at + part])) same += 4;
      if (same === at) continue;
      doubts[same] = Math.max(doubts[same] as number, doubts[at] as number);
      doubts.splice(at, 4);
      at -= 4;
    }
    return pointsOff(doubts, from);
  }

  #testNear(at: number): number {
    const { code } = this.#rules;
    const [distance, isOrdered] = [code[at + 2] as number, code[at + 3] === 1];
    const side = firstPart(code, at);
    const lefts = this.#occurrencesOf(side);
    const rights = this.#occurrencesOf(afterNode(code, side));
    if (this.#isSign) {
      const before = this.found.length;
      this.#addPairs(lefts, rights, distance);
      if (!isOrdered) this.#addPairs(rights, lefts, distance);
      return this.found.length > before ? 0 : NO;
    }
    const { occurrences } = this.#signals;
    const near = nearPairs(lefts, rights, { occurrences, distance });
    if (!isOrdered) for (const one of nearPairs(rights, lefts, { occurrences, distance })) near.add(one);
    for (const one of near) this.#add(one);
    return near.size > 0 ? 0 : NO;
  }

  /** Pairs each left one with the nearest on its right: "the anniversary of the attack, bomb kills five" ends at "attack". */
  #addPairs(lefts: readonly number[], rights: readonly number[], distance: number): void {
    const { text, titleEnd } = this.#page;
    for (const left of lefts) {
      const first = this.#unitAt(left);
      const after = rights.map((right) => this.#unitAt(right)).filter((unit) => unit.first >= first.next);
      const last = after.toSorted((one, other) => one.first - other.first || other.next - one.next)[0];
      if (last === undefined || last.first - first.next > distance) continue;
      if (!isOnePhrase(text, titleEnd, first, last)) continue;
      if (CLAUSE_END.test(text.slice(first.end, last.start).replace(APPOSITION, ''))) continue;
      const signal = this.#signals.occurrences[left + OCCURRENCE.SIGNAL] as number;
      this.found.push(first.start, last.end, signal, 0);
    }
  }

  /** Occurrences of a word or phrase, or of a choice of those. */
  #occurrencesOf(at: number): number[] {
    const { code } = this.#rules;
    if (code[at] === OP.ANY) {
      const all: number[] = [];
      const end = afterNode(code, at);
      for (let part = firstPart(code, at); part < end; part = afterNode(code, part)) {
        for (const one of this.#occurrencesOf(part)) all.push(one);
      }
      return all;
    }
    const signal = code[at + 1] as number;
    return this.#signals.isOn(signal) ? this.#seen(signal) : [];
  }

  /** Where these words of the program stand side by side. */
  #unitsOf(first: number, end: number): Unit[] {
    const head = this.#rules.code[first] as number;
    const units: Unit[] = [];
    if (!this.#signals.isOn(head)) return units;
    for (let one = this.#signals.first(head); one !== NONE; one = this.#next(one)) {
      const unit = this.#unitAt(one);
      const last = this.#follow(first + 1, end, unit);
      if (last !== null) units.push({ ...unit, end: last.end, next: last.next });
    }
    return units;
  }

  /** The unit that ends the phrase which goes on after this one with these words, or null. */
  #follow(word: number, end: number, unit: Unit): Unit | null {
    if (word === end) return unit;
    const { occurrences, atToken } = this.#signals;
    const { text, titleEnd } = this.#page;
    const wanted = this.#rules.code[word] as number;
    let one = atToken[unit.next] ?? NONE;
    for (; one !== NONE; one = occurrences[one + OCCURRENCE.BESIDE] as number) {
      if (occurrences[one + OCCURRENCE.SIGNAL] !== wanted) continue;
      const next = this.#unitAt(one);
      if (!isOnePhrase(text, titleEnd, unit, next)) return null;
      const last = this.#follow(word + 1, end, next);
      if (last !== null) return last;
    }
    return null;
  }

  #unitAt(occurrence: number): Unit {
    const { occurrences } = this.#signals;
    return {
      start: occurrences[occurrence + OCCURRENCE.START] as number,
      end: occurrences[occurrence + OCCURRENCE.END] as number,
      first: occurrences[occurrence + OCCURRENCE.FROM] as number,
      next: occurrences[occurrence + OCCURRENCE.TO] as number,
    };
  }
}

function endOfPart(part: number, { text, titleEnd }: Page): number {
  if (part === PART.title) return titleEnd;
  return part === PART.lead ? leadEndOf(titleEnd) : text.length;
}

/** The sum of the doubts' points, from there on. */
export function pointsOff(doubts: Doubts, from = 0): number {
  let sum = 0;
  for (let at = from; at < doubts.length; at += 4) sum += doubts[at] as number;
  return sum;
}
