import type { Span } from '../model/article.ts';
import { EVENT_NOUN, endOf, MONTH, type Period, periodsIn, YEAR } from './periods.ts';
import { datelineOf } from './place-context.ts';

/** An event is not older than this when it is news; a named month further back is background. */
const NEWS_AGE_DAYS = 45;
const DAY_MS = 86_400_000;

/** How far the background reaches from a cue: over its clause, or from the cue to the sentence's end. */
type Reach = 'clause' | 'onward';

/** Who fights for years: what they have done by thousands is no single event. */
const ARMED =
  '(?:groups?|militants|insurgents|rebels|jihadists|jihadis|islamists|gangs?|bandits|extremists|cartels?|militias?|faction|movement|army|regime|junta|Boko Haram|al[- ]Shabaab|Islamic State|Al[- ]Qaeda|Taliban)';

const TIMELESS: [RegExp, Reach][] = [
  [
    /\bsince (?!(?:then|dawn|sunrise|midnight|yesterday|early|late|the (?:early|morning|attack|raid|strike|blast|quake|night)|[^,.;]{0,60}\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day))/giu,
    'clause',
  ],
  [
    /(?<!\btoll (?:from|of|in) )\blast (?:week|month|year|spring|summer|autumn|fall|winter|decade|century)['’]s\b/giu,
    'onward',
  ],
  [/\blast (?:month|year|spring|summer|autumn|winter|decade|century)\b(?!['’]s)/giu, 'clause'],
  [/\b(?:earlier|so far|later)? ?this (?:year|century|decade)\b/giu, 'clause'],
  [/\b(?:years|months|decades|weeks) (?:ago|earlier|before)\b/giu, 'clause'],
  [/\ba (?:year|month|decade|generation) (?:ago|earlier)\b/giu, 'clause'],
  [/\b(?:over|in|during|for) the (?:past|last) (?:\p{L}+ )?(?:years?|months?|decades?)\b/giu, 'clause'],
  [/\bin (?:recent|past|previous|earlier) (?:years|months|decades)\b/giu, 'clause'],
  [/\b(?:decades?|years?) of (?:civil )?(?:war|conflict|fighting|violence|unrest)\b/giu, 'clause'],
  [/\b(?:every|each) (?:year|month|week|day)\b|\bannually\b|\bon average\b/giu, 'clause'],
  [/\banniversary\b|\bhome to\b|\bhad previously\b/giu, 'clause'],
  [
    /\b(?:war|conflict|insurgency|uprising|crisis|violence|fighting|unrest) (?:\p{L}+ ){0,5}?(?:has|have|had) (?:also |already |so far )?(?:killed|claimed|displaced|left|driven|forced|injured|wounded|uprooted)\b/giu,
    'onward',
  ],
  [/\b(?:years?|months|decades) after\b/giu, 'onward'],
  [
    /\b(?:came|comes|come|happened|occurred|took place) (?:[\p{L}-]+ ){0,4}?after (?:(?!the (?:attack|raid|blast|strike|quake|bombing|shooting)\b))/giu,
    'onward',
  ],
  [
    /(?<!\b(?:was|were|been|is|are) )\bfollow(?:s|ed) (?:an?|another|similar|several|the|\p{L}+['’]s) /giu,
    'onward',
  ],
  [
    /\bduring the (?:[\p{L}-]+ ){0,3}(?:war|genocide|dictatorship|occupation|uprising|insurgency)\b/giu,
    'clause',
  ],
  [/\b(?:in|over|during) (?:the )?recent (?:weeks|months|years|decades)\b/giu, 'clause'],
  [
    new RegExp(
      `\\b(?:(?:reminiscent of|akin to|comparable (?:to|with)|compared (?:to|with)|memor(?:y|ies) of|recall(?:s|ed|ing)|echo(?:es|ed|ing)?|master-?mind(?:s|ed|ing)?|plotted|orchestrated|(?:wanted|convicted|sentenced|jailed|on trial|tried|indicted) (?:for|over))|(?:blamed for|accused of|responsible for|behind|claimed|carried out|staged|surviv(?:ed?|ors? of))(?! (?:the|this|that|its)\\b)) (?:[\\p{L}’'-]+ ){0,6}?${EVENT_NOUN} (?:that|which|in which|where)\\b`,
      'giu',
    ),
    'onward',
  ],
  [
    /\b(?:(?:has|have) (?:been )?(?:carried out|staged|launched|seen|suffered|endured|experienced|witnessed|blamed for|accused of|behind|hit by|rocked by|plagued by)|known for|notorious for|blamed for|responsible for) (?:[\p{L}-]+ ){0,2}?(?:a (?:series|string|spate|wave|number) of|several|many|numerous|repeated|frequent|regular|dozens of|scores of|hundreds of|countless|deadly|other|major|past|sporadic|attacks|kidnappings)\b/giu,
    'onward',
  ],
  [/\ban? (?:earlier|previous) one\b/giu, 'onward'],
  [
    new RegExp(
      `\\b(?:an?|several|other) (?:recent|previous|earlier|past|similar) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'onward',
  ],
  [
    new RegExp(
      `\\b${ARMED} (?:[\\p{L}-]+ ){0,4}?(?:has|have) (?:since |also |already |previously )?(?:killed|claimed|kidnapped|abducted|displaced|murdered|massacred|beheaded|executed)(?: and \\p{L}+)? (?:(?:many|several) )?(?:more than |over |at least |nearly |about |some |an estimated )?(?:hundreds|thousands|tens of|scores|dozens|\\d{1,3},\\d{3})`,
      'giu',
    ),
    'clause',
  ],
  [
    /\b(?:war|conflict|insurgency|uprising|crisis|violence|unrest|campaign|rebellion),? (?:\p{L}+ ){0,4}?(?:which|that) (?:has|have|had) (?:also |so far )?(?:killed|claimed|displaced|left|driven|forced|injured|wounded|uprooted)\b/giu,
    'onward',
  ],
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
/** A day without its year: "on 3 October", "Oct. 3". */
const DAY = new RegExp(
  `\\b(?:(?<month>${MONTH}) (?<day>\\d{1,2})|(?<first>\\d{1,2}) (?<named>${MONTH}))\\b(?!,? ${YEAR})`,
  'gu',
);

/** "One of the deadliest attacks on the city this year" compares this event with others. */
const SUPERLATIVE =
  /\b(?:\p{L}+iest|largest|biggest|worst|highest|strongest|greatest|longest|fiercest|first|most \p{L}+|last|only)\b[^.;]{0,80}$/iu;
/** What separates one statement of a sentence from the next; a bare comma or "and" does not. */
const STATEMENT =
  /[;—]\s|, (?:and|but|while|where|when|who|which|with) |\s(?:that|which|who|when|where|while|after|before|but|although|though) /giu;
/** A comma that ends an insertion: after it comes neither a relative clause nor one more member of a list. */
const CLOSING_COMMA =
  /, (?!(?:which|when|who|whose|where|in|on|at|an?|the|during|with|including|killing|leaving)\b)(?=(?:and |but )?\p{Ll})/u;
const APPOSITION = /, (?:an?|the|one|its|his|her|their) (?=[^,]*$)/iu;

/** Every cue has one of these words: sentences without need no closer look. */
const CUE =
  /\b(?:since|last|this|ago|earlier|before|later|past|recent|previous|similar|prior|years?|decades?|every|each|after|such|first|other|elsewhere|weeks?|days?|nights?|months?|battle|separate(?:ly)?|unrelated|different|another|annually|average|anniversary|home|previously|war|conflict|insurgency|uprising|crisis|violence|fighting|unrest|(?:19|20)\d\d|in \p{Lu}|\p{L}{3,9}\.? \d{1,2}|\d{1,2} \p{Lu}|follow(?:s|ed)|came|comes|during|reminiscent|recall\p{L}*|echo\p{L}*|akin|compar\p{L}+|memor\p{L}+|masterm\p{L}+|plotted|orchestrat\p{L}+|surviv\p{L}+|wanted|convicted|sentenced|jailed|trial|indicted|blamed|accused|notorious|known|responsible|behind|series|string|spate|wave|several|many|repeated|frequent\p{L}*|regular\p{L}*|often|routinely|killed|claimed|kidnapped|abducted|displaced)/iu;

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
  const clauses = [...periodsIn(text, now).filter((period) => isPast(period, now)), ...oldDays(text, now)]
    .filter(({ start }) => !spans.some((span) => span.start <= start && start < span.end))
    .map(({ start }) => reachOf(text, start, 'clause'));
  return [...spans, ...clauses];
}

function reachOf(text: string, at: number, reach: Reach): Span {
  const isCompared = SUPERLATIVE.test(text.slice(Math.max(0, at - 120), at));
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

/** A year that is over is no news any more, however lately it ended. */
function isPast(period: Period, now: Date): boolean {
  return period.value.length === 4 ? Number(period.value) < now.getUTCFullYear() : isOld(endOf(period), now);
}

/** Whether what ended at `end` ended too long ago to be news. */
function isOld(end: number, now: Date): boolean {
  return now.getTime() - end > NEWS_AGE_DAYS * DAY_MS;
}

/** The days of a month, without their year, that are no news any more. */
function oldDays(text: string, now: Date): Span[] {
  const body = datelineOf(text);
  return [...text.matchAll(DAY)].flatMap(({ 0: words, index, groups = {} }) => {
    if (index < body) return [];
    const [period] = periodsIn(`in ${groups.month ?? groups.named ?? ''}`, now);
    const day = Number(groups.day ?? groups.first);
    const time = period === undefined ? now.getTime() : Date.parse(`${period.value}-01`) + day * DAY_MS;
    return isOld(time, now) ? [{ start: index, end: index + words.length }] : [];
  });
}
