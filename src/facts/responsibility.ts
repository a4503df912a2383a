import type { Span } from '../model/article.ts';
import type { PerpetratorFact, Speaker } from '../model/fact.ts';
import { isSupposed } from './asides.ts';
import { isHabit, spanOf, withObject } from './deeds.ts';
import { hedgeIn } from './hedges.ts';
import { listFrom, type Phrase, subjectsOf } from './noun-phrases.ts';
import { isParty } from './parties.ts';
import type { Word } from './quantities.ts';
import { evidenceAt, type Sentence, wordsIn } from './sentence.ts';

type Status = PerpetratorFact['value']['status'];

/** A way of saying who did it: the words, and whether who did it stands before or after them. */
interface Frame {
  pattern: RegExp;
  status: Status;
  side: 'before' | 'after';
  /** Where the words must tell of violence: anywhere in the sentence, or after the words and the party. */
  of: 'sentence' | 'rest';
}

const EVENT =
  '(?:attacks?|bombings?|killings?|murders?|assassinations?|explosions?|blasts?|raids?|ambush(?:es)?|kidnappings?|abductions?|shootings?|(?:air ?)?strikes?|massacres?|assaults?|actions?|crimes?|executions?|incidents?|deaths?|operations?)';
const DID =
  '(?:carried out|committed|perpetrated|staged|launched|mounted|executed|conducted|planned|masterminded)';
const WAS = '(?:(?:was|were|is|are|been|being|be) (?:\\p{L}+ )?)';

const FRAMES: Frame[] = (
  [
    [
      'claimed',
      'before',
      'sentence',
      '(?:claim(?:ed|s|ing)?|admit(?:ted|s)?|assum(?:ed|es)|accept(?:ed|s)|took|tak(?:es|en)|acknowledged) (?:the |full |joint |sole )?(?:responsibility|credit)(?! (?:away|from))',
    ],
    ['claimed', 'before', 'sentence', `claim(?:ed|s) (?:the |this |that |an? )?(?:\\p{L}+ )?${EVENT}`],
    [
      'claimed',
      'after',
      'sentence',
      `${EVENT} (?:[^.;:"“”]{0,60} )?(?:was|were|(?:has|have|had) been) claimed by`,
    ],
    [
      'claimed',
      'after',
      'sentence',
      'responsibility (?:for [^.;]{3,60} )?(?:was|(?:has|had) been) (?:claimed|assumed|admitted) by',
    ],
    ['blamed', 'after', 'rest', '(?:blam(?:ed|es|ing)|accus(?:ed|es|ing)|denounc(?:ed|es|ing))'],
    ['blamed', 'after', 'sentence', "(?:blam(?:ed|es|ing)|pinned)(?: (?!for\\b)[\\p{L}'’-]+){0,5}? on"],
    ['blamed', 'after', 'sentence', "(?:attribut|imput|ascrib)(?:ed|es|ing)(?: [\\p{L}'’-]+){0,5}? to"],
    ['blamed', 'after', 'sentence', 'held(?= [^.;]{3,60}? responsible\\b)'],
    [
      'blamed',
      'after',
      'sentence',
      `(?<!\\bof (?:the|an?|this) )(?:${EVENT}|it|this) (?:[^.;:"“”]{0,40} )?(?:was|were|is|are|be|been) the work of`,
    ],
    ['blamed', 'before', 'sentence', `${WAS}held responsible`],
    [
      'blamed',
      'before',
      'rest',
      `${WAS}?(?:accused|suspected|blamed|charged|implicated|involved|convicted|found guilty)(?= (?:of|for|in|with)\\b)`,
    ],
    [
      'blamed',
      'before',
      'rest',
      `${WAS}(?:arrested|detained|captured|indicted)(?= (?:in connection with|for|over)\\b)`,
    ],
    ['reported', 'before', 'rest', `${WAS}(?:responsible for|behind)`],
    ['reported', 'before', 'rest', `${DID}(?= (?:[^\\s.,;:]+ ){0,5}${EVENT}\\b)`],
    ['reported', 'after', 'sentence', `${EVENT} (?:[\\p{L}'’-]+ ){0,5}?${DID} by`],
  ] as const
).map(([status, side, of, words]) => ({
  pattern: new RegExp(`\\b${words}(?![\\p{L}])`, 'iu'),
  status,
  side,
  of,
}));

/** What any of them has: most sentences have none. */
const ANY_FRAME =
  /(?:responsib|credit|claim|blam|accus|denounc|attribut|imput|ascrib|pinned|suspect|behind|charged|implicat|involved|convicted|guilty|the work of|carried out|committed|perpetrat|staged|launched|mounted|executed|conducted|planned|mastermind|in connection)/i;
const VIOLENCE =
  /\b(?:kill|wound|injur|dynamit|murder|assassin|attack|bomb|kidnap|abduct|massacr|deaths?\b|explo|blast|shoot|shot|raid|ambush|assault|(?:air)?strikes?\b|crimes?\b|hostage|execut|behead|shell|rocket|missile|arson|hijack|slay|terror|hack|claim\w* (?:the |full |joint )?responsibility)/i;
const DENIED =
  /\b(?:no|not|nobody|never|denied|denies|deny|denying|neither|nor|without|rarely|usually|often|rejected|refused|false(?:ly)?|wrong(?:ly)?|yet to)\b(?: [\p{L}'’-]+){0,6} $|n['’]t (?:\p{L}+ )?$/iu;

/** "The group claimed responsibility, then denied it": nobody knows. */
const TAKEN_BACK =
  /\b(?:den(?:y|ies|ied)|retract(?:s|ed)?|withdr(?:ew|aws?)|disavow(?:s|ed)?|distanc(?:es|ed))\b/iu;

const DENIED_WITHIN = /\b(?:not|never|rarely|usually|often)\b|n['’]t\b/iu;

/** Who a sentence says did it, who says so of themselves, and whom somebody blames. */
export function findResponsible(sentence: Sentence): PerpetratorFact[] {
  const { text } = sentence;
  if (!ANY_FRAME.test(text) || !VIOLENCE.test(text) || text.endsWith('?')) return [];
  const words = wordsIn(sentence);
  const found = FRAMES.flatMap((frame) => {
    const match = frame.pattern.exec(text);
    if (match === null || isSupposed(text.slice(0, match.index))) return [];
    if (frame.status === 'reported' && isHabit(text.slice(0, match.index))) return [];
    if (frame.status === 'claimed' && TAKEN_BACK.test(text.slice(match.index))) return [];
    if (DENIED.test(text.slice(0, match.index)) || DENIED_WITHIN.test(match[0])) return [];
    return partiesOf(text, words, frame, match).map((phrase): PerpetratorFact => {
      const from = words[Math.max(0, phrase.start - 3)]?.start;
      const hedge = hedgeIn(text.slice(from, match.index + match[0].length));
      const evidence = evidenceAt(sentence, spanOf(sentence, words, phrase), hedge);
      const speaker = evidence.speaker ?? blamerOf(sentence, words, frame, match.index);
      const deed = frame.status === 'reported' ? deedOf(sentence, evidence, match) : undefined;
      const value = { status: frame.status, ...(deed && { deed }) };
      return { kind: 'perpetrator', ...evidence, speaker, value };
    });
  });
  return found.filter(({ start }, index) => !found.slice(0, index).some((other) => other.start === start));
}

/** "The group was behind the attack": with what follows where that is short. */
function deedOf(sentence: Sentence, party: Span, { 0: words, index }: RegExpExecArray): Span | undefined {
  const start = sentence.start + index;
  const said = { start: Math.min(party.start, start), end: Math.max(party.end, start + words.length) };
  return withObject(sentence, said);
}

/** "*Police* attributed the attack to X": the subject, unless the attack was blamed on X by nobody in particular. */
function blamerOf(sentence: Sentence, words: readonly Word[], frame: Frame, at: number): Speaker | null {
  const verb = words.findIndex((word) => word.start >= at);
  if (
    frame.status !== 'blamed' ||
    frame.side !== 'after' ||
    /^(?:was|were|is|are|been|be|being)$/.test(words[verb - 1]?.lower ?? '')
  )
    return null;
  const [subject] = subjectsOf(words, verb);
  if (subject === undefined || !isParty(words, subject)) return null;
  const span = spanOf(sentence, words, subject);
  return { name: sentence.text.slice(span.start - sentence.start, span.end - sentence.start), ...span };
}

/** Whom nobody blames for anything but violence. */
const VILLAIN =
  /^(?:hackers?|militants?|gunm[ae]n|terrorists?|rebels?|insurgents?|separatists?|guerrillas?|jihadists?|bandits?|pirates?|extremists?)$/;

/** Who is blamed for these has not done it. */
const LESSER =
  /^ (?:of|for|with|over|in) (?:allegedly )?(?:incit|encourag|support|financ|fund|shelter|harbou?r|fail|prais|celebrat|cover|ignor|lying|exploit|help|aiding|abett|hiding|threaten|glorif|justif|provok|wanting|plann|plott|conspir)\p{L}*\b/iu;

/** How far the words go that say what somebody is blamed for, in UTF-16 code units. */
const BLAMED_FOR = 100;

function partiesOf(text: string, words: readonly Word[], frame: Frame, match: RegExpExecArray): Phrase[] {
  const end = match.index + match[0].length;
  const tellsViolence = (from: number) =>
    frame.of === 'sentence' ||
    (!LESSER.test(text.slice(from)) &&
      VIOLENCE.test(/^(?:(?! and )[^.;,“"])*/u.exec(text.slice(from, from + BLAMED_FOR))?.[0] ?? ''));
  if (frame.side === 'before') {
    const first = words.findIndex((word) => word.start >= match.index);
    return tellsViolence(end) ? subjectsOf(words, first).filter((phrase) => isParty(words, phrase)) : [];
  }
  const next = words.findIndex((word) => word.start >= end);
  const phrases = next < 0 ? [] : listFrom(words, next).filter((phrase) => isParty(words, phrase));
  const last = phrases.at(-1);
  if (last === undefined) return [];
  const after = words[last.end - 1]?.end ?? end;
  if (VILLAIN.test(words[last.end - 1]?.lower ?? '')) return phrases;
  const isFor = frame.of === 'sentence' || /^ (?:of|for|over)\b/iu.test(text.slice(after));
  return isFor && tellsViolence(after) ? phrases : [];
}
