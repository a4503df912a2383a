import type { Span } from '../model/article.ts';
import { overlaps } from '../text/spans.ts';

/** A month or a year that a text names, in offsets of the text. */
export interface Period extends Span {
  /** `YYYY-MM`, or `YYYY`. */
  value: string;
}

const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');
export const MONTH =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
export const YEAR = '(?:19|20)\\d\\d';
export const EVENT_NOUN =
  '(?:raids?|strikes?|airstrikes?|attacks?|bombings?|explosions?|blasts?|operations?|offensives?|wars?|invasions?|massacres?|earthquakes?|quakes?|floods?|shootings?|killings?|protests?|clashes|coups?|uprisings?|conflicts?|crashes|assaults?|ambush(?:es)?|kidnappings?|abductions?|disasters?|incidents?|missions?|revolutions?|genocides?|cyclones?|hurricanes?|tsunamis?|eruptions?|outbreaks?|epidemics?|sieges?|battles?|hijackings?|landslides?|storms?|famines?|elections?|ceasefires?|truces?|accords?|deals?)';
/** What a bare year must follow to be one: "in 2000 people" is ruled out by what comes after. */
const AT =
  "(?:[Ii]n|[Ss]ince|[Oo]f|[Dd]uring|[Ff]rom|[Bb]y|[Uu]ntil|till|[Bb]efore|[Aa]fter|around|[Ee]arly|[Ll]ate|[Mm]id|between|and|to|[Tt]he|[Tt]he year|[Aa]n?|its|their|his|her|\\p{L}['’]s)";

const PERIODS: RegExp[] = [
  new RegExp(`(?<month>\\b${MONTH}),? (?:of )?(?<year>${YEAR})\\b`, 'gu'),
  new RegExp(`(?<month>\\b${MONTH})(?:,? of)? (?<relative>last year|this year)\\b`, 'gu'),
  new RegExp(
    `\\b(?:[Ii]n|[Ll]ast|[Ss]ince|[Bb]y|[Uu]ntil|[Ee]arly|[Ll]ate|[Mm]id|of)[ -](?<month>${MONTH})(?! ?\\d|[\\p{L}’'])`,
    'gu',
  ),
  new RegExp(
    `(?<=\\b${AT}[ -](?:[Ee]arly |[Ll]ate |[Mm]id-)?)(?<year>${YEAR})(?![\\d,.:/-]*\\d|\\p{L}| (?:people|others|\\p{Ll}+s (?:were|have|are|died)))`,
    'gu',
  ),
  /\b(?<relative>(?:late |early )?last (?:month|year)|a (?:month|year) (?:ago|earlier))\b/giu,
];

const PERIOD_CUE = new RegExp(`\\d{4}|${MONTH}|\\b(?:[Ll]ast|[Aa]) (?:month|year)`, 'u');

/** The months and years that a text names, from its start; a bare month is the latest one up to `now`. */
export function periodsIn(text: string, now: Date): Period[] {
  const found: Period[] = [];
  if (!PERIOD_CUE.test(text)) return found;
  for (const pattern of PERIODS)
    for (const { 0: words, index, groups = {} } of text.matchAll(pattern)) {
      const end = index + words.length;
      const named = groups.month ?? groups.year ?? groups.relative ?? '';
      const start = index + words.indexOf(named);
      if (!found.some((one) => overlaps(one, { start, end })))
        found.push({ start, end, value: periodOf(groups, now) });
    }
  return found.sort((a, b) => a.start - b.start);
}

function periodOf(groups: Record<string, string | undefined>, now: Date): string {
  const thisYear = now.getUTCFullYear();
  const relative = groups.relative?.toLowerCase() ?? '';
  if (groups.month === undefined) return groups.year ?? relativePeriod(relative, now);
  const month = monthIndex(groups.month);
  const latest = month > now.getUTCMonth() ? thisYear - 1 : thisYear;
  const year = groups.year ?? (relative === '' ? latest : thisYear - (relative.startsWith('last') ? 1 : 0));
  return `${year}-${String(month + 1).padStart(2, '0')}`;
}

function relativePeriod(words: string, now: Date): string {
  if (words.includes('year')) return String(now.getUTCFullYear() - 1);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

/** 0 for January; -1 when it is no month's name. */
export function monthIndex(name: string): number {
  return MONTH_NAMES.findIndex((month) => month.startsWith(name.slice(0, 3).toLowerCase()));
}

/** When a period is over, in milliseconds UTC. */
export function endOf({ value }: Period): number {
  const [year = 0, month = 12] = value.split('-').map(Number);
  return Date.UTC(year, month, 1);
}
