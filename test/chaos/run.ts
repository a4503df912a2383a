import { ENGINES, type Engine } from '../support/stores.ts';
import { runChaos } from './chaos.ts';
import { type Cluster, openCluster } from './cluster.ts';

const USAGE = 'usage: npm run chaos -- [kills, default 20] [seed] [sqlite | postgres | both]\n';

const NO_CLUSTER =
  'PostgreSQL: no initdb and pg_ctl that could be run here, so its server is not restarted: lines to it are cut\n';

/** The rest is with the evidence. */
const SHOWN = 20;

const [kills = '20', seed = String(Date.now() % 1_000_000), which = 'both'] = process.argv.slice(2);
const wanted = { sqlite: ['SQLite'], postgres: ['PostgreSQL'], both: ['SQLite', 'PostgreSQL'] }[which];
if (wanted === undefined || !/^\d+$/.test(kills) || !/^\d+$/.test(seed)) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const isServerWanted = wanted.includes('PostgreSQL');
await using cluster = isServerWanted ? await openCluster() : null;
if (isServerWanted && cluster === null) process.stderr.write(NO_CLUSTER);
const engines = enginesWith(cluster).filter(({ name }) => wanted.includes(name));
if (engines.length < wanted.length && which === 'postgres') process.exit(2);
for (const engine of engines) {
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const { violations, ...result } = await runChaos({
    engine,
    cluster: engine.name === 'PostgreSQL' ? cluster : null,
    kills: Number(kills),
    seed: Number(seed),
    tell,
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const violation of violations.slice(0, SHOWN)) tell(violation);
  if (violations.length > 0) process.exitCode = 1;
}

/** The engines of the suite, with PostgreSQL on a server of the run's own where there is one. */
function enginesWith(own: Cluster | null): Engine[] {
  if (own === null) return ENGINES;
  return [...ENGINES.filter(({ name }) => name !== 'PostgreSQL'), { name: 'PostgreSQL', place: own.place }];
}
