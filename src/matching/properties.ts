import type { PropertyCondition } from './condition.ts';
import { PASSING_DOUBT } from './doubts.ts';
import type { ArticleFields, FieldTest } from './fields.ts';
import type { Signals } from './signals.ts';

interface Property {
  key: string;
  test: FieldTest;
  passing: FieldTest | null;
  /** The last article that was asked, and the points off when it has the property; null when it has not. */
  asked: ArticleFields | null;
  doubt: number | null;
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
  take({ field, value, test, passing }: PropertyCondition): number {
    const key = `${field}:${value}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      this.#signals.keep(known);
      return known;
    }
    const signal = this.#signals.create(1);
    this.#byKey.set(key, signal);
    this.#properties.set(signal, { key, test, passing, asked: null, doubt: null });
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

  /** The points off when the article has it, and the signal is then on; null when it has not. */
  doubtOf(signal: number, article: ArticleFields): number | null {
    const property = this.#properties.get(signal);
    if (property === undefined) return null;
    if (property.asked !== article) {
      property.asked = article;
      property.doubt = doubtOf(property, article);
    }
    if (property.doubt !== null) this.#signals.turnOn(signal);
    return property.doubt;
  }

  /** What of the article has it, as the owner of the watch sees it; null when nothing has. */
  valueFor(signal: number, article: ArticleFields, watchId: string): string | null {
    return this.#properties.get(signal)?.test(article, watchId) ?? null;
  }

  /** The place that the article only mentions, where that is what the property asks for. */
  passingValue(signal: number, article: ArticleFields): string | null {
    return this.#properties.get(signal)?.passing?.(article, '') ?? null;
  }

  /** Every property in use. */
  all(): Iterable<number> {
    return this.#properties.keys();
  }
}

function doubtOf({ test, passing }: Property, article: ArticleFields): number | null {
  if (test(article, '') !== null) return 0;
  return passing !== null && passing(article, '') !== null ? PASSING_DOUBT : null;
}
