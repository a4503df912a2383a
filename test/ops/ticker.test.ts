import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/ops/log.ts';
import { schedule } from '../../src/ops/ticker.ts';

const EVERY_SECOND = '* * * * * *';

/** A schedule of every second, how often it has ticked, and what it logged. */
function ticking(tick: (count: number) => Promise<void> = async () => {}, limitMs?: number) {
  const logged: string[] = [];
  const log = createLogger({ level: 'debug', now: () => 0, write: (line) => logged.push(told(line)) });
  let count = 0;
  const counted = () => {
    count += 1;
    return tick(count);
  };
  const { stop } = schedule('test', EVERY_SECOND, log, counted, limitMs);
  return { stop, logged, count: () => count, [Symbol.asyncDispose]: stop };
}

function told(line: string): string {
  const { level, message, tick, error, detail } = JSON.parse(line);
  return [level, message, tick, error, detail].filter((part) => part !== undefined).join(' ');
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const forever = () => new Promise<void>(() => {});

// Side by side: one schedule after the other would take a quarter of a minute.
describe('a schedule', () => {
  test.concurrent('goes on after a tick that hangs, and says so', async () => {
    await using ticker = ticking((count) => (count === 1 ? forever() : Promise.resolve()), 50);
    await until(() => ticker.count() === 3);
    expect(ticker.logged).toEqual(['error tick takes too long test']);
  });

  test.concurrent('never runs two ticks at a time, which is nothing to worry about', async () => {
    await using ticker = ticking(forever);
    await using clock = ticking();
    await until(() => clock.count() === 3);
    expect(ticker.count()).toBe(1);
    expect(ticker.logged).toContain(
      'debug cron test task still running, new execution blocked by overlap prevention!',
    );
  });

  test.concurrent.each([
    ['once, however often it repeats', ['down', 'down', 'down'], ['error tick failed test down']],
    [
      'again when the reason is another',
      ['down', 'gone'],
      ['error tick failed test down', 'error tick failed test gone'],
    ],
    [
      'again when all was well between',
      ['down', null, 'down'],
      ['error tick failed test down', 'error tick failed test down'],
    ],
  ])('tells a failure %s', async (_when, failures, logged) => {
    await using ticker = ticking(async (count) => {
      const failure = failures[count - 1];
      if (failure != null) throw new Error(failure);
    });
    await until(() => ticker.count() === failures.length);
    expect(ticker.logged).toEqual(logged);
  });

  test.concurrent('ends when it is stopped', async () => {
    await using clock = ticking();
    const ticker = ticking();
    await until(() => ticker.count() === 1);
    await ticker.stop();
    await until(() => clock.count() === 3);
    expect(ticker.count()).toBe(1);
  });
});
