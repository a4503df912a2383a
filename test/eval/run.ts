import { evaluateFeeds } from './feeds.ts';

/** Prints its figures as JSON Lines on stdout, its progress on stderr; throws an Error that says what to do. */
type Evaluation = (folder: string | undefined) => Promise<void>;

const EVALUATIONS: Record<string, Evaluation> = {
  feeds: evaluateFeeds,
};

const [name = '', folder] = process.argv.slice(2);
const evaluation = Object.hasOwn(EVALUATIONS, name) ? EVALUATIONS[name] : undefined;
if (!evaluation) {
  const names = Object.keys(EVALUATIONS).join(' | ');
  process.stderr.write(`usage: npm run eval -- ${names} <corpus folder>\n`);
  process.exitCode = 2;
} else {
  await evaluation(folder).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
