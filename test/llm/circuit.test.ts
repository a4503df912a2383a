import { expect, test } from '@jest/globals';
import { createCircuit } from '../../src/llm/circuit.ts';
import { ModelError } from '../../src/llm/model-error.ts';

const MINUTE = 60_000;

function circuit() {
  const clock = { now: 0 };
  return { clock, circuit: createCircuit(() => clock.now) };
}

test('A model that fails three times in a row rests, longer each time, and is then tried with one question', () => {
  const { clock, circuit: breaker } = circuit();
  for (let time = 0; time < 2; time += 1) breaker.failed(new ModelError('it hangs'));
  expect([breaker.room(2), breaker.rest()]).toEqual([2, null]);
  breaker.failed(new ModelError('it hangs'));
  expect([breaker.room(2), breaker.rest()]).toEqual([0, { until: MINUTE, reason: 'it hangs' }]);
  clock.now = MINUTE;
  expect([breaker.room(2), breaker.rest()]).toEqual([1, null]);
  breaker.failed(new ModelError('it hangs'));
  expect(breaker.rest()?.until).toBe(3 * MINUTE);
  for (let time = 0; time < 20; time += 1) breaker.failed(new ModelError('it hangs'));
  expect(breaker.rest()?.until).toBe(31 * MINUTE);
});

test('An answer makes the failures before it forgotten', () => {
  const { circuit: breaker } = circuit();
  for (let time = 0; time < 5; time += 1) {
    breaker.failed(new ModelError('it hangs'));
    breaker.succeeded();
  }
  expect([breaker.room(2), breaker.rest()]).toEqual([2, null]);
});

test('A model that asks for a rest gets it at once, for half an hour at most', () => {
  const { clock, circuit: breaker } = circuit();
  breaker.failed(new ModelError('429', { restMs: 30_000 }));
  expect([breaker.room(2), breaker.rest()?.until]).toEqual([0, 30_000]);
  clock.now = 30_000;
  expect(breaker.room(2)).toBe(2);
  breaker.failed(new ModelError('429', { restMs: 99 * 3_600_000 }));
  expect(breaker.rest()?.until).toBe(30_000 + 30 * MINUTE);
});
