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
    const { guards, news } = readGuards('config/guards.yaml');
    const queries = guards.flatMap(({ sure, unsure, figure }) => [sure, unsure, figure]);
    const hints = [news, ...queries].map((query) => (query === null ? [] : parseQuery(query).hints));
    expect(hints.flat()).toEqual([]);
  });

  const { guards, news } = readGuards('config/guards.yaml');
  const shared = guards.flatMap(({ sure, unsure, figure }) => [sure ?? '', unsure ?? '', figure ?? '']);
  const own = KNOWLEDGE.library.map(({ guard }) => guard ?? '');

  test('are words in quotes, so that no other form of them counts', () => {
    const bare = [news, ...shared, ...own].flatMap(
      (query) => query.replace(/"[^"]*"|O?NEAR\/\d+/g, '').match(/\p{L}+/gu) ?? [],
    );
    expect(bare).toEqual([]);
  });

  test('have each phrase in one place', () => {
    const phrases = [...shared, ...own]
      .flatMap((query) => [...new Set(query.match(/"[^"]*"/g))])
      .filter((phrase) => phrase.includes(' '));
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([]);
  });

  test.each([
    ['bombing', 'The car bomb exploded onto screens and the sequel tops the box office', 'film or book'],
    ['bombing', 'Space sequel bombs at the box office', 'no match'],
    [
      'kidnapping',
      'The children were kidnapped by pirates in this thriller, a movie for the summer',
      'film or book',
    ],
    ['kidnapping', 'Drama about the kidnapping of an heiress opens the festival', 'film or book'],
    ['assassination', 'Film about the assassination of a king wins three prizes', 'film or book'],
    ['terrorist-attack', 'Debut novel tells of the terrorist attack that he survived', 'film or book'],
    ['drone-strike', 'In the new mode of the video game, gamers order a drone strike', 'a game'],
    ['terrorist-attack', 'On this day in 1985: the terror attacks of the summer', 'an anniversary'],
    ['earthquake', 'City marks ten years since the earthquake with an exhibition', 'an anniversary'],
    ['bombing', 'Museum recalls the anniversary of the car bombing', 'an anniversary'],
    ['mass-killing', 'The massacre, 30 years on', 'an anniversary'],
    ['mass-killing', 'The visitors were massacred by four goals after half-time', 'sport'],
    ['plane-crash', 'Pilots take a plane crash course in the mountains', 'another sense'],
    ['storm', 'Boy band takes the world by storm\n\nThe storm of fans shook the island.', 'another sense'],
    ['earthquake', 'Political earthquake in the north\n\nThe vote was an earthquake.', 'another sense'],
    ['shelling', 'Tenants are shelling out half of what they earn', 'another sense'],
    ['flood', 'Landslide victory hits the homes of the party', 'another sense'],
    ['flood', 'Landslide hits homes after landslide victory', 'alert'],
    ['bombing', 'Film about Everest, then a bomb explodes and kills nine', 'alert'],
    ['bombing', 'On the anniversary of independence, a bomb kills nine', 'alert'],
    ['bombing', 'On the anniversary of the bombing another bomb kills nine', 'alert'],
    ['coup', 'Transfer coup delights the club', 'no match'],
    ['attack-on-hospital-or-school', 'He had a heart attack in hospital', 'no match'],
  ])('%s: “%s” is %s', (topic, text, tells) => {
    const isDoubted = tells !== 'alert' && tells !== 'no match';
    expect(verdict(topic, text)).toBe(isDoubted ? `near-miss: ${tells}` : tells);
  });

  test.each([
    ['bombing', 'A car bomb exploded outside the cinema where the film was shown, killing nine people'],
    ['bombing', 'Suicide bomber kills 20 at a rally marking the anniversary of the revolution'],
    ['bombing', 'Bomb explodes at the stadium during the World Cup match, police say'],
    ['bombing', 'Bomb goes off in the second half of the derby\n\nThe bomb killed a steward at half-time.'],
    ['bombing', 'Bomb kills four at a service on the anniversary of the bombing of the market'],
    [
      'bombing',
      'Mourners mark the anniversary of the bombing\n\nA bombing at a mosque killed two on the same day.',
    ],
    ['kidnapping', 'Striker was kidnapped by gunmen on his way to the league match'],
    ['kidnapping', 'The film director was abducted from her home by masked men'],
    [
      'kidnapping',
      'Novelist abducted\n\nArmed men abducted the author of the new novel, a thriller, at night.',
    ],
    ['kidnapping', 'Goalkeeper who scored in the playoffs was kidnapped, officials said'],
    ['shooting', 'Gunman opens fire at a video game tournament, three dead'],
    ['shooting', 'Rapper shot dead a week after his new album, the sequel to a hit podcast'],
    ['shooting', 'Two people were shot dead at a shooting range'],
    ['stabbing', 'Man stabbed in a cinema over the price of a seat, as the movie began'],
    ['terrorist-attack', 'Militants attacked the memorial for the victims and killed two soldiers'],
    [
      'terrorist-attack',
      'The terrorist attack was directed by Islamic State and the plot was streaming on phones',
    ],
    ['terrorist-attack', 'Terrorist attacks rose in the first half of the year and fell in the autumn'],
    ['earthquake', 'Earthquake of magnitude 7.1 shakes the coast ten years after the tsunami'],
    ['earthquake', 'Quake strikes on the anniversary of the great earthquake'],
    ['storm', 'Three tornado touchdowns in an hour: one touchdown tore off the roof of a school'],
    ['storm', 'Perfect storm of tides as the cyclone made landfall'],
    ['storm', 'A storm is brewing off the coast, forecasters warn'],
    ['storm', 'Hurricanes hit Carolina twice in a month, with power out for a week'],
    ['protest', 'Thousands protest on the anniversary of the coup'],
    ['protest', 'The goal of the protest is an early election, protesters say'],
    ['siege', 'Coach with pilgrims besieged by gunmen'],
    ['sabotage', 'Sabotage of the pipeline clouds the talks'],
    ['sanctions', 'Sanctions against the owners of two football clubs imposed'],
    ['execution', 'He was executed for a plan to kill the judge in prison'],
    ['piracy', 'Pirates board a tanker in the Caribbean'],
    ['shelling', 'Shelling knocks out the power'],
    ['hostage-taking', 'Hostage drama ends: all hostages freed'],
    ['hostage-taking', 'Gunman holds hostages in a cinema, with a new movie, a comedy, on the screen'],
    ['cyber-attack', 'Hackers stole the accounts of PlayStation and Xbox users'],
    ['epidemic', 'A novel virus: outbreak grows, movie houses close, say health officials'],
    ['plane-crash', 'Plane crash near the market: the course of the jet'],
    ['wildfire', 'Wildfire spread like wildfire, say villagers'],
    ['attack-on-hospital-or-school', 'Two died of heart attacks after the attack on the hospital'],
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
