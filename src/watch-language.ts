import { fileURLToPath } from 'node:url';
import { readAliases } from './knowledge/aliases.ts';
import { isWithin, resolvePlace } from './knowledge/containment.ts';
import { loadTopics } from './knowledge/topics.ts';
import type { Knowledge } from './matching/condition.ts';
import type { PlaceTest } from './matching/fields.ts';
import { plainWordsReader } from './matching/plain-words.ts';
import type { Place } from './model/fact.ts';
import { tokenize } from './text/tokens.ts';

const TOPICS = fileURLToPath(new URL('../config/topics', import.meta.url));
const ALIASES = fileURLToPath(new URL('../config/aliases.yaml', import.meta.url));

let loaded: Knowledge | null = null;

/** What queries can name: the shipped topics, aliases and places; read once per process. */
export function loadWatchLanguage(): Knowledge {
  loaded ??= readWatchLanguage();
  return loaded;
}

function readWatchLanguage(): Knowledge {
  const topics = loadTopics(TOPICS);
  const meanings = { topics, isPlace: (words: string) => placesNamed(words).length > 0 };
  return {
    aliases: readAliases(ALIASES),
    topics: new Map(topics.map(({ name, query }) => [name, query])),
    placeNamed: (name) => placeTest(placesNamed(name)),
    understand: plainWordsReader(meanings),
  };
}

function placesNamed(name: string): Place[] {
  return resolvePlace(tokenize(name).map(({ form }) => form));
}

/** Null for a name that no place has. */
function placeTest(areas: readonly Place[]): PlaceTest | null {
  return areas.length === 0 ? null : (place) => areas.some((area) => isWithin(place, area));
}
