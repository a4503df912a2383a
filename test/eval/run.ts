import { evaluateClustering } from './clustering.ts';
import { evaluateFeeds } from './feeds.ts';
import { evaluateGolden } from './golden.ts';
import { evaluateGuards } from './guards.ts';
import { evaluateKeyFacts } from './keyfacts.ts';
import { evaluateLanguages } from './languages.ts';
import { evaluateMatching } from './matching.ts';
import { evaluateCasualties, evaluateDates, evaluateSentences } from './small-sets.ts';
import { evaluateVerifier } from './verifier.ts';

/** Prints its figures as JSON Lines on stdout, its progress on stderr; throws an Error that says what to do. */
type Evaluation = (...paths: (string | undefined)[]) => Promise<void>;

const EVALUATIONS: Record<string, Evaluation> = {
  feeds: evaluateFeeds,
  matching: evaluateMatching,
  clustering: evaluateClustering,
  guards: evaluateGuards,
  casualties: evaluateCasualties,
  dates: evaluateDates,
  sentences: evaluateSentences,
  golden: evaluateGolden,
  verifier: evaluateVerifier,
  keyfacts: evaluateKeyFacts,
  languages: evaluateLanguages,
};

const [name = '', ...paths] = process.argv.slice(2);
const evaluation = Object.hasOwn(EVALUATIONS, name) ? EVALUATIONS[name] : undefined;
if (!evaluation) {
  const names = Object.keys(EVALUATIONS).join(' | ');
  process.stderr.write(
    `usage: npm run eval -- ${names} <corpus folder, documents and watches, documents, headlines, set, or nothing>\n`,
  );
  process.exitCode = 2;
} else {
  await evaluation(...paths).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
