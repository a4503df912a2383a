import type { Span } from '../../src/model/article.ts';
import type { Fact, Place, Reading } from '../../src/model/fact.ts';
import type { Fingerprint, StoryMember } from '../../src/model/story.ts';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { article } from '../support/articles.ts';

/** A short article and what was read from it. */
export interface MiniArticle {
  title: string;
  lead: string;
  /** Where it happened: `Atme` with its province and country, found in the text by that name. */
  places?: Place[];
  /** Days of the event, `YYYY-MM-DD`. */
  days?: string[];
  /** ISO 8601; 3 February 2022 at noon when left out. */
  seen?: string;
  outlet?: string;
}

export const ATME: Place = { name: 'Atme', admin: 'Idlib', country: 'SY', kind: 'settlement' };
export const SARMADA: Place = { name: 'Sarmada', admin: 'Idlib', country: 'SY', kind: 'settlement' };
export const IDLIB: Place = { name: 'Idlib', admin: 'Idlib', country: 'SY', kind: 'admin' };
export const SYRIA: Place = { name: 'Syria', admin: null, country: 'SY', kind: 'country' };

/** The reading of a mini-article, with its places and days as facts. */
export function readingOf(mini: MiniArticle): Reading {
  const firstSeenAt = Date.parse(mini.seen ?? '2022-02-03T12:00:00Z');
  const written = article(mini.title, mini.lead, { firstSeenAt, outlet: mini.outlet ?? 'Northern Wire' });
  return { article: written, sentences: sentencesOf(mini), facts: factsOf(mini, written.text) };
}

/** What stories compare of a mini-article; without a link unless one is given. */
export function printOf(mini: MiniArticle, link: string | null = null): Fingerprint {
  return fingerprint(readingOf(mini), link);
}

/** A mini-article that is in a story already. */
export function memberOf(storyId: string, mini: MiniArticle, link: string | null = null): StoryMember {
  return { ...printOf(mini, link), storyId };
}

function sentencesOf({ title, lead }: MiniArticle): Span[] {
  const sentences = [{ start: 0, end: title.length }];
  for (const match of lead.matchAll(/\S.*?(?:[.؟!]+(?=\s|$)|$)/gs)) {
    const start = title.length + 2 + match.index;
    sentences.push({ start, end: start + match[0].length });
  }
  return sentences;
}

function factsOf({ places = [], days = [] }: MiniArticle, text: string): Fact[] {
  const base = {
    sentence: { start: 0, end: text.length },
    speaker: null,
    hedge: null,
    scope: 'event' as const,
  };
  const found = places.flatMap((place): Fact[] =>
    [...text.matchAll(new RegExp(place.name, 'g'))].map(({ index, 0: evidence }) => ({
      ...base,
      kind: 'place',
      value: { ...place, role: 'event', toldBy: 'sentence' },
      ...{ start: index, end: index + evidence.length, evidence },
    })),
  );
  const told = days.map(
    (day): Fact => ({ ...base, kind: 'date', value: { day }, start: 0, end: 0, evidence: '' }),
  );
  return [...found, ...told];
}
