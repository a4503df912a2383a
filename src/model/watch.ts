import type { Span } from './article.ts';

/** A saved query, with where to alert. */
export interface Watch {
  id: string;
  /** `slack:<team>`, `discord:<guild>`, `terminal` or `config`: nobody else sees it. */
  workspace: string;
  name: string;
  query: string;
  channels: string[];
  /** Watches of the file and watches made in chat live side by side. */
  origin: 'config' | 'chat';
}

/** An article satisfies a watch: the spans of `article.text` that did. */
export interface Match {
  watchId: string;
  spans: Span[];
}
