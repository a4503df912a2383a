import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import { cut } from '../plain.ts';

/** The headline with its link, who published it, and when. */
export function articleLine({ title, link, outlet, publishedAt, firstSeenAt }: FoundArticle): Line {
  return [
    { text: cut(title, 200), link, style: 'bold' },
    ` (${outlet}, `,
    { timeMs: publishedAt ?? firstSeenAt },
    ')',
  ];
}
