/** What goes wrong with a call. */
export type Fault =
  | { kind: 'status'; status: number }
  /** Done at once, answered late; `done` is told in between. */
  | { kind: 'delay'; ms: number; done?: () => void }
  /** Done late, and answered then: meanwhile nobody sees it; `taken` is told at once. */
  | { kind: 'late'; ms: number; taken?: () => void }
  /** The connection breaks before anything was done. */
  | { kind: 'cut-before' }
  /** Done, but the answer is lost. */
  | { kind: 'cut-after' }
  /** Done, and the connection breaks in the middle of the answer. */
  | { kind: 'cut-mid' }
  | { kind: 'rate-limit'; retryAfterS: number }
  | { kind: 'error'; error: string };

/** The faults that wait for their calls, first come first served. */
export class Faults {
  readonly #waiting = new Map<string, Fault[]>();

  add(method: string, fault: Fault, times: number): void {
    const queue = this.#waiting.get(method) ?? [];
    for (let time = 0; time < times; time += 1) queue.push(fault);
    this.#waiting.set(method, queue);
  }

  /** The fault of the next call of a method, or undefined. */
  take(method: string): Fault | undefined {
    return this.#waiting.get(method)?.shift();
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#waiting.clear();
  }
}
