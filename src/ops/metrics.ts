/** What is counted since the start. */
export interface Metrics {
  /** Facts that an alert left out because their words do not stand in the article: a fault of ours, each one. */
  ungroundedFacts: number;
  /** Answers of the language model, and calls that gave none. */
  modelAnswers: number;
  modelFailures: number;
  /** Facts that it pointed at: those that the article bore out and that were new, and all others. */
  modelFacts: number;
  modelRefusals: number;
}

export function createMetrics(): Metrics {
  return { ungroundedFacts: 0, modelAnswers: 0, modelFailures: 0, modelFacts: 0, modelRefusals: 0 };
}

/** What should never happen and did, as `/status` says it; nothing where all is well. */
export function faultLines({ ungroundedFacts: count }: Metrics): string[] {
  if (count === 0) return [];
  const facts = count === 1 ? '1 fact was' : `${count} facts were`;
  const fault = `${facts} left out since the start because the words are not in the article`;
  return [`${fault}: please report it; the log says which.`];
}
