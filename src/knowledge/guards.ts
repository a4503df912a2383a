import { z } from 'zod';
import { readYamlFile } from './yaml-file.ts';

/** Something that topics are mistaken for, such as sport, with queries for its signs; null for none. */
export interface GuardEntry {
  title: string;
  sure: string | null;
  unsure: string | null;
  figure: string | null;
}

const line = z.string().trim().min(1, 'write some words here').optional();

const file = z.strictObject({
  version: z.int(),
  news: z.string().trim().min(1, 'write some words here'),
  events: z.string().trim().min(1, 'write some words here'),
  guards: z.array(
    z.strictObject({ title: z.string().trim().min(1), sure: line, unsure: line, figure: line }),
  ),
});

/**
 * The guards of a file, with the file's events where a figure says `{events}`, and the query for words of hard news, beside which they do not count. Queries are not read
 * here: whoever compiles them does that. Throws KnowledgeError.
 */
export function readGuards(path: string): { guards: GuardEntry[]; news: string } {
  const { guards, news, events } = readYamlFile(path, file).values;
  const entries = guards.map(({ title, sure = null, unsure = null, figure }) => ({
    title,
    sure,
    unsure,
    figure: figure?.replaceAll('{events}', `(${events})`) ?? null,
  }));
  return { guards: entries, news };
}
