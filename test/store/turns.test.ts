import { expect, test } from '@jest/globals';
import { openStore } from '../../src/store/store.ts';

test('sockets and timers get their turn while many transactions follow one another', async () => {
  const store = await openStore({ kind: 'memory' });
  let turns = 0;
  let next = setImmediate(function turn() {
    turns += 1;
    next = setImmediate(turn);
  });
  for (let count = 0; count < 20; count += 1)
    await store.transaction((tables) => tables.stories.create(count));
  clearImmediate(next);
  await store.close();
  expect(turns).toBeGreaterThanOrEqual(19);
});
