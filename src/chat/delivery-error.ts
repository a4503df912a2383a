import type { DeliveryVerdict } from '../alerts/retry.ts';

/** A try failed; the verdict decides what happens next. The message says what to do and holds no token. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
  readonly verdict: DeliveryVerdict;

  constructor(message: string, { verdict, cause }: { verdict: DeliveryVerdict; cause?: unknown }) {
    super(message, { cause });
    this.verdict = verdict;
  }
}
