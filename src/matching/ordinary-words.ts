import { stem } from '../text/stem.ts';

/**
 * The vocabulary of alerts: typed with a capital ("Raids in Idlib"), these are words and not names, so that
 * their other forms are found too.
 */
const ORDINARY_STEMS = new Set(
  `abduct abduction accident advance aid air airport airstrike alert ambush ammunition appeal armed army arrest arson
  artillery assassinate assassination assault asylum attack attacker ban base battle blast blockade bomb bomber bombing
  border breach bribe camp captive capture cartel casualty ceasefire charge checkpoint chemical church city civilian
  claim clash collapse command commander conflict convoy corruption counterterrorism coup court crash crime crisis
  curfew cyber cyberattack dam damage dead death defence defense deport detain detainee detention disaster disease
  displace displacement drone drought drug earthquake election embassy emergency enemy epidemic escape evacuate
  evacuation evict execution exile explode explosion explosive extremist famine fighter fighting fire flood forces
  fraud genocide grenade ground guard guerrilla gunfire gunman gunmen hack hacker helicopter hijack hospital hostage
  hunger hurricane incident infiltrate injure injury insurgent intercept invade invasion investigate investigation jail
  journalist kidnap kidnapper kidnapping kill killer killing landmine landslide launch leader looting march massacre
  military militant militia mine minister missile mob mortar mosque mourning murder mutiny negotiate negotiation
  offensive officer official operation outbreak oust pandemic parade patrol peace piracy pirate plane plot poison
  police port prison prisoner protest protester purge quake raid rally ransom rape rebel rebellion refugee release
  rescue resign resignation retaliate retaliation riot robbery rocket ruling sabotage sanction school scandal seize
  shell shelling ship shoot shooter shooting siege smuggle smuggler sniper soldier spy stab stabbing storm strike
  suicide summit surrender suspect talks tank target tariff tension terror terrorism terrorist threat torture trade
  traffick trafficker trafficking treaty trial troops truce tsunami vaccine victim vigil village violence virus volcano
  vote war warning warplane warship weapon wildfire withdraw withdrawal witness wound`
    .split(/\s+/)
    .map((word) => stem(word, 'en')),
);

/**
 * Short words that fill every text of some language and are acronyms in capitals: US, WHO, IT; UN is a French and
 * Spanish article. Typed in capitals they are found in capitals only.
 */
const COMMON_SHORT_WORDS = new Set(
  `ad ag aid al all am an and any are as at au be but by can da das de dem den der des die do du ein el em en er es et
  fast for go had has he her him his how ice il im in is it its la las le les lo los man may me my new no nor not now
  of off on one or os our out par per que safe se she so star sue sur the to um un una und une up us was we who why y
  you`.split(/\s+/),
);

/** True for a folded word that is no name although somebody wrote it with a capital. */
export function isOrdinaryWord(form: string): boolean {
  return ORDINARY_STEMS.has(stem(form, 'en'));
}

/** True for a folded acronym that is also a common word in small letters. */
export function isCommonShortWord(form: string): boolean {
  return COMMON_SHORT_WORDS.has(form);
}
