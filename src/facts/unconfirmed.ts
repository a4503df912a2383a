import type { Span } from '../model/article.ts';
import type { UnconfirmedFact } from '../model/fact.ts';
import { hedgeIn } from './hedges.ts';
import { evidenceAt, type Sentence } from './sentence.ts';

const VERIFIED = '(?:verified|confirmed|corroborated|authenticated)';
const TOLD =
  '(?:released|disclosed|identified|named|published|announced|specified|made public|established|determined)';

/** What an article says is not known, not released or not verified. Each is one way of saying so. */
const CUES: RegExp[] = [
  new RegExp(
    `\\b(?:has|have|had|was|were|is|are)(?: not|n['’]t)(?: yet| immediately)?(?: yet)? (?:been |be )?(?:officially |publicly |independently |immediately )?(?:${VERIFIED}|${TOLD})`,
    'iu',
  ),
  /\b(?:could|can)(?: not|not|n['’]t)(?: be)?(?: immediately| independently)*(?: be)?(?: immediately| independently)* (?:verif(?:y|ied)|confirm(?:ed)?|corroborated?|determined?|reconciled?|reached)/iu,
  new RegExp(
    `\\b(?:neither|none|nothing)\\b[^,;.]*\\b(?:could|can|has|have|was|were) (?:be(?:en)? )?(?:immediately |independently )?${VERIFIED}`,
    'iu',
  ),
  /\b(?:unable|not possible|impossible) to (?:immediately |independently )*(?:verify|confirm|corroborate|reach)/iu,
  /\b(?:did|do|does|has|have|had)(?: not|n['’]t)(?: yet| immediately)* (?:respond|responded|reply|replied|comment|commented|answer|answered|name|named|identify|identified|specify|specified|disclose|disclosed|say (?:who|what|how|whether|where|when|why|if)|said (?:who|what|how|whether|where|when|why|if)|(?:provide|provided|give|given|release|released|offer|offered) (?:\p{L}+ ){0,3}(?:details?|numbers?|figures?|evidence|information|breakdown|names?|tolls?|account|explanation|reason))\b/iu,
  /\b(?:declined|refused) to (?:comment|say|give|identify|name|provide|confirm|disclose|specify|be (?:named|identified))\b/iu,
  /\bno immediate (?:comment|response|reaction|word|claims?|confirmation|details?|information|reports?)\b/iu,
  /\bnot (?:immediately )?(?:available|reachable) for comment\b/iu,
  /\b(?:provided|gave|giving|released|offered|offering|had|providing|were|are|with) no (?:further |other |immediate |more |independent )?(?:details?|numbers?|figures?|information|breakdown|evidence|confirmation)\b/iu,
  /\b(?:not|never) (?:yet |immediately |entirely |fully |yet fully )?(?:clear|known)\b(?! for\b)|\b(?:unclear|unknown)\b|\bnor (?:was|is) it (?:clear|known)\b/iu,
  /\bno (?:group|one|organi[sz]ation|faction|party|militant group) (?:has |had |have )?(?:yet |immediately )?(?:claimed|admitted)\b|\bno (?:immediate )?claims? of responsibility\b|\bnobody (?:has |had )?claimed\b/iu,
  /\bno (?:immediate |official |confirmed |further |independent |other )?(?:reports?|word|information|details|indications?|confirmation) (?:of|on|about|as to|from|whether)\b/iu,
  /\bno (?:\p{L}+ ){0,2}(?:casualties|injuries|deaths|fatalities|victims|damage)(?: or (?:damage|injuries|deaths|casualties))? (?:was |were |have been |has been |had been )?(?:immediately )?reported\b/iu,
  new RegExp(
    `\\bno (?:[\\p{L}'’]+ ){1,6}(?:has|have|had|was|were) (?:yet )?(?:been )?(?:${VERIFIED}|${TOLD}|given)\\b`,
    'iu',
  ),
  /\b(?:(?:kn[eo]ws?|aware|heard) of no|not (?:yet |immediately )?aware of any)\b/iu,
  /\b(?:unconfirmed|unverified) (?:report|claim|footage|video|account|figure)s?\b/iu,
  /\b(?:remains?|remained) (?:unclear|unknown|unconfirmed|unverified|uncertain)\b/iu,
];

/**
 * Wider ways of saying so. They are right only where somebody has understood the sentence: "the chapel is not yet
 * clear of rubble".
 */
const WIDER_CUES: RegExp[] = [
  ...CUES,
  /\b(?:not|no|nor|never|nobody|none|neither|cannot|without|declin\p{L}+|refus\p{L}+|unable|fail(?:s|ed)? to|yet to)\b[^.;]{0,60}?\b(?:known|clear|clarif\p{L}+|confirm\p{L}*|verif\p{L}+|corroborat\p{L}+|authenticat\p{L}+|identif\p{L}+|disclos\p{L}+|determin\p{L}+|establish\p{L}+|specif\p{L}+|respond\p{L}*|repl(?:y|ied)|comment\p{L}*|elaborat\p{L}+|explain\p{L}*|account for|independent\p{L}*)\b/iu,
  /\b(?:uncertain|unexplained|a mystery)\b/iu,
];

/** Out of its sentence nobody can tell who "he" is. */
const DANGLING =
  /^(?:and |but )?(?:(?:he|she|they|we|I)\b|it (?:did|does|has|had|gave|declined|refused)\b)|\b(?:how many|who|why|which|when|where)$|\b(?:I|we)\b/iu;

/** It says that something is not known, but not what. */
const EMPTY =
  /^(?:much|little|(?:many |further )?details|the picture|it) (?:still )?(?:remains?|is|are|was|were) (?:still )?(?:unclear|unknown|not (?:yet )?(?:clear|known))$/iu;

/** Longer sentences are cut to the statement that holds the cue, in UTF-16 code units. */
const WHOLE_SENTENCE = 140;
/** A statement that can't be cut to this is no evidence that a reader could check at a glance. */
const EVIDENCE_LENGTH = 300;
/** Parts that are sentences of their own: what is clear in one makes nothing clear in the other. */
const OWN_SENTENCE = /[;—]\s+|\s[-–]\s/gu;
const STATEMENT =
  /[;—]\s|, (?:and|but|while|although|though|so) |\s(?:and|but) (?=(?:did|has|have|had|gave|provided|declined|refused|was|were|could|it)\b)/giu;

/** Every cue says no in one of these ways. */
const NEGATION =
  /\b(?:not|no|nor|neither|none|nothing|never|nobody|cannot|without|declin\p{L}+|refus\p{L}+|unable|impossible|fail(?:s|ed)?|yet|mystery|un\p{L}+)\b|n['’]t\b|remain/iu;

/** What the sentence says is unknown, unverified or not released: one fact for each of its statements. */
export function findUnconfirmed(sentence: Sentence): UnconfirmedFact[] {
  return unconfirmedBy(CUES, sentence);
}

/** What it may say is unknown, for somebody who has pointed at it: more than `findUnconfirmed` takes by itself. */
export function mayBeUnconfirmed(sentence: Sentence): UnconfirmedFact[] {
  return unconfirmedBy(WIDER_CUES, sentence);
}

function unconfirmedBy(cues: readonly RegExp[], sentence: Sentence): UnconfirmedFact[] {
  if (!NEGATION.test(sentence.text)) return [];
  const facts: UnconfirmedFact[] = [];
  for (const statement of statementsOf(sentence)) {
    const words = sentence.text.slice(statement.start - sentence.start, statement.end - sentence.start);
    const cue = cues.map((pattern) => pattern.exec(words)).find((match) => match !== null)?.[0];
    if (cue === undefined || words.includes('?') || EMPTY.test(words) || DANGLING.test(words)) continue;
    if (words.length > EVIDENCE_LENGTH) continue;
    facts.push({
      kind: 'unconfirmed',
      ...evidenceAt(sentence, statement, hedgeIn(words)),
      value: { cue },
    });
  }
  return facts;
}

function statementsOf(sentence: Sentence): Span[] {
  const { text } = sentence;
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(text.length <= WHOLE_SENTENCE ? OWN_SENTENCE : STATEMENT)) {
    spans.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  spans.push({ start, end: text.length });
  return spans.flatMap((span) => withoutFrame(sentence, span) ?? []);
}

/** A statement that is all somebody's claim loses the "X said" around it and its full stop. */
function withoutFrame(sentence: Sentence, span: Span): Span | null {
  const start = sentence.start + span.start;
  const end = sentence.start + span.end;
  const claims = sentence.attributions
    .map(({ claim }) => ({ start: Math.max(claim.start, start), end: Math.min(claim.end, end) }))
    .filter((claim) => claim.end - claim.start > 0.5 * (end - start));
  const kept = claims[0] ?? { start, end };
  const words = sentence.text.slice(kept.start - sentence.start, kept.end - sentence.start);
  const trimmed = words.replace(/[\s.,;:"”’]+$/u, '');
  const lead = /^(?:[\s"“‘•*]|[-–—] )*/u.exec(trimmed)?.[0].length ?? 0;
  return trimmed.length > lead ? { start: kept.start + lead, end: kept.start + trimmed.length } : null;
}
