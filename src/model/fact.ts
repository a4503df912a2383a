import type { Article, Span } from './article.ts';

/**
 * One key fact of an article. `evidence` is verbatim: `article.text.slice(start, end) === evidence`.
 * `value` holds what was read from it; its shape depends on `kind`.
 */
export type Fact =
  | EventFact
  | PlaceFact
  | DateFact
  | CasualtyFact
  | WeaponFact
  | TargetFact
  | PerpetratorFact
  | ClaimFact
  | QuoteFact
  | UnconfirmedFact;

export type FactKind = Fact['kind'];

interface Evidence extends Span {
  evidence: string;
  /** The sentence that holds the evidence. */
  sentence: Span;
  /** Who says so, verbatim; null when the outlet says it in its own voice. */
  speaker: Speaker | null;
  /** The words that qualify it ("at least", "reportedly"), verbatim; null when there are none. */
  hedge: string | null;
  /** Whether it belongs to the event reported or to an earlier or wider one. */
  scope: 'event' | 'background';
  /** `model`: a language model pointed at these words, and the article bore them out; absent when we found them. */
  origin?: 'model';
}

/** Who makes a claim, as the article names them: `article.text.slice(start, end) === name`. */
export interface Speaker extends Span {
  name: string;
}

/** What kind of event it is: a topic that headline and lead match, with the words that do. */
export interface EventFact extends Evidence {
  kind: 'event';
  value: { topic: string; title: string };
}

export interface PlaceFact extends Evidence {
  kind: 'place';
  value: Place & {
    /**
     * `event`: where it happened; `passing`: where something else happened, told in passing; `dateline`: where it was
     * written; `mention`: anything else.
     */
    role: 'event' | 'passing' | 'dateline' | 'mention';
    /** Whether its sentence gives it that role or the article as a whole, by what it speaks of most. */
    toldBy: 'sentence' | 'article';
  };
}

/** A place of the gazetteer, or one that only its pattern tells ("the Atme area"): then country is null. */
export interface Place {
  /** Our name for it ("Atme"). */
  name: string;
  /** Governorate, province or state ("Idlib"), or null. */
  admin: string | null;
  /** ISO 3166-1 alpha-2, or null. */
  country: string | null;
  kind: 'settlement' | 'admin' | 'country' | 'region' | 'unresolved';
}

export interface DateFact extends Evidence {
  kind: 'date';
  /**
   * The day meant, in the calendar of the article: `YYYY-MM-DD`; of the background also a month `YYYY-MM` or a year
   * `YYYY`.
   */
  value: { day: string };
}

export interface CasualtyFact extends Evidence {
  kind: 'casualties';
  value: {
    effect: 'killed' | 'injured' | 'missing' | 'detained' | 'displaced' | 'casualties';
    /** Bounds of the number; null when words give none ("multiple", "more than 10" has no max). */
    min: number | null;
    max: number | null;
    /** Who, verbatim ("civilians", "US"), or null. */
    group: string | null;
  };
}

/** A weapon that was used. */
export interface WeaponFact extends Evidence {
  kind: 'weapon';
  value: {
    /** What it is called in general: "car bomb", "rifle". */
    weapon: string;
  };
}

/** Who or what it was done to: the evidence names them. */
export interface TargetFact extends Evidence {
  kind: 'target';
  value: { deed: Deed; isPeople: boolean };
}

/** What somebody did to a target. */
export type Deed = 'killed' | 'injured' | 'kidnapped' | 'bombed' | 'burned' | 'robbed' | 'attacked';

/** Who did it, as far as an article says so in as many words: the evidence names them. */
export interface PerpetratorFact extends Evidence {
  kind: 'perpetrator';
  value: {
    /**
     * `claimed`: they say so themselves; `blamed`: somebody accuses them; `suspected`: told with a doubt; `reported`: told
     * as a fact, by the speaker or the outlet.
     */
    status: 'claimed' | 'blamed' | 'suspected' | 'reported';
    /** The words that tell what they did, theirs among them: a name alone may be taken for who did something else. */
    deed?: Span;
  };
}

/** What somebody who was there says of it: the evidence is what stands between the quotation marks. */
export interface QuoteFact extends Evidence {
  kind: 'quote';
  value: Record<string, never>;
}

/** Something somebody says: the evidence is the words that carry the claim. `speaker` is never null. */
export interface ClaimFact extends Evidence {
  kind: 'claim';
  value: { cue: string };
}

/** What the article says is not known, not released or not verified. */
export interface UnconfirmedFact extends Evidence {
  kind: 'unconfirmed';
  value: { cue: string };
}

/** An article read once: matching, stories, severity and the alert all use this reading. */
export interface Reading {
  article: Article;
  /** Sentences of `article.text` in order; the title is the first. */
  sentences: Span[];
  facts: Fact[];
}

/** A fact that somebody else read, such as a language model: nothing of it is believed until the article bears it out. */
export type Proposal = TollProposal | StatementProposal;

interface Pointed {
  /** Words that are said to stand in the article. */
  quote: string;
  speaker: string | null;
}

export interface TollProposal extends Pointed {
  kind: 'casualties';
  value: Pick<CasualtyFact['value'], 'effect' | 'min' | 'max'>;
  hedge: string | null;
}

export interface StatementProposal extends Pointed {
  kind: Exclude<FactKind, 'casualties'>;
  /** What the words are said to tell. */
  statement: string;
}
