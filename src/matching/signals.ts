import { grown, Numbering } from './columns.ts';
import type { Unit } from './text-units.ts';

/** No signal, no occurrence, no rule. */
export const NONE = -1;

/** How many articles the first guess of a frequency weighs against what was seen. */
const GUESS_WEIGHT = 20;
/** Guesses are kept as whole numbers. */
const GUESS_SCALE = 1_000_000;

/** Numbers of one signal stand together: memory is read once for all of them. */
const SIGNAL = { USES: 0, SEEN: 1, BORN: 2, GUESS: 3, ARTICLE: 4, HEAD: 5, TAIL: 6 } as const;
const SIGNAL_SIZE = 7;

/**
 * Numbers of one occurrence of a signal: the tokens FROM to before TO, and the same as offsets START and END; which
 * SPELLING of a term it is; the NEXT occurrence of the same signal; and the next one BESIDE it, of any signal, that
 * begins with the same token. An occurrence is known by where its numbers begin.
 */
export const OCCURRENCE = {
  SIGNAL: 0,
  FROM: 1,
  TO: 2,
  START: 3,
  END: 4,
  SPELLING: 5,
  NEXT: 6,
  BESIDE: 7,
} as const;
const OCCURRENCE_SIZE = 8;

/**
 * What an article can have: a word, a phrase, a topic, a property. Watches are built from these and filed under
 * them. Everything about a signal is a number, because an index holds 100,000 of them; and what an article has is a
 * chain of occurrences, numbers too, because making objects of it costs more than matching.
 */
export class Signals {
  readonly #numbers = new Numbering();
  #signals: Int32Array = new Int32Array(64 * SIGNAL_SIZE);
  #articles = 0;
  #end = 0;
  /** Signals in the order in which the article at hand turned them on. */
  readonly on: number[] = [];
  occurrences: Int32Array = new Int32Array(64 * OCCURRENCE_SIZE);
  /** The first occurrence that begins with a token, or NONE. */
  atToken: Int32Array = new Int32Array(64);

  /** A signal used once; `guess` is the share of articles that may have it. */
  create(guess: number): number {
    const signal = this.#numbers.take();
    this.#signals = grown(this.#signals, (signal + 1) * SIGNAL_SIZE);
    const all = this.#signals;
    const at = signal * SIGNAL_SIZE;
    all[at + SIGNAL.USES] = 1;
    all[at + SIGNAL.SEEN] = 0;
    all[at + SIGNAL.BORN] = this.#articles;
    all[at + SIGNAL.GUESS] = Math.min(1, guess) * GUESS_SCALE;
    all[at + SIGNAL.ARTICLE] = NONE;
    return signal;
  }

  /** Uses it once more. */
  keep(signal: number): void {
    this.#change(signal, 1);
  }

  /** Uses it once less; true when that was the last use, and the number is free again. */
  release(signal: number): boolean {
    const isLast = this.#change(signal, -1) === 0;
    if (isLast) this.#numbers.giveBack(signal);
    return isLast;
  }

  /** Begins the next article: nothing is on. */
  nextArticle(tokens: number): void {
    this.#articles += 1;
    this.#end = 0;
    this.on.length = 0;
    this.atToken = grown(this.atToken, tokens + 1);
    this.atToken.fill(NONE, 0, tokens + 1);
  }

  /** True when the article at hand has it. */
  isOn(signal: number): boolean {
    return this.#signals[signal * SIGNAL_SIZE + SIGNAL.ARTICLE] === this.#articles;
  }

  turnOn(signal: number): void {
    const all = this.#signals;
    const at = signal * SIGNAL_SIZE;
    if (all[at + SIGNAL.ARTICLE] === this.#articles) return;
    all[at + SIGNAL.ARTICLE] = this.#articles;
    all[at + SIGNAL.SEEN] = (all[at + SIGNAL.SEEN] as number) + 1;
    all[at + SIGNAL.HEAD] = NONE;
    all[at + SIGNAL.TAIL] = NONE;
    this.on.push(signal);
  }

  /** Turns it on and notes where it stands. */
  note(signal: number, unit: Unit, spelling: number): void {
    this.turnOn(signal);
    const at = this.#end;
    this.#end += OCCURRENCE_SIZE;
    this.occurrences = grown(this.occurrences, this.#end);
    const { occurrences, atToken } = this;
    occurrences[at + OCCURRENCE.SIGNAL] = signal;
    occurrences[at + OCCURRENCE.FROM] = unit.first;
    occurrences[at + OCCURRENCE.TO] = unit.next;
    occurrences[at + OCCURRENCE.START] = unit.start;
    occurrences[at + OCCURRENCE.END] = unit.end;
    occurrences[at + OCCURRENCE.SPELLING] = spelling;
    occurrences[at + OCCURRENCE.NEXT] = NONE;
    occurrences[at + OCCURRENCE.BESIDE] = atToken[unit.first] as number;
    atToken[unit.first] = at;
    const all = this.#signals;
    const tail = signal * SIGNAL_SIZE + SIGNAL.TAIL;
    if (all[tail] === NONE) all[signal * SIGNAL_SIZE + SIGNAL.HEAD] = at;
    else occurrences[(all[tail] as number) + OCCURRENCE.NEXT] = at;
    all[tail] = at;
  }

  /** The first occurrence of a signal that is on, or NONE when it stands nowhere. */
  first(signal: number): number {
    return this.#signals[signal * SIGNAL_SIZE + SIGNAL.HEAD] as number;
  }

  /** The share of articles that have it, learned from what was read; a guess at first. Only speed depends on it. */
  frequency(signal: number): number {
    const all = this.#signals;
    const at = signal * SIGNAL_SIZE;
    const read = this.#articles - (all[at + SIGNAL.BORN] as number);
    const guessed = (GUESS_WEIGHT * (all[at + SIGNAL.GUESS] as number)) / GUESS_SCALE;
    return ((all[at + SIGNAL.SEEN] as number) + guessed) / (read + GUESS_WEIGHT);
  }

  #change(signal: number, by: number): number {
    const at = signal * SIGNAL_SIZE + SIGNAL.USES;
    const uses = (this.#signals[at] as number) + by;
    this.#signals[at] = uses;
    return uses;
  }
}
