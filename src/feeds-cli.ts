import { readFileSync, writeFileSync } from 'node:fs';
import { openConfiguredStore, vaultOf } from './app.ts';
import { counted } from './chat/plain.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { FeedError } from './feeds/feed-error.ts';
import { canonicalLink } from './feeds/identity.ts';
import { writeOpml } from './feeds/opml.ts';
import { importFeeds } from './import-feeds.ts';
import type { Vault } from './ops/vault.ts';
import type { Store } from './store/store.ts';
import { StoreError } from './store/store-error.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';

interface CliDeps {
  store: Store;
  vault: Vault;
  now: () => number;
}

const ACTIONS = { import: importFile, export: exportFile, remove: removeFeed };

/** Whether `tocsin feeds` has the action. */
export function isFeedsAction(action: string): action is keyof typeof ACTIONS {
  return Object.hasOwn(ACTIONS, action);
}

/**
 * `tocsin feeds import|export FILE` and `tocsin feeds remove ADDRESS`: what was done, as one line. Imported feeds are
 * everybody's, like those of the configuration file. Throws ConfigError or StoreError with the remedy.
 */
export async function feedsCommandLine(
  action: keyof typeof ACTIONS,
  argument: string,
  { config, now }: { config: Config; now: () => number },
): Promise<string> {
  const store = await openedStore(config);
  try {
    return await ACTIONS[action](argument, { store, vault: vaultOf(config), now });
  } finally {
    await store.close();
  }
}

async function removeFeed(address: string, { store, now }: CliDeps): Promise<string> {
  const feed = (await store.feeds.list()).find(({ url }) => canonicalLink(url) === canonicalLink(address));
  const imported = feed?.subscriptions.some((one) => one.origin === 'import');
  if (feed === undefined || imported !== true) {
    throw new ConfigError(
      `no feed at ${address} was imported: feeds export FILE writes those that are followed`,
    );
  }
  await store.subscriptions.remove(feed.id, CONFIG_WORKSPACE, now());
  return `${feed.url} is not followed any more.`;
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
