import { expect, test } from '@jest/globals';
import { createLogger } from '../src/ops/log.ts';
import { createWatchList } from '../src/watch-list.ts';
import { ENGINES, freshStore } from './support/stores.ts';

const NOON = Date.UTC(2022, 1, 3, 12);
const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });

test.each(ENGINES)('a workspace watches a group by its own name for it, on $name', async (engine) => {
  await using store = await freshStore(engine);
  const watch = (workspace: string, name: string) =>
    store.watches.put(
      { workspace, name, query: 'feed:syria', channels: [], origin: 'chat', createdBy: null },
      NOON,
    );
  await watch('slack:T1', 'ours');
  await watch('discord:2', 'theirs');
  const list = createWatchList(store, log, {});
  await list.refresh();
  const article = {
    title: 'Raid',
    text: 'Raid\n\nA raid.',
    language: 'en',
    outlet: 'A',
    author: null,
    tags: [],
    facts: [],
  };
  const groups = new Map([['slack:T1', ['syria']]]);
  const labelsFor = (workspace: string) => ({ names: [], urls: [], groups: groups.get(workspace) ?? [] });
  const matching = list.match(article, labelsFor).map((match) => list.watch(match.watchId)?.name);
  expect(matching).toEqual(['ours']);
  expect(list.match(article)).toEqual([]);
});
