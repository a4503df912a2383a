import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { fieldsOf } from '../../src/matching/article-fields.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Match } from '../../src/model/watch.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { documentArticle } from './document-article.ts';

const KINDS = ['real-with-signs', 'real', 'figurative'] as const;
const HEADLINES = fileURLToPath(new URL('guard-headlines.yaml', import.meta.url));

const Entries = z.array(z.strictObject({ topic: z.string(), kind: z.enum(KINDS), text: z.string().min(1) }));
type Entry = z.infer<typeof Entries>[number];

/** What the topic's watch would do with an entry, and why when it doubts. */
interface Judged extends Entry {
  outcome: 'alert' | 'near-miss' | 'none';
  doubts: { tells: string | null; found: string }[];
}

/**
 * Prints for each headline of a YAML file whether a watch of its topic alerts, as JSON Lines, and on stderr how many
 * of each kind did what they should. Throws an Error that says what to do.
 */
export async function evaluateGuards(path = HEADLINES): Promise<void> {
  const entries = readEntries(path);
  const judge = createJudge(new Set(entries.map(({ topic }) => topic)));
  const judged = entries.map(judge);
  for (const line of judged) process.stdout.write(`${JSON.stringify(line)}\n`);
  process.stderr.write(table(judged));
}

function readEntries(path: string): Entry[] {
  const read = Entries.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) {
    throw new Error(`${path}: give a list of {topic, kind, text}.\n${z.prettifyError(read.error)}`);
  }
  return read.data;
}

/** Reads an entry as an article of a feed and asks the watch that a user gets with `topic:<name>`. */
function createJudge(topics: ReadonlySet<string>): (entry: Entry, at: number) => Judged {
  const index = createWatchIndex(loadWatchLanguage());
  for (const topic of topics) index.add({ id: topic, query: `topic:${topic}` });
  const places = loadGazetteer();
  return (entry, at) => {
    const [title = '', ...paragraphs] = entry.text.split(/\n{2,}/);
    const document = { id: String(at), source: null, published: null, lang: null, title };
    const { article, facts } = readArticle(
      documentArticle(document, { feedId: 'eval', paragraphs, undatedAt: 0 }),
      { places },
    );
    const read = { ...article, facts };
    const match = index.match(read.text, fieldsOf(read)).find(({ watchId }) => watchId === entry.topic);
    const doubts = (match?.doubts ?? []).map(({ tells, found }) => ({ tells, found }));
    return { ...entry, outcome: outcomeOf(match), doubts };
  };
}

function outcomeOf(match: Match | undefined): Judged['outcome'] {
  if (!match) return 'none';
  return match.isNearMiss ? 'near-miss' : 'alert';
}

/** Of each kind how many the topics find, how many of those went right, and what failed. */
function table(judged: readonly Judged[]): string {
  const lines = KINDS.flatMap((kind) => {
    const found = judged.filter((entry) => entry.kind === kind && entry.outcome !== 'none');
    const all = judged.filter((entry) => entry.kind === kind).length;
    const right = kind === 'figurative' ? 'near-miss' : 'alert';
    const failed = found.filter(({ outcome }) => outcome !== right);
    const verb = kind === 'figurative' ? 'kept out' : 'alerted';
    const share = `${found.length - failed.length} of ${found.length}`;
    return [
      `${kind.padEnd(16)} ${verb} ${share} (the topics find ${found.length} of ${all})`,
      ...failed.map(describe),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function describe({ topic, outcome, text, doubts }: Judged): string {
  const why = doubts.map(({ tells, found }) => `${tells ?? 'only mentioned'}: ${found}`).join('; ');
  return `  ${outcome} ${topic}: ${text.split('\n', 1)[0]}${why === '' ? '' : ` [${why}]`}`;
}
