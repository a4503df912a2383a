import { describe, expect, test } from '@jest/globals';
import { ENGINES } from '../support/stores.ts';
import { runChaos } from './chaos.ts';
import { checkChannel, checkOutboxOrder, type ExpectedAlert, type SeenAlert } from './check.ts';

describe.each(ENGINES)('killed at the worst moments, on $name', (engine) => {
  test('every alert and every update is there once, in order', async () => {
    const result = await runChaos({ engine, kills: 4, seed: 6, tell: () => {} });
    expect(result.violations).toEqual([]);
    expect(result.killsBeforeAnswer).toBeGreaterThan(0);
    expect(result.messages.slack).toBeGreaterThan(5);
    expect(result.messages.discord).toBeGreaterThan(5);
  }, 120_000);
});

describe('the check of a channel', () => {
  const alert = (key: string, ...updates: string[]): ExpectedAlert => ({
    key,
    outlet: 'Wire',
    marks: [`${key}1`, ...updates],
    replies: updates.map((mark) => ({ mark, isCertain: true })),
  });
  const message = (key: string, ...updates: string[]): SeenAlert => ({
    text: [`${key}1`, ...updates].join(' '),
    replies: updates.map((mark) => `New: ${key} ${mark}`),
  });
  const expected = [alert('Raid', 'toll', 'claim'), alert('Flood'), alert('Strike')];
  const raid = message('Raid', 'toll', 'claim');
  const [flood, strike] = [message('Flood'), message('Strike')];
  const right = { lost: [], doubled: [], outOfOrder: [], unexpected: [] };

  test('finds nothing where everything is right', () => {
    expect(checkChannel(expected, [raid, flood, strike])).toEqual(right);
  });

  test.each<[string, SeenAlert[], object]>([
    ['an alert that is lost', [raid, strike], { lost: ['alert Flood'] }],
    ['an alert that is doubled', [raid, flood, strike, flood], { doubled: ['alert Flood'] }],
    [
      'two alerts that changed places',
      [raid, strike, flood],
      { outOfOrder: ['alert Strike stands before an older one of Wire'] },
    ],
    [
      'an edit that is lost',
      [{ ...raid, text: 'Raid1 toll' }, flood, strike],
      { lost: ['edit claim of Raid'] },
    ],
    [
      'a reply that is lost',
      [{ ...raid, replies: raid.replies.slice(1) }, flood, strike],
      { lost: ['reply toll of Raid'] },
    ],
    [
      'a reply that is doubled',
      [{ ...raid, replies: [...raid.replies, 'New: Raid claim'] }, flood, strike],
      { doubled: ['reply claim of Raid'] },
    ],
    [
      'two replies that changed places',
      [{ ...raid, replies: raid.replies.toReversed() }, flood, strike],
      { outOfOrder: ['reply claim of Raid stands before an older one'] },
    ],
    [
      'a message that nobody ordered',
      [raid, flood, strike, message('Rumour')],
      { unexpected: ['message “Rumour1”'] },
    ],
  ])('notices %s', (_what, seen, fault) => {
    expect(checkChannel(expected, seen)).toEqual({ ...right, ...fault });
  });

  test('lets a reply be missing whose news the first message may have brought', () => {
    const hasty = { ...alert('Raid', 'toll'), replies: [{ mark: 'toll', isCertain: false }] };
    expect(checkChannel([hasty], [{ ...message('Raid', 'toll'), replies: [] }])).toEqual(right);
  });

  test('compares what arrived with the order of the outbox', () => {
    expect(checkOutboxOrder(['1', '2', '3'], ['1', '2', '3'])).toEqual([]);
    expect(checkOutboxOrder(['1', '2', '3'], ['2', '1', '3'])).toEqual([
      'message 1 arrived after a later one of the outbox',
    ]);
    expect(checkOutboxOrder(['1'], ['1', '4'])).toEqual(['message 4 is not in the outbox']);
  });
});
