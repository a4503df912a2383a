import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { namingRank } from '../../src/alerts/severity.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Article } from '../../src/model/article.ts';
import type { CasualtyFact, Fact, PlaceFact } from '../../src/model/fact.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { articleOf } from './article.ts';

/** The kinds that are labelled, in the order of a file. */
export const KINDS = [
  'kinds',
  'places',
  'dates',
  'who',
  'weapons',
  'casualties',
  'claims',
  'quotes',
  'unconfirmed',
] as const;
export type Kind = (typeof KINDS)[number];

/** One line a fact, as a person would write it down; the same fact told twice in the same words is one line. */
export type Labels = Record<Kind, string[]>;

export interface GoldenArticle {
  name: string;
  article: Article;
  /** What the article says, whether or not we find it. */
  truth: Labels;
  /** Facts of the truth that we do not find yet. */
  notFound: Labels;
  /** What we read and the article does not say. */
  surplus: Labels;
}

interface Document {
  title: string;
  published: string;
  language: string;
  text: string;
  facts: Partial<Labels>;
  notFound?: Partial<Labels>;
  surplus?: Partial<Labels>;
}

const FOLDER = fileURLToPath(new URL('./golden/', import.meta.url));

/** Articles written for this purpose, with every fact labelled: see golden/README.md. */
export function goldenArticles(): GoldenArticle[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => {
    const document = parse(readFileSync(join(FOLDER, file), 'utf8')) as Document;
    const { title, published, language, text, facts, notFound, surplus } = document;
    const publishedAt = Date.parse(published);
    return {
      name: basename(file, '.yaml'),
      article: articleOf(title, text.trim(), { language, publishedAt, firstSeenAt: publishedAt }),
      truth: labels(facts),
      notFound: labels(notFound),
      surplus: labels(surplus),
    };
  });
}

function labels(some: Partial<Labels> = {}): Labels {
  return Object.fromEntries(KINDS.map((kind) => [kind, some[kind] ?? []])) as Labels;
}

const kinds = createKindReader(loadWatchLanguage());

/** The facts that are read of an article, in the form of the labels, each once. */
export function labelled(article: Article): Labels {
  const { facts } = kinds.withKinds(readArticle(article, { places: loadGazetteer() }));
  const lines = labels();
  for (const fact of facts) {
    const [kind, line] = lineOf(fact);
    if (kind !== null && !lines[kind].includes(line)) lines[kind].push(line);
  }
  return lines;
}

/** The words of the article that a label is about. */
export function wordsOf(kind: Kind, line: string): string {
  if (kind === 'kinds') return '';
  if (kind === 'claims' || kind === 'quotes')
    return line.slice(line.indexOf(': ') + 2).replace(/ \(background\)$/, '');
  return kind === 'unconfirmed' ? line : (line.split(' = ')[0] ?? '');
}

function lineOf(fact: Fact): [Kind | null, string] {
  const scope = fact.scope === 'background' ? ' (background)' : '';
  const speaker = fact.speaker === null ? '' : ` — ${fact.speaker.name}`;
  switch (fact.kind) {
    case 'place':
      return ['places', `${fact.evidence} = ${placeText(fact)}`];
    case 'date':
      return ['dates', `${fact.evidence} = ${fact.value.day}${scope}`];
    case 'casualties':
      return ['casualties', `${fact.evidence} = ${tollText(fact)}${scope}${speaker}`];
    case 'perpetrator':
      return ['who', `${fact.evidence} = ${fact.value.status}${scope}${speaker}`];
    case 'weapon':
      return ['weapons', `${fact.evidence} = ${fact.value.weapon}${scope}`];
    case 'claim':
      return ['claims', `${fact.speaker?.name}: ${fact.evidence}${scope}`];
    case 'event':
      return namingRank(fact.value.topic) === null ? [null, ''] : ['kinds', `${fact.value.topic}${scope}`];
    case 'quote':
      return ['quotes', `${fact.speaker?.name}: ${fact.evidence}${scope}`];
    case 'unconfirmed':
      return ['unconfirmed', `${fact.evidence}${scope}`];
    default:
      return [null, ''];
  }
}

function placeText({ value: { name, admin, country, kind, role } }: PlaceFact): string {
  if (kind === 'unresolved') return `unresolved (${role})`;
  return `${[name, admin, country].filter((part, index, all) => part !== null && all.indexOf(part) === index).join(', ')} (${role})`;
}

/** "killed 9 or more women [at least]": what a toll says, without its scope and speaker. */
export function tollText({ value: { effect, min, max, group }, hedge }: CasualtyFact): string {
  const parts = [effect, numberText(min, max), group, hedge === null ? null : `[${hedge}]`];
  return parts.filter((part) => part !== null).join(' ');
}

function numberText(min: number | null, max: number | null): string {
  if (min === null) return max === null ? 'some' : `up to ${max}`;
  if (max === null) return `${min} or more`;
  return min === max ? `${min}` : `${min} to ${max}`;
}
