import { groupAccounts } from '../alerts/accounts.ts';
import { listedSources } from '../alerts/compose.ts';
import { unconfirmedText } from '../alerts/severity.ts';
import type { AlertContent, AlertUpdate, FactItem, FactLine, Source } from '../model/alert.ts';
import type { Button, Line } from '../model/rich-text.ts';
import { depthNote } from './depth-note.ts';
import { cut } from './plain.ts';

/** As much of an earlier headline as a later message repeats. */
const EARLIER_CHARACTERS = 100;

/** A labelled block of an alert: the label, and one line per item. */
export interface Labelled {
  label: string;
  items: Line[];
}

/** Outlet, time and how many outlets tell the story. */
export function byline(content: AlertContent): Line {
  const line: Line = [content.outlet, ' · ', { timeMs: content.publishedAt ?? content.firstSeenAt }];
  const outlets = content.outletCount ?? namedOutlets(content);
  if (outlets > 1) line.push(` · ${outlets} sources${independence(content)}`);
  const unconfirmed = unconfirmedText(content.independent?.length ?? 0);
  if (unconfirmed !== null) line.push(` · ${unconfirmed}`);
  return line;
}

/** In an older alert. */
function namedOutlets(content: AlertContent): number {
  const named = new Set(listedSources(content).map(({ source }) => source.outlet)).size;
  return Math.max(named, content.independent?.length ?? 0);
}

/** The lead as a reader sees it; what is left out between its passages shows. */
export function leadText({ lead }: Pick<AlertContent, 'lead'>): string {
  return lead.join(' … ');
}

/** The earlier message that it goes on from, with its address where the platform has one; null for a story's first. */
export function continuesLine({ continues }: AlertContent): Line | null {
  if (continues === undefined) return null;
  const { headline, toldAt, link = null } = continues;
  return [
    'Continues ',
    { text: cut(headline, EARLIER_CHARACTERS), link },
    ', told here ',
    { timeMs: toldAt },
  ];
}

/** "3 independent (Reuters; BBC; Al Jazeera)", where it is known. */
function independence({ independent = [] }: AlertContent): string {
  return independent.length === 0 ? '' : `, ${independent.length} independent (${independent.join('; ')})`;
}

/** Under an alert: what each value was read from. */
export function receiptsButton(alertId: string): Button {
  return { label: 'Receipts', command: `story receipts ${alertId}` };
}

/** The fact lines; marks [1][2] say which source only when there is more than one. */
export function labelled(content: AlertContent): Labelled[] {
  return factBlocks(content.lines, isMarked(content));
}

/** What an update brings: a rise in severity, and its fact lines, each with the mark of its source. */
export function labelledNews(update: AlertUpdate): Labelled[] {
  const { lines, rise } = update;
  const risen = rise === undefined ? [] : [{ label: 'Severity', items: [[`${rise.to}, was ${rise.from}`]] }];
  return [...risen, ...factBlocks(lines, true)];
}

function factBlocks(lines: FactLine[], marked: boolean): Labelled[] {
  return lines.map(({ label, items }) => ({
    label,
    items: groupAccounts(items).flatMap((group) => groupLines(group, marked)),
  }));
}

/** Accounts that conflict stand below each other, each on a line of its own. */
function groupLines(group: FactItem[], marked: boolean): Line[] {
  const lines = group.map((item) => itemLine(item, marked));
  return lines.length === 1 ? lines : lines.map((line) => ['Accounts differ: ', ...line]);
}

/** The words are the article's all the same: each was checked against it. */
const POINTED = 'pointed at by a language model; quote from the article';

/** One item as a reader sees it; `marked` adds the marks of its sources. */
export function itemLine(item: FactItem, marked: boolean): Line {
  const line: Line = item.resolvedFrom === null ? [`${accusation(item)}“${item.text}”`] : [item.text];
  const words = resolvedWords(item);
  if (words !== null) line.push({ text: ` (${words})`, style: 'italic' });
  line.push(...standing(item.status === 'blamed' ? { ...item, speaker: null } : item, marked));
  if (item.origin === 'model') line.push({ text: ` (${POINTED})`, style: 'italic' });
  // Old and new, each with who said it.
  return item.was === undefined
    ? line
    : [`“${item.was.text}”`, ...standing(item.was, marked), ' → ', ...line];
}

/** In front of who did it: how sure that is, and who says so. */
function accusation({ status, speaker }: FactItem): string {
  if (status === 'claimed') return 'claimed responsibility: ';
  if (status === 'blamed') return speaker === null ? 'blamed: ' : `blamed by ${speaker}: `;
  return status === 'suspected' ? 'suspected: ' : '';
}

/** Words for a speaker whom we could not tell. */
const NAMELESS = /^(?:he|she|they|it|i|we)$/iu;

/** Who says it, and the marks of the sources. */
function standing({ speaker, sources }: Pick<FactItem, 'speaker' | 'sources'>, marked: boolean): Line {
  const who =
    speaker === null ? [] : [` — ${NAMELESS.test(speaker) ? `“${speaker}” in the article` : speaker}`];
  return marked ? [...who, ` ${sources.map((mark) => `[${mark}]`).join('')}`] : who;
}

/** The article's words for what we resolved; null when they are the same. */
function resolvedWords({ text, resolvedFrom, isInferred = false }: FactItem): string | null {
  if (isInferred) return `article mostly about “${resolvedFrom ?? text}”`;
  return resolvedFrom === null || resolvedFrom.toLowerCase() === text.toLowerCase()
    ? null
    : `article: “${resolvedFrom}”`;
}

/** The sources with their marks, once there was more than one. */
export function sourceLines(content: AlertContent): Line[] {
  if (!isMarked(content)) return [];
  return listedSources(content).map(({ source, mark }) => sourceLine(source, mark));
}

/** One that is left of several keeps its mark, which the thread has too. */
function isMarked({ sources }: AlertContent): boolean {
  return sources.length > 1;
}

function sourceLine(source: Source, mark: number): Line {
  return [`[${mark}] ${source.outlet}: `, { text: source.headline, link: source.link }];
}

/** Why the channel got it, and that a machine read the facts. */
export function footer(content: AlertContent): string {
  const { watches, aliases = [] } = content;
  const found = aliases.length === 0 ? '' : ` (${aliases.join('; ')})`;
  const why = watches.length === 0 ? 'Every article of this feed' : `Watch: ${watches.join(', ')}${found}`;
  const parts = [why, 'Facts are quotes picked by machine; the article decides', depthNote(content)];
  return parts.filter((part) => part !== null).join(' · ');
}

/** What a phone shows before the message is opened. */
export function notification(content: AlertContent): string {
  return `${content.headline} (${content.outlet})`;
}

/** The headline of an update: its source says something new. */
export function updateLine(update: AlertUpdate): Line {
  return [
    { text: 'New', style: 'bold' },
    ` from [${update.source}] ${update.outlet}: `,
    { text: update.headline, link: update.link },
  ];
}
