import { describe, expect, test } from '@jest/globals';
import { type Meanings, understandPlainWords } from '../../src/matching/plain-words.ts';

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

const read = (query: string) => understandPlainWords(query, MEANINGS)?.query ?? null;

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
      'kidnappings, counterterrorism raids in Idlib',
      '(topic:kidnapping OR topic:counterterrorism-raid) (place:Idlib OR title:Idlib)',
    ],
    ['news about Idlib', '(place:Idlib OR title:Idlib)'],
  ])('“%s” is read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
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
    'kidnappings -film',
    'place:Idlib',
    'kidnap*',
    '(Idlib, Colombia) raid',
    '',
  ])('“%s” is taken as it is', (typed) => {
    expect(read(typed)).toBeNull();
  });
});
