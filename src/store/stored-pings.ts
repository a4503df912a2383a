import type { Ping } from '../model/ping.ts';

/** As a column has them; null for nobody. */
export function storedPing(ping: readonly Ping[]): string | null {
  return ping.length === 0 ? null : JSON.stringify(ping);
}

/** Whom of these a message in the channel calls: the others are of another platform. */
export function calledIn(channel: string, stored: string | null): Ping[] {
  const [platform] = channel.split(':', 1);
  return pingsOf(stored).filter((one) => !one.includes(':') || one.startsWith(`${platform}:`));
}

/** Whom a column names. */
export function pingsOf(stored: string | null): Ping[] {
  return stored === null ? [] : JSON.parse(stored);
}
