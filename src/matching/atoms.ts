import { type Column, grown } from './columns.ts';
import { NameTable } from './name-table.ts';
import type { Letters, Term } from './spellings.ts';

/** One term that somebody looks for. */
export interface Atom extends Term {
  signal: number;
}

const HOWS = ['form', 'stem', 'prefix'] as const;

/**
 * Terms by their signals and by their forms. An object for each would take 60 bytes more, and an index for 100,000
 * watches holds about as many.
 */
export class Atoms {
  readonly #forms = new NameTable();
  #hows: Column = new Int32Array(16);
  /** Only of terms that ask for certain ones. */
  readonly #letters = new Map<number, Letters>();

  add({ form, how, letters, signal }: Atom): void {
    this.#forms.add(signal, form);
    this.#hows = grown(this.#hows, signal + 1);
    this.#hows[signal] = HOWS.indexOf(how);
    if (letters !== 'any') this.#letters.set(signal, letters);
  }

  remove(signal: number): void {
    this.#forms.remove(signal);
    this.#letters.delete(signal);
  }

  /** The term of this signal; null for a signal that is no term's. */
  get(signal: number): Atom | null {
    const form = this.#forms.name(signal);
    return form === undefined ? null : { form, how: this.how(signal), letters: this.letters(signal), signal };
  }

  how(signal: number): Term['how'] {
    return HOWS[this.#hows[signal] ?? 0] ?? 'form';
  }

  letters(signal: number): Letters {
    return this.#letters.get(signal) ?? 'any';
  }

  /** Signals of all terms of this form. */
  withForm(form: string): number[] {
    return this.#forms.numbers(form);
  }

  /** The terms that are found by their inflections. */
  stemmed(): Atom[] {
    const signals = this.#forms.all().filter((signal) => this.how(signal) === 'stem');
    return signals.map((signal) => this.get(signal)).filter((atom) => atom !== null);
  }
}
