import { ENGINES } from '../support/stores.ts';
import { runChaos } from './chaos.ts';

const USAGE = 'usage: npm run chaos -- [kills, default 20] [seed] [sqlite | postgres | both]\n';

/** The rest is with the evidence. */
const SHOWN = 20;

const [kills = '20', seed = String(Date.now() % 1_000_000), which = 'both'] = process.argv.slice(2);
const wanted = { sqlite: ['SQLite'], postgres: ['PostgreSQL'], both: ['SQLite', 'PostgreSQL'] }[which];
if (wanted === undefined || !/^\d+$/.test(kills) || !/^\d+$/.test(seed)) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const engines = ENGINES.filter(({ name }) => wanted.includes(name));
if (engines.length < wanted.length && which === 'postgres') process.exit(2);
for (const engine of engines) {
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const { violations, ...result } = await runChaos({
    engine,
    kills: Number(kills),
    seed: Number(seed),
    tell,
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const violation of violations.slice(0, SHOWN)) tell(violation);
  if (violations.length > 0) process.exitCode = 1;
}
