import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaySeries } from './feed-series.ts';

const ADAPTER = fileURLToPath(new URL('./feed-adapter.ts', import.meta.url));
const ZONES = ['UTC', 'America/New_York', 'Asia/Tehran'];

/** A yardstick's folder, or one of its parts. */
interface Corpus {
  tools: string;
  /** The folder that `index.json`, `dates.json` and `series.json` are in. */
  part: string;
}

/** Scores our parsing and dates with the yardstick's own tools, and our identity with its time series. */
export async function evaluateFeeds(folder: string | undefined): Promise<void> {
  const corpus = corpusIn(folder);
  scoreFields(corpus);
  for (const zone of ZONES) scoreDates(corpus, zone);
  for (const { measure, value, of } of await replaySeries(corpus.part)) tell(measure, value, of);
}

function corpusIn(folder: string | undefined): Corpus {
  if (folder === undefined) {
    throw new Error('which corpus? Give its folder: npm run eval -- feeds ../shared/yardsticks/feeds');
  }
  const root = resolve(folder);
  const part = [join(root, 'dev'), root].find((path) => existsSync(join(path, 'index.json')));
  const tools = [root, dirname(root)].find((path) => existsSync(join(path, 'tools', 'score.mjs')));
  if (part === undefined || tools === undefined) {
    const what = part === undefined ? 'index.json, nor has its dev folder' : 'tools/score.mjs';
    throw new Error(`${root} has no ${what}; give the folder of the yardstick "feeds" or one of its parts`);
  }
  return { tools: join(tools, 'tools'), part };
}

/** Right and asked, by field. */
type Score = Record<string, [right: number, of: number]>;

function scoreFields({ tools, part }: Corpus): void {
  const index = join(part, 'index.json');
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-eval-'));
  const [json, fails] = [join(folder, 'scores.json'), join(folder, 'fails.txt')];
  const { files } = JSON.parse(readFileSync(index, 'utf8')) as { files: { split?: string }[] };
  const split = files.some((file) => file.split === 'dev') ? 'dev' : 'all';
  note(`scoring ${index}, split ${split}; what is wrong is listed in ${fails}`);
  const options = ['--index', index, '--split', split, '--json', json, '--fails', fails, '--quiet'];
  run(join(tools, 'score.mjs'), ['--parser', ADAPTER, ...options]);
  const { groups } = JSON.parse(readFileSync(json, 'utf8')) as { groups: Record<string, Score> };
  tellScore('real', totalOfKind(groups, 'real'));
  tellScore('all', groups.ALL ?? {});
}

function totalOfKind(groups: Record<string, Score>, kind: string): Score {
  const total: Score = {};
  for (const [group, score] of Object.entries(groups)) {
    if (!group.endsWith(`/${kind}`)) continue;
    for (const [field, [right, of]] of Object.entries(score)) {
      const sum = total[field] ?? [0, 0];
      total[field] = [sum[0] + right, sum[1] + of];
    }
  }
  return total;
}

function tellScore(name: string, score: Score): void {
  for (const [field, [right, of]] of Object.entries(score)) {
    // Files that are no feeds, and hostile ones, may be refused.
    if (field !== 'no-throw') tell(`${name}.${field}`, percent(right, of), of);
  }
}

function scoreDates({ tools, part }: Corpus, zone: string): void {
  const dates = join(part, 'dates.json');
  note(`dates with TZ=${zone}`);
  const output = run(join(tools, 'score-dates.mjs'), ['--parser', ADAPTER, '--dates', dates], zone);
  const [, right = '0', of = '0'] = /total (\d+)\/(\d+)/.exec(output) ?? [];
  tell(`dates.${zone}`, Number(right), Number(of));
}

function run(script: string, options: string[], zone = 'UTC'): string {
  const env = { ...process.env, TZ: zone };
  return execFileSync(process.execPath, [script, ...options], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function percent(right: number, of: number): number {
  return Math.round((10_000 * right) / of) / 100;
}

function tell(measure: string, value: number, of: number): void {
  process.stdout.write(`${JSON.stringify({ eval: 'feeds', measure, value, of })}\n`);
}

function note(progress: string): void {
  process.stderr.write(`${progress}\n`);
}
