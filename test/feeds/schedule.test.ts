import { describe, expect, test } from '@jest/globals';
import { nextPoll, type PollOutcome, pauseMs, slotOf, spacingMs } from '../../src/feeds/schedule.ts';

const NOW = Date.UTC(2026, 1, 3, 10);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function wait(
  outcome: PollOutcome,
  everyMs: number | null = null,
  random = 0.5,
): { ms: number; reason: string } {
  const { at, reason } = nextPoll({ now: NOW, everyMs, outcome, random, slot: 0 });
  return { ms: at - NOW, reason };
}

function ok(
  recentGapsMs: number[],
  maxAgeMs: number | null = null,
  hintMs: number | null = null,
): PollOutcome {
  return { kind: 'ok', maxAgeMs, recentGapsMs, hintMs };
}

function failed(failures: number, retryAfterMs: number | null = null): PollOutcome {
  return { kind: 'failed', failures, retryAfterMs };
}

describe('after a good poll', () => {
  test.each<[string, PollOutcome, number, RegExp]>([
    ['half the usual gap', ok([20 * MINUTE, 30 * MINUTE, 300 * MINUTE]), 15 * MINUTE, /about every 30 min/],
    ['between the two middle gaps', ok([20 * MINUTE, 40 * MINUTE]), 15 * MINUTE, /about every 30 min/],
    ['2 minutes at least', ok([10 * SECOND]), 2 * MINUTE, /about every 10 s/],
    ['an hour at most', ok([48 * HOUR]), HOUR, /about every 2 days/],
    ['items published together tell nothing', ok([0, 0, 0, 30 * MINUTE]), 15 * MINUTE, /30 min/],
    ['a rhythm not known yet', ok([]), 15 * MINUTE, /not known yet/],
    [
      'what the feed says of itself while its rhythm is unknown',
      ok([], null, 30 * MINUTE),
      30 * MINUTE,
      /says .* every 30 min/,
    ],
    ['what the feed says within an hour', ok([], null, 24 * HOUR), HOUR, /says/],
    ['its real rhythm before what it says', ok([20 * MINUTE], null, HOUR), 10 * MINUTE, /about every 20 min/],
    ['not before the answer is stale', ok([4 * MINUTE], 20 * MINUTE), 21 * MINUTE, /fresh for 20 min/],
    [
      '4 hours is as fresh as news can be',
      ok([4 * MINUTE], 9000 * HOUR),
      4.2 * HOUR,
      /fresh for longer than 4 h/,
    ],
  ])('%s', (_, outcome, ms, reason) => {
    expect(wait(outcome)).toEqual({ ms, reason: expect.stringMatching(reason) });
  });

  test('feeds that would be due together are spread by 10 % each way', () => {
    const outcome = ok([60 * MINUTE]);
    expect([0, 1].map((random) => wait(outcome, null, random).ms)).toEqual([27 * MINUTE, 33 * MINUTE]);
  });

  test('the spread never asks before the answer is stale', () => {
    expect(wait(ok([60 * MINUTE], 29 * MINUTE), null, 0).ms).toBe(29 * MINUTE);
    expect(wait(ok([], 20 * MINUTE), null, 0).ms).toBe(20 * MINUTE);
  });

  test.each([0, 0.5, 1])('a configured interval is kept exactly (random %d)', (random) => {
    const outcome = ok([60 * MINUTE], 30 * MINUTE);
    expect(wait(outcome, 2 * SECOND, random)).toEqual({ ms: 2 * SECOND, reason: 'every 2 s, as configured' });
  });
});

describe('a configured interval', () => {
  const at = (slot: number, now = NOW) =>
    nextPoll({ now, everyMs: 10 * MINUTE, outcome: ok([]), random: 0.5, slot }).at;

  test('has a slot for each feed, which is kept from poll to poll', () => {
    const first = at(0.3, NOW + 1234);
    expect(first % (10 * MINUTE)).toBe(3 * MINUTE);
    expect(at(0.3, first) - first).toBe(10 * MINUTE);
    expect(at(0.3, first + 900) - first).toBe(10 * MINUTE);
  });

  test('is not cut below its half or stretched beyond one and a half when the slot is found', () => {
    for (let slot = 0; slot < 1; slot += 0.05) {
      const wait = at(slot, NOW + 77_777) - NOW - 77_777;
      expect(wait).toBeGreaterThanOrEqual(5 * MINUTE);
      expect(wait).toBeLessThanOrEqual(15 * MINUTE);
    }
  });

  test('spreads a thousand feeds evenly', () => {
    const slots = Array.from({ length: 1000 }, (_, index) => slotOf(`0mlx${index}abc`));
    const inTenth = Array.from({ length: 10 }, (_, tenth) =>
      slots.filter((slot) => Math.floor(slot * 10) === tenth),
    );
    for (const slotted of inTenth) expect(slotted.length).toBeGreaterThan(60);
  });
});

describe('a host', () => {
  test('rests two seconds between two requests, a minute where it asks for that', () => {
    expect(spacingMs('news.example')).toBe(2 * SECOND);
    expect(spacingMs('www.reddit.com')).toBe(MINUTE);
    expect(spacingMs('notreddit.com.example')).toBe(2 * SECOND);
  });

  test('that asks for a pause gets the one it names, else ten minutes, doubled up to a day', () => {
    expect(pauseMs(0, 90 * SECOND)).toBe(90 * SECOND);
    expect([0, 1, 2, 30].map((pauses) => pauseMs(pauses, null))).toEqual([
      10 * MINUTE,
      20 * MINUTE,
      40 * MINUTE,
      24 * HOUR,
    ]);
  });
});

describe('after failed polls', () => {
  test.each([
    [1, 5 * MINUTE],
    [2, 10 * MINUTE],
    [3, 20 * MINUTE],
    [9, 1280 * MINUTE],
    [10, 24 * HOUR],
    [2000, 24 * HOUR],
  ])('%i in a row', (failures, ms) => {
    expect(wait(failed(failures)).ms).toBe(ms);
  });

  test.each([
    [1, 2 * SECOND, MINUTE],
    [3, 2 * SECOND, MINUTE],
    [4, 2 * SECOND, 5 * MINUTE],
    [1, 30 * MINUTE, 30 * MINUTE],
    [4, 30 * MINUTE, 30 * MINUTE],
    [7, 30 * MINUTE, 40 * MINUTE],
    [50, 48 * HOUR, 48 * HOUR],
  ])('%i in a row with an interval of %d ms configured', (failures, everyMs, ms) => {
    expect(wait(failed(failures), everyMs).ms).toBe(ms);
  });

  test.each([null, 2 * SECOND])('the server is not asked before it wants to be (every: %s)', (everyMs) => {
    const { ms, reason } = wait(failed(1, 3 * HOUR), everyMs, 0);
    expect(ms).toBe(3 * HOUR);
    expect(reason).toBe('the server asks to wait 3 h');
  });

  test('no server sends us away for more than a day', () => {
    expect(wait(failed(1, 9000 * HOUR), null, 0).ms).toBe(24 * HOUR);
  });

  test('a short Retry-After does not shorten the back-off', () => {
    expect(wait(failed(3, SECOND))).toEqual({
      ms: 20 * MINUTE,
      reason: 'the last 3 polls failed, so it waits 20 min',
    });
  });
});
