import type { Store } from './store/store.ts';

const PAGE = 500;

/**
 * Writes one line of JSON for every message that a channel was sent (what it said with its evidence and sources, whom it
 * called, when it was queued and confirmed, the platform's id) and for every correction of a story, oldest first.
 */
export async function exportTold({ alertLog }: Store, write: (line: string) => void): Promise<void> {
  let page = await alertLog.page(PAGE, null);
  while (page.length > 0) {
    for (const event of page) write(JSON.stringify(event));
    page = await alertLog.page(PAGE, page.at(-1)?.id ?? null);
  }
}
