import { beginsWithEvent, tellsOfEvent } from './event-words.ts';
import type { Sentence } from './sentence.ts';

/** "IDLIB, Syria (AP) —", "WASHINGTON, Feb 3 (Reuters) -", "TUNIS (Tunisia), 3 Feb —", "BEIRUT —": capitals first, a dash last. */
const DATELINE =
  /^(?:\p{Lu}[\p{Lu}'’.-]+(?:[ /](?:\p{Lu}[\p{Lu}'’.-]+|\p{L}{2}-\p{Lu}+))*)(?: \(\p{Lu}[\p{L}. ]{2,30}\))?(?:, [\p{L}\d., ]{2,40}?)?(?: ?\([\p{L}\d ./&-]{2,40}\))?(?:, [\p{L}\d. ]{2,20})? ?[-–—]{1,2} ?/u;
/** Mixed case needs its agency: "Idlib, Syria (AP) —". */
const AGENCY_DATELINE =
  /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)*(?:, [\p{L}\d., ]{2,40}?)? ?\([\p{L}\d ./&-]{2,40}\) ?[-–—]{1,2} ?/u;

/** Length of the dateline that the sentence begins with; 0 when it has none. */
export function datelineOf(sentence: string): number {
  return (DATELINE.exec(sentence) ?? AGENCY_DATELINE.exec(sentence))?.[0].length ?? 0;
}

const KIND_WORD =
  /^(?:Province|Governorate|City|Region|District|Strip|Countryside|Oblast|County|Airport|Camp|Department|Municipality|Canton|Prefecture)$/u;
const DAY_WORD =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)$/u;
const MAY_PRECEDE =
  /^(?:En|Dans|À|Au|Aux|Selon|Según|Desde|Sur|Depuis|В|Во|На|Под|Из|По|При|Около|К|С|Со|От|До|У|За|In|On|At|Near|Outside|Inside|From|Across|Around|Over|Off|To|Of|And|But|The|A|An|As|When|While|After|Before|With|For|By|Both|Northern|Southern|Eastern|Western|Central|North|South|East|West|Northwest|Northeast|Southwest|Southeast|North-West|North-East|South-West|South-East|North-Western|North-Eastern|South-Western|South-Eastern|Northwestern|Northeastern|Southwestern|Southeastern|Rural|Upper|Lower|Greater|City|Town|Village|Province)$/u;

/** "Chinese capital goods" are not of Beijing. */
const MONEY_NEXT =
  /^ (?:gains?|goods|markets?|flows?|flight|controls?|investments?|punishment|expenditures?|spending|projects?|requirements?)\b/u;

/**
 * Whether the place's words are part of a longer name: "Jordan Smith", "Bank of Jordan", "Aleppo University".
 * `isCountry` tells of a word that it names a country or its people, which may stand beside: "Syrian Idlib".
 */
export function isNamePart(
  sentence: string,
  start: number,
  end: number,
  isCountry: (word: string) => boolean,
): boolean {
  if (/ capital$/u.test(sentence.slice(start, end)) && MONEY_NEXT.test(sentence.slice(end))) return true;
  if (isTitleCase(sentence)) return false;
  const after = /^ (\p{Lu}[\p{L}'’-]*)/u.exec(sentence.slice(end, end + 40))?.[1];
  if (after !== undefined && !mayFollow(after) && !isCountry(after)) return true;
  const before = sentence.slice(Math.max(0, start - 60), start);
  if (/\p{Lu}\p{L}* (?:of|for) (?:the )?$/u.test(before))
    return !/\b(?:City|Town|Village|Province|Republic|State) of $/u.test(before);
  const name = /(?:^|[\s“"'’(])(\p{Lu}[\p{L}.-]*) $/u.exec(before)?.[1];
  if (name === undefined || MAY_PRECEDE.test(name) || isAllCapitals(sentence.slice(start, end))) return false;
  // "МЧС России" and "Представитель Чехии" are of the country.
  const isOwned = isAllCapitals(name) || before === `${name} `;
  if (isOwned && /^\p{Script=Cyrillic}/u.test(name)) return false;
  // Feeds lose apostrophes: "Syrias Idlib".
  return !isCountry(name) && !isCountry(name.replace(/s$/u, ''));
}

/** What follows a place without belonging to its name: "Idlib Province", "Idlib Monday", "in Idlib ISIS said". */
function mayFollow(word: string): boolean {
  return KIND_WORD.test(word) || DAY_WORD.test(word) || isAllCapitals(word);
}

function isAllCapitals(words: string): boolean {
  return /^\p{Lu}{2,}$/u.test(words);
}

/** Whether a short word in capitals is rather the initials of something: "SANA said", but not "HOMS, Syria —". */
export function isInitials(sentence: string, start: number, end: number): boolean {
  const word = sentence.slice(start, end);
  return /^\p{Lu}{2,4}$/u.test(word) && end > datelineOf(sentence) && /\p{Ll}/u.test(sentence);
}

/** In a headline that capitalizes all words but the smallest, a capital tells nothing. */
function isTitleCase(sentence: string): boolean {
  const words = sentence.match(/\p{L}[\p{L}'’]*/gu) ?? [];
  return words.length > 2 && words.every((word) => /^\p{Lu}/u.test(word) || SMALL.has(word));
}

const SMALL = new Set('a an the of in on at to for by and or but as from with near after over s'.split(' '));

/** Whether the sentence is one that tells where the event was: title, lead, or any that tells of an event. */
export function namesEventPlace(sentence: Sentence, lead: number): boolean {
  return sentence.index <= lead || (sentence.isEventful ?? tellsOfEvent(sentence.text));
}

/** "In another part of", "on the eastern side of". */
const PART =
  '(?:in|on|at|throughout|across) (?:[\\p{L}-]+ ){0,4}?(?:parts?|points|sectors?|sides?|end|zones?|sections?|streets|roads?|cent(?:er|re)|heart|outskirts|vicinity|edge|suburbs?|slums|area) of';
const PREPOSITION = new RegExp(
  `\\b(?:in|at|near|outside|inside|around|across|over|throughout|off|close to|through|${PART}|(?:km|kilomet(?:er|re)s|miles) (?:away )?from|(?:north|south|east|west|northeast|northwest|southeast|southwest) of)\\s+$`,
  'iu',
);
/** What is attacked: "the strike on X", "a blast rocked X". */
const ATTACKED =
  /\b(?:(?:(?:air|drone)?strikes?|attacks?|raids?|assaults?|offensive|bombardment|shelling|bombing|siege|missiles?|rockets?|drones?) (?:on|of|against|at)|struck|hit|rocked|shook|bombed|shelled|attacked|raided|stormed|overran|took over)\s+$/iu;
/** "In", and "in the north of", "in the province of" in other languages; Arabic writes "in" onto the name. */
const FOREIGN_PREPOSITION = new RegExp(
  `(?:^|[\\s(«“"])(?:${[
    "(?:en|dans|à|au|aux|cerca de|près de|près d['’]|contre|sur|frappe|sacude)(?:[ '’](?:el|la|los|las|le|les|l|una?|une?|de|del|du|des|d|norte|sur|este|oeste|noreste|noroeste|sureste|suroeste|nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest|centro|centre|provincia|departamento|estado|ciudad|localidad|municipio|región|pueblo|puerto|capital|costa|province|ville|région|village|localité|département|marché|banlieue))*",
    '(?:в|во|под|около|возле|на|близ)(?: (?:городе|селе|посёлке|поселке|районе|области|центре|пригороде|окрестностях|провинции|севере|юге|востоке|западе))?',
    '(?:обстрел|бомбардировк|штурм)(?:а|е|ом|у|ах|ов|и|ы|ами)?',
    '(?:удар|ракет)\\p{L}* по(?: (?:городу|городам|селу))?|атак\\p{L}* на',
    '(?:في|قرب|بالقرب من|وسط|شمال|شمالي|جنوب|جنوبي|شرق|شرقي|غرب|غربي|ب?(?:محافظة|مدينة|بلدة|قرية|حي|ريف|منطقة|قضاء|ناحية|إقليم|ولاية|مخيم))(?: (?:مدينة|محافظة|بلدة|قرية|حي|ريف|منطقة))?',
    '(?:غارات|غارة|قصف|هجوم|هجمات|ضربات|ضربة)(?: \\p{L}+)? على(?: (?:مدينة|محافظة|بلدة|قرية|حي|ريف))?',
  ].join('|')})\\s*$|(?:^|\\s)و?ب$`,
  'iu',
);
/** What may stand between the preposition and the name: "in Syria's rebel-held north-western Idlib". */
const BETWEEN =
  /(?:(?:the|a|an|and|of|(?:city|town|village|capital|port),?|cities|towns|villages|provinces?|departments?|districts?|regions?|areas?|municipalit(?:y|ies)|cantons?|outskirts|suburbs?|camp|camps|countryside|neighbou?rhoods?|residential|surrounding|outlying|central|rural|downtown|nearby|neighbou?ring|war-torn|occupied|besieged|disputed|upper|lower|northern|southern|eastern|western|(?:north|south)-?(?:ern|east|west|eastern|western)|[\p{Ll}]+-(?:held|controlled|run|majority)|\p{Lu}[\p{L}-]*(?:['’]s|s['’])|\p{Lu}\p{L}*(?:n|ish|ese|i)|,)\s+)$/u;

/** Countries that are written in front of what belongs to them: "in US raids". */
const ADJECTIVAL = /^(?:US|U\.S\.?|UK|U\.K\.?|UAE|Saudi)$/u;
const NOUN_NEXT =
  /^(?:-| (?!(?:and|or|but|on|in|at|by|as|after|before|when|while|that|where|which|who|since|for|with|to|is|was|has|had|are|were|from|killed|left|said|says)\b)\p{L})/u;

/** What only bears the name of a place: "the Medellin cartel", "on Tarapaca street". */
const BEARER_NEXT =
  /^ (?:(?:revolutionary|liberation|resistance|independence|guerrilla|drug|armed) )?(?:movement|cartels?|daily|newspaper|streets?|avenue|boulevard|squares?|school)\b/u;

/** Whose place it is and not the event's: "based in", "officials in", "talks in", "border with". */
const NOT_THE_EVENT =
  /\b(?:based|headquartered|exiled|born|lives|living|educated|met|meeting|talks|summit|conference|speaking|spoke|told \p{L}+|said|says|reporters|reporter|officials?|government|authorities|ministry|minister|embassy|consulate|office|hospitals?|university|residents|opponents|sources?|colleagues|refugees|interest|believes?|experts?|analysts?|court|parliament|prosecutors?|correspondents?|forces|troops|contacts|role|presence|war|policy|allies|power|elections?|stationed|relatives|treated|news conference(?: (?:he|she|they))?(?: held)?|(?:charges|claims|statements|remarks) made|(?:^|by )(?:the )?police|it (?:was|has been|is) (?:\p{L}+ )?(?:reported|announced|learned|confirmed))\s+$/iu;

/** "A bomb outside the Italian embassy in X" was in X, unlike what the embassy in X says. */
const AT_A_BUILDING =
  /\b(?:outside|near|inside|against|in front of|hit|struck|attacked|stormed|bombed|shelled|burned|(?:attacks?|bombs?|fire|grenades?|strikes?|explosions?|blasts?) (?:on|at|in)) (?:the |an? )?(?:[\p{L}-]+ ){0,3}(?:embassy|consulate|office|hospitals?|university|court|ministry)\s+$/iu;

/** Where somebody came from or was going is not where it happened. */
const ON_THE_WAY =
  /\b(?:set (?:off|out|sail) (?:on|from|for|to|in|towards?|with)|depart(?:ed|ing|s)|sail(?:ed|ing)|travell?(?:ed|ing)|flew|flying|fled|fleeing|arriv(?:ed|ing)|came|coming|head(?:ed|ing)|bound|en route|return(?:ed|ing)|moved|deported|extradited|originally|native)\b(?:(?! (?:when|where|as|before|after) )[^.;,])*$/iu;

/** Whether the words before a place tell a journey to or from it. */
export function isOnTheWay(before: string): boolean {
  return ON_THE_WAY.test(before);
}

/** "Officials in X" are elsewhere than the event; "troops near X" are where it is. */
function isOfSomebody(before: string, preposition: string): boolean {
  return (
    /^(?:in|at|across|over|around|\P{ASCII}.*)$/iu.test(preposition) &&
    !AT_A_BUILDING.test(before) &&
    NOT_THE_EVENT.test(before.replace(/(?:late |early )?(?:on )?\p{Lu}\p{L}+day\s*$/u, ''))
  );
}

/** How far back a preposition may stand, in UTF-16 code units. */
const LOCATING_REACH = 160;

/** Whether the words before (or the event right after) say that it happened there. */
export function isLocated(sentence: string, start: number, end: number, isExact: boolean): boolean {
  const name = sentence.slice(start, end);
  const after = sentence.slice(end, end + 40);
  if (ADJECTIVAL.test(name) && NOUN_NEXT.test(after)) return false;
  if (BEARER_NEXT.test(after)) return false;
  if (isExact && beginsWithEvent(after)) return true;
  return isPreceded(sentence.slice(Math.max(0, start - LOCATING_REACH), start), isExact);
}

function isPreceded(words: string, isExact: boolean): boolean {
  for (let before = words; before !== ''; before = withoutLast(before)) {
    if (isExact && ATTACKED.test(before)) return true;
    const preposition = (PREPOSITION.exec(before) ?? FOREIGN_PREPOSITION.exec(before))?.[0];
    if (preposition !== undefined)
      return !isOfSomebody(before.slice(0, -preposition.length), preposition.trim());
  }
  return false;
}

/** "in Atme, Idlib, Syria", "in Homs and Hama": the place before may be what the preposition locates. */
const PLACE_BEFORE =
  /(?:\p{Lu}[\p{L}'’-]* (?:(?:de|del|la|las|los|el|al) ){0,2}){0,3}\p{Lu}[\p{L}'’-]*(?:,|,? and| (?:area|canton|district|neighbou?rhood|quarter|sector|suburb) of) $/u;

/** Without the last word that may stand between preposition and name; empty when the last word may not. */
function withoutLast(before: string): string {
  const shorter = PLACE_BEFORE.test(before) ? before.replace(PLACE_BEFORE, '') : before.replace(BETWEEN, '');
  return shorter === before ? '' : shorter;
}
