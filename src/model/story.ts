/** What stories compare of an article; stored with it, so that no text is read twice. */
export interface Fingerprint {
  /** Canonical link, or null. */
  link: string | null;
  /** Stems of the headline. */
  titleTerms: string[];
  /** The most telling stems and names of headline and lead, rarest kind first; at most 32. */
  terms: string[];
  /** The whole text; absent where an older version stored it. */
  text?: TextPrint;
  /** Where the event is, as paths of country, province and settlement: `SY/Idlib/Atme`. */
  places: string[];
  /** Days of the event, `YYYY-MM-DD`. */
  days: string[];
  /** Milliseconds UTC: when the article was first seen. */
  at: number;
}

/** The words of a whole text by what they tell. */
export interface TextPrint {
  /** Stems, the most telling first; at most 120. */
  terms: string[];
  /** The weight of each of them; lists apart are read twice as fast as pairs. */
  weights: number[];
  /** Which of them are names. */
  names: string[];
  /** The names of headline and lead. */
  leading: string[];
  /** Two names in a row, such as a person's, the most frequent first; at most 4. */
  people: [first: string, last: string][];
  /** Milliseconds UTC: the day that an article of a feed without dates gives at its head; else null. */
  writtenAt: number | null;
}

/** An article that is in a story already, as a candidate for the next one. */
export interface StoryMember extends Fingerprint {
  storyId: string;
  /** Where clustering put it, if people merged that into its story since: a story may have several strands. */
  strandId?: string;
}

/** People said that these two strands of stories, alike as they are, tell two events. */
export interface Split {
  /** What was split off, and what it left. */
  strandId: string;
  fromStrandId: string;
}

/** Which story an article joins, by which of its strands, and why in one sentence; null ids start a new story. */
export interface StoryDecision {
  storyId: string | null;
  strandId: string | null;
  reason: string;
  /** Stems that it shares with the closest article of the story that it was judged by, the most telling first. */
  shared: string[];
  /** The most alike of the stories that it did not join, and why not. */
  other: OtherStory | null;
}

interface OtherStory {
  storyId: string;
  reason: string;
}

/** A decision as a reader is told of it; it stays as it was made, whatever the stories become. */
export interface StoryChoice {
  /** The story that it joined then; null when it began one. People may have moved it since. */
  joinedId: string | null;
  reason: string;
  /** The shared words as the article spells them. */
  words: string[];
  other: OtherStory | null;
}
