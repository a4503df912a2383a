import { describe, expect, test } from '@jest/globals';
import { readGuards } from '../../src/knowledge/guards.ts';
import { parseQuery } from '../../src/matching/query.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';

const KNOWLEDGE = loadWatchLanguage();

/** What becomes of an article for who watches the topic. */
function verdict(topic: string, text: string): string {
  const index = createWatchIndex(KNOWLEDGE);
  index.add({ id: 'w', query: `topic:${topic}` });
  const [match] = index.match(text, { titleEnd: Math.max(0, text.indexOf('\n')), language: 'en' });
  if (match === undefined) return 'no match';
  const [doubt] = match.doubts;
  return match.isNearMiss ? `near-miss: ${doubt?.tells}` : 'alert';
}

describe('What topics are mistaken for', () => {
  test('has queries that leave nothing to explain', () => {
    const hints = readGuards('config/guards.yaml').flatMap(({ title, sure, unsure, figure }) =>
      [sure, unsure, figure].flatMap((query) =>
        query === null ? [] : parseQuery(query).hints.map((hint) => [title, hint]),
      ),
    );
    expect(hints).toEqual([]);
  });

  test.each([
    ['bombing', 'The car bomb exploded onto screens and the sequel tops the box office', 'film or book'],
    [
      'kidnapping',
      'The children were kidnapped by pirates in this thriller, a movie for the summer',
      'film or book',
    ],
    ['shooting', 'Gunmen opened fire on each other in the new multiplayer mode for PlayStation', 'a game'],
    [
      'terrorist-attack',
      'On this day in 1985 militants attacked an army post and killed seven soldiers',
      'an anniversary',
    ],
    ['earthquake', 'City marks ten years since the earthquake with an exhibition', 'an anniversary'],
    ['bombing', 'Museum recalls the anniversary of the car bombing', 'an anniversary'],
    ['mass-killing', 'The visitors were massacred by four goals after half-time', 'sport'],
    [
      'plane-crash',
      'Pilots take a plane crash course before the crash test of the aircraft',
      'a figure of speech',
    ],
  ])('%s: “%s” is %s', (topic, text, tells) => {
    expect(verdict(topic, text)).toBe(`near-miss: ${tells}`);
  });

  test.each([
    ['bombing', 'A car bomb exploded outside the cinema where the film was shown, killing nine people'],
    ['bombing', 'Suicide bomber kills 20 at a rally marking the anniversary of the revolution'],
    ['kidnapping', 'Striker was kidnapped by gunmen on his way to the league match'],
    ['kidnapping', 'The film director was abducted from her home by masked men'],
    ['shooting', 'Gunman opens fire at a video game tournament, three dead'],
    ['bombing', 'Bomb explodes at the stadium during the World Cup match, police say'],
    ['terrorist-attack', 'Militants attacked the memorial for the victims and killed two soldiers'],
    ['earthquake', 'Earthquake of magnitude 7.1 shakes the coast ten years after the tsunami'],
  ])('%s: “%s” alerts all the same', (topic, text) => {
    expect(verdict(topic, text)).toBe('alert');
  });

  test('an article that tells of both alerts', () => {
    const body =
      'The festival opened with a thriller, a movie that stars as its hero a bomb disposal expert. ' +
      'Hours later, in the east of the country, the ministry said, a car bomb exploded at a checkpoint and killed four.';
    expect(verdict('bombing', `Evening news\n\n${body}`)).toBe('alert');
  });
});
