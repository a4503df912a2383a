import { describe, expect, test } from '@jest/globals';
import type { FeedLabels } from '../../src/matching/feed-labels.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Place } from '../../src/model/fact.ts';

const TITLE = 'Raid in Idlib';
const TEXT = `${TITLE}\n\nSpecial forces left Atme after the strike.`;

function labels(more: Partial<FeedLabels>): FeedLabels {
  return { names: [], urls: [], groups: [], ...more };
}

const REUTERS = labels({
  names: ['Reuters: World News'],
  urls: ['https://www.feeds.reuters.com/world/rss?edition=uk'],
  groups: ['Syria north', 'Agências'],
});

/** The words of the text that satisfied the query, or null. */
function found(query: string, feed: FeedLabels | null = REUTERS, language: string | null = 'en') {
  const options = { titleEnd: TITLE.length, language, feedLabels: () => feed };
  return compileQuery(query)(TEXT, options)?.map((span) => TEXT.slice(span.start, span.end)) ?? null;
}

describe('feed: finds everything of a feed by', () => {
  test.each([
    ['a word of its name', 'feed:reuters'],
    ['its name in any case', 'feed:"REUTERS world news"'],
    ['words of its name in order', 'feed:"Reuters News"'],
    ['its host', 'feed:feeds.reuters.com'],
    ['its host as a browser shows it', 'feed:www.feeds.reuters.com'],
    ['a parent domain of its host', 'feed:Reuters.com'],
    ['its address', 'feed:https://www.feeds.reuters.com/world/rss?edition=uk'],
    ['what its address begins with', 'feed:feeds.reuters.com/world/'],
    ['its group', 'feed:"syria north"'],
    ['its group without diacritics', 'feed:agencias'],
    ['one of several', 'feed:(tass OR reuters)'],
  ])('%s: %s', (_name, query) => {
    expect(found(query)).toEqual([]);
    expect(found(`strike -${query}`)).toBe(null);
  });
});

describe('feed: does not find a feed by', () => {
  test.each([
    ['a part of a word', 'feed:reut'],
    ['words of its name in another order', 'feed:"world reuters"'],
    ['another name', 'feed:tass'],
    ['a part of its host', 'feed:euters.com'],
    ['the end of its host that all have', 'feed:com'],
    ['a word of its host', 'feed:feeds'],
    ['a word of its address', 'feed:rss'],
    ['a subdomain of its host', 'feed:a.feeds.reuters.com'],
    ['another address of its host', 'feed:feeds.reuters.com/wor'],
    ['a part of the name of its group', 'feed:syria'],
    ['another field', 'title:reuters'],
  ])('%s: %s', (_name, query) => {
    expect(found(query)).toBe(null);
    expect(found(`strike -${query}`)).toEqual(['strike']);
  });

  test('anything when nothing is known of it', () => {
    expect(found('feed:reuters', null)).toBe(null);
    expect(found('strike -feed:reuters', null)).toEqual(['strike']);
    expect(compileQuery('feed:reuters')(TEXT, { titleEnd: 0, language: 'en' })).toBe(null);
  });
});

test('feed: with words finds these words in that feed only', () => {
  expect(found('feed:reuters strike Idlib')).toEqual(['Idlib', 'strike']);
  expect(found('feed:tass strike')).toBe(null);
  expect(found('feed:reuters Aleppo')).toBe(null);
  expect(found('feed:reuters OR Aleppo')).toEqual([]);
  expect(found('feed:tass OR strike')).toEqual(['strike']);
});

test('title: finds words and phrases of the title only', () => {
  expect(found('title:raids')).toEqual(['Raid']);
  expect(found('title:(strike OR idlib)')).toEqual(['Idlib']);
  expect(found('title:strike')).toBe(null);
  expect(found('title:"Idlib special"')).toBe(null);
  expect(found('title:raid "special forces"')).toEqual(['Raid', 'Special forces']);
  expect(found('strike -title:strike')).toEqual(['strike']);
  expect(found('strike -title:raid')).toBe(null);
});

test('two words that may be one are one only where both are looked for', () => {
  const title = 'Airstrike';
  const text = `${title}\n\nNothing else.`;
  const find = (query: string) => compileQuery(query)(text, { titleEnd: title.length, language: 'en' });
  expect(find('title:(air strike)')).toEqual([{ start: 0, end: 9 }]);
  expect(find('air title:strike')).toBe(null);
  const body = compileQuery('title:(air strike)');
  expect(body(`Nothing\n\n${text}`, { titleEnd: 7, language: 'en' })).toBe(null);
});

describe('lang: finds articles of a language', () => {
  test.each([
    ['lang:ar', 'ar', true],
    ['lang:Arabic', 'ar', true],
    ['lang:EN-gb', 'en', true],
    ['lang:hebrew', 'iw', true],
    ['lang:no', 'nb', true],
    ['lang:ckb', 'ckb', true],
    ['lang:ckb', 'ku', true],
    ['lang:kmr', 'ku', true],
    ['lang:Kurdish', 'ckb', true],
    ['lang:(ar OR en)', 'en', true],
    ['lang:ar', 'en', false],
    ['lang:ar', null, false],
  ])('%s, in %s: %s', (query, language, isFound) => {
    expect(found(query, null, language)).toEqual(isFound ? [] : null);
    expect(found(`strike -${query}`, null, language)).toEqual(isFound ? null : ['strike']);
  });
});

describe('properties of an article', () => {
  const atme: Place = { name: 'Atme', admin: 'Idlib', country: 'SY', kind: 'settlement' };
  const article = {
    titleEnd: TITLE.length,
    language: 'en',
    outlet: 'Agence France-Presse',
    author: 'Jane van der Doe',
    tags: ['Syria war', 'Médias'],
    places: [atme],
    topics: ['air-strike'],
  };
  /** Everything in Syria lies in the Levant. */
  const knowledge = {
    placeNamed: (name: string) => (name === 'Levant' ? (place: Place) => place.country === 'SY' : null),
  };

  test.each([
    ['source:agence', true],
    ['source:"agence presse"', true],
    ['source:(reuters OR france-presse)', true],
    ['source:agen', false],
    ['source:"presse agence"', false],
    ['author:doe', true],
    ['author:"Jane Doe"', true],
    ['author:john', false],
    ['tag:syria', true],
    ['tag:medias', true],
    ['tag:"syria medias"', false],
    ['country:SY', true],
    ['country:syria', true],
    ['country:"Syria"', true],
    ['country:IQ', false],
    ['place:Atme', true],
    ['place:idlib', true],
    ['place:Syria', true],
    ['place:Aleppo', false],
    ['topic:air-strike', true],
    ['topic:"Air strike"', true],
    ['topic:coup', false],
  ])('%s: %s', (query, isFound) => {
    expect(compileQuery(query)(TEXT, article)).toEqual(isFound ? [] : null);
    expect(compileQuery(`strike -${query}`)(TEXT, article) === null).toBe(isFound);
    expect(compileQuery(query)(TEXT, { titleEnd: 0, language: 'en' })).toBe(null);
  });

  test('a place that the gazetteer knows holds what lies in it', () => {
    expect(compileQuery('place:Levant', knowledge)(TEXT, article)).toEqual([]);
    expect(compileQuery('place:Levant', knowledge)(TEXT, { ...article, places: [] })).toBe(null);
    expect(() => compileQuery('place:Atlantis', knowledge)).toThrow('“place:Atlantis” is not understood');
  });

  test('watches for nothing but a property are found by the articles that have it', () => {
    const index = createWatchIndex();
    for (const code of ['SY', 'IQ', 'YE']) index.add({ id: code, query: `country:${code}` });
    index.add({ id: 'both', query: 'country:SY lang:en strike' });
    const matching = (places: Place[]) =>
      index.match(TEXT, { ...article, places }).map((match) => match.watchId);
    expect(matching([atme])).toEqual(['SY', 'both']);
    expect(matching([{ ...atme, country: 'YE' }])).toEqual(['YE']);
    expect(matching([])).toEqual([]);
  });
});

describe('an index of watches with fields', () => {
  const syrian = labels({ groups: ['syria'] });
  const options = {
    titleEnd: TITLE.length,
    language: 'en',
    feedLabels: (watchId: string) => (watchId.startsWith('a') ? syrian : null),
  };

  test('asks for each watch what its owner calls the feed', () => {
    const index = createWatchIndex();
    for (const owner of ['a', 'b']) {
      index.add({ id: `${owner}1`, query: 'feed:syria' });
      index.add({ id: `${owner}2`, query: 'feed:syria OR Aleppo' });
      index.add({ id: `${owner}3`, query: 'strike -feed:syria' });
    }
    const matching = () => index.match(TEXT, options).map((match) => match.watchId);
    expect(matching()).toEqual(['a1', 'a2', 'b3']);
    index.remove('a1');
    expect([matching(), index.size]).toEqual([['a2', 'b3'], 5]);
    index.add({ id: 'a2', query: 'Aleppo' });
    expect(matching()).toEqual(['b3']);
  });

  test('still finds everything of a feed after many articles of other feeds', () => {
    const index = createWatchIndex();
    index.add({ id: 'a', query: 'feed:syria' });
    for (let at = 0; at < 50; at += 1)
      expect(index.match(`${TEXT} ${at}`, { ...options, feedLabels: () => null })).toEqual([]);
    expect(index.match(TEXT, options)).toMatchObject([{ watchId: 'a', spans: [], isNearMiss: false }]);
  });
});
