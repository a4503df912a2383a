import { existsSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { z } from 'zod';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { type Fail, readable, readYamlFile } from './yaml-file.ts';

/** A concept that watches can ask for by name: `topic:air-strike`. */
export interface Topic {
  /** The name of its file without the ending. */
  name: string;
  title: string;
  /** Rises whenever the query changes. */
  version: number;
  /** Other names for just this, as a user would type them; what is only a part of it ("hurricane" of "storm") is none. */
  also: readonly string[];
  /** In the watch language, all languages in one. */
  query: string;
  /** The query for words around which its own mean something else; null for none. */
  guard: string | null;
  /** Its queries as written, and the line of the file at which each begins. */
  queries: readonly { text: string; line: number }[];
  path: string;
  /** Whether it is the operator's. */
  isOwn: boolean;
  /** Sentences that the query finds, and ones that it must leave alone. */
  matches: readonly string[];
  not: readonly string[];
}

const line = z.string().trim().min(1, 'write some words here');

const file = z.strictObject({
  title: line,
  version: z.int({ error: 'write a whole number, such as 1' }).min(1, 'the first version is 1'),
  also: z.array(line).default([]),
  query: line,
  guard: line.optional(),
  languages: z
    .record(z.string().regex(/^[a-z]{2}$/, 'a language is a code of two letters, such as ar'), line)
    .default({}),
  matches: z.array(line).default([]),
  not: z.array(line).default([]),
});

const TOPIC_FILE = /^[^.].*\.ya?ml$/;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface TopicFile {
  topic: Topic;
  fail: Fail;
}

/**
 * The topics of the shipped folder and of the operator's own, which need not exist, by name; one of the operator's
 * replaces the shipped one of its name. Queries are not read here: whoever compiles them does that. Throws KnowledgeError.
 */
export function loadTopics(shipped: string, own: string | null = null): Topic[] {
  const library = readFolder(shipped, false);
  const mine = own === null || !existsSync(own) ? [] : readFolder(own, true);
  const changed = mine.filter((file) => !library.some((other) => isCopy(file, other)));
  const kept = library.filter(({ topic }) => !changed.some((file) => file.topic.name === topic.name));
  const owners = new Map<string, Topic>();
  for (const { topic, fail } of [...kept, ...changed]) claimNames(topic, owners, fail);
  return [...kept, ...changed]
    .map(({ topic }) => topic)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readFolder(folder: string, isOwn: boolean): TopicFile[] {
  const files = readable(folder, () => readdirSync(folder)).filter((entry) => TOPIC_FILE.test(entry));
  return files.sort().map((entry) => readTopic(join(folder, entry), isOwn));
}

/** A shipped topic that was only copied is none of the operator's; in a checkout both folders are the same one. */
function isCopy({ topic }: TopicFile, { topic: other }: TopicFile): boolean {
  const said = ({ name, title, also, query, guard }: Topic) =>
    JSON.stringify([name, title, also, query, guard]);
  return said(topic) === said(other);
}

function readTopic(path: string, isOwn: boolean): TopicFile {
  const { values, fail, lineOf } = readYamlFile(path, file);
  const { name } = parse(path);
  if (!NAME.test(name)) fail([], 'name the file with small letters and hyphens, such as air-strike.yaml');
  const { languages, guard = null, ...written } = values;
  const found = [
    { text: written.query, line: lineOf(['query']) },
    ...Object.entries(languages).map(([language, text]) => ({ text, line: lineOf(['languages', language]) })),
  ];
  const query = found.map(({ text }) => `(${text})`).join(' OR ');
  const queries = guard === null ? found : [...found, { text: guard, line: lineOf(['guard']) }];
  return { topic: { ...written, guard, name, query, queries, path, isOwn }, fail };
}

/** A user's word must lead to one topic. */
function claimNames(topic: Topic, owners: Map<string, Topic>, fail: Fail): void {
  const claims: [string, PropertyKey[]][] = [
    [topic.name, []],
    [topic.title, ['title']],
    ...topic.also.map((name, at): [string, PropertyKey[]] => [name, ['also', at]]),
  ];
  for (const [name, keys] of claims) {
    const key = wordsOf(name);
    const owner = owners.get(key) ?? topic;
    if (owner !== topic)
      fail(keys, `"${name}" means the topic of ${owner.path} already: keep it in one of the two`);
    owners.set(key, owner);
  }
}

function wordsOf(name: string): string {
  return tokenize(name)
    .map(({ form }) => stem(form, 'en'))
    .join(' ');
}
