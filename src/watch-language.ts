import { fileURLToPath } from 'node:url';
import { ConfigError } from './config/config-error.ts';
import { readAliases } from './knowledge/aliases.ts';
import { isWithin, resolvePlace } from './knowledge/containment.ts';
import { type GuardEntry, readGuards } from './knowledge/guards.ts';
import { loadGazetteer } from './knowledge/places.ts';
import { loadTopics, type Topic } from './knowledge/topics.ts';
import { KnowledgeError } from './knowledge/yaml-file.ts';
import { conditionOf, type GuardQueries, type Knowledge } from './matching/condition.ts';
import type { PlaceTest } from './matching/fields.ts';
import { plainWordsReader } from './matching/plain-words.ts';
import { parseQuery, pointAt, QueryError } from './matching/query.ts';
import type { Place } from './model/fact.ts';
import { tokenize } from './text/tokens.ts';

const TOPICS = fileURLToPath(new URL('../config/topics', import.meta.url));
const GUARDS = fileURLToPath(new URL('../config/guards.yaml', import.meta.url));
const ALIASES = fileURLToPath(new URL('../config/aliases.yaml', import.meta.url));

/** What queries can name, and the topics with where they come from. */
export interface WatchLanguage extends Knowledge {
  library: readonly Topic[];
}

const loaded = new Map<string | null, WatchLanguage>();

/**
 * What queries can name: the shipped topics, aliases and places, and the topics of the operator's folder; read once
 * per process. Throws ConfigError for a topic that can't be used.
 */
export function loadWatchLanguage(ownTopics: string | null = null): WatchLanguage {
  const known = loaded.get(ownTopics) ?? readWatchLanguage(ownTopics);
  loaded.set(ownTopics, known);
  return known;
}

function readWatchLanguage(ownTopics: string | null): WatchLanguage {
  const library = readKnowledge(() => loadTopics(TOPICS, ownTopics));
  const { guards, news } = readKnowledge(() => readGuards(GUARDS));
  const aliases = readAliases(ALIASES);
  const meanings = {
    topics: library,
    isPlace: (words: string) => aliases.named(words)?.kind !== 'group' && namesPlace(words),
    isInside: (inner: string, outer: string) =>
      placesNamed(inner).some((place) => placesNamed(outer).some((area) => isWithin(place, area))),
  };
  const language = {
    library,
    aliases,
    topics: new Map(library.map(({ name, query }) => [name, query])),
    guards: [...guards.map(guardOfAll), ...library.flatMap(guardOf)],
    news,
    placeNamed: (name: string) => placeTest(placesNamed(name)),
    understand: plainWordsReader(meanings),
  };
  for (const topic of library) checkQueries(topic, language);
  return language;
}

function readKnowledge<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    throw new ConfigError(error.message, { cause: error });
  }
}

function guardOfAll({ title, ...signs }: GuardEntry): GuardQueries {
  return { title, of: null, signs };
}

function guardOf({ name, guard }: Topic): GuardQueries[] {
  const signs = { sure: null, unsure: null, figure: guard };
  return guard === null ? [] : [{ title: 'another sense', of: name, signs }];
}

function checkQueries({ name, path, queries }: Topic, knowledge: Knowledge): void {
  for (const { text, line } of queries) {
    const place = `${path}, line ${line}, its query:`;
    refused(
      () => parseQuery(text, knowledge),
      (error) => `${place}\n${pointAt(text, error)}`,
    );
  }
  // Topics can lead back to themselves through others; to work out what all mean would take half a second.
  if (!queries.some(({ text }) => /topic:/i.test(text))) return;
  const place = `${path}, line ${queries[0]?.line}, its query:`;
  refused(
    () => conditionOf(`topic:${name}`, knowledge),
    (error) => `${place} ${error.message} ${error.remedy}`,
  );
}

/** Throws ConfigError in place of QueryError. */
function refused(read: () => unknown, messageOf: (error: QueryError) => string): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new ConfigError(messageOf(error), { cause: error });
  }
}

function placesNamed(name: string): Place[] {
  return resolvePlace(tokenize(name).map(({ form }) => form));
}

/** Regions that a province bears the name of. */
const REGIONS = new Set(['sahel']);

/** "Syrian" tells a country, but no place. */
function namesPlace(words: string): boolean {
  const forms = tokenize(words).map(({ form }) => form);
  const isDemonym = loadGazetteer().find(forms, 0)?.form === 'demonym' && forms.length === 1;
  return !isDemonym && !REGIONS.has(forms.join(' ')) && resolvePlace(forms).length > 0;
}

/** Null for a name that no place has. */
function placeTest(areas: readonly Place[]): PlaceTest | null {
  return areas.length === 0 ? null : (place) => areas.some((area) => isWithin(place, area));
}
