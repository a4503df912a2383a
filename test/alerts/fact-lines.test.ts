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
      'Peru (what the article is mostly about: “Peruvian”)',
    ],
    [
      'place:"El Salvador"',
      'SAN SALVADOR, June 23 (Reuters) - Gunmen abducted a teacher on Monday, police said.',
      'El Salvador (what the article is mostly about: “SAN SALVADOR”)',
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
