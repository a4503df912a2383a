import { ModelError } from './model-error.ts';

/** Failures in a row after which the model is left alone. */
const FAILURES = 3;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 30 * 60_000;

/** Keeps a failing language model from being asked for every article. */
export interface Circuit {
  /** How many questions may be under way now, `most` at best: none while it rests, then one to try it. */
  room(most: number): number;
  succeeded(): void;
  failed(error: unknown): void;
  /** Why and until when it is not asked, milliseconds UTC; null while it is. */
  rest(): { until: number; reason: string } | null;
}

export function createCircuit(now: () => number): Circuit {
  let failures = 0;
  let restUntil = 0;
  let reason = '';
  return {
    room(most) {
      if (now() < restUntil) return 0;
      return failures >= FAILURES ? 1 : most;
    },
    succeeded() {
      failures = 0;
      restUntil = 0;
    },
    failed(error) {
      failures += 1;
      reason = error instanceof Error ? error.message : String(error);
      const asked = error instanceof ModelError ? (error.restMs ?? 0) : 0;
      const own = failures < FAILURES ? 0 : FIRST_REST_MS * 2 ** (failures - FAILURES);
      restUntil = now() + Math.min(LONGEST_REST_MS, Math.max(asked, own));
    },
    rest: () => (now() < restUntil ? { until: restUntil, reason } : null),
  };
}
