/** What stories compare of an article; stored with it, so that no text is read twice. */
export interface Fingerprint {
  /** Canonical link, or null. */
  link: string | null;
  /** Stems of the headline. */
  titleTerms: string[];
  /** The most telling stems and names of headline and lead, rarest kind first; at most 32. */
  terms: string[];
  /** Where the event is, as paths of country, province and settlement: `SY/Idlib/Atme`. */
  places: string[];
  /** Days of the event, `YYYY-MM-DD`. */
  days: string[];
  /** Milliseconds UTC: when the article was first seen. */
  at: number;
}

/** An article that is in a story already, as a candidate for the next one. */
export interface StoryMember extends Fingerprint {
  storyId: string;
}

/** Which story an article joins, and why in one sentence; a null id starts a new story. */
export interface StoryDecision {
  storyId: string | null;
  reason: string;
}
