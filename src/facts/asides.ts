import type { Span } from '../model/article.ts';
import { EVENT_NOUN } from './periods.ts';

/** What a work tells: "the film, in which terrorists kidnap 200 passengers". */
const WORK =
  '(?:films?|movies?|thrillers?|dramas?|novels?|series|sitcoms?|sequels?|documentar(?:y|ies)|plays?|video games?|books?|comic|episodes?|memoirs?)';
const FICTION = new RegExp(
  `\\b${WORK}\\b[^.;]{0,60}\\b(?:in which|starring|depict(?:s|ing|ed)?|tells|follows|(?:is|are) (?:set|about)|based on|telling|imagin(?:es|ing))\\b|\\b(?:a|the|new|hit|upcoming) (?:\\p{L}+ )?${WORK} about\\b|\\b(?:fictional|fictitious|screenplay|box office|plot twist)\\b`,
  'iu',
);
/** A part of any of it: most sentences have none, and it takes a tenth of the time. */
const ANY_FICTION =
  /film|movie|thriller|drama|novel|series|sitcom|sequel|documentar|play|game|book|comic|episode|memoir|ficti|screen|box office|plot twist/i;
/** What is played for training. */
const PLAYED =
  /\b(?:(?:drill|exercise) (?:attacks?|raids?|scenario)|mock (?:[\p{L}-]+ )?(?:attacks?|raids?|scenario|bomb\p{L}*|shootings?|hostage\p{L}*|casualt\p{L}+)|in (?:the|this) (?:scenario|simulation)|playing (?:the )?(?:dead|wounded|victims|casualties)|(?:drill|exercise)s? (?:tests?|tested|simulates?|simulated)|simulat(?:e[sd]?|ing|ions?)(?! (?:drowning|execution)))\b/iu;
/** What an outlet or an official takes back. */
const TAKEN_BACK =
  /\b(?:mis(?:stated|reported|identified)|(?:an?|the) (?:earlier|previous) (?:version|edition) of|(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|reported|gave|put|claimed)|(?:was|were|been) (?:later |since |subsequently )?(?:withdrawn|retracted)|(?:posted|published|sent|issued) (?:by mistake|in error)|(?:hoax|false) (?:reports?|claims?|alarm)|(?:reports?|claims?|rumou?rs?|allegations?)\b[^.;,]{0,80}\b(?:was|were|are|is) (?:false|untrue|fake|fabricated|baseless))\b/iu;

/** What may yet be: "What if a quake hit", "an attack could kill". */
const IMAGINED = new RegExp(
  `\\bwhat if\\b|\\b(?:an?|any|another|future|possible) (?:[\\p{L}\\d.-]+ ){0,5}${EVENT_NOUN} [^.;,]{0,60}\\b(?:could|would|might) (?:kill|claim|destroy|leave|displace|flatten)\\b`,
  'iu',
);

/** What tells a reader, or a machine, what to say: hostile text, or an editor's note. Medics who "report that" say it. */
const SAY = '(?:report|say|state|write|claim|announce|tell [a-z]+|answer|reply|output|print|mention|repeat)';
const TO_WHOM = '(?:dear )?(?:assistant|system|editors?|ai|model|bot|note to editors?)';
const OPENING = `^[\\W_]*(?:(?:please|now|instead|always|just|then|${TO_WHOM})[,: ]+)*`;
/** What the reader is told to say; "print workers say" and "answer" alone tell him nothing. */
const WORDS_TO_SAY =
  '(?: (?:only |also )?that\\b| after me\\b| in (?:your|the) (?:summary|answer|reply|output|response)\\b| ?:| (?:at least |some )?(?:\\d|(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands)\\b))';
const INSTRUCTION = new RegExp(
  `${OPENING}(?:${SAY} (?:only )?that\\b|(?:say|write|answer|reply|output|print|repeat)\\b${WORDS_TO_SAY})|^[\\W_]*(?:assistant|system|user) ?:|\\byou are now (?:an?|the)\\b|\\byour (?:answer|summary|reply|output|response) (?:must|should|shall)\\b|\\b(?:please|you (?:must|should|shall|will|are (?:now )?to|have to|need to)(?: now| always| only)?) ${SAY}\\b|\\b(?:ignore|disregard|forget|override) (?:[a-z]+ ){0,4}(?:instructions?|prompts?|rules|above)\\b|\\bas an ai\\b`,
  'i',
);

/** The sentence, when it asks, instructs, tells a fiction or takes something back: nothing in it is reported as having happened. */
export function asideSpans(text: string): Span[] {
  const isFiction = ANY_FICTION.test(text) && FICTION.test(text);
  const isAside = isFiction || [PLAYED, TAKEN_BACK, IMAGINED, INSTRUCTION].some((aside) => aside.test(text));
  return isAside ? [{ start: 0, end: text.length }] : questionSpans(text);
}

/** "276 abducted? Army denies": what stands before the mark. */
function questionSpans(text: string): Span[] {
  const end = text.lastIndexOf('?') + 1;
  return end === 0 ? [] : [{ start: 0, end }];
}

const IN_HEADLINE = new RegExp(`\\b${WORK}\\b`, 'iu');

/** Whether headline and first sentence tell of a drill or a work of fiction: nothing in the article has happened. */
export function isMadeUp([headline = '', first = '']: readonly string[]): boolean {
  const isFiction = IN_HEADLINE.test(headline) && (FICTION.test(headline) || FICTION.test(first));
  return isFiction || PLAYED.test(headline) || PLAYED.test(first);
}

const SUPPOSED =
  /\b(?:[Ii]f|[Uu]nless|could|would|might|may|should|will|threaten(?:s|ed|ing)?|vow(?:s|ed)?|plan(?:s|ned|ning)?(?: to)?|plot(?:s|ted|ting)?|prevent(?:s|ed|ing)?|foil(?:s|ed)?|thwart(?:s|ed)?|call(?:s|ed|ing)? for|fear(?:s|ed)? of|risk of|possible|potential)\b(?:(?! (?:after|when|as|following) | (?:attack|raid|bombing|blast|explosion|strike|incident|shooting|massacre)s? (?:that|which) )[^;.,])*$/u;

/** Whether the words before a passage make it a condition, a possibility, a threat or a plan. */
export function isSupposed(before: string): boolean {
  return SUPPOSED.test(before);
}
