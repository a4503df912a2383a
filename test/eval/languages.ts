import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CasualtyFact, Fact } from '../../src/model/fact.ts';
import { articleOf, factsOf } from '../facts/article.ts';
import { tollText } from '../facts/golden.ts';
import { type Score, scoreOf, tellScore } from './score.ts';

/** A sentence written before the rules that read it, with what it says; see `languages/README.md`. */
interface Labelled {
  text: string;
  casualties?: string[];
  dates?: string[];
  speakers?: string[];
  unconfirmed?: string[];
}

const LANGUAGES = ['fr', 'es', 'ru', 'ar'];

/**
 * Prints for each language how much of the labels of its sentences is found, and how much of what is found is labelled,
 * as `{"kind","language","precision","recall","f1","labels"}`; each miss on stderr. `numbers` are the casualties
 * without group, hedge and speaker.
 */
export async function evaluateLanguages(): Promise<void> {
  for (const language of LANGUAGES) {
    const path = new URL(`./languages/${language}.yaml`, import.meta.url);
    const scores = new Map<string, Score>();
    for (const sentence of parse(readFileSync(path, 'utf8')) as Labelled[])
      for (const comparison of compared(sentence, factsOf(articleOf('', sentence.text, { language })))) {
        const { kind, found, truth } = comparison;
        scores.set(kind, scoreOf(scores.get(kind), found, truth));
        noteMisses(comparison, sentence);
      }
    for (const [kind, score] of scores) tellScore({ kind, language }, score);
  }
}

interface Comparison {
  kind: string;
  found: string[];
  truth: string[];
}

function noteMisses({ found, truth }: Comparison, sentence: Labelled): void {
  for (const line of truth) if (!found.includes(line)) note('not found', line, sentence);
  for (const line of found) if (!truth.includes(line)) note('surplus', line, sentence);
}

function note(what: string, line: string, { text }: Labelled): void {
  process.stderr.write(`${what}: ${line} | ${text}\n`);
}

function compared(sentence: Labelled, facts: Fact[]): Comparison[] {
  const { casualties = [], dates = [], speakers = [], unconfirmed = [] } = sentence;
  const tolls = facts.filter((fact) => fact.kind === 'casualties').map(tollLine);
  const days = facts.flatMap((fact) => (fact.kind === 'date' ? `${fact.value.day}${scopeText(fact)}` : []));
  const said = facts.flatMap((fact) => (fact.kind === 'claim' ? (fact.speaker?.name ?? '') : []));
  const open = facts.filter((fact) => fact.kind === 'unconfirmed').map(({ evidence }) => evidence);
  // A label is the words that say it; the evidence may be more of its clause.
  const isSaid = (words: string) => open.find((evidence) => evidence.includes(words)) ?? words;
  return [
    { kind: 'casualties', found: tolls, truth: casualties },
    { kind: 'numbers', found: tolls.map(numberOnly), truth: casualties.map(numberOnly) },
    { kind: 'dates', found: unique(days), truth: dates },
    { kind: 'speakers', found: unique(said), truth: speakers },
    { kind: 'unconfirmed', found: open, truth: unconfirmed.map(isSaid) },
  ];
}

function tollLine(fact: CasualtyFact): string {
  const speaker = fact.speaker === null ? '' : ` — ${fact.speaker.name}`;
  return `${tollText(fact)}${scopeText(fact)}${speaker}`;
}

function scopeText({ scope }: Fact): string {
  return scope === 'background' ? ' (background)' : '';
}

/** "killed 12 or more civils [Au moins] (background) — X" is "killed 12 or more (background)". */
function numberOnly(line: string): string {
  const number = /^\p{L}+ (?:some|up to \d+|\d+(?: or more| to \d+)?)/u.exec(line)?.[0] ?? line;
  return line.includes(' (background)') ? `${number} (background)` : number;
}

function unique(lines: string[]): string[] {
  return [...new Set(lines)];
}
