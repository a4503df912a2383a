import { describe, expect, test } from '@jest/globals';
import { composeAlert } from '../../src/alerts/compose.ts';
import { leadText } from '../../src/chat/alert-text.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { articleOf } from '../facts/article.ts';

function lead(body: string, language = 'en'): string {
  const article = articleOf('Blast in Homs', body, { language });
  return leadText(composeAlert(readArticle(article, { places: loadGazetteer() }), []));
}

const FIRST = 'A bomb exploded in Homs on Thursday, police said.';
const OTHER = 'The town has two markets.';

describe('The lead is the first sentence and', () => {
  test('a later one that tells what was hit, with a mark for what is left out', () => {
    expect(lead(`${FIRST} ${OTHER} The blast destroyed a bakery.`)).toBe(
      `${FIRST} … The blast destroyed a bakery.`,
    );
    expect(lead(`${FIRST} The blast destroyed a bakery. ${OTHER}`)).toBe(
      `${FIRST} The blast destroyed a bakery.`,
    );
  });

  test('no greeting', () => {
    expect(lead(`Good morning. ${FIRST} ${OTHER}`)).toBe(`${FIRST} ${OTHER}`);
  });

  test('the first also in a script without spaces', () => {
    const first = '叙利亚北部周四发生爆炸。';
    expect(lead(`${first}警方称至少九人死亡。当地居民听到巨响。`, 'zh')).toContain(first);
  });

  test('none that only says again what is told', () => {
    expect(lead(`The blast destroyed a bakery. ${OTHER} It was the bakery that the blast destroyed.`)).toBe(
      'The blast destroyed a bakery.',
    );
  });

  test('none of an earlier event', () => {
    expect(lead(`The blast destroyed a bakery. ${OTHER} In 2012 a raid destroyed the town hall.`)).toBe(
      'The blast destroyed a bakery.',
    );
  });

  test('none that needs the sentence before it', () => {
    const leaning = 'In a statement, it said gunmen burned down a school.';
    expect(lead(`The blast destroyed a bakery. ${OTHER} ${leaning}`)).toBe('The blast destroyed a bakery.');
    expect(lead(`The army spoke of a bomb. ${leaning}`)).toContain(leaning);
  });

  test('at most three more, as many as a reader takes in at a glance', () => {
    const things = ['bakery', 'school', 'bridge', 'hotel', 'bank'];
    const body = things.map((thing) => `The blast destroyed a ${thing}.`).join(' ');
    expect(lead(body).split('. ')).toHaveLength(4);
    const far = `near the old town where ${'many '.repeat(50)}people live`;
    expect(lead(`${FIRST} The blast destroyed a bakery ${far}.`)).toBe(FIRST);
  });

  test('the second where we read nothing that a sentence could add', () => {
    const thin = 'The river rose. Nobody knows why. It has rained for a week.';
    expect(lead(thin)).toBe('The river rose. Nobody knows why.');
    expect(lead('Une bombe a explosé à Homs. La police enquête.', 'fr')).toBe(
      'Une bombe a explosé à Homs. La police enquête.',
    );
  });
});
