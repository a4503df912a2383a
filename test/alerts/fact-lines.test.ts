import { describe, expect, test } from '@jest/globals';
import { composeAlert } from '../../src/alerts/compose.ts';
import { labelled } from '../../src/chat/alert-text.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { fieldsOf } from '../../src/matching/article-fields.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import type { FactLine } from '../../src/model/alert.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { articleOf } from '../facts/article.ts';

/** What the alert of an article shows under a label. */
function shown(label: FactLine['label'], title: string, body: string): string[] {
  const reading = readArticle(articleOf(title, body), { places: loadGazetteer() });
  const line = composeAlert(reading, []).lines.find((one) => one.label === label);
  return line?.items.map(({ text }) => text) ?? [];
}

describe('The same is not told twice:', () => {
  test.each([
    ['Nine dead in raid', 'A raid killed nine people in the town, police said.', ['killed nine people']],
    ['Dozens missing as ferry sinks', 'A ferry sank and 61 people are missing.', ['61 people are missing']],
    [
      'Army raid',
      'Two soldiers and 11 civilians were killed.',
      ['Two soldiers and 11 civilians were killed'],
    ],
    ['Nine dead in raid', 'A raid killed 11 people in the town.', ['Nine dead', 'killed 11 people']],
    ['Nine dead in raid', 'A raid wounded nine people in the town.', ['Nine dead', 'wounded nine people']],
  ])('tolls of "%s" and "%s"', (title, body, expected) => {
    expect(shown('Casualties', title, body)).toEqual(expected);
  });

  test('a headline is not its own claim', () => {
    expect(shown('Claims', 'Drone strike kills commander, Pentagon says', 'It was a drone.')).toEqual([]);
  });

  test('a headline is not its own unknown', () => {
    const body = 'A blast tore through a market. The cause of the blast is not known.';
    expect(shown('Not confirmed', 'Blast in market; cause not known', body)).toEqual([
      'The cause of the blast is not known',
    ]);
  });
});

/** A labelled line as a reader sees it. */
function seen(label: FactLine['label'], title: string, body: string): string[] {
  const reading = readArticle(articleOf(title, body), { places: loadGazetteer() });
  const block = labelled(composeAlert(reading, [])).find((one) => one.label === label);
  return (
    block?.items.map((line) => line.map((part) => (typeof part === 'string' ? part : 'text')).join('')) ?? []
  );
}

test('A country is named once', () => {
  expect(shown('Where', 'Blast in Myanmar', 'A bomb exploded in Myanmar on Monday.')).toEqual([
    'Myanmar (Burma)',
  ]);
});

describe('Who did it is told', () => {
  test('with all that the deed is', () => {
    const body = 'A gunman who took five people hostage at a bank was found dead.';
    expect(seen('Who', 'Siege over', body)).toEqual(['“A gunman who took five people hostage”']);
  });

  test('once, with who says so', () => {
    const body = 'Indian soldiers killed four suspected rebels, an officer said.';
    expect(seen('Who', 'Troops kill four suspected rebels', body)).toEqual([
      '“Indian soldiers killed four suspected rebels” — an officer',
    ]);
  });

  test.each([
    [
      'as a claim of responsibility',
      'A car bomb killed nine people in Homs. The Red Front claimed responsibility for the attack.',
      ['claimed responsibility: “The Red Front”'],
    ],
    [
      'with who blames them',
      'A blast killed nine people in Homs. The army blamed the Red Front for the attack.',
      ['blamed by The army: “the Red Front”'],
    ],
    [
      'as blamed where nobody is named who blames them',
      'A blast killed nine people. The attack was blamed on Islamic State.',
      ['blamed: “Islamic State”'],
    ],
    [
      'with who says so',
      'Nine villagers were killed by masked gunmen, police said.',
      ['“Nine villagers were killed by masked gunmen” — police'],
    ],
    [
      'with what they did, which may not be the attack',
      'A lorry drove into a crowd in Nice. The driver was shot dead by police.',
      ['“The driver was shot dead by police”'],
    ],
    [
      'in the words of a frame, as far as they are short',
      'Rebels carried out a bombing in the north of the country that the government called cowardly.',
      ['“Rebels carried out a bombing”'],
    ],
    [
      'with its doubt',
      'A police station was apparently attacked by rebels.',
      ['suspected: “A police station was apparently attacked by rebels”'],
    ],
    [
      'with the claim first',
      'Gunmen attacked a bus near Homs. The Red Front claimed responsibility for the attack.',
      ['claimed responsibility: “The Red Front”', '“Gunmen attacked a bus”'],
    ],
    [
      'once for a party that claims what it is blamed for',
      'The army blamed the Red Front for the attack. The Red Front claimed responsibility for the attack.',
      ['claimed responsibility: “The Red Front”'],
    ],
  ])('%s', (_, body, expected) => {
    expect(seen('Who', 'News', body)).toEqual(expected);
  });

  test.each([
    ['nobody claimed it', 'A blast killed nine people. No group has claimed responsibility.'],
    ['it was another event', 'A blast killed nine people. In 2019, gunmen killed five people.'],
    [
      'the words tell nobody',
      'The man shot a guard. The attackers killed a priest. The bomber killed a boy.',
    ],
    [
      'a claim is in doubt',
      'A blast killed nine people. Islamic State reportedly claimed responsibility for the attack.',
    ],
  ])('by no line when %s', (_, body) => {
    expect(seen('Who', 'News', body)).toEqual([]);
  });
});

describe('With what it was done is told', () => {
  test.each([
    ['exactly', 'Blast in Homs', 'A bomb went off. The car bomb killed nine people.', ['“car bomb”']],
    [
      'with who says so',
      'Blast in Homs',
      'A car bomb killed nine people, police said.',
      ['“car bomb” — police'],
    ],
    ['not again after the headline', 'Car bomb kills nine', 'The bomb exploded at noon.', []],
    [
      'not in doubt',
      'Blast in Homs',
      'They may have used sarin. It was reportedly a car bomb that exploded.',
      [],
    ],
  ])('%s', (_, title, body, expected) => {
    expect(seen('With', title, body)).toEqual(expected);
  });
});

describe('What another event cost is not told as this one:', () => {
  const lead = 'A raid near Atme killed 13 people on Thursday, medics said.';
  test.each([
    'An earlier raid killed four guards.',
    'A similar attack last month killed 16 traders.',
    'The war has killed more than 290,000 people since 2011.',
    'In October 2019, a raid killed five people.',
    'The October 2019 raid that killed five people was not far away.',
    'It was the largest raid since a 2019 raid that killed four people.',
    'The raid came two days after gunmen killed 15 soldiers.',
    'The group has killed thousands of civilians.',
    'He masterminded the hotel attack that killed 20 guests.',
    'On 3 October, a strike killed 11 people.',
    'During the civil war 40,000 people were killed.',
    'Twenty-seven soldiers died there three weeks ago.',
    'In a separate incident, gunmen shot dead two soldiers on Wednesday.',
  ])('%s', (background) => {
    const body = `${background}\n\n${lead}\n\n${background}`;
    expect(shown('Casualties', 'Raid near Atme', body)).toEqual(['killed 13 people']);
    expect(shown('When', 'Raid near Atme', body)).toEqual(['Thu 3 Feb 2022']);
  });

  test('while the toll of this one stays, however it is compared', () => {
    const body = 'A strike killed 38 people on Thursday, one of the deadliest attacks on the city this year.';
    expect(shown('Casualties', 'Strike on market', body)).toEqual(['killed 38 people']);
    expect(shown('When', 'Strike on market', body)).toEqual(['Thu 3 Feb 2022']);
  });
});

describe('When is not told as the day on which', () => {
  test.each([
    'The death toll of the quake rose to 40 on Thursday.',
    'Eleven people have died since the protests began on Monday.',
    'The minister promised justice on Wednesday.',
    'Talks will begin on Sunday.',
  ])('%s', (body) => {
    expect(shown('When', 'What we know', body)).toEqual([]);
  });
});

describe('A place is not told more exactly than the article does:', () => {
  test.each([
    ['Gunmen attacked a base near Atme.', 'near Atme'],
    ['Gunmen attacked a base north of the city of Idlib.', 'north of the city of Idlib'],
    ['Gunmen attacked a base in Idlib.', 'Idlib'],
  ])('%s', (body, words) => {
    const reading = readArticle(articleOf('Base attacked', body), { places: loadGazetteer() });
    const where = composeAlert(reading, []).lines.find((line) => line.label === 'Where');
    expect(where?.items.map((item) => item.resolvedFrom)).toEqual([words]);
  });
});

describe('The place that a watch matched is the one in the alert:', () => {
  test.each([
    [
      'place:Idlib',
      'A helicopter raid near Atme killed two men on Thursday.',
      'Atme, Idlib, Syria (article: “near Atme”)',
    ],
    [
      'place:Peru',
      'Gunmen abducted a teacher, the Peruvian police said. Peruvian soldiers look for her.',
      'Peru (article mostly about “Peruvian”)',
    ],
    [
      'place:"El Salvador"',
      'SAN SALVADOR, June 23 (Reuters) - Gunmen abducted a teacher on Monday, police said.',
      'El Salvador (article mostly about “SAN SALVADOR”)',
    ],
    [
      'country:TR',
      'Soldiers shelled a house in Atme on Thursday, and a blast rocked Ankara, Turkey.',
      'Atme, Idlib, Syria (article: “Atme”)\nAnkara, Türkiye (article: “Ankara”)',
    ],
  ])('%s in “%s”', (query, body, shown) => {
    const reading = readArticle(articleOf('Police at work', body), { places: loadGazetteer() });
    const read = { ...reading.article, facts: reading.facts };
    const isMatch = compileQuery(query, loadWatchLanguage())(read.text, fieldsOf(read)) !== null;
    const where = labelled(composeAlert(reading, [])).find(({ label }) => label === 'Where');
    const text = where?.items.map((item) =>
      item.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part)).join(''),
    );
    expect([isMatch, text?.join('\n')]).toEqual([true, shown]);
  });
});
