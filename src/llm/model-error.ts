/** The language model gave no usable answer. The message names the remedy where there is one. */
export class ModelError extends Error {
  override name = 'ModelError';
  /** Another try may end better. */
  readonly retry: boolean;
  /** How long the server asks to be left alone, in milliseconds; null when it does not say. */
  readonly restMs: number | null;

  constructor(
    message: string,
    {
      retry = false,
      restMs = null,
      cause,
    }: { retry?: boolean; restMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.retry = retry;
    this.restMs = restMs;
  }
}
