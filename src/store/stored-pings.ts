import type { Ping } from '../model/ping.ts';

/** As a column has them; null for nobody. */
export function storedPing(ping: readonly Ping[]): string | null {
  return ping.length === 0 ? null : JSON.stringify(ping);
}

/** Whom a column names. */
export function pingsOf(stored: string | null): Ping[] {
  return stored === null ? [] : JSON.parse(stored);
}
