import type { Deed } from '../model/fact.ts';
import {
  activeAt,
  agentAfter,
  amongAt,
  BE,
  lowerAt,
  some,
  sufferersOf,
  type Told,
  verbStart,
} from './deed-clauses.ts';
import { listFrom, type Phrase, phraseFrom, subjectsOf } from './noun-phrases.ts';
import { isDoneTo } from './parties.ts';
import type { Word } from './quantities.ts';
import { ANY_WEAPON } from './weapon-words.ts';

/** Deeds that take more than one word. */
export function idiomAt(words: readonly Word[], at: number): Told[] {
  const lower = lowerAt(words, at);
  const among = amongAt(words, at);
  if (among !== null) return [among];
  if (/^(?:dead|slain)$/.test(lower) && lowerAt(words, at - 1) === 'found' && BE.test(lowerAt(words, at - 2)))
    return [{ deed: 'killed', at, doers: [], targets: sufferersOf(words, at - 1) }];
  if (/^(?:died|dies|die|perished)$/.test(lower))
    return [{ deed: 'killed', at, doers: [], targets: subjectsOf(words, verbStart(words, at)) }];
  if (lower === 'shot' || lower === 'gunned') return shotAt(words, at);
  if (/^attempts?$/.test(lower)) return attemptAt(words, at);
  const told = [leavingAt, hostagesAt, burningAt, blowingUpAt, firingAt, weaponAt].map((read) =>
    read(words, at),
  );
  return told.find((some) => some.length > 0) ?? (EXPLODES.test(lower) ? explosionAt(words, at) : []);
}

function passive(words: readonly Word[], at: number, deed: Deed): Told {
  return { deed, at, doers: agentAfter(words, at + 1), targets: subjectsOf(words, at) };
}

/** "Rebels blew up a bridge", "a bridge was blown up by rebels". */
function blowingUpAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:blew|blow|blown|blowing)$/.test(lowerAt(words, at)) || lowerAt(words, at + 1) !== 'up') return [];
  if (BE.test(lowerAt(words, at - 1))) return [passive(words, at, 'bombed')];
  return some(activeAt(words, at, 'bombed', at + 2));
}

/** "The blast left four children injured". */
function leavingAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:left|leaving|leaves)$/.test(lowerAt(words, at))) return [];
  const targets = listFrom(words, at + 1);
  const state = lowerAt(words, targets.at(-1)?.end ?? at);
  if (!/^(?:dead|injured|wounded|hurt)$/.test(state)) return [];
  return [{ deed: state === 'dead' ? 'killed' : 'injured', at, doers: [], targets }];
}

const HELD = /^(?:hostages?|captives?)$/;

/** "Took 23 sailors hostage", "took as hostages 23 sailors", "the sailors were held hostage". */
function hostagesAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:took|take|takes|taken|taking|held|hold|holds|holding|kept)$/.test(lowerAt(words, at))) return [];
  if (HELD.test(lowerAt(words, at + 1))) return [passive(words, at, 'kidnapped')];
  const targets = heldIn(words, at + 1);
  const doers = lowerAt(words, at - 1) === 'and' ? [] : subjectsOf(words, at);
  return targets.length > 0 ? [{ deed: 'kidnapped', at, doers, targets }] : [];
}

function heldIn(words: readonly Word[], at: number): Phrase[] {
  const isAs = (from: number) => lowerAt(words, from) === 'as' && HELD.test(lowerAt(words, from + 1));
  if (isAs(at)) return listFrom(words, at + 2);
  const taken = listFrom(words, at);
  const last = taken.at(-1);
  if (last === undefined) return [];
  if (isAs(last.end)) return taken;
  const held = { start: last.start, end: last.end - 1 };
  return HELD.test(lowerAt(words, held.end)) && held.end > held.start ? [...taken.slice(0, -1), held] : [];
}

/** "Set fire to X", "X was set on fire". */
function burningAt(words: readonly Word[], at: number): Told[] {
  const next = lowerAt(words, at + 1);
  if (lowerAt(words, at) !== 'set' || !/^(?:fire|ablaze|afire|on)$/.test(next)) return [];
  if (BE.test(lowerAt(words, at - 1))) return [passive(words, at, 'burned')];
  return next === 'fire'
    ? some(activeAt(words, at, 'burned', lowerAt(words, at + 2) === 'to' ? at + 3 : at + 2))
    : [];
}

/** "Gunmen opened fire on X", "opened fire in a market", "fired at X". */
function firingAt(words: readonly Word[], at: number): Told[] {
  const lower = lowerAt(words, at);
  const isOpening = /^open(?:ed|s|ing)?$/.test(lower) && lowerAt(words, at + 1) === 'fire';
  const link = isOpening ? at + 2 : at + 1;
  const isAimed = /^(?:on|at|against|upon)$/.test(lowerAt(words, link));
  if (!isOpening && !(lower === 'fired' && isAimed)) return [];
  if (!isAimed) return [{ deed: 'attacked', at, doers: subjectsOf(words, at), targets: [] }];
  return some(activeAt(words, at, 'attacked', link + 1));
}

const SETS_OFF =
  /^(?:placed|planted|threw|thrown|hurled|tossed|lobbed|detonated|launched|dropped|activated|fired|exploded|set|throw|throws|hurl|hurls|plant|plants|place|detonate|detonates|throwing|hurling|planting|placing|detonating|firing|left|used|using)$/;
const EXPLODES = /^(?:exploded|explodes|explode|detonated|off|explosions?|blasts?)$/;
const WEAPON_REACH = 8;
const AIMED = /^(?:at|against|in|inside|under|into|outside|near|beside|on|toward|towards)$/;

/** "Rebels threw a bomb at the office", "a bomb was thrown at the office by rebels". */
function weaponAt(words: readonly Word[], at: number): Told[] {
  if (!SETS_OFF.test(lowerAt(words, at))) return [];
  const isArmed = (from: number, to: number) =>
    words.slice(Math.max(0, from), to).some(({ text }) => ANY_WEAPON.test(text));
  if (BE.test(lowerAt(words, verbStart(words, at) - 1))) {
    if (!isArmed(at - WEAPON_REACH, at)) return [];
    return [{ deed: 'bombed', at, doers: agentAfter(words, at + 1), targets: aimedAfter(words, at + 1) }];
  }
  const by = lowerAt(words, at + 1) === 'off' ? at + 2 : at + 1;
  // "Blasts set off by the rebels".
  if (lowerAt(words, by) === 'by')
    return isArmed(at - 2, at) || EXPLODES.test(lowerAt(words, at - 1))
      ? [{ deed: 'bombed', at, doers: agentAfter(words, by), targets: [] }]
      : [];
  const object = phraseFrom(words, lowerAt(words, at + 1) === 'off' ? at + 2 : at + 1);
  if (object === null || !isArmed(object.start, object.end)) return [];
  return [{ deed: 'bombed', at, doers: subjectsOf(words, at), targets: aimedAfter(words, object.end) }];
}

function aimedAfter(words: readonly Word[], from: number): Phrase[] {
  for (let at = from; at < from + 4; at += 1)
    if (AIMED.test(lowerAt(words, at))) return listFrom(words, behindFront(words, at + 1));
  return [];
}

/** Past the "front of" in "in front of the bank". */
function behindFront(words: readonly Word[], at: number): number {
  return lowerAt(words, at) === 'front' && lowerAt(words, at + 1) === 'of' ? at + 2 : at;
}

function shotAt(words: readonly Word[], at: number): Told[] {
  if (lowerAt(words, at + 1) === 'and') return [];
  const isToDeath = lowerAt(words, at + 1) === 'to' && lowerAt(words, at + 2) === 'death';
  const isDead = isToDeath || /^(?:dead|down)$/.test(lowerAt(words, at + 1));
  const end = at + 1 + (isToDeath ? 2 : isDead ? 1 : 0);
  const deed = isDead ? 'killed' : 'injured';
  const verb = verbStart(words, at);
  if (BE.test(lowerAt(words, verb - 1)))
    return [{ deed, at, doers: agentAfter(words, end), targets: sufferersOf(words, verb) }];
  return some(activeAt(words, at, deed, lowerAt(words, end) === 'at' ? end + 1 : end));
}

/** "an attempt on the life of X", "an assassination attempt against X". */
function attemptAt(words: readonly Word[], at: number): Told[] {
  if (!/^(?:on|against)$/.test(lowerAt(words, at + 1))) return [];
  let from = at + 2;
  while (/^(?:the|his|her|life|lives|of)$/.test(lowerAt(words, from)) && from < at + 5) from += 1;
  return [{ deed: 'attacked', at, doers: [], targets: listFrom(words, from) }];
}

const PLACED = /^(?:in|at|outside|near|inside|under|behind|beside|opposite|against)$/;
const PLACE_REACH = 8;

/** "a bomb exploded outside X": what stands there is what was bombed, if it is a thing. */
function explosionAt(words: readonly Word[], at: number): Told[] {
  if (lowerAt(words, at) === 'off' && !/^(?:went|go|goes)$/.test(lowerAt(words, at - 1))) return [];
  for (let from = at + 1; from < at + PLACE_REACH; from += 1) {
    const word = words[from];
    if (word === undefined || /^[.;:"”]$/.test(word.text)) return [];
    if (!PLACED.test(word.lower)) continue;
    const targets = listFrom(words, behindFront(words, from + 1));
    if (targets.some((phrase) => isDoneTo(words, phrase, 'bombed')))
      return [{ deed: 'bombed', at, doers: [], targets }];
  }
  return [];
}
