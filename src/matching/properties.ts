import type { PropertyCondition } from './condition.ts';
import type { ArticleFields, FieldTest } from './fields.ts';
import type { Signals } from './signals.ts';

interface Property {
  key: string;
  test: FieldTest;
  /** The last article that was asked, and what it said. */
  asked: ArticleFields | null;
  held: boolean;
}

/** What watches ask of articles besides their words: each property a signal, looked at once per article. */
export class Properties {
  readonly #signals: Signals;
  readonly #byKey = new Map<string, number>();
  readonly #properties = new Map<number, Property>();

  constructor(signals: Signals) {
    this.#signals = signals;
  }

  /** The signal of a property: the same one for the same field and value, until it was released as often as taken. */
  take({ field, value, test }: PropertyCondition): number {
    const key = `${field}:${value}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      this.#signals.keep(known);
      return known;
    }
    const signal = this.#signals.create(1);
    this.#byKey.set(key, signal);
    this.#properties.set(signal, { key, test, asked: null, held: false });
    return signal;
  }

  /** True when the signal is a property's and was released. */
  release(signal: number): boolean {
    const property = this.#properties.get(signal);
    if (property === undefined) return false;
    if (!this.#signals.release(signal)) return true;
    this.#byKey.delete(property.key);
    this.#properties.delete(signal);
    return true;
  }

  /** Whether the article has it; the signal is then on. */
  holds(signal: number, article: ArticleFields): boolean {
    const property = this.#properties.get(signal);
    if (property === undefined) return false;
    if (property.asked !== article) {
      property.asked = article;
      property.held = property.test(article, '') !== null;
    }
    if (property.held) this.#signals.turnOn(signal);
    return property.held;
  }

  /** What of the article has it, as the owner of the watch sees it; null when nothing has. */
  valueFor(signal: number, article: ArticleFields, watchId: string): string | null {
    return this.#properties.get(signal)?.test(article, watchId) ?? null;
  }

  /** Every property in use. */
  all(): Iterable<number> {
    return this.#properties.keys();
  }
}
