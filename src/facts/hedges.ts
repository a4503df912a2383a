const HEDGE =
  /\b(?:reportedly|allegedly|apparently|purportedly|presumably|possibly|probably|likely|unconfirmed|(?:is|are|was|were) (?:thought|believed|feared|understood|suspected) to|(?:thought|believed|feared|suspected|presumed|understood|said) to (?:be|have)|feared|may have|might have|appears? to|appeared to|seems? to|seemed to)\b/iu;

/** The words that qualify a passage ("reportedly", "may have"), verbatim, or null. */
export function hedgeIn(passage: string): string | null {
  return HEDGE.exec(passage)?.[0] ?? null;
}
