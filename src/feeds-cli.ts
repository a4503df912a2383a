import { readFileSync, writeFileSync } from 'node:fs';
import { openConfiguredStore } from './app.ts';
import { counted } from './chat/plain.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { FeedError } from './feeds/feed-error.ts';
import { writeOpml } from './feeds/opml.ts';
import { importFeeds } from './import-feeds.ts';
import type { Store } from './store/store.ts';
import { StoreError } from './store/store-error.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';

interface CliDeps {
  store: Store;
  now: () => number;
}

/**
 * `tocsin feeds import|export FILE`: what was done, as one line. Imported feeds are everybody's, like those of the
 * configuration file. Throws ConfigError or StoreError with the remedy.
 */
export async function feedsCommandLine(
  action: 'import' | 'export',
  path: string,
  { config, now }: { config: Config; now: () => number },
): Promise<string> {
  const store = await openedStore(config);
  try {
    return await (action === 'import' ? importFile(path, { store, now }) : exportFile(path, { store, now }));
  } finally {
    await store.close();
  }
}

async function openedStore(config: Config): Promise<Store> {
  try {
    return await openConfiguredStore(config);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    throw new StoreError(`${cause.message}. While Tocsin runs, /feeds import in chat adds feeds`, { cause });
  }
}

async function importFile(path: string, deps: CliDeps): Promise<string> {
  const asked = { workspace: CONFIG_WORKSPACE, person: null, origin: 'import' } as const;
  try {
    const { added, known } = await importFeeds(readFileSync(path, 'utf8'), asked, deps);
    return `${counted(added, 'feed')} added, ${known} known already. npm start reads them.`;
  } catch (cause) {
    if (!(cause instanceof FeedError || isFileError(cause))) throw cause;
    throw new ConfigError(`${path} can't be imported: ${cause.message}`, { cause });
  }
}

async function exportFile(path: string, { store, now }: CliDeps): Promise<string> {
  // A feed that is polled with somebody's credentials is nobody else's business.
  const feeds = (await store.feeds.list()).filter(({ credentials }) => credentials === null);
  const outlines = feeds.map(({ url, name, subscriptions }) => ({
    url,
    title: name,
    group: subscriptions.find((one) => one.group !== null)?.group ?? null,
  }));
  try {
    writeFileSync(
      path,
      writeOpml({ title: `Tocsin, ${new Date(now()).toISOString().slice(0, 10)}`, feeds: outlines }),
    );
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw new ConfigError(`${path} can't be written: ${cause.message}`, { cause });
  }
  return `${counted(outlines.length, 'feed')} written to ${path}.`;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
