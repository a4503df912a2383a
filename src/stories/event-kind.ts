import type { Fingerprint } from '../model/story.ts';
import { stem } from '../text/stem.ts';

/** Words of headlines by the kind of event they tell; a row is one kind. */
const KINDS = [
  'raid commando counterterrorism airborne stormed',
  'airstrike drone warplane missile bombardment',
  'bomb bombing bomber blast explosion explode suicide detonate',
  'shell shelling artillery mortar rocket',
  'shooting shooter gunman gunmen gunfire sniper ambush',
  'stabbing stab knife beheading behead machete',
  'kidnap abduct abduction hostage ransom',
  'arrest detain detention',
  'protest protester rally riot demonstration demonstrator unrest march',
  'quake earthquake tremor aftershock seismic magnitude',
  'flood flooding landslide mudslide inundate',
  'storm hurricane cyclone typhoon tornado',
  'fire blaze wildfire',
  'crash collision collide derail',
  'outbreak epidemic cholera ebola virus vaccine',
  'election vote ballot referendum',
  'coup putsch mutiny',
  'ceasefire truce negotiation talks',
  'verdict trial sentenced court',
].map((words) => words.split(' ').map((word) => stem(word, 'en')));

const KIND_OF = new Map(KINDS.flatMap((words, kind) => words.map((word): [string, number] => [word, kind])));

/** Whether two articles tell the same kind of event; unknown when one has no word that tells a kind. */
export function compareKinds(one: Fingerprint, other: Fingerprint): 'same' | 'different' | 'unknown' {
  const [kinds, others] = [kindsOf(one), kindsOf(other)];
  if (kinds.size === 0 || others.size === 0) return 'unknown';
  return kinds.isDisjointFrom(others) ? 'different' : 'same';
}

/** The headline says what happened; the lead only where the headline does not. */
function kindsOf({ titleTerms, terms }: Fingerprint): Set<number> {
  const named = kindsIn(titleTerms);
  return named.size > 0 ? named : kindsIn(terms);
}

function kindsIn(terms: string[]): Set<number> {
  return new Set(terms.flatMap((term) => KIND_OF.get(term) ?? []));
}
