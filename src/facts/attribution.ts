import type { Span } from '../model/article.ts';
import type { ClaimFact, Speaker } from '../model/fact.ts';
import { lengthOf, overlaps } from '../text/spans.ts';
import { tellsOfEvent } from './event-words.ts';
import { hedgeIn } from './hedges.ts';
import { EVENT_NOUN } from './periods.ts';
import { evidenceAt, type Sentence } from './sentence.ts';
import {
  closingSpeaker,
  hasFiniteVerb,
  type NamedSpeaker,
  PRONOUN,
  personOf,
  sharedSubject,
  speakerAfter,
  speakerBefore,
} from './speakers.ts';

/** A frame as it stands in one sentence, in offsets of the sentence. */
interface Frame {
  speaker: NamedSpeaker;
  cue: string;
  /** Where the frame begins and where the words after its cue begin. */
  start: number;
  end: number;
  /** `following`: the claim comes after the cue; `preceding`: before it; `self`: the cue is part of the claim. */
  claim: 'following' | 'preceding' | 'self';
}

const CUE =
  /\b(?:[Aa]ccording to|said|says|say|told|tells|reported|reports|(?<=\p{Ll}s )report(?! (?:of|on|about|that was|from|by|sa))|confirmed|confirms|announced|announces|claimed|claims|stated|states|added|adds|insisted|insists|alleged|alleges|acknowledged|warned|warns|denied|denies|denounced|blamed|blames|accused|accuses|declared|estimated|estimates|noted|testified|wrote|tweeted|posted(?= that)|asserted|maintained|argued|admitted|conceded|revealed|explained|recalled|put(?= the (?:death )?toll))\b/gu;
const SELF_CUES = /^(?:denied|denies|denounced|blamed|blames|accused|accuses|claimed|claims)$/iu;
/** "Police reports of an attack" are no verb. */
const NOUN_NEXT = /^(?:reports|claims|states|estimates) (?:of|on|about|from|to|by)\b/u;
const STATEMENT_PLACE =
  /^\s+(?:in (?:an?|the|his|her|its|their) (?:[\p{L}-]+ ){0,3}(?:statement|briefing|interview|tweet|post|report|speech|address|message|letter|conference|bulletin)(?: to \p{Lu}[\p{L} ]{1,30}?)?(?=[\s,.:;])|(?:late |early |earlier )?(?:on )?\p{Lu}\p{L}+day(?: \p{L}+ing)?|today|yesterday|on condition of anonymity|by (?:tele)?phone|via \p{L}+|on (?:X|Twitter|Facebook|Telegram)|without (?:giving|elaborating|providing)[^,.;]*)/u;
const ADDRESSEE =
  /^\s+(?:reporters|journalists|lawmakers|(?:the )?(?:(?:state|local|national|public|Iranian|Syrian|Turkish|Russian|Israeli) )?(?:\p{Lu}[\p{L}.'’-]+ ?){1,5}(?:news agency|television|newspaper|radio|TV)?|(?:state|local) (?:television|media|TV|radio|news agency)|a (?:news|press) (?:conference|briefing))(?=[\s,:.]|$)/u;

/** Longer claims are no line of an alert, in UTF-16 code units. */
const CLAIM_LENGTH = 240;

/** How many sentences back a pronoun or a short name may look for its bearer. */
const BACK_REACH = 3;
/** Further back than the sentence before, "he" and "they" may stand for somebody who did not speak. */
const PRONOUN_REACH = 1;
/** Words that may stand between "and" and the next speaker: "and on Monday police said". */
const BETWEEN_SPEAKERS = 3;

/**
 * Who says what, for each sentence: `sentences[i].attributions` is filled. Pronouns and short names ("the monitor")
 * get the speaker of the sentences before when only one fits.
 */
export function attribute(sentences: Sentence[]): void {
  const heard: HeardSpeaker[] = [];
  for (const sentence of sentences) {
    const frames = framesIn(sentence.text);
    sentence.background.push(...unreadSpans(sentence, frames));
    for (const [index, frame] of frames.entries()) {
      const claim = claimOf(sentence, frames, index);
      if (claim === null) continue;
      const resolved = resolve(sentence, frame.speaker, heard);
      sentence.attributions.push({ ...resolved, cue: frame.cue, claim });
      if (!resolved.isUnsure)
        heard.push({
          speaker: resolved.speaker,
          description: frame.speaker.description,
          index: sentence.index,
        });
    }
  }
}

/** Who is blamed and denies it is heard beside who blames. */
const REJECTS =
  /^(?:denied|denies|rejected|rejects) (?:(?:any|all|the|its|his|her|their|these|those|such|having|being) )*(?:involve\p{L}*|responsib\p{L}*|accus\p{L}*|alleg\p{L}*|charges?|claims?|role|links?|part|behind)/iu;

/** Statements about the event that are somebody's, as the words that carry them. */
export function findClaims(sentence: Sentence): ClaimFact[] {
  const isAccusation = ({ value }: ClaimFact) =>
    /^(?:blam|accus)/iu.test(value.cue) && tellsOfEvent(sentence.text);
  return statementsIn(sentence).filter(
    (claim) => tellsOfEvent(claim.evidence) || REJECTS.test(claim.evidence) || isAccusation(claim),
  );
}

/** All that somebody says in a sentence, whatever it is about, as far as it can be quoted. */
export function statementsIn(sentence: Sentence): ClaimFact[] {
  const facts: ClaimFact[] = [];
  for (const { speaker, cue, claim, isUnsure } of sentence.attributions) {
    const span = quotedPart(sentence, claim);
    const words = sentence.text.slice(span.start - sentence.start, span.end - sentence.start);
    const isInner = sentence.attributions.some(
      (other) =>
        other.claim !== claim && overlaps(other.claim, claim) && lengthOf(other.claim) < lengthOf(claim),
    );
    if (isUnsure || isInner || words.length > CLAIM_LENGTH || !/\s/.test(words)) continue;
    facts.push({ kind: 'claim', ...evidenceAt(sentence, span, hedgeIn(words)), speaker, value: { cue } });
  }
  return facts;
}

function framesIn(text: string): Frame[] {
  const frames: Frame[] = [];
  for (const { 0: cue, index } of text.matchAll(CUE)) {
    const frame =
      cue.toLowerCase() === 'according to' ? accordingTo(text, cue, index) : verbFrame(text, cue, index);
    const isRepeated = frames.some((other) => frame !== null && other.speaker.start === frame.speaker.start);
    if (frame !== null && !isRepeated) frames.push(frame);
  }
  return [...frames, ...addedFrame(text, frames), ...headlineFrame(text, frames)];
}

const SAYING =
  /^(?:said|says|told|tells|claimed|claims|insisted|insists|alleged|alleges|wrote|tweeted|asserted|maintained|argued)$/u;
const PASSIVE = /\b(?:is|are|was|were|be|been|being|it|has|have) $/u;

/** "claimed 13 lives" says nothing. */
const NO_SAYING = /^ (?:(?:\S+ ){0,4}?lives|responsibility|credit|victory|asylum)\b/u;

/** Words behind a "said" whose speaker we can't read: they are somebody's, and not the outlet's. */
function unreadSpans({ text, start, end }: Sentence, frames: Frame[]): Span[] {
  const isRead = (at: number) =>
    frames.some(({ claim, ...frame }) =>
      claim === 'following' ? frame.start <= at && at < frame.end : frame.start === at,
    );
  const spans: Span[] = [];
  for (const { 0: cue, index } of text.matchAll(CUE)) {
    const after = text.slice(index + cue.length);
    const isSaying = SAYING.test(cue) && !NO_SAYING.test(after) && !PASSIVE.test(text.slice(0, index));
    // "said X" tells of what went before.
    const isInverted = /^ \p{Lu}/u.test(after);
    // "The army denied it and said …"
    const isOfDenier =
      frames.some(({ claim, ...frame }) => claim === 'self' && frame.start < index) &&
      sharedSubject(text, index) !== null;
    const isNobodys = speakerBefore(text, index) === null && !isOfDenier;
    if (isSaying && !isInverted && !isRead(index) && isNobodys)
      spans.push({ start: start + index + cue.length, end });
  }
  const goingOn = frames.length === 0 ? SAYING_SO.exec(text) : null;
  return goingOn === null ? spans : [...spans, { start: start + goingOn.index, end }];
}

/** How a speaker goes on, and how one who has done something does. */
const GOING_ON = /,? (?:adding|and added)(?: that)? /u;
const SAYING_SO = /, (?:saying|claiming|alleging|insisting)(?: that)? /u;

/** `"Two men died," X said, adding that three were missing`: the same speaker goes on. */
function addedFrame(text: string, frames: Frame[]): Frame[] {
  const last = frames.at(-1);
  const from = last?.end ?? 0;
  const isGoingOn = last !== undefined && last.claim !== 'following' && GOING_ON.test(text.slice(from));
  const isSayingSo = last?.claim !== 'following' && last?.claim !== 'preceding';
  const match = isGoingOn
    ? GOING_ON.exec(text.slice(from))
    : isSayingSo
      ? SAYING_SO.exec(text.slice(from))
      : null;
  if (match === null) return [];
  const start = from + match.index;
  const speaker = last?.speaker ?? sharedSubject(text, start + 2);
  if (speaker === null) return [];
  return [{ speaker, cue: match[0].trim(), start, end: start + match[0].length, claim: 'following' }];
}

/** A headline's "Blast kills 8 in Kabul: police". */
function headlineFrame(text: string, frames: Frame[]): Frame[] {
  const at = text.lastIndexOf(': ');
  const speaker = frames.length > 0 || at < 0 ? null : speakerAfter(text, at + 2);
  const isShort = speaker !== null && text.slice(speaker.start).split(' ').length <= HEADLINE_SPEAKER;
  if (!isShort || speaker.end < text.length) return [];
  return [{ speaker, cue: ':', start: at, end: text.length, claim: 'preceding' }];
}

/** In words; longer ones are sentences. */
const HEADLINE_SPEAKER = 4;

function accordingTo(text: string, cue: string, at: number): Frame | null {
  const speaker = speakerAfter(text, at + cue.length + 1);
  if (speaker === null) return null;
  const isFirst = text.slice(0, at).trim() === '';
  return { speaker, cue, start: at, end: speaker.end, claim: isFirst ? 'following' : 'preceding' };
}

/** What these verbs take without "that" may be a thing: "confirmed the attack but gave no toll". */
const TRANSITIVE = /^(?:confirm|acknowledg|announc|declar|not|warn)/iu;
const THING = /^\s+(?:the|an?|its|his|her|their|this|these|those|no)\b/u;
const THING_END = /[,.;:"“”—]|\b(?:but|and|that|which|who|after|before|when|as|while)\b/u;

function isThing(cue: string, after: string): boolean {
  if (!TRANSITIVE.test(cue) || !THING.test(after)) return false;
  const end = after.search(THING_END);
  return !hasFiniteVerb(end < 0 ? after : after.slice(0, end));
}

/** "Told security forces to shoot" is an order. */
const ORDER =
  /^t(?:old|ells?) (?:(?!(?:that|they|he|she|it|we|I|there|ha[ds]|have|was|were|is|are|will|would|could|must)\b)[^\s,.;:"“”]+ ){1,4}?(?:not )?to (?!(?:the|an?|his|her|its|their|this)\b)\p{Ll}/u;

function isNoSaying(text: string): boolean {
  return NOUN_NEXT.test(text) || ORDER.test(text);
}

function verbFrame(text: string, cue: string, at: number): Frame | null {
  if (isNoSaying(text.slice(at))) return null;
  const inverted = invertedFrame(text, cue, at);
  if (inverted !== null) return inverted;
  const speaker = speakerBefore(text, at) ?? sharedSubject(text, at) ?? closingSpeaker(text, at, cue);
  if (speaker === null) return null;
  const isSelf = SELF_CUES.test(cue) || isThing(cue, text.slice(at + cue.length));
  if (isSelf) return selfFrame(text, { speaker, cue, start: at, end: at, claim: 'self' });
  const end = contentStart(text, at + cue.length, cue);
  const follows = speaker.start > 0 && /[,"”—]\s*$|^\s*$/u.test(text.slice(0, speaker.start));
  const isInserted = follows && /^,/u.test(text.slice(end)) && hasFiniteVerb(text.slice(0, speaker.start));
  const isOver =
    isInserted || /^[\s.,;"”’)]*(?:$|; |, (?:and|but|while|adding|citing|as)\b)/u.test(text.slice(end));
  if (isOver && !follows) return null;
  return { speaker, cue, start: speaker.start, end, claim: isOver ? 'preceding' : 'following' };
}

/** `…,” said X` and "…, say police". */
function invertedFrame(text: string, cue: string, at: number): Frame | null {
  const before = text.slice(0, at);
  if (!/^sa(?:id|ys?)$/.test(cue) || !/,["”’]?\s*$|["”]\s*$/u.test(before)) return null;
  const speaker = speakerAfter(text, at + cue.length + 1);
  if (speaker === null) return null;
  const rest = text.slice(speaker.end);
  const isLast = /^(?:, [^,;]+)?[\s."”’]*$/u.test(rest) && !hasFiniteVerb(rest);
  return isApposition(before) && !isLast
    ? null
    : { speaker, cue, start: at, end: speaker.end, claim: 'preceding' };
}

/** A comma right before the verb closes "X, a war monitor, said" unless a quotation ended there. */
function isApposition(before: string): boolean {
  return /[^"”’],\s*$/u.test(before) && !/["”]/u.test(before.slice(-3));
}

const CLAIMED = new RegExp(
  `^ (?:the )?responsibility\\b|^ (?:the|this|that) (?:[\\p{L}-]+ )?${EVENT_NOUN}\\b`,
  'u',
);

/** "claimed responsibility" says something by itself; "claimed that" is a saying; "claimed 13 lives" is neither. */
function selfFrame(text: string, frame: Frame): Frame | null {
  const after = text.slice(frame.start + frame.cue.length);
  if (!/^claim/iu.test(frame.cue) || CLAIMED.test(after)) return frame;
  if (/^ (?:that |to have |\p{Lu}|it |they |he |she )/u.test(after))
    return { ...frame, start: frame.speaker.start, end: frame.start + frame.cue.length, claim: 'following' };
  return null;
}

/** Where the claim begins after the cue: past the addressee, the statement and the day. */
function contentStart(text: string, after: number, cue: string): number {
  let at = after;
  if (/^(?:told|tells)$/iu.test(cue)) at += ADDRESSEE.exec(text.slice(at))?.[0].length ?? 0;
  for (
    let match = STATEMENT_PLACE.exec(text.slice(at));
    match !== null;
    match = STATEMENT_PLACE.exec(text.slice(at))
  )
    at += match[0].length;
  return at;
}

function firstComma(text: string): number {
  const comma = text.search(/[,;]\s/u);
  return comma < 0 ? text.length : comma;
}

/** Between two statements of one sentence. */
const BETWEEN = /[;—]\s|,? (?:and|but|while|whereas|although|though) /giu;

function claimOf(sentence: Sentence, frames: Frame[], index: number): Span | null {
  const frame = frames[index];
  if (frame === undefined) return null;
  const span =
    frame.claim === 'preceding'
      ? claimBefore(sentence.text, frame, frames[index - 1])
      : claimAfter(sentence.text, frame, frames[index + 1]);
  const trimmed = trimmedClaim(sentence.text, span);
  return trimmed === null
    ? null
    : { start: sentence.start + trimmed.start, end: sentence.start + trimmed.end };
}

function claimBefore(text: string, frame: Frame, previous: Frame | undefined): Span {
  const start = previous === undefined ? null : lastBoundary(text, previous.end, frame.start);
  return { start: start ?? 0, end: frame.start };
}

function claimAfter(text: string, frame: Frame, next: Frame | undefined): Span {
  const start = frame.end;
  // What follows a comma after "claimed responsibility for the attack" is the outlet's own again.
  if (frame.claim === 'self') return { start, end: start + firstComma(text.slice(start)) };
  if (next === undefined) return { start, end: text.length };
  const nextStart = next.claim === 'preceding' ? next.start : next.speaker.start;
  const boundary = lastBoundary(text, start, nextStart + 1);
  const isClose =
    boundary !== null && text.slice(boundary, nextStart).split(/\s+/u).length <= BETWEEN_SPEAKERS;
  return { start, end: isClose ? boundary : nextStart };
}

function lastBoundary(text: string, from: number, to: number): number | null {
  let found: number | null = null;
  for (const match of text.slice(from, to).matchAll(BETWEEN)) found = from + match.index + match[0].length;
  return found;
}

const CLAIM_OPENING = /^[\s,:;“"'‘—–-]*(?:that\s+|how\s+)?[\s“"‘]*/u;
const CLAIM_CLOSING =
  /(?:[\s,;:.([—–-]|, an? (?:claim|charge|allegation|accusation|figure)(?=[\s,]*(?:that|which)?\s*$)|\s(?:and|but|while|as|which|that|also)(?=\s*$))+$/u;

function trimmedClaim(text: string, span: Span): Span | null {
  const words = text.slice(span.start, span.end);
  const start = span.start + (CLAIM_OPENING.exec(words)?.[0].length ?? 0);
  const end = span.end - (CLAIM_CLOSING.exec(words)?.[0].length ?? 0);
  return end - start > 2 && /\p{L}/u.test(text.slice(start, end)) ? { start, end } : null;
}

/** Of `The mission was a success,” he said` only the words inside the quotation; of "A; B" what comes first. */
function quotedPart({ text: whole, start: from }: Sentence, { start, end }: Span): Span {
  const text = whole.slice(start - from, end - from);
  const before = whole.slice(0, start - from);
  const close = text.search(/["”]/u);
  // A quotation that a sentence before has opened is closed here.
  const isRest = /^["”]?[\s.,]*$/u.test(text.slice(close + 1)) && before.trim() === '';
  const isQuoted = close >= 0 && (/["“]\s*$/u.test(before) || isRest);
  const part = isQuoted ? close : text.search(/;\s/u);
  const words = text.slice(0, part < 0 ? text.length : part).replace(part < 0 ? /^$/ : /[\s,.;:]+$/u, '');
  return words === '' ? { start, end } : { start, end: start + words.length };
}

/** A paper is its author's. */
const PAPER = /^(?:the|a|an|its|his|her|their) (?:statement|report|post|tweet|announcement)$/iu;

interface HeardSpeaker {
  speaker: Speaker;
  description: string;
  index: number;
}

function resolve(
  sentence: Sentence,
  named: NamedSpeaker,
  heard: HeardSpeaker[],
): { speaker: Speaker; isUnsure: boolean } {
  const name = sentence.text.slice(named.start, named.end);
  const own = { name, start: sentence.start + named.start, end: sentence.start + named.end };
  const recent = heard.filter((one) => sentence.index - one.index <= BACK_REACH);
  if (PRONOUN.test(name)) {
    const bearer = bearerOf(name.toLowerCase(), recent, sentence.index);
    return bearer === null ? { speaker: own, isUnsure: true } : { speaker: bearer, isUnsure: false };
  }
  if (PAPER.test(name)) {
    const [first] = recent;
    const isAlone = first !== undefined && recent.every((one) => one.speaker.name === first.speaker.name);
    return isAlone ? { speaker: first.speaker, isUnsure: false } : { speaker: own, isUnsure: true };
  }
  return { speaker: describedBy(name, recent) ?? own, isUnsure: false };
}

/** Who "he", "it" or "they" is: the last speaker of that kind, if the sentences before had no second one. */
function bearerOf(pronoun: string, recent: HeardSpeaker[], index: number): Speaker | null {
  const kind = pronoun === 'it' ? 'organisation' : pronoun === 'they' ? 'people' : 'person';
  const fitting = recent.filter((one) => personOf(one.speaker.name) === kind);
  const last = fitting.at(-1);
  if (last === undefined) return null;
  if (index - last.index > PRONOUN_REACH) return null;
  const isAlone = fitting.every((one) => isSameSpeaker(one.speaker, last.speaker));
  return isAlone || kind === 'organisation' ? last.speaker : null;
}

/** "The interior minister" is "minister Jacques Lukwebo": they share the noun of an office. */
function isSameSpeaker({ name: one }: Speaker, { name: other }: Speaker): boolean {
  const [nouns, others] = [one, other].map((name) => new Set(name.match(/\p{Ll}{4,}/gu)));
  return one === other || (nouns !== undefined && others !== undefined && !nouns.isDisjointFrom(others));
}

/** Who "the monitor" is: a speaker that was introduced by that noun ("…, a war monitor"). */
function describedBy(name: string, recent: HeardSpeaker[]): Speaker | null {
  const noun = /^the (\p{Ll}+)$/iu.exec(name)?.[1];
  if (noun === undefined) return null;
  const fitting = recent.filter(
    (one) =>
      one.speaker.name.toLowerCase() !== name.toLowerCase() &&
      new RegExp(`\\b${noun}\\b`, 'iu').test(one.description),
  );
  const last = fitting.at(-1);
  return last !== undefined && fitting.every((one) => one.speaker.name === last.speaker.name)
    ? last.speaker
    : null;
}
