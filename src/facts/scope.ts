import type { Span } from '../model/article.ts';

const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');
const MONTH =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const YEAR = '(?:19|20)\\d\\d';
const EVENT_NOUN =
  '(?:raids?|strikes?|airstrikes?|attacks?|bombings?|explosions?|blasts?|operations?|offensives?|wars?|invasions?|massacres?|earthquakes?|quakes?|floods?|shootings?|killings?|protests?|clashes|coups?|uprisings?|conflicts?|crashes|assaults?|ambush(?:es)?|kidnappings?|abductions?|disasters?|incidents?|missions?)';
/** An event is not older than this when it is news; a named month further back is background. */
const NEWS_AGE_DAYS = 45;
const DAY_MS = 86_400_000;

/** How far the background reaches from a cue: over its clause, or from the cue to the sentence's end. */
type Reach = 'clause' | 'onward';

const TIMELESS: [RegExp, Reach][] = [
  [
    /\bsince (?!(?:then|dawn|sunrise|midnight|yesterday|early|late|the (?:early|morning|attack|raid|strike|blast|quake|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)day))/giu,
    'clause',
  ],
  [/\blast (?:month|year|spring|summer|autumn|fall|winter|decade|century)['’]s\b/giu, 'onward'],
  [/\blast (?:month|year|spring|summer|autumn|winter|decade|century)\b(?!['’]s)/giu, 'clause'],
  [/\b(?:earlier|so far|later)? ?this (?:year|century|decade)\b/giu, 'clause'],
  [/\b(?:years|months|decades) (?:ago|earlier|before)\b/giu, 'clause'],
  [/\ba (?:year|month|decade|generation) (?:ago|earlier)\b/giu, 'clause'],
  [/\b(?:over|in|during|for) the (?:past|last) (?:\p{L}+ )?(?:years?|months?|decades?)\b/giu, 'clause'],
  [/\bin (?:recent|past|previous|earlier) (?:years|months|decades)\b/giu, 'clause'],
  [/\b(?:decades?|years?) of (?:civil )?(?:war|conflict|fighting|violence|unrest)\b/giu, 'clause'],
  [/\b(?:every|each) (?:year|month|week|day)\b|\bannually\b|\bon average\b/giu, 'clause'],
  [/\banniversary\b|\bhome to\b|\bhad previously\b/giu, 'clause'],
  [
    /\b(?:war|conflict|insurgency|uprising|crisis|violence|fighting|unrest) (?:\p{L}+ ){0,5}?(?:has|have|had) (?:also |so far )?(?:killed|claimed|displaced|left|driven|forced|injured|wounded|uprooted)\b/giu,
    'clause',
  ],
  [/\b(?:years?|months|decades) after\b/giu, 'onward'],
  [/\b(?:years?|months|weeks) later\b/giu, 'clause'],
  [
    /\b(?:(?:second|third|fourth|fifth|\p{L}{3,}th|\d+(?:nd|rd|th)) such|(?:first|other|last) (?:two|three|four))\b/giu,
    'clause',
  ],
  [
    /^(?:elsewhere|separately|last week|(?:an? |the |two |three |few )?(?:days?|nights?|weeks?|months?|years?) (?:ago|earlier|before))\b/giu,
    'clause',
  ],
  [/\b(?:war|conflict|insurgency|uprising|battle) in which\b/giu, 'onward'],
  [
    new RegExp(
      `\\bin (?:an? )?(?:separate|unrelated|different|another|other|similar|previous|earlier|prior) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'clause',
  ],
  [
    new RegExp(
      `\\b(?:previous|earlier|similar|past|prior|last (?:month|year)['’]s) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'onward',
  ],
];
const DATED_EVENT = new RegExp(`\\b(?:${MONTH} )?(${YEAR}) (?:[\\p{L}-]+ ){0,2}${EVENT_NOUN}\\b`, 'giu');
const DATED = new RegExp(
  `\\b(?:(?:in|of|during|from|by|until|late|early|mid)[ -])(?:(?:late|early|mid)[ -])?(?<month>${MONTH} )?(?:of )?(?<year>${YEAR})\\b|\\b(?<alone>${MONTH}) (?:\\d{1,2}, ?)?(?<full>${YEAR})\\b`,
  'giu',
);
const MONTH_ONLY = new RegExp(`\\b(?:in|last|since) (?<month>${MONTH})(?! ?\\d)(?=\\W|$)`, 'giu');

const SUPERLATIVE = /\b(?:\p{L}+est|worst|first|most \p{L}+|last|only)\b[^.;]{0,80}$/iu;
/** What separates one statement of a sentence from the next; a bare comma or "and" does not. */
const STATEMENT =
  /[;—]\s|, (?:and|but|while|where|when|who|which|with) |\s(?:that|which|who|when|where|while|after|before|but|although|though) /giu;
/** A comma that ends an insertion: after it comes neither a relative clause nor one more member of a list. */
const CLOSING_COMMA =
  /, (?!(?:which|when|who|whose|where|in|on|at|an?|the|during|with|including|killing|leaving)\b)(?=(?:and |but )?\p{Ll})/u;
const APPOSITION = /, (?:an?|the|one|its|his|her|their) (?=[^,]*$)/iu;

/** Every cue has one of these words: sentences without need no closer look. */
const CUE =
  /\b(?:since|last|this|ago|earlier|before|later|past|recent|previous|similar|prior|years?|decades?|every|each|after|such|first|other|elsewhere|weeks?|days?|nights?|months?|battle|separate(?:ly)?|unrelated|different|another|annually|average|anniversary|home|previously|war|conflict|insurgency|uprising|crisis|violence|fighting|unrest|(?:19|20)\d\d|in \p{Lu})/iu;

/**
 * The parts of a sentence that tell of an earlier or wider event, as offsets into it: "since 2011",
 * "in October 2019", "last month's attack", "the largest since …". `now` is when the article was published.
 */
export function backgroundSpans(text: string, now: Date): Span[] {
  if (!CUE.test(text)) return [];
  const spans = TIMELESS.flatMap(([pattern, reach]) =>
    [...text.matchAll(pattern)].map(({ index }) => reachOf(text, index, reach)),
  );
  for (const { index, 1: year } of text.matchAll(DATED_EVENT))
    if (Number(year) < now.getUTCFullYear()) spans.push(reachOf(text, index, 'onward'));
  const clauses = [...text.matchAll(DATED), ...text.matchAll(MONTH_ONLY)]
    .filter(({ groups }) => isOld(groups?.month ?? groups?.alone, groups?.year ?? groups?.full, now))
    .filter(({ index }) => !spans.some((span) => span.start <= index && index < span.end))
    .map(({ index }) => reachOf(text, index, 'clause'));
  return [...spans, ...clauses];
}

function reachOf(text: string, at: number, reach: Reach): Span {
  const isCompared = text.startsWith('since', at) && SUPERLATIVE.test(text.slice(Math.max(0, at - 120), at));
  if (reach === 'onward' || isCompared) return { start: at, end: insertionEnd(text, at) };
  return { start: statementStart(text, at), end: statementEnd(text, at) };
}

/** "The raid, the largest since 2019, left …" comes back to its subject; "in the 2019 raid, 13 died" does not. */
function insertionEnd(text: string, at: number): number {
  if (/\b(?:in|during|from|after|of|like|unlike)(?: (?:the|an?))? $/iu.test(text.slice(0, at)))
    return text.length;
  const end = text.slice(at).search(CLOSING_COMMA);
  return end < 0 ? text.length : at + end;
}

/** A statement that opens with its date ("In October 2019, …") is background as a whole. */
function statementStart(text: string, at: number): number {
  let start = 0;
  for (const match of text.slice(0, at).matchAll(STATEMENT)) start = match.index + match[0].length;
  const apposition = APPOSITION.exec(text.slice(start, at));
  return apposition === null ? start : start + apposition.index + 2;
}

function statementEnd(text: string, at: number): number {
  const end = text.slice(at).search(/[;—]\s|, (?:and|but|while) |\swhile /iu);
  return end < 0 ? text.length : at + end;
}

/** Whether a month (its latest one up to now when the year is not given) or a year ended too long ago to be news. */
function isOld(month: string | undefined, named: string | undefined, now: Date): boolean {
  const thisYear = now.getUTCFullYear();
  if (month === undefined) return named !== undefined && Number(named) < thisYear;
  const index = MONTH_NAMES.findIndex((name) => name.startsWith(month.trim().slice(0, 3).toLowerCase()));
  const latest = index > now.getUTCMonth() ? thisYear - 1 : thisYear;
  const end = Date.UTC(named === undefined ? latest : Number(named), index + 1, 1);
  return now.getTime() - end > NEWS_AGE_DAYS * DAY_MS;
}
