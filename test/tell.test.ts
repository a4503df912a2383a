import { expect, test } from '@jest/globals';
import type { Fact } from '../src/model/fact.ts';
import { createLogger } from '../src/ops/log.ts';
import { tellChannels } from '../src/tell.ts';
import { newsroom, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';

test.each(ENGINES)(
  'A fact whose words stand in no article is told to nobody, and counted, on $name',
  async (engine) => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.publish('wire', RAID);
    const [article] = await store.articles.newest(1, null);
    const toll = article?.facts.find(({ kind }) => kind === 'casualties');
    if (article?.storyId == null || toll === undefined) throw new Error('the raid was not read');
    const invented: Fact = { ...toll, evidence: 'At least 9 people were killed' };
    const lines: string[] = [];
    const log = createLogger({ level: 'error', now: room.now, write: (line) => lines.push(line) });
    const told = {
      reading: { article, sentences: [], facts: [invented] },
      storyId: article.storyId,
      channels: new Map([['slack:C1', { watches: ['Atme'], aliases: [], tellings: [null] }]]),
      firstAt: room.now(),
      bringer: 'feed' as const,
    };
    await store.exclusive((tables) => tellChannels(told, { ...room.deps, log, tables, mayRead: () => true }));
    const [alert] = await store.alerts.ofChannel('slack:C1', 1);
    expect(alert?.content).toMatchObject({ headline: 'Raid near Atme', lines: [] });
    expect(room.deps.metrics.ungroundedFacts).toBe(1);
    expect(lines).toEqual([expect.stringContaining('"fact not grounded"')]);
  },
);
