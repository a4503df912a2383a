import type { Reading } from '../../src/model/fact.ts';

export function fiveAnswers(reading: Reading) {
  const { article, facts } = reading;
  const date = facts.find((fact) => fact.kind === 'date' && fact.scope === 'event');
  const place = facts.find((fact) => fact.kind === 'place' && fact.value.role === 'event');
  const published =
    article.publishedAt === null ? null : new Date(article.publishedAt).toISOString().slice(0, 10);
  return {
    what: article.title,
    who: article.title.split(' ').slice(0, 3).join(' '),
    when: {
      text: date?.evidence ?? '',
      date: date?.kind === 'date' ? date.value.day : published,
    },
    where: place?.evidence ?? '',
  };
}
