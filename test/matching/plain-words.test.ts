import { describe, expect, test } from '@jest/globals';
import { type Meanings, plainWordsReader } from '../../src/matching/plain-words.ts';

const topic = (name: string, ...also: string[]) => ({ name, title: name.replaceAll('-', ' '), also });

const MEANINGS: Meanings = {
  topics: [
    topic('kidnapping', 'kidnappings', 'abductions'),
    topic('counterterrorism-raid', 'counterterrorism raids'),
    topic('terrorist-attack', 'terrorist attacks'),
    topic('attack-on-bridges', 'attacks on bridges'),
    topic('attack-on-schools', 'attacks on schools'),
  ],
  isPlace: (words) => ['idlib', 'colombia', 'el salvador', 'us', 'of'].includes(words.toLowerCase()),
};

const understand = plainWordsReader(MEANINGS);
const read = (query: string) => understand(query)?.query ?? null;

describe('plain words', () => {
  test.each([
    ['Idlib', '(place:Idlib OR title:Idlib)'],
    ['idlib', '(place:idlib OR title:idlib)'],
    ['kidnappings', 'topic:kidnapping'],
    ['counterterrorism raid', 'topic:counterterrorism-raid'],
    ['kidnappings in Colombia', 'topic:kidnapping (place:Colombia OR title:Colombia)'],
    ['abductions in El Salvador', 'topic:kidnapping (place:"El Salvador" OR title:"El Salvador")'],
    ['kidnapping of engineers in Colombia', 'topic:kidnapping engineers (place:Colombia OR title:Colombia)'],
    ['attacks on bridges and schools', '(topic:attack-on-bridges OR topic:attack-on-schools)'],
    [
      'kidnappings and counterterrorism raids in Idlib',
      '(topic:kidnapping OR topic:counterterrorism-raid) (place:Idlib OR title:Idlib)',
    ],
    ['news about Idlib', '(place:Idlib OR title:Idlib)'],
  ])('“%s” is read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test.each([
    ['Idlib, Colombia', '(place:Idlib OR title:Idlib) OR (place:Colombia OR title:Colombia)'],
    ['raid, kidnappings', 'raid OR topic:kidnapping'],
    ['house fire, kidnappings in Idlib', '(house fire) OR (topic:kidnapping (place:Idlib OR title:Idlib))'],
    ['Idlib، Colombia', '(place:Idlib OR title:Idlib) OR (place:Colombia OR title:Colombia)'],
    ['1,000 kidnappings', 'topic:kidnapping 1,000'],
  ])('a comma means any of them, as everywhere: “%s” is read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test('what follows the actor is understood too', () => {
    expect(read('attacks by the ELN in Colombia')).toMatch(
      /^topic:terrorist-attack \(place:Colombia OR title:Colombia\) \(ELN NEAR\/8/,
    );
  });

  test('a topic that an operator has removed is not asked for', () => {
    const without = plainWordsReader({ ...MEANINGS, topics: [] });
    expect(without('attacks in Idlib')?.query).toBe('attacks (place:Idlib OR title:Idlib)');
  });

  test('who is said to do it must stand near what was done', () => {
    expect(read('attacks by the ELN')).toMatch(/^topic:terrorist-attack \(ELN NEAR\/8 \(attack\* \|/);
    expect(read('kidnappings by Red Group (RG)')).toMatch(/^topic:kidnapping \("Red Group" NEAR\/8/);
  });

  test.each([
    'helicopter crash',
    'US',
    'of',
    '"Idlib"',
    'Idlib OR Colombia',
    'Idlib or Colombia',
    'kidnappings -film',
    'place:Idlib',
    'kidnap*',
    '(Idlib, Colombia) raid',
    '',
  ])('“%s” is taken as it is', (typed) => {
    expect(read(typed)).toBeNull();
  });
});
