import { describe, expect, test } from '@jest/globals';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { fieldsOf } from '../../src/matching/article-fields.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { article } from '../support/articles.ts';

const places = loadGazetteer();

function matches(query: string, title: string, body: string): boolean {
  const reading = readArticle(article(title, body), { places });
  const read = { ...reading.article, facts: reading.facts };
  return compileQuery(query, loadWatchLanguage())(read.text, fieldsOf(read)) !== null;
}

describe('a watch for a place', () => {
  test.each([
    ['Idlib', 'Raid near Atme', 'Troops raided a house in Atme on Thursday, residents said.'],
    ['Idlib', 'Strike kills four', 'An air strike hit a market in Sarmada on Monday, rescuers said.'],
    ['place:Idlib', 'Raid near Atme', 'Troops raided a house in Atme on Thursday, residents said.'],
    ['Syria', 'Raid near Atme', 'Troops raided a house in Atme on Thursday, residents said.'],
    ['Damascus', 'Shelling kills two', 'Shells hit a street in Douma on Monday, residents said.'],
    [
      'kidnappings in Colombia',
      'Engineers abducted',
      'Gunmen abducted two engineers in Medellín on Monday, police said.',
    ],
    [
      'kidnappings in El Salvador',
      'Teacher abducted',
      'SAN SALVADOR, June 23 (Reuters) - Gunmen abducted a teacher on Monday, police said.',
    ],
    [
      'kidnappings in Peru',
      'Teacher abducted',
      'Gunmen abducted a teacher on Monday, the Peruvian police said. Peruvian soldiers look for her.',
    ],
    [
      'kidnappings in Peru',
      'Teacher abducted',
      `Gunmen abducted a teacher, officials from Peru said.${' Nobody knows who they are.'.repeat(30)} A ship left Colombia. Colombia sends doctors. Colombia hopes.`,
    ],
  ])('“%s” finds “%s”', (query, title, body) => {
    expect(matches(query, title, body)).toBe(true);
  });

  test.each([
    [
      'Idlib',
      'Talks in Geneva',
      `${'Delegates of both sides met in Geneva on Monday and spoke about a truce. '.repeat(9)}The envoy was once in Idlib.`,
    ],
    [
      'Idlib',
      'Raid in Homs',
      'Troops raided a house in Homs on Thursday. Homs was quiet, residents of Homs said.',
    ],
    ['Hama', 'Hamas and Israel agree', 'Hamas and Israel agreed to a truce in Gaza on Monday.'],
    ['Peru', 'Beans are back', 'Lima beans are on sale again, and cooks like them with butter.'],
    ['Peru', 'Chef hurt', 'A Peruvian chef was hurt on Monday when a shop burned in Rome, Italy.'],
    ['Mali', 'Blast in Mogadishu', 'A bomb exploded in Mogadishu, Somalia, on Monday.'],
    [
      'kidnappings in Colombia',
      'Engineers abducted',
      'Gunmen abducted two engineers in Lagos, Nigeria, on Monday, police said.',
    ],
  ])('“%s” leaves “%s” alone', (query, title, body) => {
    expect(matches(query, title, body)).toBe(false);
  });

  test('a tag is one that the publisher filed the article under', () => {
    const read = { ...article('Raid', 'Body.', { tags: ['Syria', 'World News'] }), facts: [] };
    const holds = (query: string) =>
      compileQuery(query, loadWatchLanguage())(read.text, fieldsOf(read)) !== null;
    expect([holds('tag:syria'), holds('tag:"world news"'), holds('tag:sport')]).toEqual([true, true, false]);
  });

  test('in quotation marks finds any mention', () => {
    expect(
      matches('"Idlib"', 'Talks in Geneva', 'Delegates met in Geneva. The envoy was once in Idlib.'),
    ).toBe(true);
  });
});
