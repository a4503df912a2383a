import type { Headers } from 'undici';
import { parseDate } from './dates.ts';

/** How long a server asks us to stay away (seconds or a date), in milliseconds; null when it does not say. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = parseDate(value);
  return date === null ? null : Math.max(0, date - serverNow(headers, now));
}

/** How long a document stays fresh by Cache-Control or else Expires, in milliseconds; null when neither says. */
export function maxAgeMs(headers: Headers, now: number): number | null {
  const control = headers.get('cache-control') ?? '';
  if (/\bno-(?:cache|store)\b/i.test(control)) return 0;
  const seconds = /\bmax-age\s*=\s*"?(\d+)/i.exec(control)?.[1];
  if (seconds !== undefined) return Math.max(0, Number(seconds) - ageOf(headers)) * 1000;
  const expires = headers.get('expires');
  if (expires === null) return null;
  // RFC 9111, 5.3: an unreadable date, and "0" in particular, means already expired.
  const date = parseDate(expires);
  return date === null ? 0 : Math.max(0, date - serverNow(headers, now));
}

function ageOf(headers: Headers): number {
  const age = headers.get('age')?.trim() ?? '';
  return /^\d+$/.test(age) ? Number(age) : 0;
}

/** The server's own clock where it tells, so that a wrong clock on either side cancels out. */
function serverNow(headers: Headers, now: number): number {
  return parseDate(headers.get('date') ?? '') ?? now;
}
