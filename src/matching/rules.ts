import { type Column, createColumns, growColumns, grown, Numbering } from './columns.ts';
import { type Filing, LEVEL } from './filing.ts';
import { afterNode } from './program.ts';
import { type Route, routesTo } from './routes.ts';
import { NONE, type Signals } from './signals.ts';

/** Misses after which a rule is filed again by what was learned about its words meanwhile. */
const MISSES_BEFORE_REFILING = 16;
const LEVELS = Object.keys(LEVEL).length;

/** Programs to try when an article has the signals that they are filed under. */
export class Rules {
  readonly #signals: Signals;
  readonly #filing: Filing;
  readonly #always: number;
  readonly #numbers = new Numbering();
  /** Where the program of a rule begins, the article in which it was met last, and LEVELS times its misses plus its level. */
  readonly #columns = createColumns('program', 'metIn', 'state');
  /** Where programs of a length have left room. */
  readonly #room = new Map<number, number[]>();
  #end = 0;
  /** All programs, one after the other. */
  code: Column = new Int32Array(64);

  /** Rules that no signal leads to are filed under `always`. */
  constructor(signals: Signals, filing: Filing, always: number) {
    this.#signals = signals;
    this.#filing = filing;
    this.#always = always;
  }

  /** A rule of this program, filed. */
  add(code: readonly number[], level: number): number {
    const rule = this.#numbers.take();
    const columns = this.#columns;
    growColumns(columns, rule + 1);
    columns.program[rule] = this.#store(code);
    columns.state[rule] = level;
    columns.metIn[rule] = NONE;
    this.#file(rule);
    return rule;
  }

  remove(rule: number): void {
    this.#filing.unfile(rule, this.#levelOf(rule));
    const at = this.program(rule);
    const length = afterNode(this.code, at) - at;
    const room = this.#room.get(length);
    if (room === undefined) this.#room.set(length, [at]);
    else room.push(at);
    this.#numbers.giveBack(rule);
  }

  /** Where its program begins. */
  program(rule: number): number {
    return this.#columns.program[rule] as number;
  }

  /** Whether this is the first time that the rule is met in this article. */
  meet(rule: number, article: number): boolean {
    const { metIn } = this.#columns;
    if (metIn[rule] === article) return false;
    metIn[rule] = article;
    return true;
  }

  /** To be told when the article at hand did not satisfy it. */
  noteMiss(rule: number): void {
    const { state } = this.#columns;
    const after = (state[rule] as number) + LEVELS;
    state[rule] = after;
    if (after < LEVELS * MISSES_BEFORE_REFILING) return;
    this.#filing.unfile(rule, this.#levelOf(rule));
    this.#file(rule);
  }

  #levelOf(rule: number): number {
    return (this.#columns.state[rule] as number) % LEVELS;
  }

  #store(code: readonly number[]): number {
    const room = this.#room.get(code.length)?.pop();
    const at = room ?? this.#end;
    if (room === undefined) this.#end += code.length;
    this.code = grown(this.code, this.#end);
    this.code.set(code, at);
    return at;
  }

  #file(rule: number): void {
    const level = this.#levelOf(rule);
    const routes = routesTo(this.code, this.program(rule), this.#signals)?.routes;
    const always = [{ signal: this.#always, guard: NONE }];
    this.#filing.file(rule, level, distinct(routes ?? always));
    this.#columns.state[rule] = level;
  }
}

/** One route for each signal, guarded only where all of them are guarded by the same. */
function distinct(routes: readonly Route[]): readonly Route[] {
  if (routes.length < 2) return routes;
  const bySignal = new Map<number, Route>();
  for (const route of routes) {
    const known = bySignal.get(route.signal);
    if (known === undefined) bySignal.set(route.signal, { ...route });
    else if (known.guard !== route.guard) known.guard = NONE;
  }
  return [...bySignal.values()];
}
