/** A piece of a line; text is plain and unescaped, each platform escapes it in one place. */
export type Segment =
  | string
  | { text: string; style?: 'bold' | 'italic' | 'code'; link?: string | null }
  /** A point in time, milliseconds UTC, shown in the reader's own zone where the platform can. */
  | { timeMs: number }
  /** A channel address, shown as the platform's link to it. */
  | { channel: string }
  /** The platform's own id of a person, shown as their name; nobody is pinged. */
  | { person: string };

/** One line for a reader, neutral of any platform. */
export type Line = Segment[];

/** Something a reader can press: the same as typing its command ("feeds add 01HX yes") in that channel. */
export interface Button {
  /** At most 80 characters (Discord: components/reference, button label). */
  label: string;
  /** Without the slash; at most 99 characters (Discord: custom_id, which has the slash too). */
  command: string;
}

/** What Tocsin says: lines, and what can be pressed under them. */
export interface Reply {
  lines: Line[];
  buttons: Button[];
}
