import { phraseOf, type Word } from './quantities.ts';
import { goesOn } from './suffered-tolls.ts';
import type { Counted, Toll } from './victims.ts';

/** How far after the victims a part of them may be counted, in words. */
const PART_REACH = 16;

/** "20 people in Gaza City, including five children". */
const INCLUDING =
  /^(?:(?:in|at|on|near|from|outside) [\p{L}’' -]{2,40})?(?:, )?(?<opening>(?:including|among)(?: them)?)$/u;

/** "killed 13 people, including six children and four women", "six of them children": they share the effect. */
export function includedToll(words: readonly Word[], counted: Counted, host: Toll | undefined): Toll | null {
  const { start, kind } = counted.quantity;
  if (host === undefined || !isMember(counted)) return null;
  if (start < host.counted.end || start > host.counted.end + PART_REACH) return null;
  // The host's own verb may come before the inclusion or after it.
  const from = start >= host.end ? host.end : host.counted.end;
  const between = phraseOf(words.slice(from, start));
  const toll = { counted, effect: host.effect, start, end: counted.end, isIncluded: true };
  if (isOfThem(words, counted.quantity.end) || host.isIncluded)
    return kind !== 'one' && /^(?:,|and|, and)?$/.test(between) ? toll : null;
  const opening = INCLUDING.exec(between)?.groups?.opening;
  return opening === undefined ? null : { ...toll, start: start - opening.split(' ').length };
}

/** "killed three soldiers *and two guards*": they share a verb, which stands before both and is over after them. */
export function partnerToll(words: readonly Word[], counted: Counted, host: Toll | undefined): Toll | null {
  if (host === undefined || host.start > host.counted.quantity.start || !counted.hasNoun) return null;
  if (host.end !== host.counted.end || counted.quantity.kind === 'none') return null;
  const between = phraseOf(words.slice(host.end, counted.quantity.start));
  const isPartner =
    /^(?:and|,|, and)(?: (?:his|her|their|its))?$/.test(between) && goesOn(words, counted.end);
  const isOfHost = host.effect !== 'casualties' && host.start < host.counted.quantity.start;
  return isPartner && isOfHost ? { counted, effect: host.effect, start: host.start, end: counted.end } : null;
}

/** "Including a wounded officer" tells of him what the others did not suffer. */
function isMember({ quantity, effect, hasNoun }: Counted): boolean {
  return hasNoun && (quantity.kind !== 'one' || effect === null);
}

function isOfThem(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'of' && /^(?:them|whom)$/.test(words[at + 1]?.lower ?? '');
}
