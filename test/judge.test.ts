import { describe, expect, test } from '@jest/globals';
import { reasonText } from '../src/alerts/severity.ts';
import { createKindReader } from '../src/event-kinds.ts';
import { createJudge } from '../src/judge.ts';
import { loadWatchLanguage } from '../src/watch-language.ts';
import { article } from './support/articles.ts';

const judge = createJudge(createKindReader(loadWatchLanguage()));
const told = (
  outlet: string,
  link: string,
  body = 'A car bomb exploded at the market on Monday, police said.',
) => ({
  ...article('Car bomb hits market in Homs', body, { outlet, link }),
  facts: [],
});

describe('a story', () => {
  test('matters less where what sounds like an event is a figure of speech or a film', () => {
    const judgeTold = (title: string, body: string) =>
      judge([{ ...article(title, body, { outlet: 'Reuters' }), facts: [] }]);
    const film = judgeTold(
      'Car bomb thriller tops box office',
      'The film about a car bomb opened on Friday, its director said.',
    );
    const bomb = judgeTold('Car bomb hits market in Homs', 'A car bomb exploded at the market on Monday.');
    expect(film.severity).toBe('low');
    expect(film.reasons.map(reasonText)).toContain('−30 “box office” may tell of film or book');
    expect(bomb.reasons.map(reasonText)).toEqual(['+40 kind of event: bombing']);
  });

  test('stands on as many publishers as tell it independently', () => {
    const independent = (...articles: ReturnType<typeof told>[]) => judge(articles).independent;
    expect(independent(told('Reuters', 'https://www.reuters.com/1'))).toEqual(['Reuters']);
    expect(
      independent(
        told('BBC News', 'https://www.bbc.co.uk/1'),
        told('BBC Arabic', 'https://www.bbc.com/arabic/1'),
      ),
    ).toEqual(['BBC']);
    expect(
      independent(told('Courier', 'http://127.0.0.1:80/a'), told('Dispatch', 'http://127.0.0.1:80/b')),
    ).toEqual(['Courier', 'Dispatch']);
    expect(independent(told('Courier', 'http://news/a'), told('Dispatch', 'http://news/b'))).toHaveLength(2);
  });

  test('matters by what its headline and lead tell', () => {
    const { reasons } = judge([told('Reuters', 'https://www.reuters.com/1')]);
    expect(reasons).toEqual([{ text: 'kind of event: bombing', points: 40, atMost: 100 }]);
    const deep = `${'The council spoke of the budget for hours. '.repeat(8)}It recalled that a car bomb exploded at the market.`;
    const budget = { ...article('Council votes on budget', deep, { outlet: 'Reuters' }), facts: [] };
    expect(
      judge([budget])
        .reasons.map(({ text }) => text)
        .join('; '),
    ).not.toContain('kind of event:');
  });
});
