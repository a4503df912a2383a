/** One sentence, more or less; in 400 characters a third more places are told in passing. */
const LEAD_CHARACTERS = 150;

/** Where the lead of a text ends whose title ends there. */
export function leadEndOf(titleEnd: number): number {
  return titleEnd + LEAD_CHARACTERS;
}
