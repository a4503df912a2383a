import { factsOf } from '../facts/article.ts';
import { goldenArticles, KINDS, labelled } from '../facts/golden.ts';

interface Score {
  right: number;
  found: number;
  labelled: number;
}

/**
 * Prints how many of the labels of the golden articles are found, and how many of the facts found are labelled, for
 * each kind and language group, as `{"kind","language","precision","recall","f1","labels"}`; each miss on stderr.
 */
export async function evaluateGolden(): Promise<void> {
  const scores = new Map<string, Score>();
  for (const { name, article, truth } of goldenArticles()) {
    const found = labelled(factsOf(article));
    for (const kind of KINDS) {
      const key = `${kind} ${article.language === 'en' ? 'en' : 'other'}`;
      scores.set(key, added(scores.get(key), found[kind], truth[kind]));
      noteEach(`${name}: not found: ${kind}`, truth[kind], found[kind]);
      noteEach(`${name}: surplus: ${kind}`, found[kind], truth[kind]);
    }
  }
  for (const [key, score] of scores) tell(key, score);
}

function added(score: Score | undefined, found: string[], truth: string[]): Score {
  return {
    right: (score?.right ?? 0) + found.filter((line) => truth.includes(line)).length,
    found: (score?.found ?? 0) + found.length,
    labelled: (score?.labelled ?? 0) + truth.length,
  };
}

function noteEach(what: string, lines: string[], others: string[]): void {
  for (const line of lines) if (!others.includes(line)) process.stderr.write(`${what}: ${line}\n`);
}

function tell(key: string, { right, found, labelled: labels }: Score): void {
  const [kind, language] = key.split(' ');
  const precision = share(right, found);
  const recall = share(right, labels);
  const f1 = share(2 * right, found + labels);
  const line = JSON.stringify({ kind, language, precision, recall, f1, labels });
  process.stdout.write(`${line}\n`);
}

/** Per cent with one decimal; null of nothing. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}
