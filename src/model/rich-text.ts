/** A piece of a line; text is plain and unescaped, each platform escapes it in one place. */
export type Segment =
  | string
  | { text: string; style?: 'bold' | 'italic' | 'code'; link?: string | null }
  /** A point in time, milliseconds UTC, shown in the reader's own zone where the platform can. */
  | { timeMs: number }
  /** A channel address, shown as the platform's link to it. */
  | { channel: string };

/** One line for a reader, neutral of any platform. */
export type Line = Segment[];
