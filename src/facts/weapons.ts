import type { WeaponFact } from '../model/fact.ts';
import { isSupposed } from './asides.ts';
import { tellsOfEvent } from './event-words.ts';
import { hedgeIn } from './hedges.ts';
import { evidenceAt, type Sentence } from './sentence.ts';
import { ANY_WEAPON, WEAPON, weaponOf } from './weapon-words.ts';

/** A weapon that was found, sold, made, feared or told of in a figure of speech was not used. */
const UNUSED_BEFORE =
  /\b(?:seiz(?:ed|ing|ure of)|confiscat\p{L}+|captured|found|discover\p{L}+|recover\p{L}+|defus\p{L}+|deactivat\p{L}+|disarm\p{L}+|dismantl\p{L}+|smuggl\p{L}+|suppl(?:y|ied|ies|ying)|deliver(?:ed|y|ies|ing)|s(?:old|ale of|elling)|bought|buy(?:ing)?|purchas\p{L}+|manufactur\p{L}+|produc(?:ed?|tion|ing)|mak(?:e|es|ing)|shipments? of|stockpil\p{L}+|cache of|arsenal|intercept(?:ed|s|ing)?|shot down|show(?:ed|n|ing)?|(?:pictures?|photos?|photographs?|images?|videos?|footage) of|carri?(?:es)?|possess\p{L}*|hand(?:ed|ing) over|surrender\p{L}*|test(?:ed|s|ing|-fired)?|nuclear|no|not|without|against|from|anti-?|like an?|sex|photo|logic|cherry|bath|stink|box[ -]office|dumb|f)\b(?:(?! (?:and|but|when|after|as|that|who|which) )[^.;:,]){0,40}$/iu;
const UNUSED_AFTER =
  /^(?:[ -](?:battles?|fights?|duels?|violence|crimes?|salutes?|dealers?|threats?|scares?|hoax(?:es)?|squads?|disposal|experts?|shelters?|makers?|factory|factories|workshop|cyclone|launch(?:es)?|scien\p{L}+|engines?|fuel|of an?|control|laws?|owners?|shops?|sales?|show|rights|lobby|programme?|program|industry|development|technology|deal|cell|maker|detector|range|test|tests|footage|video|images?|operators?|teams?|unit|division|defen[cs]e|sites?|base|stage)\b|['’]s\b| (?:(?:it|he|she|they|police|officials) sa(?:id|ys?) )?(?:was|were|been|being|is|are)? ?(?:also )?(?:seized|confiscated|found|discovered|defused|deactivated|recovered|dismantled|intercepted|shot down|destroyed|captured|failed to|did not|didn['’]t|not)\b)/iu;
/** "Seized 324 rifles, 26 mortars and 8 machine guns": a list of what was taken, however long. */
const TAKEN_BEFORE =
  /\b(?:seiz(?:ed|ing)|confiscat(?:ed|ing)|captur(?:ed|ing)|recover(?:ed|ing)|found|discovered|handed over|delivered)\b(?:(?! (?:when|after|as|that|who|which|where) |attack|kill|wound|fir(?:ed|ing)|explod|blast)[^.;])*$/iu;
/** "The sound of gunfire": a battle that is heard hits nobody. */
const HEARD_AFTER =
  /^(?: fire| shots| and [\p{L} ]{3,40})? (?:(?:could|can) (?:still )?be|(?:was|were|is|are)(?: still)?(?: being)?) heard\b/iu;
/** What tells beside a weapon that it was used: the verb before it, or what it did. */
const USED_BEFORE =
  /\b(?:with|using|us(?:ed|e of|es)|by|of|via|fir(?:ed|es?|ing)|hurl(?:ed|s|ing)|threw|throw(?:ing|n|s)?|toss(?:ed|ing)|lobb(?:ed|ing)|plant(?:ed|ing|s)|plac(?:ed|ing|es)|set off|sets? off|detonat\p{L}+|explod\p{L}+|dropp?(?:ed|ing|s)|launch(?:ed|es|ing)|activat\p{L}+|wield(?:ed|ing)|armed with|carrying|brandish\p{L}+|barrage of|volley of|rain(?:ed|ing)|discharg\p{L}+|blew up|shot|attack(?:ed)?|struck|hit|killed|wounded|injured|when|after|as|that|where|because|said|says?|and|or|two|three|four|five|six|several|an?|the|another|more|heavy|powerful)\b[^.;:]{0,50}$|^["“‘\s]*(?:(?:an?|the|two|three|four|five|six|several|\p{L}+) )*$/iu;
const USED_AFTER =
  /^[^.;:]{0,60}?\b(?:explod\p{L}+|explosions?|detonat\p{L}+|went off|go(?:es)? off|blew|blasts?|attacks?|attacked|strikes?|struck|hits?|hitting|kill(?:s|ed|ing)?|wound(?:s|ed|ing)|injur(?:es|ed|ing)|destroy\p{L}*|damag\p{L}+|shatter\p{L}*|rip(?:s|ped|ping)|tor[en]|shook|rock(?:s|ed|ing)|target(?:s|ed|ing)?|was thrown|were thrown|thrown|hurled|tossed|planted|placed|fired|dropped|launched|activated|burst|landed|fell|slammed|crash(?:es|ed)|shelling|bombardment|bombings?|assault|raids?|fire|barrage|impact\p{L}*|caused)\b/iu;
/** Verbs that only a weapon that was used takes. */
const SURE_BEFORE =
  /\b(?:with|using|fir(?:ed|es?|ing)|hurl(?:ed|s|ing)|threw|throw(?:ing|n|s)?|toss(?:ed|ing)|lobb(?:ed|ing)|plant(?:ed|ing|s)|plac(?:ed|ing|es)|sets? off|detonat\p{L}+|explod\p{L}+|dropp?(?:ed|ing|s)|launch(?:ed|es|ing)|activat\p{L}+|wield(?:ed|ing)|brandish\p{L}+|(?:barrage|volley|burst|explosion|blast|detonation) of|discharg\p{L}+|killed by|hit by|caused by|wounded by|struck by)\b(?:(?! (?:when|after|as|that|who|which|in|at|on|near|against) )[^.;:,]){0,40}$/iu;

/** "Has flown drones", "often use bombs", "attacks have been drone strikes": what is used at times. */
const HABIT =
  /\b(?:has|have) (?:\p{L}+ )?(?:\p{L}+ed|been|flown|shot|thrown)\b[^.;,]*$|\b(?:often|usually|regularly|routinely|frequently|repeatedly|typically)\b[^.;,]*$|\b(?:uses?|keeps?|flies|fly)\b[^.;,]*$/iu;
/** How far around a weapon its use is told, in UTF-16 code units. */
const REACH = 120;

/** The weapons that a sentence says were used, for each word that names one. */
export function findWeapons(sentence: Sentence): WeaponFact[] {
  const { text, start } = sentence;
  if (!ANY_WEAPON.test(text) || text.endsWith('?')) return [];
  const facts: WeaponFact[] = [];
  for (const match of text.matchAll(WEAPON)) {
    const end = match.index + match[0].length;
    if (!isUsed(text.slice(Math.max(0, match.index - REACH), match.index), text.slice(end, end + REACH)))
      continue;
    const span = { start: start + match.index, end: start + end };
    facts.push({
      kind: 'weapon',
      ...evidenceAt(sentence, span, hedgeIn(text.slice(0, match.index))),
      value: { weapon: weaponOf(match) },
    });
  }
  return facts;
}

function isUsed(before: string, after: string): boolean {
  if (isSupposed(before) || UNUSED_BEFORE.test(before) || UNUSED_AFTER.test(after)) return false;
  if (TAKEN_BEFORE.test(before) || HEARD_AFTER.test(after) || HABIT.test(before)) return false;
  if (SURE_BEFORE.test(before) || USED_AFTER.test(after)) return true;
  return USED_BEFORE.test(before) && tellsOfEvent(before);
}
