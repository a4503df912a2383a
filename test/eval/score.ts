/** How many labels were found. */
export interface Score {
  right: number;
  found: number;
  labelled: number;
}

/** The score with one more comparison of what was found and what is true. */
export function scoreOf(score: Score | undefined, found: string[], truth: string[]): Score {
  return {
    right: (score?.right ?? 0) + found.filter((line) => truth.includes(line)).length,
    found: (score?.found ?? 0) + found.length,
    labelled: (score?.labelled ?? 0) + truth.length,
  };
}

/** Prints `{…of,"precision","recall","f1","labels"}`, in per cent. */
export function tellScore(of: object, { right, found, labelled: labels }: Score): void {
  const precision = share(right, found);
  const recall = share(right, labels);
  const f1 = share(2 * right, found + labels);
  process.stdout.write(`${JSON.stringify({ ...of, precision, recall, f1, labels })}\n`);
}

/** Per cent with one decimal; null of nothing. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}
