import { expect, test } from '@jest/globals';
import { createMetrics, faultLines } from '../../src/ops/metrics.ts';

test('The status says how many facts were left out because the article does not have their words', () => {
  const metrics = createMetrics();
  expect(faultLines(metrics)).toEqual([]);
  metrics.ungroundedFacts = 1;
  expect(faultLines(metrics)).toEqual([
    '1 fact was left out since the start because the words are not in the article: please report it; the log says which.',
  ]);
  metrics.ungroundedFacts = 3;
  expect(faultLines(metrics)[0]).toMatch(/^3 facts were left out/);
});
