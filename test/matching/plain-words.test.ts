import { describe, expect, test } from '@jest/globals';
import { type Meanings, plainWordsReader } from '../../src/matching/plain-words.ts';

const topic = (name: string, ...also: string[]) => ({ name, title: name.replaceAll('-', ' '), also });

const MEANINGS: Meanings = {
  topics: [
    topic('kidnapping', 'kidnappings', 'abductions'),
    topic('arrest', 'arrests'),
    topic('counterterrorism-raid', 'counterterrorism raids'),
    topic('terrorist-attack', 'terrorist attacks'),
    topic('attack-on-bridges', 'attacks on bridges'),
    topic('attack-on-schools', 'attacks on schools'),
  ],
  isInside: (inner, outer) => inner === 'Bogota' && outer === 'Colombia',
  isPlace: (words) =>
    ['idlib', 'colombia', 'el salvador', 'us', 'of', 'antigua and barbuda', 'israeli'].includes(
      words.toLowerCase(),
    ),
};

const understand = plainWordsReader(MEANINGS);
const read = (query: string) => understand(query)?.query ?? null;

describe('plain words', () => {
  test.each([
    ['Idlib', '(place:Idlib OR lead:Idlib)'],
    ['idlib', '(place:idlib OR lead:idlib)'],
    ['kidnappings', 'topic:kidnapping'],
    ['counterterrorism raid', 'topic:counterterrorism-raid'],
    ['kidnappings in Colombia', 'topic:kidnapping (place:Colombia OR lead:Colombia)'],
    ['abductions in El Salvador', 'topic:kidnapping (place:"El Salvador" OR lead:"El Salvador")'],
    ['kidnapping of engineers in Colombia', 'topic:kidnapping engineers (place:Colombia OR lead:Colombia)'],
    ['attacks on bridges and schools', '(topic:attack-on-bridges OR topic:attack-on-schools)'],
    [
      'kidnappings and counterterrorism raids in Idlib',
      '(topic:kidnapping OR topic:counterterrorism-raid) (place:Idlib OR lead:Idlib)',
    ],
    ['news about Idlib', '(place:Idlib OR lead:Idlib)'],
    ['Idlib and Colombia', '(place:Idlib OR lead:Idlib OR place:Colombia OR lead:Colombia)'],
    [
      'kidnappings in Idlib and Colombia',
      'topic:kidnapping (place:Idlib OR lead:Idlib OR place:Colombia OR lead:Colombia)',
    ],
    ['war between Idlib and Colombia', 'war (place:Idlib OR lead:Idlib) (place:Colombia OR lead:Colombia)'],
    ['floods in Antigua and Barbuda', 'floods (place:"Antigua and Barbuda" OR lead:"Antigua and Barbuda")'],
    ['attacks on schools in Idlib', 'topic:attack-on-schools (place:Idlib OR lead:Idlib)'],
  ])('“%s” is read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test.each([
    ['Idlib, Colombia', '(place:Idlib OR lead:Idlib) OR (place:Colombia OR lead:Colombia)'],
    ['raid, kidnappings', 'raid OR topic:kidnapping'],
    ['house fire, kidnappings in Idlib', '(house fire) OR (topic:kidnapping (place:Idlib OR lead:Idlib))'],
    ['Idlib، Colombia', '(place:Idlib OR lead:Idlib) OR (place:Colombia OR lead:Colombia)'],
    ['1,000 kidnappings', 'topic:kidnapping 1,000'],
  ])('a comma means any of them, as everywhere: “%s” is read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test('what follows the actor is understood too', () => {
    expect(read('attacks by the ELN in Colombia')).toMatch(
      /^topic:terrorist-attack \(place:Colombia OR lead:Colombia\) \(ELN NEAR\/6/,
    );
  });

  test('a topic that an operator has removed is not asked for', () => {
    const without = plainWordsReader({ ...MEANINGS, topics: [] });
    expect(without('attacks in Idlib')?.query).toBe('attacks (place:Idlib OR lead:Idlib)');
  });

  test('who is said to do it must stand near what was done', () => {
    expect(read('attacks by the ELN')).toMatch(/^topic:terrorist-attack \(ELN NEAR\/6 \(attack\* \|/);
    expect(read('kidnappings by Red Group (RG)')).toMatch(/^topic:kidnapping \("Red Group" NEAR\/6/);
  });

  test('who is killed stands near words for a death, where it was elsewhere', () => {
    expect(read('killing of miners in Colombia')).toMatch(
      /^\(place:Colombia OR lead:Colombia\) \(miners NEAR\/6 \(kill\* \| murder\*/,
    );
    expect(read('murder of Israeli miners')).toMatch(/^\(place:Israeli .*\(miners NEAR\/6/);
    expect(read('attacks on miners')).toMatch(/^topic:terrorist-attack \(miners NEAR\/6 \(attack\* \|/);
  });

  test('the words of a description stand together, and a name in it is also its members', () => {
    expect(read('attacks on aid convoys')).toMatch(
      /^topic:terrorist-attack \(aid NEAR\/2 convoys\) \(convoys NEAR\/10/,
    );
    expect(read('killing of the Houthi fighters')).toMatch(
      /^\(\(\(Houthi NEAR\/2 fighters\) \(fighters NEAR\/10 .*\) OR \("Houthis" NEAR\/10/,
    );
    expect(read('attacks by Israeli settlers')).not.toMatch('Israelis');
  });

  test('a group of many names is found by any of them', () => {
    expect(read('attacks by drug cartels')).toMatch(/^topic:terrorist-attack \(\(traffickers \| cartel \|/);
    expect(read('attacks by armed men')).toMatch(/gunman \| gunmen \| "armed men"/);
  });

  test('what somebody did is found as it was typed, besides attacks', () => {
    expect(read('arrests by gangs')).toMatch(/^topic:arrest \(gangs NEAR\/6 \(attack\* .* \| arrest\*\)\)$/);
  });

  test.each([
    'helicopter crash',
    'death of a salesman',
    'war of words',
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
