import { readFileSync } from 'node:fs';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { CasualtyFact, Fact } from '../../src/model/fact.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { articleOf } from '../facts/article.ts';

/** Prints the casualties of each sentence of a JSON file as `{"id","facts":[{"kind","value","q","victim"}]}`. */
export async function evaluateCasualties(path: string | undefined): Promise<void> {
  for (const { id, text } of setAt<{ id: string; text: string }[]>('casualties', path))
    tell({ id, facts: factsIn(text, null).flatMap(toYardstick) });
}

/** Prints the first day, month or year that each expression of a JSON file names as `{"id","date"}`. */
export async function evaluateDates(path: string | undefined): Promise<void> {
  const { ref, items } = setAt<{ ref: string; items: [text: string, ...rest: string[]][] }>('dates', path);
  for (const [id, [text]] of items.entries()) {
    const first = factsIn(text, Date.parse(ref)).find((fact) => fact.kind === 'date');
    tell({ id, date: first?.value.day ?? 'NONE' });
  }
}

/** Prints how each pair of sentences of a JSON file, joined by a space, is split, as `{"id","sentences"}`. */
export async function evaluateSentences(path: string | undefined): Promise<void> {
  for (const [id, pair] of setAt<string[][]>('sentences', path).entries()) {
    const text = pair.join(' ');
    tell({ id, sentences: splitSentences(text).map(({ start, end }) => text.slice(start, end)) });
  }
}

function setAt<Set>(name: string, path: string | undefined): Set {
  if (path === undefined) throw new Error(`usage: npm run eval -- ${name} <${name}.json>`);
  return JSON.parse(readFileSync(path, 'utf8')) as Set;
}

function tell(prediction: object): void {
  process.stdout.write(`${JSON.stringify(prediction)}\n`);
}

/** The facts of a text without a title. */
function factsIn(text: string, publishedAt: number | null): Fact[] {
  const article = articleOf('', text, { publishedAt });
  return readArticle(article, { places: loadGazetteer() }).facts;
}

/** How the yardstick says a qualifier, by the words of ours. */
const QUALIFIERS: [RegExp, string][] = [
  [/\b(?:at least|no fewer than|no less than|not less than)\b/iu, 'atleast'],
  [/\b(?:more than|over|upwards of|in excess of)\b/iu, 'over'],
  [/\b(?:up to|as many as|at most|no more than|fewer than|less than)\b/iu, 'upto'],
  [/\b(?:estimated|about|around|approximately|roughly|some|nearly|almost|close to|approaching)\b/iu, 'about'],
];
const VAGUE =
  /\b(?:(?:tens|hundreds) of thousands|multiple|several|many|numerous|dozens|scores|hundreds|thousands)\b/iu;
/** It says what was not reported; the yardstick has one zero for that and for "no one was hurt". */
const UNREPORTED = /\bno\b[^,.;]*?\b(?<what>casualties|injuries|deaths|fatalities|victims)\b/iu;

function toYardstick(fact: Fact): object[] {
  if (fact.kind === 'unconfirmed') {
    const what = UNREPORTED.exec(fact.evidence)?.groups?.what?.toLowerCase();
    if (what === undefined) return [];
    const kind =
      what === 'injuries' ? 'injured' : /^(?:deaths|fatalities)$/.test(what) ? 'killed' : 'casualties';
    return [{ kind, value: 0, q: 'none', victim: '' }];
  }
  if (fact.kind !== 'casualties') return [];
  return kindsOf(fact).map((kind) => ({ kind, ...numberOf(fact), victim: victimOf(fact) }));
}

function kindsOf({ value, evidence }: CasualtyFact): string[] {
  if (/\b(?:kidnap|abduct|hostage)/iu.test(evidence)) return ['kidnapped'];
  const isOfBoth = value.effect === 'casualties' && value.max === 0 && /\bkilled\b/iu.test(evidence);
  return isOfBoth ? ['injured', 'killed'] : [value.effect];
}

function numberOf({ value: { min, max }, evidence, hedge }: CasualtyFact): {
  value: number | string;
  q: string;
} {
  if (max === 0) return { value: 0, q: 'none' };
  const vague = max === null && (min === null || hedge === null) ? VAGUE.exec(evidence)?.[0] : undefined;
  if (vague !== undefined) return { value: vague.toLowerCase(), q: 'fuzzy' };
  const q = QUALIFIERS.find(([words]) => hedge !== null && words.test(hedge))?.[1] ?? 'exact';
  return { value: min ?? max ?? 'many', q };
}

const ANYBODY = /\b(?:people|persons?|others|victims|bodies)\b/iu;

/** The last word of the group, or the word for anybody. */
function victimOf({ value: { group }, evidence }: CasualtyFact): string {
  const head = group ?? ANYBODY.exec(evidence)?.[0] ?? '';
  return head.split(' ').at(-1)?.toLowerCase() ?? '';
}
