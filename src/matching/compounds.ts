import { stem } from '../text/stem.ts';

/**
 * Beginnings that join any word: "counterterrorism", "pre-war". Those that are common words of a Romance language
 * ("de", "para", "al") are left out: "detener" is not "de tener".
 */
const PREFIXES = new Set(
  `aero agro anti auto bi bio co counter cross cyber electro euro extra geo hydro hyper infra inter intra
  macro mega meta micro mid mini mis mono multi nano narco neo neuro non over petro photo poly post pre pro
  proto pseudo radio re self semi sub super tele thermo trans tri ultra under uni vice`.split(/\s+/),
);

/** First halves of compounds that news writes in one word, in two, or with a hyphen. */
const FIRST_HALVES = new Set(
  `air arms back battle blood body bomb border bunker buy cease check coast combat court cross death door
  down drive drone earth eye farm fire flag flash flood foot force frame front gas ground gun hand hard
  head heat hide high home hostage house jail job key kick knife land life line lock look machine man
  market mass mine missile motor mud news night nut oil out outer pay peace pipe play police poll power
  press prison rain road rocket safe sand school sea ship side sky sniper snow stake stand steam stock
  storm stream street strong take team terror time town trade truck walk wall war watch water weather week
  wind wire wood work`.split(/\s+/),
);

/** Second halves of such compounds. */
const SECOND_HALVES = new Set(
  `attack away back base battle belt block board boat bomb bomber book border bound break burn camp car care
  chase check coast count craft cut day defence defense dog down drop end fall field fight fighter fill
  fire flow force front game gate ground guard gun gunner hand head hold holder house keep keeper killer
  land lane lash launch launcher lead leader lift light line load lock long maker man mark market master
  men mine naut net owner page parade park people person place plane play point port power proof quake raid
  rail ride rise road room route run scape screen shed shelter ship shore shot side site slide space speed
  spill stand station stop storm stream strike strip structure take taker tank top track truck turn wall
  war watch water wave wife woman women work worker works wreck yard zone`
    .split(/\s+/)
    .map((half) => stem(half, 'en')),
);

/** Shorter remainders are endings ("bi" and "as", "co" and "al"), not words. */
const MIN_REMAINDER = 3;

/** True when these folded words, side by side, are also written as one: "air" and "strikes". */
export function isCompound(first: string, second: string): boolean {
  if (second.length < MIN_REMAINDER) return false;
  return PREFIXES.has(first) || (FIRST_HALVES.has(first) && SECOND_HALVES.has(stem(second, 'en')));
}

/** Every way to write a folded word in two that isCompound agrees with: "airstrikes" gives "air", "strikes". */
export function splitCompound(form: string): [string, string][] {
  const splits: [string, string][] = [];
  for (let at = 2; at <= form.length - MIN_REMAINDER; at += 1) {
    const halves: [string, string] = [form.slice(0, at), form.slice(at)];
    if (isCompound(...halves)) splits.push(halves);
  }
  return splits;
}
