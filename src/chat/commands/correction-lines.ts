import type { Line } from '../../model/rich-text.ts';
import type { Correction } from '../../store/corrections.ts';
import type { CommandDeps } from '../command.ts';
import { cut } from '../plain.ts';
import { visibleFeeds } from './search.ts';

/** What people corrected of a story, by whom and when; who is of another workspace is not named. */
export async function correctionLines(
  storyId: string | null,
  workspace: string,
  { store }: Pick<CommandDeps, 'store'>,
): Promise<Line[]> {
  if (storyId === null) return [];
  const origins = await store.stories.originsOf(storyId);
  const strands = new Set([storyId, ...origins.map(({ strandId }) => strandId)]);
  const feeds = await visibleFeeds(workspace, store);
  const lines: Line[] = [];
  for (const correction of await store.corrections.ofStrands([...strands])) {
    const article = correction.articleId === null ? null : await store.articles.get(correction.articleId);
    if (article !== null && !feeds.has(article.feedId)) continue;
    const what = whatChanged(correction, {
      title: article?.title ?? '',
      isOwn: strands.has(correction.strandId),
    });
    lines.push([...what, ' by ', ...whoDid(correction, workspace), ', ', { timeMs: correction.at }, '.']);
  }
  return lines;
}

function whatChanged({ kind }: Correction, { title, isOwn }: { title: string; isOwn: boolean }): Line {
  if (kind === 'split') {
    return ['“', cut(title, 200), isOwn ? '” was made a story of its own' : '” was taken out of this story'];
  }
  return [isOwn ? 'Another story was merged into it' : 'It was merged into another story'];
}

function whoDid({ workspace, person }: Correction, asking: string): Line {
  return workspace === asking ? [{ person }] : ['somebody elsewhere who follows the same feeds'];
}
