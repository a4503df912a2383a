import type { Span } from '../model/article.ts';
import type { Doubt } from '../model/watch.ts';
import { fold } from '../text/tokens.ts';
import type { Condition, TermCondition } from './condition.ts';
import type { Engine } from './engine.ts';
import type { Page } from './evaluate.ts';
import { withoutTopics } from './program.ts';

/** Why a watch matched an article: one thing that its query asks for, and what of the article is that. */
export interface Reason {
  /** The part of the query, as typed. */
  asked: string;
  /** The words of the text, or the outlet, language, place … that a field asked for. */
  found: string;
  /** Where the words stand; null for a field. */
  span: Span | null;
  inTitle: boolean;
  /** Our name for what the words are another name of; null for the words that were asked for. */
  aliasOf: string | null;
  /** The topic whose query asks for it; null for the watch's own. */
  topic: string | null;
}

/** The reason as a part of a sentence: “Edlib”, alias of Idlib, in the title. */
export function reasonText({ asked, found, span, inTitle, aliasOf, topic }: Reason): string {
  const parts = [span === null ? asked : `“${found}”`];
  if (aliasOf !== null) parts.push(`alias of ${aliasOf}`);
  else if (span === null && !isSame(valueIn(asked), found)) parts.push(found);
  else if (span !== null && !isSame(withoutSigns(asked), found)) parts.push(`for ${asked}`);
  if (topic !== null) parts.push(`topic ${topic}`);
  if (inTitle) parts.push('in the title');
  return parts.join(', ');
}

/** What of the article is another name of what the query asks for: “Edlib”, alias of Idlib; each name once. */
export function aliasTexts(reasons: readonly Reason[]): string[] {
  const own = reasons.filter(
    ({ topic, aliasOf, found }) => topic === null && aliasOf !== null && !isSame(aliasOf, found),
  );
  return [...new Set(own.map(({ found, aliasOf }) => `“${found}”, alias of ${aliasOf}`))];
}

/** The doubt as a part of a sentence about the article: “box office” tells of film or book. */
export function doubtText({ tells, found }: Doubt): string {
  return tells === null ? `only mentions ${found}` : `“${found}” tells of ${tells}`;
}

/** The first of the reasons that say the same, in the order of the text; those without words last. */
export function distinctReasons(reasons: readonly Reason[]): Reason[] {
  const known = new Set<string>();
  const place = ({ span }: Reason) => span?.start ?? Infinity;
  const ordered = reasons.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  const distinct = ordered.filter(({ asked, found, topic }) => {
    const key = `${topic}\n${asked}\n${fold(found)}`;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
  return distinct.filter((reason) => !distinct.some((other) => isPartOf(reason, other)));
}

/** "Tahrir al-Sham" says nothing beside the "Hayat Tahrir al-Sham" that it stands in. */
function isPartOf(reason: Reason, other: Reason): boolean {
  if (reason.span === null || other.span === null || reason.asked !== other.asked) return false;
  const isInside = reason.span.start >= other.span.start && reason.span.end <= other.span.end;
  return isInside && reason.found.length < other.found.length;
}

function valueIn(asked: string): string {
  return withoutSigns(asked.replace(/^[a-z]+[:：]/i, ''));
}

function withoutSigns(asked: string): string {
  return asked.replace(/^title[:：]/i, '').replaceAll(/["“”„‟«»=]/g, '');
}

function isSame(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

interface Read {
  engine: Engine;
  /** The page that the engine read last. */
  page: Page;
  watchId: string;
}

/** Everything of the page that the rule of this condition is satisfied by; empty when it is not. */
export function reasonsFor(
  condition: Condition,
  rule: number,
  read: Read,
  topic: string | null = null,
): Reason[] {
  const { engine, page, watchId } = read;
  const meanings = engine.meanings(condition);
  if (!engine.satisfies(rule, page, watchId)) return [];
  const found = [...engine.found];
  const reasons: Reason[] = [];
  for (let at = 0; at < found.length; at += 4) {
    const [start = 0, end = 0, signal = 0, spelling = 0] = found.slice(at, at + 4);
    const meaning = meanings.get(signal);
    if (meaning?.kind === 'term') reasons.push(wordReason(meaning, { start, end, spelling, page, topic }));
  }
  for (const [signal, meaning] of meanings) {
    if (meaning.kind === 'topic') {
      const own = engine.topicRule(signal);
      reasons.push(...reasonsFor(withoutTopics(meaning), own, read, meaning.name));
    } else if (meaning.kind === 'property') {
      const value = engine.propertyValue(signal, page, watchId);
      const { asked } = meaning;
      if (value !== null) {
        reasons.push({ asked, found: value, span: null, inTitle: false, aliasOf: null, topic });
      }
    }
  }
  return reasons;
}

function wordReason(
  { asked, spellings }: TermCondition,
  {
    start,
    end,
    spelling,
    page,
    topic,
  }: { start: number; end: number; spelling: number; page: Page; topic: string | null },
): Reason {
  return {
    asked,
    found: page.text.slice(start, end),
    span: { start, end },
    inTitle: end <= page.titleEnd,
    aliasOf: spellings[spelling]?.aliasOf ?? null,
    topic,
  };
}
