import { describe, expect, test } from '@jest/globals';
import { createLogger, errorText } from '../../src/ops/log.ts';
import { StoreError } from '../../src/store/store-error.ts';

function lines(options: { level?: 'debug' | 'info'; secrets?: string[]; readable?: boolean }) {
  const written: string[] = [];
  const now = () => Date.UTC(2026, 0, 5, 12);
  const log = createLogger({ level: 'info', now, write: (line) => written.push(line), ...options });
  return { log, written };
}

describe('the log', () => {
  test('is one JSON line per event', () => {
    const { log, written } = lines({});
    log.warn('feed failed', { feed: 'https://a.example', error: 'two\nlines' });
    expect(written).toHaveLength(1);
    expect(written[0]?.split('\n')).toHaveLength(2);
    expect(JSON.parse(written[0] ?? '')).toEqual({
      time: '2026-01-05T12:00:00.000Z',
      level: 'warn',
      message: 'feed failed',
      feed: 'https://a.example',
      error: 'two\nlines',
    });
  });

  test('leaves out what is below its level', () => {
    const { log, written } = lines({});
    log.debug('feed polled');
    expect(written).toEqual([]);
  });

  test('never shows a secret, whatever carries it', () => {
    const { log, written } = lines({ secrets: ['xoxb-secret-token'] });
    log.error('slack request failed', { error: 'GET https://x/?token=xoxb-secret-token refused' });
    expect(written[0]).not.toContain('xoxb-secret-token');
    expect(written[0]).toContain('[secret]');
  });

  test('reads like a sentence at a terminal', () => {
    const { log, written } = lines({ readable: true });
    log.warn('feed failed', { feed: 'https://a.example', error: 'no answer', next: null });
    expect(written[0]).toBe('12:00:00 WARN feed failed feed=https://a.example error="no answer"\n');
  });
});

test('an error of a library is told with its cause, one of ours says everything itself', () => {
  const cause = new Error('connect ECONNREFUSED');
  expect(errorText(new StoreError('The database does not answer: start it', { cause }))).toBe(
    'The database does not answer: start it',
  );
  expect(errorText(new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') }))).toBe(
    'fetch failed (connect ECONNREFUSED)',
  );
  expect(errorText('words')).toBe('words');
});
