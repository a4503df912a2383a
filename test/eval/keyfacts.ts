import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeAlert } from '../../src/alerts/compose.ts';
import { labelled, leadText } from '../../src/chat/alert-text.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { readArticle } from '../../src/facts/read.ts';
import { bodyOf } from '../../src/feeds/article-text.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Article } from '../../src/model/article.ts';
import type { Reading } from '../../src/model/fact.ts';
import type { Segment } from '../../src/model/rich-text.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { documentArticle, type EvalDocument } from './document-article.ts';
import { fiveAnswers } from './keyfacts-fivew.ts';
import { incidentsOf } from './keyfacts-muc.ts';

interface Document extends EvalDocument {
  text: string;
  dateline?: string | null;
}

const USAGE = 'usage: npm run eval -- keyfacts <documents.jsonl> --task muc|fivew';

const TASKS = {
  muc: (reading: Reading) => ({ incidents: incidentsOf(reading) }),
  fivew: fiveAnswers,
};

/**
 * Prints for each document of a JSON Lines file its key facts, in the slots that the task asks for, with the text of
 * the alert that readers would get as `summary`. Throws an Error that says what to do.
 */
export async function evaluateKeyFacts(...options: (string | undefined)[]): Promise<void> {
  const { path, answers } = readOptions(options.filter((option) => option !== undefined));
  const places = loadGazetteer();
  const kinds = createKindReader(loadWatchLanguage());
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const document = JSON.parse(line) as Document;
    const reading = kinds.withKinds(readArticle(articleOf(document), { places }));
    const summary = alertText(reading).replace(datelineOf(document), '');
    const answer = { id: document.id, ...answers(reading), summary };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

/** A document without a title is a body alone: no headline that repeats the lead. */
function articleOf(document: Document): Article {
  const { source = null, lang = null, title = null } = document;
  const paragraphs = `${datelineOf(document)}${withInitials(document.text)}`.split(/\n{2,}/);
  const options = { feedId: 'eval', paragraphs, undatedAt: 0 };
  const article = documentArticle({ ...document, source, lang, title }, options);
  return title === null ? { ...article, title: '', text: bodyOf(article) } : article;
}

/** Texts that a machine has put into small letters have "U.s." */
function withInitials(text: string): string {
  return text.replaceAll('U.s.', 'U.S.');
}

/** What wires write in front of the text, "LIMA, 3 Oct 89 (EFE) -- ", where the document has it beside the text. */
function datelineOf({ dateline }: Document): string {
  return dateline ? `${dateline.replace(/^[^,(]+/u, (place) => place.toUpperCase())} -- ` : '';
}

function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { task: { type: 'string', default: 'muc' } },
  });
  const [path] = positionals;
  const answers = values.task === 'muc' || values.task === 'fivew' ? TASKS[values.task] : undefined;
  if (path === undefined || answers === undefined) throw new Error(USAGE);
  return { path, answers };
}

/** The words of the alert: headline, lead and fact lines. */
function alertText(reading: Reading): string {
  const content = composeAlert(reading, []);
  const lead = leadText(content);
  const lines = labelled(content).flatMap(({ label, items }) => [label, ...items.flat().map(segmentText)]);
  return [content.headline, lead, ...lines].join(' ').replace(/\s+/gu, ' ').trim();
}

function segmentText(part: Segment): string {
  return typeof part === 'string' ? part : 'text' in part ? part.text : '';
}
