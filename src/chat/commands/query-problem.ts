import { pointAt, type QueryError } from '../../matching/query.ts';
import type { Line } from '../../model/rich-text.ts';

/** What is wrong with a query: the query with a caret under the place, and what to do. */
export function queryProblem(query: string, error: QueryError): Line[] {
  const [shown = '', caret = '', ...sentences] = pointAt(query, error).split('\n');
  return [[{ text: `${shown}\n${caret}`, style: 'code' }], ...sentences.map((sentence): Line => [sentence])];
}
