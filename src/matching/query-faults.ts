import { FIELD_EXAMPLES, fieldMeant, fieldNamed } from './fields.ts';

/** Our limit: a boolean of 700 words takes 9,300 characters and 2 to 9 ms to parse. */
export const MAX_LENGTH = 10_000;
/** Our limit: nobody reads more than a few brackets deep, and the parser is recursive. */
export const MAX_DEPTH = 50;
/** Our limit: words further apart than this have nothing to do with each other. */
export const MAX_DISTANCE = 100;
/** Shorter beginnings would be nearly every word. */
export const MIN_PREFIX_LETTERS = 3;

/** What is wrong, and what the user can do about it: one sentence each. */
export interface Fault {
  message: string;
  remedy: string;
}

const NEAR_SIDES =
  'Put a word, a “phrase” or a bracketed choice on each side, as in: raid NEAR/5 (Idlib OR Atme)';

const FAULTS = {
  empty: () => ({
    message: 'There is nothing to watch for.',
    remedy: 'Write a few words, such as: Idlib raid',
  }),
  tooLong: () => ({
    message: `A query can have ${MAX_LENGTH} characters at most.`,
    remedy: 'Split it into several watches.',
  }),
  tooDeep: () => ({
    message: `Only ${MAX_DEPTH} brackets can be open at once.`,
    remedy: 'Take some brackets away.',
  }),
  strayBracket: () => ({
    message: 'This “)” closes nothing.',
    remedy: 'Take it away, or add “(” before it.',
  }),
  unclosedBracket: () => ({ message: 'This “(” is never closed.', remedy: 'Add “)” where the group ends.' }),
  emptyBrackets: () => ({
    message: 'There is nothing between these brackets.',
    remedy: 'Write words between them, or take them away.',
  }),
  unclosedQuote: () => ({
    message: 'This quotation mark is never closed.',
    remedy: 'Add a second one where the phrase ends.',
  }),
  emptyTerm: (text) => ({
    message: `There is no letter or digit to look for in “${text}”.`,
    remedy: 'Take it away, or write a word.',
  }),
  nothingBefore: (text) => ({
    message: `There is nothing before this “${text}”.`,
    remedy: 'Write a word on both sides, as in: Idlib OR Aleppo',
  }),
  nothingAfter: () => ({
    message: 'A word is missing here.',
    remedy: 'Write a word on both sides, as in: Idlib OR Aleppo',
  }),
  nothingAfterNot: () => ({
    message: 'What should be excluded is missing here.',
    remedy: 'Write it after NOT or directly after the minus, as in: Idlib -football',
  }),
  doubleNot: () => ({
    message: 'One exclusion follows another.',
    remedy: 'Exclude once, as in: Idlib -football',
  }),
  loneDash: (text) => ({
    message: `“${text}” stands alone.`,
    remedy: 'Take it away, or write it directly before a word to exclude that word: -football',
  }),
  onlyExclusions: () => ({
    message: 'This only says what to leave out, so that nearly everything would alert.',
    remedy: 'Add what to look for, as in: Idlib -football',
  }),
  wildcard: (text) => ({
    message: 'A * can only end a word, like raid*.',
    remedy: `A word alone finds its other forms too: ${text.replaceAll('*', '')}`,
  }),
  shortPrefix: (text) => ({
    message: `“${text}” would find nearly every word.`,
    remedy: `Write at least ${MIN_PREFIX_LETTERS} letters before the *, like raid*.`,
  }),
  exactWildcard: (text) => ({
    message: 'A word after = is found only as written, so no * can end it.',
    remedy: `Take away the = or the *: ${text.replaceAll('*', '')}`,
  }),
  nearNumber: (text) => ({
    message: `“${text}” is not understood.`,
    remedy: 'Write how many words may stand between the two sides, as in: raid NEAR/5 Idlib',
  }),
  nearFar: (text) => ({
    message: `${text} words are too many for NEAR.`,
    remedy: `Write a number up to ${MAX_DISTANCE}, or a space to find both words anywhere.`,
  }),
  nearSide: () => ({ message: 'NEAR can’t measure how far this is.', remedy: NEAR_SIDES }),
  nearAll: () => ({
    message: 'Several words that must all occur can’t be one side of NEAR.',
    remedy: 'Quote them if they stand together, put OR between them, or write a NEAR for each.',
  }),
  nearChain: (text) => ({
    message: 'NEAR takes two sides only.',
    remedy: `Name the middle one twice, as in: Idlib ${text} raid AND raid ${text} dawn`,
  }),
  nearNot: () => ({
    message: 'An exclusion can’t be one side of NEAR.',
    remedy: 'Put brackets around the pair to exclude it: Idlib -(raid NEAR/5 police)',
  }),
  field: (text) => ({
    message: `I do not know “${text}:”.`,
    remedy: `Did you mean ${fieldMeant(text)}:? To look for the word itself, put it in quotes.`,
  }),
  noValue: (text) => ({
    message: `What “${text}:” should be is missing here.`,
    remedy: `Write it directly after the colon, as in: ${exampleOf(text)}. A minus goes before the field.`,
  }),
  value: (text) => ({
    message: `“${text}” is not understood.`,
    remedy: `Write for example: ${exampleOf(text)}`,
  }),
  topicLoop: (text) => ({
    message: `The topic “${text}” asks for itself.`,
    remedy: 'Take that part out of the query of the topic.',
  }),
} satisfies Record<string, (text: string) => Fault>;

/** The ways in which a query can be wrong. */
export type FaultKind = keyof typeof FAULTS;

/** What to tell the user; `text` is the part of the query that the message repeats. */
export function faultOf(kind: FaultKind, text: string): Fault {
  return FAULTS[kind](text);
}

/** How to use the field with which the text begins. */
function exampleOf(text: string): string {
  const field = fieldNamed(text.split(':', 1)[0] ?? '');
  return field === null ? '' : FIELD_EXAMPLES[field];
}
