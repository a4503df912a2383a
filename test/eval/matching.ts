import { readFileSync } from 'node:fs';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { fieldsOf } from '../../src/matching/article-fields.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { documentArticle, type EvalDocument } from './document-article.ts';

interface Document extends EvalDocument {
  text: string;
}

/**
 * Prints for each document of a JSON Lines file which watches would alert, as `{"id","matches":[watchId…]}`. Each
 * watch's query is what a user would type. Throws an Error that says what to do.
 */
export async function evaluateMatching(
  documents: string | undefined,
  watches: string | undefined,
): Promise<void> {
  if (documents === undefined || watches === undefined) {
    throw new Error('usage: npm run eval -- matching <documents.jsonl> <watches.json>');
  }
  const knowledge = loadWatchLanguage();
  const index = createWatchIndex(knowledge);
  for (const { id, query } of JSON.parse(readFileSync(watches, 'utf8')) as { id: string; query: string }[]) {
    process.stderr.write(`${id}: ${query} -> ${knowledge.understand?.(query)?.query ?? query}\n`);
    index.add({ id, query });
  }
  const places = loadGazetteer();
  for (const line of readFileSync(documents, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const document = JSON.parse(line) as Document;
    const reading = readArticle(
      documentArticle(document, {
        feedId: 'eval',
        paragraphs: document.text.split(/\n{2,}/),
        undatedAt: 0,
      }),
      { places },
    );
    const read = { ...reading.article, facts: reading.facts };
    const alerts = index.match(read.text, fieldsOf(read)).filter(({ isNearMiss }) => !isNearMiss);
    const matches = alerts.map(({ watchId }) => watchId);
    process.stdout.write(`${JSON.stringify({ id: document.id, matches })}\n`);
  }
}
