import { QueryError } from '../../matching/query.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted, cut } from '../plain.ts';
import { articleLine } from './article-line.ts';
import { queryProblem } from './query-problem.ts';
import { type Search, searchArticles } from './search.ts';

const SHOWN = 5;
/** `/news`: look something up in the stored articles, with the same engine that alerts. */
export const newsCommand: Command = {
  name: 'news',
  help: 'Look up stored articles',
  actions: [
    {
      name: null,
      help: 'the newest stored articles that match',
      argument: { name: 'query', help: 'words, "exact words", OR, -word, feed:name', required: true },
      audience: 'person',
      run: lookUp,
    },
  ],
};

async function lookUp(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  try {
    return answer(
      request.argument,
      await searchArticles({ query: request.argument, workspace: request.workspace }, deps, {
        found: SHOWN,
        articles: Infinity,
      }),
    );
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return queryProblem(request.argument, error);
  }
}

function answer(query: string, { found, searched, isComplete }: Search): Line[] {
  const scope = `${counted(searched, 'stored article')}${isComplete ? '' : ', the newest ones'}`;
  if (found.length === 0) {
    return [
      [
        `Nothing about “${query}” in ${scope}. `,
        { text: `/watch add ${query}`, style: 'code' },
        ' alerts you when there is.',
      ],
    ];
  }
  return found.flatMap((article): Line[] => [articleLine(article), ...firstSentence(article)]);
}

function firstSentence(article: FoundArticle): Line[] {
  const body = article.text.slice(article.title.length).trim();
  const paragraph = body.split('\n', 1)[0] ?? '';
  return paragraph === '' ? [] : [[cut(paragraph, 240)]];
}
