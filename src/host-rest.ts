import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedError } from './feeds/feed-error.ts';
import type { AddressGuard } from './feeds/guard.ts';
import { pauseMs, spacingMs } from './feeds/schedule.ts';
import type { Store } from './store/store.ts';

/** A person who asks waits so long for a host's rest to end. */
const PATIENCE_MS = 4_000;
const PAUSE_MS = 250;

/** The first that `attempt` gives, tried for some seconds; null when it gives nothing, or when `signal` ends it. */
export async function patiently<T>(
  attempt: () => Promise<T | null>,
  signal?: AbortSignal,
): Promise<T | null> {
  for (let waitedMs = 0; signal?.aborted !== true; waitedMs += PAUSE_MS) {
    const found = await attempt();
    if (found !== null || waitedMs >= PATIENCE_MS) return found;
    await sleep(PAUSE_MS);
  }
  return null;
}

/**
 * When the host of an address may be asked again. After 429 or 503 the whole host is left alone; the operator's own
 * hosts never are, because other services on them may be fine.
 */
export async function restOfHost(
  address: string,
  trouble: FeedError | null,
  { guard, now, store }: { guard: AddressGuard; now: () => number; store: Store },
): Promise<{ readyAt: number; isPaused: boolean }> {
  const { host, hostname } = new URL(address);
  if (guard.isOwn(hostname)) return { readyAt: 0, isPaused: false };
  if (trouble?.kind !== 'rate-limited') return { readyAt: now() + spacingMs(host), isPaused: false };
  const pauses = await store.hosts.pauses(host);
  return { readyAt: now() + pauseMs(pauses, trouble.retryAfterMs), isPaused: true };
}
