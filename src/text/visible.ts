/** What no reader sees: PostgreSQL refuses NUL, and directional overrides make a line say something else. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** The text without invisible characters; a lone surrogate, which can't be sent as UTF-8, is replaced. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '').toWellFormed();
}
