import type { FactItem, FactLine } from '../model/alert.ts';
import type { Span } from '../model/article.ts';
import type { CasualtyFact, ClaimFact, Fact, PlaceFact, Reading } from '../model/fact.ts';
import { covers, lengthOf, overlaps } from '../text/spans.ts';
import { countOf, sameWords } from './accounts.ts';
import { namingRank } from './severity.ts';
import { takenBackIn } from './taken-back.ts';
import { shownParties, shownWeapons } from './who-lines.ts';

/** Labels in the order a reader wants them, with how many items of one article are shown. */
export const LABELS: readonly { label: FactLine['label']; perArticle: number }[] = [
  { label: 'Corrected', perArticle: 2 },
  { label: 'What', perArticle: 1 },
  { label: 'Where', perArticle: 2 },
  { label: 'When', perArticle: 1 },
  { label: 'Who', perArticle: 2 },
  { label: 'With', perArticle: 2 },
  { label: 'Casualties', perArticle: 4 },
  { label: 'Claims', perArticle: 3 },
  { label: 'Quote', perArticle: 1 },
  { label: 'Not confirmed', perArticle: 3 },
];

/** The fact lines of one article, with `source` as the mark of each item; background facts are left out. */
export function factLines(reading: Reading, lead: Span[], source: number): FactLine[] {
  const all = reading.facts.filter((fact) => fact.scope === 'event');
  const event = all.filter(({ origin }) => origin === undefined);
  const title = { start: 0, end: reading.article.title.length };
  const from = { reading, source };
  const items: Record<FactLine['label'], FactItem[]> = {
    Corrected: takenBackItems(from),
    What: whatItems(event, title, from),
    Where: whereItems(event, from),
    When: whenItems(event, from),
    Who: whoItems(event, title, from),
    With: weaponItems(event, title, from),
    Casualties: casualtyItems(event, title, from),
    Claims: claimItems(event, [title, ...lead], from),
    Quote: quoteItems(event, [title, ...lead], from),
    'Not confirmed': unconfirmedItems(event, title, from),
  };
  const pointed = pointedItems(all, { title, lead, from });
  return LABELS.map(({ label, perArticle }) => ({
    label,
    items: distinct([
      ...distinct(items[label]).slice(0, perArticle),
      ...(pointed[label] ?? []).slice(0, perArticle),
    ]),
  })).filter((line) => line.items.length > 0);
}

/** What only a language model pointed at comes behind our own and takes the place of none of it. */
function pointedItems(
  facts: Fact[],
  { title, lead, from }: { title: Span; lead: Span[]; from: From },
): Partial<Record<FactLine['label'], FactItem[]>> {
  const pointed = facts.filter(({ origin }) => origin === 'model');
  if (pointed.length === 0) return {};
  const own = facts.filter(({ origin, kind }) => origin === undefined && SAID.has(kind));
  const fresh = pointed.filter((fact) => !own.some((one) => overlaps(one, fact)));
  return {
    Claims: claimItems(fresh, [title, ...lead], from),
    'Not confirmed': unconfirmedItems(fresh, title, from),
  };
}

/** Kinds whose evidence says something; that of the others is a name or a day. */
const SAID: ReadonlySet<Fact['kind']> = new Set(['casualties', 'claim', 'unconfirmed']);

function verbatim(fact: Fact, from: From): FactItem {
  const { evidence, origin } = fact;
  const speaker = fact.speaker?.name ?? null;
  const by = origin === undefined ? {} : { origin };
  return { text: evidence, resolvedFrom: null, speaker, ...receipt(fact, from), ...by };
}

/** The article that a line is of, and its mark. */
interface From {
  reading: Reading;
  source: number;
}

function receipt({ sentence }: Fact, { reading, source }: From): Pick<FactItem, 'sources' | 'receipts'> {
  const words = reading.article.text.slice(sentence.start, sentence.end);
  return { sources: [source], receipts: [{ source, sentence: words }] };
}

/** What an article takes back or puts right, in its own words. */
function takenBackItems({ reading, source }: From): FactItem[] {
  return takenBackIn(reading).map(({ start, end }) => {
    const sentence = reading.article.text.slice(start, end);
    const receipts = [{ source, sentence }];
    return { text: sentence, resolvedFrom: null, speaker: null, sources: [source], receipts };
  });
}

function distinct(items: FactItem[]): FactItem[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = itemKey(item);
    return !seen.has(key) && seen.add(key);
  });
}

/** What makes two items say the same: their words and who says them, whatever the outlet's style of writing either. */
export function itemKey(item: FactItem): string {
  const spoken = item.resolvedFrom === null ? (item.speaker ?? '') : '';
  const how = item.isInferred ? '|inferred' : item.status === undefined ? '' : `|${item.status}`;
  return `${sameWords(item.text)}|${sameWords(spoken)}${how}`;
}

/**
 * The kind of event that names it: the gravest of those that the headline tells, else of all. "Attack" is none of its
 * own in "cyber attack".
 */
function whatItems(facts: Fact[], title: Span, from: From): FactItem[] {
  const told = facts.filter((fact) => fact.kind === 'event');
  const inTitle = told.filter((fact) => overlaps(fact, title));
  const events = (inTitle.length > 0 ? inTitle : told).flatMap((fact) => {
    const rank = namingRank(fact.value.topic);
    return rank === null ? [] : [{ fact, rank }];
  });
  return events
    .filter(({ fact }) => !events.some((other) => contains(other.fact, fact)))
    .sort((a, b) => a.rank - b.rank)
    .map(({ fact }) => ({
      text: fact.value.title,
      resolvedFrom: fact.evidence,
      topic: fact.value.topic,
      speaker: null,
      ...receipt(fact, from),
    }));
}

const PLACE_RANK = { settlement: 0, unresolved: 1, admin: 2, region: 3, country: 4 } as const;

/**
 * Only the most exact kind of place is shown: a town says its province and country itself. What the article as a whole
 * is about stands in for a place that no sentence tells.
 */
function whereItems(facts: Fact[], from: From): FactItem[] {
  const all = facts.filter((fact): fact is PlaceFact => fact.kind === 'place' && fact.value.role === 'event');
  const told = all.filter(({ value }) => value.toldBy === 'sentence');
  const places = told.length > 0 ? told : all;
  const isMoreExact = ({ value: one }: PlaceFact, { value: other }: PlaceFact) =>
    PLACE_RANK[one.kind] < PLACE_RANK[other.kind];
  return places
    .filter((fact) => !places.some((other) => isMoreExact(other, fact)))
    .map((fact) => ({
      text: placeText(fact),
      resolvedFrom:
        fact.value.kind === 'unresolved'
          ? null
          : besideWords(fact, from.reading.article.text) + fact.evidence,
      ...(fact.value.toldBy === 'article' ? { isInferred: true } : {}),
      speaker: null,
      ...receipt(fact, from),
    }));
}

const BESIDE =
  /\b(?:near|outside|off|close to|(?:north|south|east|west|northeast|northwest|southeast|southwest) of|on the outskirts of) (?:the )?(?:(?:\p{Ll}+ )?(?:city|town|village|capital|port|border|island) (?:of )?)?$/iu;

/** The "near" or "north of" in front of a place, without which it would be told too exactly. */
function besideWords({ start, sentence }: PlaceFact, text: string): string {
  return BESIDE.exec(text.slice(sentence.start, start))?.[0] ?? '';
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

function placeText(fact: PlaceFact): string {
  const { name, admin, country, kind } = fact.value;
  if (kind === 'unresolved') return fact.evidence;
  const land = country === null ? null : (countries.of(country) ?? country);
  const parts = kind === 'country' ? [land ?? name] : [name, admin, land];
  return parts.filter((part, index) => part !== null && parts.indexOf(part) === index).join(', ');
}

function whenItems(facts: Fact[], from: From): FactItem[] {
  return facts
    .filter((fact) => fact.kind === 'date')
    .map((fact) => ({
      text: dayText(fact.value.day),
      resolvedFrom: fact.evidence,
      speaker: null,
      ...receipt(fact, from),
    }));
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "Thu 3 Feb 2022" for 2022-02-03. */
function dayText(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
}

/** Of whom it is said that they did it; who claims something is its speaker too. */
function whoItems(facts: Fact[], title: Span, from: From): FactItem[] {
  return shownParties(facts, title).map((fact) => {
    const item = verbatim(fact, from);
    const isOwn = item.speaker !== null && sameWords(item.speaker) === sameWords(item.text);
    const { status, deed = fact } = fact.value;
    const text = from.reading.article.text.slice(deed.start, deed.end);
    return { ...item, text, speaker: isOwn ? null : item.speaker, status };
  });
}

function weaponItems(facts: Fact[], title: Span, from: From): FactItem[] {
  return shownWeapons(facts, title).map((fact) => ({ ...verbatim(fact, from), weapon: fact.value.weapon }));
}

/** A toll that is told twice is shown once, in the form that says who counts. */
function casualtyItems(facts: Fact[], title: Span, from: From): FactItem[] {
  const tolls = facts.filter((fact) => fact.kind === 'casualties');
  const best = new Map<string, CasualtyFact>();
  for (const fact of tolls) {
    const isInTitle = overlaps(fact, title);
    if (tolls.some((other) => contains(other, fact) || (isInTitle && saysMore(other, fact, title)))) continue;
    const key = tollKey(fact);
    const known = best.get(key);
    if (known === undefined || (known.speaker === null && fact.speaker !== null)) best.set(key, fact);
  }
  return [...best.values()].map((fact) => {
    const count = countOf(fact, from.reading);
    return { ...verbatim(fact, from), ...(count === null ? {} : { count }) };
  });
}

function tollKey({ evidence, value: { effect, min, max, group } }: CasualtyFact): string {
  return min === null ? `${effect}|${evidence.toLowerCase()}` : `${effect}|${min}|${max}|${group ?? ''}`;
}

/** The body's "killed nine people, police said" says more than the headline's "nine dead" or "dozens dead". */
function saysMore(body: CasualtyFact, headline: CasualtyFact, title: Span): boolean {
  const [told, short] = [body.value, headline.value];
  if (overlaps(body, title) || told.effect !== short.effect || told.min === null || short.min === null)
    return false;
  return told.min === short.min || (short.max === null && told.min > short.min);
}

/** "Two soldiers and 11 civilians died" says what "11 civilians died" says. */
function contains(outer: Span, inner: Span): boolean {
  return covers(outer, inner) && lengthOf(outer) > lengthOf(inner);
}

/** What the headline says itself needs no second line. */
function unconfirmedItems(facts: Fact[], title: Span, from: From): FactItem[] {
  return facts
    .filter((fact) => fact.kind === 'unconfirmed' && !overlaps(fact, title))
    .map((fact) => verbatim(fact, from));
}

/** What somebody who was there says, where it is not shown as something else. */
function quoteItems(facts: Fact[], told: Span[], from: From): FactItem[] {
  const shown = [...told, ...facts.filter(({ kind }) => kind === 'casualties' || kind === 'unconfirmed')];
  return facts
    .filter((fact) => fact.kind === 'quote' && !shown.some((span) => overlaps(span, fact)))
    .map((fact) => verbatim(fact, from));
}

/** What other lines than that of the claims show. */
const SHOWN_ELSEWHERE: ReadonlySet<Fact['kind']> = new Set(['casualties', 'quote', 'unconfirmed']);
/** What the line of who did it tells already. */
const ACCUSATIONS: ReadonlySet<string> = new Set(['claimed', 'blamed']);
const ACCUSING = /^(?:claim|blam|accus)/iu;

/** Claims that headline, lead and casualty line do not show already; each speaker gets a word before any gets two. */
function claimItems(facts: Fact[], told: Span[], from: From): FactItem[] {
  const title = { start: 0, end: from.reading.article.title.length };
  const shown = [...told, ...facts.filter(({ kind }) => SHOWN_ELSEWHERE.has(kind))];
  const parties = shownParties(facts, title).filter(({ value }) => ACCUSATIONS.has(value.status));
  const isAccusation = ({ value, sentence }: ClaimFact) =>
    ACCUSING.test(value.cue) && parties.some((party) => overlaps(party, sentence));
  const claims = facts
    .filter((fact) => fact.kind === 'claim')
    .filter((fact) => !shown.some((span) => overlaps(span, fact)) && !isAccusation(fact));
  const turns = new Map<string, number>();
  const ranked = claims.map((claim, order) => {
    const speaker = claim.speaker?.name.toLowerCase() ?? '';
    const turn = turns.get(speaker) ?? 0;
    turns.set(speaker, turn + 1);
    return { claim, turn, order };
  });
  ranked.sort((a, b) => a.turn - b.turn || a.order - b.order);
  return ranked.map(({ claim }) => verbatim(claim, from));
}
