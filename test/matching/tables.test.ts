import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NameTable } from '../../src/matching/name-table.ts';
import { keyInto } from '../../src/matching/page-words.ts';
import { UNKNOWN, WordTable } from '../../src/matching/word-table.ts';

/** Words with keys of every kind: packed, hashed and none, some of them beginning alike. */
const word = fc.oneof(
  fc.constantFrom('a', 'raid', 'raids', 'kidnappi', 'kidnapping', 'kidnappings', 'إدلب', '3.5', '伊'),
  fc.string({ unit: fc.constantFrom('a', 'b', '7'), minLength: 1, maxLength: 14 }),
);

test('a table of words gives what a map of them gives', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.nat(3)), { maxLength: 300 }), (entries) => {
      const table = new WordTable();
      const map = new Map<string, number>();
      for (const [form, value] of entries) {
        table.set(form, value);
        map.set(form, value);
      }
      for (const [form, value] of map) expect([form, table.getForm(form)]).toEqual([form, value]);
    }),
    { numRuns: 300, seed: 20220203 },
  );
});

test('a table of words tells long words apart whose keys are the same', () => {
  const table = new WordTable();
  const [one, other] = [
    'kidnappiananc0c0c0anc0c0anc0anc0anananananan',
    'kidnappianananc0anc0c0ananc0c0c0c0anc0ananan',
  ];
  const [key, otherKey] = [new Int32Array(2), new Int32Array(2)];
  keyInto(key, one);
  keyInto(otherKey, other);
  expect(key).toEqual(otherKey);
  table.set(one, 7);
  expect(table.getForm(other)).toBe(UNKNOWN);
  table.set(other, 8);
  expect([table.getForm(one), table.getForm(other)]).toEqual([7, 8]);
});

test('a table of names gives the numbers of each name while they come and go', () => {
  const step = fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', 'Idlib', 'إدلب', ''));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new NameTable();
      const map = new Map<number, string>();
      for (const [number, name] of steps) {
        if (map.delete(number)) table.remove(number);
        else {
          map.set(number, name);
          table.add(number, name);
        }
        const expected = [...map.keys()].filter((one) => map.get(one) === name);
        expect(table.numbers(name).sort()).toEqual(expected.sort());
        expect([table.size, table.name(number)]).toEqual([map.size, map.get(number)]);
      }
      expect(table.all().sort()).toEqual([...map.keys()].sort());
    }),
    { numRuns: 300, seed: 20220203 },
  );
});
