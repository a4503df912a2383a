import { describe, expect, test } from '@jest/globals';
import { loadWatchLanguage } from '../src/watch-language.ts';

const { understand } = loadWatchLanguage();

/** How a query in plain words is read; the words for deeds and deaths, which are many, as DEEDS and DEATHS. */
function read(query: string): string | null {
  const said = understand?.(query)?.query ?? null;
  return said?.replaceAll(/attack\* \|[^)]*/g, 'DEEDS').replaceAll(/kill\* \|[^)]*/g, 'DEATHS') ?? null;
}
const at = (place: string) => `(place:${place} OR lead:${place})`;

describe('with all that Tocsin knows, plain words', () => {
  test.each([
    ['counterterrorism raids', 'topic:counterterrorism-raid'],
    ['kidnappings in Colombia', `topic:kidnapping ${at('Colombia')}`],
    ['raids in Aleppo, Syria', `raids ${at('Aleppo')}`],
    ['Aleppo, Syria', at('Aleppo')],
    ['Idlib, Aleppo', `${at('Idlib')} OR ${at('Aleppo')}`],
    ['Idlib Raids', `Raids ${at('Idlib')}`],
    ['SYRIA', at('SYRIA')],
    [
      'murders, kidnappings, and bombings in Colombia',
      `(murders OR topic:kidnapping OR topic:bombing) ${at('Colombia')}`,
    ],
    ['kidnappings and murders in Colombia', `(topic:kidnapping OR murders) ${at('Colombia')}`],
    ['piracy off Somalia', `topic:piracy ${at('Somalia')}`],
    ['peace talks between Israel and Hamas', `topic:peace-talks Hamas ${at('Israel')}`],
    ['إدلب', at('إدلب')],
  ])('“%s” are read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test.each([
    ['attacks by FARC and ELN', 'topic:terrorist-attack ((FARC NEAR/6 (DEEDS)) OR (ELN NEAR/6 (DEEDS)))'],
    ['killing of 12 Jesuits', '(Jesuits NEAR/6 (DEATHS))'],
    ['death of George Floyd', '("George Floyd" NEAR/6 (DEATHS))'],
    [
      'killings of farmers and activists in Brazil',
      `${at('Brazil')} ((farmers NEAR/6 (DEATHS)) OR (activists NEAR/6 (DEATHS)))`,
    ],
    [
      'kidnapping of Americans by Hamas in Gaza',
      `topic:kidnapping Americans ${at('Gaza')} (Hamas NEAR/6 (DEEDS))`,
    ],
    [
      'attacks on journalists in Gaza by Israel',
      `topic:attack-on-press ${at('Gaza')} (Israel NEAR/6 (DEEDS))`,
    ],
  ])('say who did it, or to whom: “%s” are read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test.each([
    ['Gulf of Aden piracy', 'topic:piracy "Gulf of Aden"'],
    ['shark attacks in Australia', `shark attacks ${at('Australia')}`],
    ['Hamas attacks', 'topic:terrorist-attack Hamas'],
  ])('keep what is no place and no attack as words: “%s” are read as %s', (typed, query) => {
    expect(read(typed)).toBe(query);
  });

  test.each([
    'Hamas',
    'Taliban',
    'Red Sea',
    'Sahel',
    'US',
    'WHO',
    'heart attack',
    'Victoria Nuland',
    'raid (Idlib OR Atme)',
  ])('“%s” are what they are', (typed) => {
    expect(read(typed)).toBe(null);
  });
});
