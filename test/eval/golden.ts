import { goldenArticles, KINDS, labelled } from '../facts/golden.ts';
import { type Score, scoreOf, tellScore } from './score.ts';

/**
 * Prints how many of the labels of the golden articles are found, and how many of the facts found are labelled, for
 * each kind and language group, as `{"kind","language","precision","recall","f1","labels"}`; each miss on stderr.
 */
export async function evaluateGolden(): Promise<void> {
  const scores = new Map<string, Score>();
  for (const { name, article, truth } of goldenArticles()) {
    const found = labelled(article);
    for (const kind of KINDS) {
      const key = `${kind} ${article.language === 'en' ? 'en' : 'other'}`;
      scores.set(key, scoreOf(scores.get(key), found[kind], truth[kind]));
      noteEach(`${name}: not found: ${kind}`, truth[kind], found[kind]);
      noteEach(`${name}: surplus: ${kind}`, found[kind], truth[kind]);
    }
  }
  for (const [key, score] of scores) {
    const [kind, language] = key.split(' ');
    tellScore({ kind, language }, score);
  }
}

function noteEach(what: string, lines: string[], others: string[]): void {
  for (const line of lines) if (!others.includes(line)) process.stderr.write(`${what}: ${line}\n`);
}
