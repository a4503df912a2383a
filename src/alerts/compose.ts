import type {
  AlertContent,
  AlertUpdate,
  EarlierMessage,
  FactItem,
  FactLine,
  Receipt,
  Source,
} from '../model/alert.ts';
import type { Article, Span } from '../model/article.ts';
import type { Fact, Reading } from '../model/fact.ts';
import { isGrounded } from '../text/grounding.ts';
import { readingDepth } from '../text/reading-depth.ts';
import { overlaps } from '../text/spans.ts';
import { areOfOtherEvents, areRivals, compareAccounts, isSameCount } from './accounts.ts';
import { factLines, itemKey, LABELS } from './fact-lines.ts';
import { leadPassages } from './lead.ts';
import { takenBackIn, withoutTakenBack } from './taken-back.ts';
import { tellsWho } from './who-lines.ts';

/** More items than this on one line help nobody; the articles have the rest. */
const ITEMS_PER_LINE = 8;

/** Hears of a fact that is left out because its words do not stand in the article. */
type Refused = (fact: Fact) => void;

/** What a channel is told first about a story; `aliases` are sentences about other names that a watch found. */
export function composeAlert(
  read: Reading,
  watches: string[],
  aliases: string[] = [],
  refused: Refused = () => {},
): AlertContent {
  const reading = onlyGrounded(read, refused);
  const { article } = reading;
  const lead = leadPassages(reading);
  return {
    headline: article.title,
    link: article.link,
    imageUrl: article.imageUrl,
    outlet: article.outlet,
    publishedAt: article.publishedAt,
    firstSeenAt: article.firstSeenAt,
    lead: wordsOf(lead, article),
    lines: factLines(reading, lead, 1),
    watches,
    aliases,
    sources: [sourceOf(article)],
  };
}

/** What changes when a further article, or a new revision, of the story arrives. */
export interface AlertChange {
  content: AlertContent;
  /** Only what the channel has not been told yet; null when a further source brings nothing new. */
  update: AlertUpdate | null;
  /** Who brings it, without what it says. */
  newest: AlertUpdate;
}

/** The alert with what this reading adds to it, or null when it adds nothing, not even a source. */
export function extendAlert(
  told: AlertContent,
  read: Reading,
  watches: string[],
  refused: Refused = () => {},
): AlertChange | null {
  const reading = onlyGrounded(read, refused);
  const { article } = reading;
  const sources = withSource(told.sources, article);
  const mark = sources.findIndex((source) => isSameSource(source, article)) + 1;
  const isHead = mark === (told.head ?? 1);
  const lines = factLines(reading, shownLead(told, reading, mark), mark);
  const known = knownLines(told);
  const isTakenBack = takenBackIn(reading).length > 0;
  const all = mergeLines(known, lines);
  const merged = isTakenBack ? withoutTakenBack(all, reading, mark) : all;
  const content: AlertContent = {
    ...told,
    headline: isHead ? article.title : told.headline,
    lead: isHead && isTakenBack ? wordsOf(leadPassages(reading), article) : told.lead,
    lines: shownLines(told, merged),
    watches: [...new Set([...told.watches, ...watches])],
    sources,
  };
  if (JSON.stringify(content) === JSON.stringify(told)) return null;
  const news = onlyNew(known, merged);
  const newest = {
    headline: article.title,
    outlet: article.outlet,
    link: article.link,
    source: mark,
    lines: [],
  };
  return { content, update: news.length === 0 ? null : { ...newest, lines: news }, newest };
}

/** Whatever read the facts, or stored them: what is shown stands in the article. */
function onlyGrounded(reading: Reading, refused: Refused): Reading {
  const { text } = reading.article;
  const facts = reading.facts.filter((fact) => {
    const isShown = isGrounded(text, fact);
    if (!isShown) refused(fact);
    return isShown;
  });
  return { ...reading, facts };
}

/**
 * The message that goes on for one that is too old to be changed: it bears the article that brings the news, and says
 * only what is new.
 */
export function continueAlert(
  { content, update }: { content: AlertContent; update: AlertUpdate },
  reading: Reading,
  earlier: { told: AlertContent; toldAt: number; messageId: string },
): AlertContent {
  const { told, toldAt, messageId } = earlier;
  const continues: EarlierMessage = { headline: told.headline, toldAt, messageId, lines: knownLines(told) };
  const { watches, aliases, sources } = content;
  return {
    ...content,
    ...composeAlert(reading, watches, aliases),
    lines: update.lines,
    sources,
    head: update.source,
    continues,
  };
}

/** What a message shows of all that is known: what the one before it says need not be said again. */
export function shownLines({ continues }: AlertContent, known: FactLine[]): FactLine[] {
  const lines = continues === undefined ? known : onlyNew(continues.lines, known);
  return lines.map(({ label, items }) => ({ label, items: shown(items) }));
}

/** What a message shows of these readings, each with its mark. */
export function linesOf(
  told: AlertContent,
  readings: readonly { reading: Reading; mark: number }[],
): FactLine[] {
  const lines = readings.reduce(
    (known, { reading, mark }) => mergeLines(known, factLines(reading, shownLead(told, reading, mark), mark)),
    told.continues?.lines ?? [],
  );
  return shownLines(told, lines);
}

/** All that the channel was told, in this message and in those that it goes on from. */
export function knownLines({ lines, continues }: AlertContent): FactLine[] {
  return continues === undefined ? lines : [...lines, ...continues.lines];
}

/** The sources that it lists, each with its mark. */
export function listedSources({ sources }: AlertContent): { source: Source; mark: number }[] {
  return sources
    .map((source, index) => ({ source, mark: index + 1 }))
    .filter(({ source }) => source.isSplitOff !== true);
}

/** The articles whose sources it lists. */
export function listedArticles(content: AlertContent): string[] {
  return listedSources(content).map(({ source }) => source.articleId);
}

/**
 * The sentences whose claims a reader has before him. The lead of a further source is not shown, but says mostly what
 * is known; who denies something in it is heard all the same.
 */
function shownLead({ head = 1 }: AlertContent, reading: Reading, mark: number): Span[] {
  const lead = leadPassages(reading);
  if (mark === head) return lead;
  const isDenial = (fact: Fact) => fact.kind === 'claim' && /^(?:den|reject)/iu.test(fact.value.cue);
  const denials = reading.facts.filter(isDenial);
  return lead.filter((passage) => !denials.some((denial) => overlaps(denial, passage)));
}

function wordsOf(lead: Span[], { text }: Article): string[] {
  return lead.map(({ start, end }) => text.slice(start, end));
}

function sourceOf(article: Article): Source {
  const { id: articleId, outlet, title: headline, link, language } = article;
  const at = article.publishedAt ?? article.firstSeenAt;
  const isAllRead = language === null || readingDepth(language) === 'all';
  return { articleId, outlet, ...(isAllRead ? {} : { language }), headline, link, at };
}

export function isSameSource(source: Source, article: Pick<Article, 'id' | 'link'>): boolean {
  if (source.articleId === article.id) return true;
  return source.link !== null && source.link === article.link;
}

function withSource(sources: Source[], article: Article): Source[] {
  if (!sources.some((source) => isSameSource(source, article))) return [...sources, sourceOf(article)];
  return sources.map((source) => (source.articleId === article.id ? sourceOf(article) : source));
}

export function mergeLines(told: FactLine[], added: FactLine[]): FactLine[] {
  return LABELS.map(({ label }) => ({
    label,
    items: mergeItems(itemsOf(told, label), itemsOf(added, label)),
  })).filter((line) => line.items.length > 0);
}

function mergeItems(told: FactLine['items'], added: FactLine['items']): FactLine['items'] {
  const merged = told.map((item) => ({ ...item, sources: [...item.sources] }));
  return added.reduce((items, item) => merge(items, item, added), merged);
}

/** The items with one that an article tells beside `others`. */
function merge(items: FactItem[], item: FactItem, others: FactItem[]): FactItem[] {
  const known = items.find((one) => hasSameWords(one, item));
  // Its words are its own outlet's: they are kept, and not told again.
  const twin = known ?? items.find((one) => compareAccounts(one, item) === 'same' || tellsWho(one, item));
  if (known !== undefined) meet(known, item);
  if (twin !== undefined) addReceipts(twin, item);
  if (twin !== undefined || items.some((one) => isOutdated(one, item))) return items;
  // One kind of event names the story.
  if (item.topic !== undefined && items.length > 0) return items;
  // What an article is mostly about says less than where others tell that it happened.
  if (item.isInferred && items.length > 0) return items;
  // What an article says again is no older account of what else it says.
  const isRepeated = (one: FactItem) =>
    others.some((other) => isSame(one, other) && one.speaker === other.speaker);
  const before = items.find((one) => compareAccounts(one, item) === 'update' && !isRepeated(one));
  if (before !== undefined) return items.map((one) => (one === before ? updated(one, item) : one));
  if (items.some((one) => isPlaceWithin(one, item))) return items;
  return [...items.filter((one) => !isPlaceWithin(item, one)), item];
}

function hasSameWords(known: FactItem, item: FactItem): boolean {
  return itemKey(known) === itemKey(item) && !areOfOtherEvents(known, item);
}

/** Sentences kept for one value: nobody reads more. */
const RECEIPTS = 8;

function addReceipts(known: FactItem, { receipts = [] }: FactItem): void {
  const kept = known.receipts ?? [];
  const isKept = (one: Receipt) =>
    kept.some((other) => other.source === one.source && other.sentence === one.sentence);
  const added = receipts.filter((one) => !isKept(one));
  if (added.length > 0) known.receipts = [...kept, ...added].slice(0, RECEIPTS);
}

/** The known item is said once more; what we find ourselves needs no language model to point at it. */
function meet(known: FactItem, item: FactItem): void {
  known.sources = [...new Set([...known.sources, ...item.sources])];
  if (item.origin === undefined) delete known.origin;
}

/** As many as help; what only a language model pointed at crowds out nothing that we found. */
function shown(items: FactItem[]): FactItem[] {
  const isOurs = ({ origin }: FactItem) => origin === undefined;
  return [...items.filter(isOurs), ...items.filter((item) => !isOurs(item))].slice(0, ITEMS_PER_LINE);
}

/** The item with what it brings up to date. */
function updated(known: FactItem, item: FactItem): FactItem {
  const { text, speaker, sources, receipts = [], outdated = [], count } = known;
  return {
    ...item,
    was: { text, speaker, sources },
    outdated: [...outdated, ...(count === undefined ? [] : [count])],
    receipts: [...receipts, ...(item.receipts ?? [])].slice(-RECEIPTS),
  };
}

/** Whether the item tells what was brought up to date before. */
function isOutdated({ outdated = [] }: FactItem, { count }: FactItem): boolean {
  return count !== undefined && outdated.some((one) => isSameCount(one, count));
}

function isSame(known: FactItem, item: FactItem): boolean {
  return hasSameWords(known, item) || compareAccounts(known, item) === 'same';
}

/** What a reader of the told lines has not read, beside the accounts that it conflicts with; how we name the event is no news. */
export function onlyNew(told: FactLine[], merged: FactLine[]): FactLine[] {
  return merged
    .filter(({ label }) => label !== 'What')
    .map(({ label, items }) => {
      const known = itemsOf(told, label);
      const isNews = (item: FactItem) => !known.some((candidate) => tells(candidate, item));
      const news = items.filter(isNews);
      return {
        label,
        items: items.filter((item) => isNews(item) || news.some((one) => areRivals(one, item))),
      };
    })
    .filter((line) => line.items.length > 0);
}

/** Whether a reader who knows the first item learns nothing from the second. */
function tells(known: FactItem, item: FactItem): boolean {
  return isSame(known, item) || isPlaceWithin(known, item) || tellsWho(known, item);
}

/** "Atme, Idlib, Syria" is within "Idlib, Syria"; only what we resolved ourselves is written this way. */
function isPlaceWithin(inner: FactItem, outer: FactItem): boolean {
  if (inner.resolvedFrom === null || outer.resolvedFrom === null) return false;
  const isTold = inner.isInferred !== true && outer.isInferred === true;
  return inner.text.endsWith(`, ${outer.text}`) || (isTold && inner.text === outer.text);
}

function itemsOf(lines: FactLine[], label: FactLine['label']): FactLine['items'] {
  return lines.filter((line) => line.label === label).flatMap(({ items }) => items);
}
