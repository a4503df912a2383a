import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'health.json';

/** A process that has not said so for this long is not healthy. */
const STALE_MS = 60_000;

/** Notes in the data folder that the process works at `now`; where that fails, the old note goes stale. */
export function writeHealth(dataDir: string, now: number): void {
  try {
    writeFileSync(join(dataDir, FILE), JSON.stringify({ at: now }));
  } catch {
    // A full disk is reported where it stops an article; an unhealthy mark is what this note is for.
  }
}

/** Whether a process that uses the data folder worked within the last minute. */
export function isHealthy(dataDir: string, now: number): boolean {
  try {
    const { at } = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as { at: number };
    return now - at < STALE_MS;
  } catch {
    return false;
  }
}
