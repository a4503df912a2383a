import { benchDelivery } from './delivery.ts';
import { benchFacts } from './facts.ts';
import { benchLatency } from './latency.ts';
import { benchMatching } from './matching.ts';
import { benchParse } from './parse.ts';
import { benchPoller } from './poller.ts';

/** Prints its figures as JSON Lines on stdout, its progress on stderr. */
type Bench = (argument: string | undefined) => Promise<void>;

const BENCHES: Record<string, Bench[]> = {
  feeds: [benchPoller, benchParse],
  facts: [benchFacts],
  matching: [benchMatching],
  delivery: [benchDelivery, benchLatency],
};

const [name = '', argument] = process.argv.slice(2);
const benches = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (!benches) {
  const names = Object.keys(BENCHES).join(' | ');
  process.stderr.write(`usage: npm run bench -- ${names} [corpus folder | number of watches or articles]\n`);
  process.exitCode = 2;
} else {
  for (const bench of benches) await bench(argument);
}
