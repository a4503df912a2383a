import type { FactItem, FactLine } from '../model/alert.ts';
import type { Span } from '../model/article.ts';
import type { Reading } from '../model/fact.ts';
import { sameWords } from './accounts.ts';

const TOLD = '(?:reports?|stor(?:y|ies)|articles?|headlines?|alerts?|posts?|claims?|statements?|accounts?)';
const PUT_RIGHT = '(?:retracted|withdrawn|corrected|amended)';

/** How articles say that they, or others, take back or put right what was told. */
const CUES: RegExp[] = [
  /^[\W_]*(?:(?:correction|clarification|retraction)s?|(?:correct|retract)ed) ?[:–—]|^[\W_]*corrects\b/iu,
  new RegExp(
    `\\b(?:retract(?:s|ed|ing)?|withdr(?:aws?|ew|awn|awing)) (?:the|this|that|its|our|their|his|her|an?) (?:[\\p{L}-]+ ){0,3}${TOLD}\\b`,
    'iu',
  ),
  new RegExp(
    `\\b${TOLD}\\b[^.;]{0,60}\\b(?:has|have|had|was|were) (?:since |later )?(?:been )?${PUT_RIGHT}\\b`,
    'iu',
  ),
  /\b(?:correct(?:s|ed|ing)?|revis(?:es|ed|ing)) (?:down(?:wards?)? |up(?:wards?)? )?(?:(?:the|an?|its|their|our) )?(?:earlier |previous |initial |official )?(?:death )?(?:toll|figure|count|number)\b/iu,
  /\btoll\b[^.;]{0,40}\b(?:correct|revis)ed\b/iu,
  new RegExp(`\\ban? (?:earlier|previous) version of (?:this|the|our) ${TOLD}`, 'iu'),
];

/** A longer sentence can't be read at a glance. */
const LONGEST = 300;

/** The sentences in which an article takes something back or puts it right. */
export function takenBackIn({ article, sentences }: Reading): Span[] {
  return sentences.filter(({ start, end }) => {
    const words = article.text.slice(start, end);
    return words.length <= LONGEST && CUES.some((cue) => cue.test(words));
  });
}

/** What is left of the lines when a source takes something back: what it told, and has no more, only others tell. */
export function withoutTakenBack(lines: FactLine[], { article }: Reading, mark: number): FactLine[] {
  const text = sameWords(article.text);
  const isToldStill = ({ resolvedFrom, text: words }: FactItem) =>
    text.includes(sameWords(resolvedFrom ?? words));
  return lines
    .map(({ label, items }) => ({
      label,
      items: items.map((item) => (isToldStill(item) ? item : withoutSource(item, mark))),
    }))
    .map(({ label, items }) => ({ label, items: items.filter(({ sources }) => sources.length > 0) }))
    .filter(({ items }) => items.length > 0);
}

function withoutSource(item: FactItem, mark: number): FactItem {
  const { sources, receipts } = item;
  return {
    ...item,
    sources: sources.filter((source) => source !== mark),
    ...(receipts && { receipts: receipts.filter(({ source }) => source !== mark) }),
  };
}
