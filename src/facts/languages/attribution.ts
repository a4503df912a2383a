import type { Span } from '../../model/article.ts';
import type { ClaimFact, Speaker } from '../../model/fact.ts';
import { withoutClitics } from '../../text/clitics.ts';
import { lengthOf } from '../../text/spans.ts';
import { evidenceAt, type Sentence } from '../sentence.ts';
import { type Frame, framesIn } from './frames.ts';
import type { Language } from './language.ts';
import { spanOf, textOf, type Word, wordsOf } from './words.ts';

/** Longer claims are no line of an alert, in UTF-16 code units. */
const CLAIM_LENGTH = 300;
/** How many sentences back a verb without its subject may find it. */
const BACK_REACH = 1;

/** A sentence with its words. */
export interface Read {
  sentence: Sentence;
  words: readonly Word[];
}

/** Who was heard, in which sentence. */
interface Heard {
  speaker: Speaker;
  index: number;
}

/** Who says what, for each sentence: `attributions` is filled, and what nobody can be found for is set aside. */
export function attribute(read: readonly Read[], language: Language): void {
  const heard: Heard[] = [];
  for (const one of read)
    for (const frame of framesIn(one.words, language)) {
      const speaker = attributeFrame(one, frame, heard);
      if (speaker !== null && !frame.isPronoun) heard.push({ speaker, index: one.sentence.index });
    }
}

function attributeFrame({ sentence, words }: Read, frame: Frame, heard: readonly Heard[]): Speaker | null {
  const claim = claimSpan(sentence, words, frame);
  if (claim === null) return null;
  const speaker = speakerOf(sentence, words, frame) ?? (frame.isUnread ? null : loneSpeaker(sentence, heard));
  const cue = textOf(sentence, words, frame.cue);
  if (speaker === null) sentence.background.push(claim);
  else sentence.attributions.push({ speaker, cue, claim, isUnsure: frame.isPronoun });
  return speaker;
}

/** Who alone was heard just before. */
function loneSpeaker({ index }: Sentence, heard: readonly Heard[]): Speaker | null {
  const before = heard.filter((one) => index - one.index <= BACK_REACH);
  const names = new Set(before.map(({ speaker }) => speaker.name));
  return names.size === 1 ? (before[0]?.speaker ?? null) : null;
}

function speakerOf(sentence: Sentence, words: readonly Word[], { speaker: span }: Frame): Speaker | null {
  return span && { name: textOf(sentence, words, span), ...spanOf(sentence, words, span) };
}

/** "QUITO.-", "BOGOTÁ (EFE) -", "PARIS, 3 février -": where a report was written is nobody's claim. */
const DATELINE = /^\p{Lu}[\p{Lu} '’-]{2,30}(?:, [^.;:–—-]{2,20})?(?: ?\([^()]{2,20}\))?\.? ?[-–—] ?/u;

/** Without the dateline and the marks around it. */
function claimSpan(sentence: Sentence, words: readonly Word[], { claim }: Frame): Span | null {
  const body = DATELINE.exec(sentence.text)?.[0].length ?? 0;
  let { start, end } = claim;
  while (start < end && (words[start]?.start ?? body) < body) start += 1;
  while (start < end && words[start]?.isMark) start += 1;
  while (end > start && words[end - 1]?.isMark) end -= 1;
  const [first, last] = [words[start], words[end - 1]];
  if (end - start < 2 || first === undefined || last === undefined) return null;
  return { start: sentence.start + first.start, end: sentence.start + last.end };
}

/** Statements about the event that are somebody's, as the words that carry them. */
export function findClaims(sentence: Sentence, language: Language): ClaimFact[] {
  return sentence.attributions.flatMap(({ speaker, cue, claim, isUnsure }): ClaimFact[] => {
    const evidence = sentence.text.slice(claim.start - sentence.start, claim.end - sentence.start);
    const words = wordsOf(evidence).map((word) => ({
      ...word,
      forms: [...word.forms, ...withoutClitics(word.form)],
    }));
    const holds = (other: Span) =>
      other !== claim &&
      claim.start <= other.start &&
      other.end <= claim.end &&
      lengthOf(other) < lengthOf(claim);
    // What holds somebody else's words is told as those.
    const isOuter = sentence.attributions.some((other) => holds(other.claim));
    const isOfEvent = words.some((_, at) => language.events.at(words, at) !== null);
    if (isUnsure || isOuter || !isOfEvent || evidence.length > CLAIM_LENGTH) return [];
    return [{ kind: 'claim', ...evidenceAt(sentence, claim), speaker, value: { cue } }];
  });
}
