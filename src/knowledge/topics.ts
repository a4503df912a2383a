import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';

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
  languages: z
    .record(z.string().regex(/^[a-z]{2}$/, 'a language is a code of two letters, such as ar'), line)
    .default({}),
  matches: z.array(line).default([]),
  not: z.array(line).default([]),
});

const TOPIC_FILE = /\.ya?ml$/;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What a problem is reported with: the line at which the keys lead to a value, and never a return. */
type Fail = (keys: PropertyKey[], problem: string) => never;

/**
 * The topics of a folder, one file each, by name. Their queries are not read here: whoever compiles them does that.
 * Throws Error with file, line and remedy.
 */
export function loadTopics(folder: string): Topic[] {
  const owners = new Map<string, string>();
  const files = readdirSync(folder).filter((entry) => TOPIC_FILE.test(entry));
  return files.sort().map((entry) => {
    const path = join(folder, entry);
    return readTopic(readFileSync(path, 'utf8'), path, owners);
  });
}

function readTopic(text: string, path: string, owners: Map<string, string>): Topic {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const failAt = (offset: number, problem: string): never => {
    throw new Error(`${path}, line ${lines.linePos(offset).line}: ${problem}`);
  };
  const [broken] = document.errors;
  if (broken !== undefined) failAt(broken.pos[0], `not valid YAML: ${broken.message}`);
  const fail: Fail = (keys, problem) => failAt(offsetOf(document, keys), problem);
  const { name } = parse(path);
  if (!NAME.test(name)) fail([], 'name the file with small letters and hyphens, such as air-strike.yaml');
  const { languages, ...written } = valuesOf(document, fail);
  const queries = [written.query, ...Object.values(languages)];
  const topic = { ...written, name, query: queries.map((query) => `(${query})`).join(' OR ') };
  claimNames(topic, owners, fail);
  return topic;
}

function valuesOf(document: Document, fail: Fail): z.infer<typeof file> {
  const result = file.safeParse(plainValues(document, fail), { error: remedyFor });
  if (result.success) return result.data;
  const issue =
    result.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return fail([...issue.path, key], `I do not know "${key}": check its spelling or remove it`);
  }
  const keys = issue?.path ?? [];
  const setting = keys.length === 0 ? '' : `${keys.join('.')}: `;
  return fail(keys, `${setting}${issue?.message ?? 'not valid'}`);
}

function plainValues(document: Document, fail: Fail): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    // An alias that names nothing, or one that would expand without end.
    return fail([], `not valid YAML: ${(cause as Error).message}`);
  }
}

/** What to write where something of another kind stands. */
function remedyFor({ code, input, expected }: z.core.$ZodRawIssue): string | undefined {
  if (code === 'invalid_key') return 'a language is a code of two letters, such as ar';
  if (code !== 'invalid_type') return undefined;
  if (input === undefined) return 'this is missing: add it';
  if (expected === 'array') return 'write a list: one line for each, each beginning with "- "';
  return expected === 'string' ? 'write it in quotes' : 'write lines of the form "key: value"';
}

/** A user's word must lead to one topic. */
function claimNames(topic: Topic, owners: Map<string, string>, fail: Fail): void {
  const claims: [string, PropertyKey[]][] = [
    [topic.name, []],
    [topic.title, ['title']],
    ...topic.also.map((name, at): [string, PropertyKey[]] => [name, ['also', at]]),
  ];
  for (const [name, keys] of claims) {
    const key = wordsOf(name);
    const owner = owners.get(key) ?? topic.name;
    if (owner !== topic.name)
      fail(keys, `"${name}" means the topic ${owner} already: keep it in one of the two`);
    owners.set(key, owner);
  }
}

function wordsOf(name: string): string {
  return tokenize(name)
    .map(({ form }) => stem(form, 'en'))
    .join(' ');
}

/** Where the deepest of the keys that the file has begins. */
function offsetOf(document: Document, keys: PropertyKey[]): number {
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
