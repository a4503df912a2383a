import { createColumns, growColumns } from './columns.ts';
import type { Condition } from './condition.ts';
import { type Doubts, Evaluator, type Found, type Page } from './evaluate.ts';
import { Filing, LEVEL } from './filing.ts';
import { Interning } from './interning.ts';
import { Lexicon } from './lexicon.ts';
import { NameList } from './name-list.ts';
import { compile, eachSignal, type SignalCondition, type SignalSource, withoutTopics } from './program.ts';
import { Properties } from './properties.ts';
import { routesTo } from './routes.ts';
import { Rules } from './rules.ts';
import { NONE, Signals } from './signals.ts';

/** Conditions that articles are tried against, each of them one rule however often it was added. */
export class Engine {
  readonly #signals = new Signals();
  readonly #always = this.#signals.create(1);
  readonly #lexicon = new Lexicon(this.#signals);
  readonly #properties = new Properties(this.#signals);
  readonly #filing = new Filing();
  readonly #rules = new Rules(this.#signals, this.#filing, this.#always);
  readonly #evaluator = new Evaluator(this.#signals, this.#properties, this.#rules);
  readonly #interning = new Interning(this.#rules);
  /** The signal that a term or topic turns on, by its rule, and the other way round. */
  readonly #links = createColumns('signal', 'rule');
  /** Rules that depend on whose watch it is. */
  readonly #owned = new Set<number>();
  /** Names of guards. */
  readonly #names = new NameList();
  readonly #source: SignalSource = {
    word: (term) => this.#lexicon.take(term),
    term: (code) => this.#derive(code, LEVEL.TERM),
    property: (property) => this.#properties.take(property),
    topic: (topic) => this.#derive(compile(withoutTopics(topic), this.#source), LEVEL.TOPIC),
    signs: (item) => {
      // Guarded by nothing: so no watch with the same words is taken for it.
      const own = { kind: 'guarded' as const, item: withoutTopics(item), guards: [], news: null };
      return this.#derive(compile(own, this.#source), LEVEL.GUARD);
    },
    name: (name) => this.#names.number(name),
  };
  #articles = 0;

  /** The rule of a condition, used once more. */
  take(condition: Condition): number {
    const code = compile(condition, this.#source);
    const known = this.#interning.find(code);
    if (known !== NONE) {
      this.#interning.keep(known);
      this.#releaseSignals(Int32Array.from(code), 0);
      return known;
    }
    const rule = this.#rules.add(code, LEVEL.WATCH);
    this.#interning.add(rule);
    if (isOwned(condition)) this.#owned.add(rule);
    return rule;
  }

  /** Uses it once less; with the last use it is gone. */
  release(rule: number): void {
    if (!this.#interning.release(rule)) return;
    this.#owned.delete(rule);
    this.#remove(rule);
  }

  /** Reads an article and calls `attempt` for every rule that it may satisfy, each once; it says whether it did. */
  read(page: Page, attempt: (rule: number) => boolean): void {
    this.#articles += 1;
    this.#lexicon.read(page.text, page.titleEnd, page.article.language);
    this.#evaluator.nextArticle();
    this.#signals.turnOn(this.#always);
    for (const signal of this.#properties.all()) {
      const isFiled = (level: number) => this.#filing.first(signal, level) !== NONE;
      if (isFiled(LEVEL.WATCH) || isFiled(LEVEL.TOPIC)) this.#properties.doubtOf(signal, page.article);
    }
    this.#tryAll(LEVEL.TERM, (rule) =>
      this.#evaluator.noteTerm(this.#rules.program(rule), this.#links.signal[rule] as number, page),
    );
    this.#tryAll(LEVEL.GUARD, (rule) => {
      const isFound = this.#evaluator.holdsSigns(this.#rules.program(rule), page);
      if (isFound) this.#noteFound(rule);
      return isFound;
    });
    this.#tryAll(LEVEL.TOPIC, (rule) => {
      const isFound = this.satisfies(rule, page, '');
      if (isFound) this.#noteFound(rule);
      return isFound;
    });
    this.#tryAll(LEVEL.WATCH, attempt);
  }

  /** Whether the page that was read last satisfies the rule, for the owner of a watch; `found` then holds what did. */
  satisfies(rule: number, page: Page, watchId: string): boolean {
    return this.#evaluator.holds(this.#rules.program(rule), page, watchId);
  }

  /** What satisfied a rule, until the next one is asked for. */
  get found(): Found {
    return this.#evaluator.found;
  }

  /** What ranks that match down, as long. */
  get doubts(): Doubts {
    return this.#evaluator.doubts;
  }

  /** The name of a guard by the number that a doubt has for it. */
  guardName(number: number): string {
    return this.#names.name(number);
  }

  /** The place that a doubt is about, which the page only mentions. */
  passingValue(signal: number, page: Page): string | null {
    return this.#properties.passingValue(signal, page.article);
  }

  /** True when it depends on whose watch it is. */
  isOwned(rule: number): boolean {
    return this.#owned.has(rule);
  }

  /** What each signal of a condition that was added stands for in it. */
  meanings(condition: Condition): Map<number, SignalCondition> {
    const found = new Map<number, SignalCondition>();
    const code = compile(condition, this.#source, (signal, meaning) => found.set(signal, meaning));
    this.#releaseSignals(Int32Array.from(code), 0);
    return found;
  }

  /** What of an article has a property, for the owner of a watch; null when nothing has. */
  propertyValue(signal: number, page: Page, watchId: string): string | null {
    return this.#properties.valueFor(signal, page.article, watchId);
  }

  /** The rule behind the signal of a topic. */
  topicRule(signal: number): number {
    return this.#links.rule[signal] ?? NONE;
  }

  #tryAll(level: number, attempt: (rule: number) => boolean): void {
    const { on } = this.#signals;
    for (let index = 0, count = on.length; index < count; index += 1) {
      this.#tryFiled(this.#filing.first(on[index] as number, level), attempt);
    }
  }

  #tryFiled(first: number, attempt: (rule: number) => boolean): void {
    const { postings } = this.#filing;
    for (let posting = first; posting !== NONE; ) {
      const [rule, guard] = [postings.rule[posting] as number, postings.guard[posting] as number];
      // Before the rule is tried: a miss may file it elsewhere.
      posting = postings.next[posting] as number;
      if (guard !== NONE && !this.#signals.isOn(guard)) continue;
      if (this.#rules.meet(rule, this.#articles) && !attempt(rule)) this.#rules.noteMiss(rule);
    }
  }

  /** Its words are those of its own words, in place of a spelling: guards count the different ones. */
  #noteFound(rule: number): void {
    const { found, doubts } = this;
    const signal = this.#links.signal[rule] as number;
    this.#signals.turnOn(signal);
    for (let at = 0; at < found.length; at += 4) {
      const [start, end] = [found[at] as number, found[at + 1] as number];
      this.#signals.note(signal, { start, end, first: 0, next: 0 }, found[at + 2] as number);
    }
    if (doubts.length > 0) this.#evaluator.noteTopicDoubts(signal, [...doubts]);
  }

  /** The signal of a term or topic: a rule of its own, shared by all conditions that use it. */
  #derive(code: readonly number[], level: number): number {
    const known = this.#interning.find(code);
    if (known !== NONE) {
      const signal = this.#links.signal[known] as number;
      this.#signals.keep(signal);
      this.#releaseSignals(Int32Array.from(code), 0);
      return signal;
    }
    const signal = this.#signals.create(routesTo(Int32Array.from(code), 0, this.#signals)?.frequency ?? 1);
    const rule = this.#rules.add(code, level);
    this.#interning.add(rule);
    growColumns(this.#links, Math.max(rule, signal) + 1);
    this.#links.signal[rule] = signal;
    this.#links.rule[signal] = rule;
    return signal;
  }

  #releaseSignals(code: Int32Array, at: number): void {
    eachSignal(code, at, (signal) => this.#releaseSignal(signal));
  }

  #releaseSignal(signal: number): void {
    if (this.#lexicon.release(signal) || this.#properties.release(signal)) return;
    if (!this.#signals.release(signal)) return;
    const rule = this.#links.rule[signal] as number;
    this.#interning.release(rule);
    this.#remove(rule);
  }

  #remove(rule: number): void {
    const used: number[] = [];
    eachSignal(this.#rules.code, this.#rules.program(rule), (signal) => used.push(signal));
    this.#rules.remove(rule);
    for (const signal of used) this.#releaseSignal(signal);
  }
}

/** True when it asks what the owner of a watch calls the feed. */
function isOwned(condition: Condition): boolean {
  if (condition.kind === 'property') return condition.field === 'feed';
  if ('item' in condition) return isOwned(condition.item);
  return 'items' in condition && condition.items.some(isOwned);
}
