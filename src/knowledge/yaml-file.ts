import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A file of what Tocsin knows can't be used. The message names the file, the line and the remedy. */
export class KnowledgeError extends Error {
  override name = 'KnowledgeError';
}

/** What a problem is reported with: the line at which the keys lead to a value, and never a return. */
export type Fail = (keys: PropertyKey[], problem: string) => never;

/** The values of a file, and how to speak of their places in it. */
export interface YamlFile<T> {
  values: T;
  fail: Fail;
  /** The line at which the keys lead to a value, from 1. */
  lineOf(keys: PropertyKey[]): number;
}

/** Reads a file that has the form of the schema. Throws KnowledgeError. */
export function readYamlFile<T extends z.ZodType>(path: string, schema: T): YamlFile<z.infer<T>> {
  const text = readable(path, () => readFileSync(path, 'utf8'));
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const failAt = (offset: number, problem: string): never => {
    throw new KnowledgeError(`${path}, line ${lines.linePos(offset).line}: ${problem}`);
  };
  const [broken] = document.errors;
  if (broken !== undefined) failAt(broken.pos[0], `not valid YAML: ${broken.message}`);
  const fail: Fail = (keys, problem) => failAt(offsetOf(document, keys), problem);
  const lineOf = (keys: PropertyKey[]) => lines.linePos(offsetOf(document, keys)).line;
  return { values: valuesOf(document, schema, fail), fail, lineOf };
}

/** What `read` gives. Throws KnowledgeError with the path where it fails. */
export function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new KnowledgeError(`${path} can't be read: ${(cause as Error).message}. Correct or remove it`, {
      cause,
    });
  }
}

function valuesOf<T extends z.ZodType>(document: Document, schema: T, fail: Fail): z.infer<T> {
  const result = schema.safeParse(plainValues(document, fail), { error: remedyFor });
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

/** Where the deepest of the keys that the file has begins. */
function offsetOf(document: Document, keys: PropertyKey[]): number {
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
