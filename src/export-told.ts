import { openConfiguredStore } from './app.ts';
import type { Config } from './config/config.ts';

const PAGE = 500;

/**
 * Writes one line of JSON for every message that a channel was sent, oldest first: what it said with its evidence and
 * sources, when it was queued and confirmed, and the platform's id. Throws ConfigError or StoreError.
 */
export async function exportTold(config: Config, write: (line: string) => void): Promise<void> {
  const store = await openConfiguredStore(config);
  try {
    let page = await store.deliveries.told(PAGE, null);
    while (page.length > 0) {
      for (const message of page) write(`${JSON.stringify(message)}\n`);
      page = await store.deliveries.told(PAGE, page.at(-1)?.id ?? null);
    }
  } finally {
    await store.close();
  }
}
