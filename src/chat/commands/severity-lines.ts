import { JUDGED, reasonText, scaleText } from '../../alerts/severity.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { CommandDeps } from '../command.ts';
import { cut } from '../plain.ts';

/** A toll stands in its article's words, which may be many. */
const REASON_CHARACTERS = 300;

/** How much a story matters by those of its articles that `isSeen`, and each reason with its weight. */
export async function severityLines(
  storyId: string,
  isSeen: (article: FoundArticle) => boolean,
  { store, judge }: CommandDeps,
): Promise<Line[]> {
  const articles = (await store.articles.ofStory(storyId, JUDGED)).filter(isSeen);
  if (articles.length === 0) return [];
  const { severity, score, reasons } = judge(articles.toReversed());
  return [
    [
      'Severity: ',
      { text: severity, style: 'bold' },
      `, ${score} points of 100 (${scaleText()}; below that low). What weighs:`,
    ],
    ...reasons.map((reason): Line => [`• ${cut(reasonText(reason), REASON_CHARACTERS)}`]),
  ];
}
