import type { Reading } from '../model/fact.ts';
import type { TextPrint } from '../model/story.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { type ArticleWords, distinct, type Word } from './article-words.ts';
import { tellingWeight } from './telling-words.ts';

/** The limit of TextPrint.terms: 200 told no story better, and all are read with each candidate. */
const MAX_TERMS = 120;
/** The limit of TextPrint.people: who a text is about, not all whom it quotes. */
const MAX_PEOPLE = 4;
/** A word of the headline is twice as telling as one of the body, and one of the lead between the two. */
const TITLE_BOOST = 2;
const LEAD_BOOST = 1.4;
const NAME_BOOST = 2;
/** Where a page says when it was written: in its first lines. */
const HEAD_CHARS = 250;
const YEAR_INSIDE = /\b(?:19|20)\d\d\b/;
const FULL_DATE = /^\d{4}-\d\d-\d\d$/;
/** Which of the two is the month differs by country; it does not matter for telling years apart. */
const NUMERIC_DATE = /\b(\d{1,2}) ?\/ ?(\d{1,2}) ?\/ ?((?:19|20)\d\d)\b/g;

/** The words of the whole text, by how often, as what and where they stand; the first `lead` sentences count more. */
export function textPrint(reading: Reading, { headline, sentences }: ArticleWords, lead: number): TextPrint {
  const inTitle = new Set(distinct(headline));
  const inLead = new Set(distinct(sentences.slice(0, lead).flat()));
  const names = new Set(sentences.flat().flatMap((word) => (word.isName ? [word.stemmed] : [])));
  const weighed: [term: string, weight: number][] = [];
  for (const [term, count] of countsOf([...headline, ...sentences.flat()], reading)) {
    const place = inTitle.has(term) ? TITLE_BOOST : inLead.has(term) ? LEAD_BOOST : 1;
    const often = 1 + Math.log(count);
    const weight = tellingWeight(term) * often * place * (names.has(term) ? NAME_BOOST : 1);
    weighed.push([term, Math.round(weight * 10) / 10]);
  }
  const kept = weighed.sort((a, b) => b[1] - a[1]).slice(0, MAX_TERMS);
  const terms = kept.map(([term]) => term);
  const keptNames = terms.filter((term) => names.has(term));
  return {
    terms,
    weights: kept.map(([, weight]) => weight),
    names: keptNames,
    leading: keptNames.filter((term) => inTitle.has(term) || inLead.has(term)),
    people: peopleIn(reading.article.text, sentences, new Set(keptNames)),
    writtenAt: writtenAt(reading),
  };
}

/** How often each word stands in the text; who publishes it tells nothing. */
function countsOf(words: Word[], { article }: Reading): Map<string, number> {
  const outlet = new Set(tokenize(article.outlet).map(({ form }) => stem(form, article.language)));
  const counts = new Map<string, number>();
  for (const { stemmed } of words) {
    if (!outlet.has(stemmed)) counts.set(stemmed, (counts.get(stemmed) ?? 0) + 1);
  }
  return counts;
}

/** Names that stand together, the most frequent first. */
function peopleIn(text: string, sentences: Word[][], names: Set<string>): TextPrint['people'] {
  const pairs = sentences.flatMap((words) =>
    words.flatMap((last, index): TextPrint['people'] => {
      const first = words[index - 1];
      if (first === undefined || text.slice(first.end, last.start) !== ' ') return [];
      const isNamed = names.has(first.stemmed) && names.has(last.stemmed);
      return isNamed ? [[first.stemmed, last.stemmed]] : [];
    }),
  );
  return mostFrequent(pairs);
}

/** The people whom most of these lists name, at most as many as one text keeps. */
export function mostFrequent(pairs: TextPrint['people']): TextPrint['people'] {
  const groups = Map.groupBy(pairs, (pair) => pair.join(' '));
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_PEOPLE)
    .flatMap((group) => group.slice(0, 1));
}

/** The newest full date at the head of a text whose feed gives no date. */
function writtenAt({ article, facts }: Reading): number | null {
  if (article.publishedAt !== null) return null;
  const end = article.title.length + HEAD_CHARS;
  const days = facts.flatMap((fact) =>
    fact.kind === 'date' &&
    FULL_DATE.test(fact.value.day) &&
    fact.start < end &&
    YEAR_INSIDE.test(fact.evidence)
      ? [Date.parse(fact.value.day)]
      : [],
  );
  for (const [, one, two, year] of article.text.slice(0, end).matchAll(NUMERIC_DATE)) {
    const [month, day] = [Number(one), Number(two)].sort((a, b) => a - b);
    days.push(Date.UTC(Number(year), (month ?? 1) - 1, day));
  }
  return days.length === 0 ? null : Math.max(...days);
}
