import type { Span } from '../../model/article.ts';
import type { Language } from './language.ts';
import type { Word } from './words.ts';

/** A saying as it stands in a sentence, in indices of words. */
export interface Frame {
  /** Null when the verb has no subject: it is whoever spoke last; or, with `isUnread`, none that we can read. */
  speaker: Span | null;
  isUnread?: boolean;
  isPronoun: boolean;
  cue: Span;
  claim: Span;
}

/** A longer subject is a clause, in words. */
const SPEAKER_WORDS = 14;
/** How far after a verb of saying its "that" may stand. */
const THAT_REACH = 5;
/** How far a subject after its verb may reach to its "that" or object. */
const SUBJECT_REACH = 14;

const COMMA = /^[,،]$/;
const QUOTE = /^["“”«»„]$/;
const STOP = /^[.;:!?؛—–()]$/;

/** Who says what in a sentence. */
export function framesIn(words: readonly Word[], language: Language): Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  while (at < words.length) {
    const frame = frameAt(words, at, language);
    if (frame !== null && !language.not.before(words, at)) frames.push(frame);
    at = Math.max(at + 1, frame?.cue.end ?? 0);
  }
  return frames;
}

function frameAt(words: readonly Word[], at: number, language: Language): Frame | null {
  const { sources } = language;
  const according = sources.accordingTo.at(words, at);
  if (according !== null) return accordingTo(words, { start: at, end: according.end }, language);
  const says = sources.says.at(words, at);
  const claims = sources.claims.at(words, at);
  if (claims !== null && (says === null || claims.end >= says.end))
    return claimFrame(words, { start: at, end: claims.end }, language);
  return says === null ? null : sayingFrame(words, { start: at, end: says.end }, language);
}

/** "Selon X, …" and "…, selon X". */
function accordingTo(words: readonly Word[], cue: Span, language: Language): Frame | null {
  // "Según ha confirmado la policía".
  const says = language.sources.says.at(words, cue.end);
  const speaker = speakerAfter(words, says?.end ?? cue.end, language);
  if (speaker === null) return null;
  const isFirst = !words.slice(0, cue.start).some(({ isMark }) => !isMark);
  const claim = isFirst ? { start: speaker.end, end: words.length } : { start: 0, end: cue.start };
  return { speaker, isPronoun: false, cue, claim };
}

function sayingFrame(words: readonly Word[], cue: Span, language: Language): Frame | null {
  const before = words[cue.start - 1];
  const isAfterClaim =
    cue.start > 1 &&
    (COMMA.test(before?.form ?? '') || QUOTE.test(before?.form ?? '') || isDash(words, cue.start - 1));
  const that = thatAfter(words, cue.end, language);
  if (isAfterClaim && that === null) return invertedFrame(words, cue, language);
  if (language.isVerbFirst) return verbFirstFrame(words, cue, language);
  if (that === null) return null;
  const speaker = subjectBefore(words, cue.start, language);
  return { ...speaker, cue, claim: { start: that, end: words.length } };
}

function isDash(words: readonly Word[], at: number): boolean {
  return /^[—–-]$/.test(words[at]?.form ?? '') && words[at - 1]?.isMark === true;
}

/** "…, a déclaré X." */
function invertedFrame(words: readonly Word[], cue: Span, language: Language): Frame | null {
  const speaker = speakerAfter(words, cue.end, language);
  if (speaker === null) return null;
  return {
    speaker,
    isPronoun: isPronoun(words, speaker, language),
    cue,
    claim: { start: 0, end: cue.start },
  };
}

/** Where what is said begins: after "que", or with the infinitive of "affirme avoir". */
function thatAfter(words: readonly Word[], from: number, { sources }: Language): number | null {
  for (let at = from; at < from + THAT_REACH; at += 1) {
    const that = sources.that.at(words, at);
    if (that !== null) return that.end;
    const form = words[at]?.form ?? '';
    if (form === ':') return at + 1;
    if (sources.infinitives.at(words, at) !== null && at === from) return at;
    if (words[at]?.isMark && !COMMA.test(form)) return null;
  }
  return null;
}

/** "قال X إن …": the subject stands between the verb and "that". */
function verbFirstFrame(words: readonly Word[], cue: Span, language: Language): Frame | null {
  const to = Math.min(words.length, cue.end + SUBJECT_REACH);
  let at = cue.end;
  while (at < to && claimStart(words, at, { cue, language }) === null && !isBreak(words[at])) at += 1;
  const start = at < to ? claimStart(words, at, { cue, language }) : null;
  if (start === null) return null;
  const claim = { start, end: words.length };
  if (at === cue.end) return { ...earlySubject(words, cue.start, language), cue, claim };
  const speaker = cutAtEnds(words, { start: cue.end, end: at }, language);
  return speaker && { speaker, isPronoun: false, cue, claim };
}

/** "كان X قد قال إن": the subject stands before its verb all the same; without one it is whoever spoke last. */
function earlySubject(
  words: readonly Word[],
  end: number,
  language: Language,
): Subject & { isUnread: boolean } {
  const { auxiliaries } = language.sources;
  const isJoint = (at: number) => auxiliaries.at(words, at) !== null || words[at]?.isMark === true;
  const from = Math.min(end, segmentStart(words, end, language));
  let [start, to] = [subjectStart(words, from, { to: end, language }), end];
  while (start < to && isJoint(start)) start += 1;
  while (to > start && isJoint(to - 1)) to -= 1;
  if (start === to || isPronoun(words, { start, end: to }, language))
    return { ...NO_SUBJECT, isUnread: false };
  // After "who" or "that" stands half a clause.
  const isClause = hasVerb(words, { start, end: to }, language) || language.statements.before(words, from);
  const speaker = isClause ? null : accepted(words, { start, end: to }, language);
  return { speaker, isPronoun: false, isUnread: speaker === null };
}

/** Where the claim begins when "that", a colon or the object stands at `words[at]`. */
function claimStart(
  words: readonly Word[],
  at: number,
  { cue, language: { sources } }: { cue: Span; language: Language },
): number | null {
  const that = sources.that.at(words, at);
  if (that !== null) return that.end;
  if (words[at]?.form === ':') return at + 1;
  return at > cue.end && sources.objects.at(words, at) !== null ? at : null;
}

function isBreak(word: Word | undefined): boolean {
  return STOP.test(word?.form ?? '') || QUOTE.test(word?.form ?? '');
}

/** "X accuse la police d'avoir tué …": the verb is part of the claim. */
function claimFrame(words: readonly Word[], cue: Span, language: Language): Frame | null {
  if (language.isVerbFirst) {
    const frame = verbFirstFrame(words, cue, language);
    const isSaying = frame !== null && language.sources.that.at(words, frame.claim.start - 1) !== null;
    if (frame === null || isSaying) return frame;
    return { ...frame, claim: { start: cue.start, end: commaAfter(words, cue.end) } };
  }
  const { speaker, isPronoun } = subjectBefore(words, cue.start, language);
  if (speaker === null) return null;
  const start = language.sources.auxiliaries.at(words, cue.start)?.end ?? cue.start;
  return { speaker, isPronoun, cue, claim: { start, end: commaAfter(words, cue.end) } };
}

function commaAfter(words: readonly Word[], at: number): number {
  const comma = words.findIndex(
    ({ form }, index) => index >= at && (COMMA.test(form) || /^[;—]$/.test(form)),
  );
  return comma < 0 ? words.length : comma;
}

/** The noun phrase from `words[from]` up to a mark or a word that ends it. */
function speakerAfter(words: readonly Word[], from: number, language: Language): Span | null {
  const { days, sources } = language;
  let start = from;
  for (;;) {
    const skipped =
      days.relative.at(words, start) ?? days.week.at(words, start) ?? sources.skipped.at(words, start);
    if (skipped === null) break;
    start = skipped.end;
  }
  let end = start;
  while (end < words.length && !isEnd(words, end)) end += 1;
  return cutAtEnds(words, { start, end }, language);
}

function isEnd(words: readonly Word[], at: number): boolean {
  const form = words[at]?.form ?? '';
  // A name in quotation marks is one: «Исламское государство».
  return COMMA.test(form) || STOP.test(form) || /^[»”"]$/.test(form);
}

/** The phrase up to "qui", "dans un communiqué" or a day; null when that is no speaker. */
function cutAtEnds(words: readonly Word[], { start, end }: Span, language: Language): Span | null {
  const { sources, days } = language;
  let cut = start + 1;
  const isOver = (at: number) =>
    [sources.ends, days.week, days.relative].some((book) => book.at(words, at) !== null);
  while (cut < end && !isOver(cut)) cut += 1;
  let last = Math.min(cut, end);
  while (last > start && words[last - 1]?.isMark && !QUOTE.test(words[last - 1]?.form ?? '')) last -= 1;
  return accepted(words, { start, end: last }, language);
}

function accepted(
  words: readonly Word[],
  span: Span,
  { sources, numbers, condition }: Language,
): Span | null {
  const length = span.end - span.start;
  if (length < 1 || length > SPEAKER_WORDS) return null;
  if (sources.nobody.at(words, span.start) !== null || condition.at(words, span.start) !== null) return null;
  const isNumber = (at: number) => /^\d/.test(words[at]?.form ?? '') || numbers.words.at(words, at) !== null;
  const isQuantity = isNumber(span.start) && numbers.one.at(words, span.start) === null;
  return isQuantity || /^\d/.test(words[span.start + 1]?.form ?? '') ? null : span;
}

interface Subject {
  speaker: Span | null;
  isPronoun: boolean;
}

const NO_SUBJECT: Subject = { speaker: null, isPronoun: false };

/** The subject that ends at `words[end]`. */
function subjectBefore(words: readonly Word[], end: number, language: Language): Subject {
  const isApposition = COMMA.test(words[end - 1]?.form ?? '');
  const to = isApposition ? end - 1 : end;
  const start = subjectStart(words, isApposition ? 0 : segmentStart(words, to, language), { to, language });
  const span = accepted(words, { start, end: to }, language);
  if (span === null || hasVerb(words, span, language)) return NO_SUBJECT;
  if (isPronoun(words, span, language)) return { speaker: span, isPronoun: true };
  if (!beginsSubject(words, start, language)) return NO_SUBJECT;
  const isQuoted = /^[»”"]$/.test(words[to - 1]?.form ?? '') && start > 0;
  return { speaker: isQuoted ? { start: start - 1, end: to } : span, isPronoun: false };
}

/** Past the words that only join it to what went before. */
function subjectStart(
  words: readonly Word[],
  from: number,
  { to, language }: { to: number; language: Language },
): number {
  let start = from;
  while (start < to && (language.sources.connectives.at(words, start) !== null || words[start]?.isMark))
    start += 1;
  return start;
}

function beginsSubject(words: readonly Word[], at: number, { sources, inPlace }: Language): boolean {
  if (at === 0 || words[at]?.isCapital) return true;
  // "В службе скорой помощи отметили".
  const isIn = inPlace.at(words, at - 1) !== null && (at === 1 || words[at - 1]?.isCapital === true);
  return isIn || sources.determiners.at(words, at) !== null || QUOTE.test(words[at - 1]?.form ?? '');
}

/** After the last comma, stop or word that opens a clause. */
function segmentStart(words: readonly Word[], end: number, language: Language): number {
  for (let at = end - 1; at >= 0; at -= 1) {
    const form = words[at]?.form ?? '';
    const isInName = /^[»”"«“]$/.test(form) && at >= end - 4;
    if (COMMA.test(form) || STOP.test(form) || (QUOTE.test(form) && !isInName)) return at + 1;
    const opening = language.statements.at(words, at);
    if (opening !== null) return opening.end;
  }
  return 0;
}

/** A verb of the event, or of saying: the words are a clause. */
function hasVerb(words: readonly Word[], { start, end }: Span, { before, sources }: Language): boolean {
  for (let at = start; at < end; at += 1)
    if (before.at(words, at) !== null || sources.says.at(words, at) !== null) return true;
  return false;
}

function isPronoun(words: readonly Word[], { start, end }: Span, { sources }: Language): boolean {
  return sources.pronouns.at(words, start)?.end === end;
}
