/** What goes wrong on the way: before the request is looked at, or after it has been carried out. */
export type Fault =
  | { kind: 'status'; status: number }
  /** Accepted late, and answered then: meanwhile nobody sees it; `taken` is told at once. */
  | { kind: 'late'; ms: number; taken?: () => void }
  /** Accepted at once, answered late; `done` is told in between. */
  | { kind: 'hold'; ms: number; done?: () => void }
  | { kind: 'cut-before' }
  /** Accepted, and the answer is lost; `reset` ends the connection with a TCP reset. */
  | { kind: 'cut-after'; reset?: boolean }
  /** Accepted, and the connection breaks in the middle of the answer. */
  | { kind: 'cut-mid' }
  | { kind: 'rate-limit'; retryAfterS: number; global?: boolean };

export interface Faults {
  /** `route` is matched against `POST /channels/1/messages`. */
  add(route: RegExp, fault: Fault, times: number): void;
  /** The fault that the next request meets, used up by that; null when none does. */
  next(call: string): Fault | null;
  /** Nothing goes wrong any more. */
  clear(): void;
}

/** Faults in the order in which they were added. */
export function plannedFaults(): Faults {
  let planned: { route: RegExp; fault: Fault; left: number }[] = [];
  return {
    add(route, fault, times) {
      planned.push({ route, fault, left: times });
    },
    next(call) {
      const found = planned.find(({ route }) => route.test(call));
      if (!found) return null;
      found.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear() {
      planned = [];
    },
  };
}
