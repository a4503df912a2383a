import { compileQuery } from '../../matching/matcher.ts';
import { QueryError } from '../../matching/query.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/articles.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted, cut } from '../plain.ts';
import { queryProblem } from './query-problem.ts';

const SHOWN = 5;
const PAGE = 500;
/** Every command answers in under three seconds: the search stops here and says how far back it looked. */
const SEARCH_MS = 2_000;

/** `/news`: look something up in the stored articles, with the same engine that alerts. */
export const newsCommand: Command = {
  name: 'news',
  help: 'Look up stored articles',
  actions: [
    {
      name: null,
      help: 'the newest stored articles that match',
      argument: { name: 'query', help: 'words, "exact words", OR, -word', required: true },
      audience: 'person',
      run: lookUp,
    },
  ],
};

async function lookUp(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  try {
    const { found, searched, complete } = await search(compileQuery(request.argument), deps);
    return answer(request.argument, { found, searched, complete });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return queryProblem(request.argument, error);
  }
}

interface Search {
  found: FoundArticle[];
  searched: number;
  complete: boolean;
}

async function search(
  matches: ReturnType<typeof compileQuery>,
  { store, now }: CommandDeps,
): Promise<Search> {
  const deadline = now() + SEARCH_MS;
  const found: FoundArticle[] = [];
  let searched = 0;
  let last: FoundArticle | null = null;
  while (found.length < SHOWN && now() < deadline) {
    const page: FoundArticle[] = await store.articles.newest(PAGE, last);
    searched += page.length;
    found.push(
      ...page.filter((article) =>
        matches(article.text, { titleEnd: article.title.length, language: article.language }),
      ),
    );
    last = page.at(-1) ?? null;
    if (page.length < PAGE) return { found, searched, complete: true };
  }
  return { found, searched, complete: false };
}

function answer(query: string, { found, searched, complete }: Search): Line[] {
  const scope = `${counted(searched, 'stored article')}${complete ? '' : ', the newest ones'}`;
  if (found.length === 0) {
    return [
      [
        `Nothing about “${query}” in ${scope}. `,
        { text: `/watch add ${query}`, style: 'code' },
        ' alerts you when there is.',
      ],
    ];
  }
  return found
    .slice(0, SHOWN)
    .flatMap((article): Line[] => [
      [
        { text: cut(article.title, 200), link: article.link, style: 'bold' },
        ` (${article.outlet}, `,
        { timeMs: article.publishedAt ?? article.firstSeenAt },
        ')',
      ],
      ...firstSentence(article),
    ]);
}

function firstSentence(article: FoundArticle): Line[] {
  const body = article.text.slice(article.title.length).trim();
  const paragraph = body.split('\n', 1)[0] ?? '';
  return paragraph === '' ? [] : [[cut(paragraph, 240)]];
}
