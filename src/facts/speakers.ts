import type { Span } from '../model/article.ts';

/** A speaker as a sentence names one, in offsets of the sentence. */
export interface NamedSpeaker extends Span {
  /** The name with what is said about its bearer ("…, a Britain-based war monitor"). */
  description: string;
}

/** Nouns of people who speak for themselves or for somebody. */
const PERSON =
  /\b(?:official|spokesman|spokeswoman|spokesperson|secretary|minister|president|premier|chancellor|king|prince|commander|general|colonel|major|captain|lieutenant|sergeant|admiral|officer|chief|head|director|leader|governor|mayor|senator|lawmaker|deputy|ambassador|envoy|diplomat|judge|prosecutor|lawyer|witness|resident|activist|journalist|reporter|correspondent|analyst|expert|doctor|medic|nurse|rescuer|survivor|relative|neighbou?r|mother|father|brother|sister|son|daughter|wife|husband|man|woman|teacher|student|farmer|source|adviser|advisor|aide|professor|coroner|user|blogger|imam|pope|bishop|priest|negotiator|mediator|volunteer|worker|inspector|sheriff|superintendent|pilot|driver|soldier|fighter|militant|villager|elder|critic|seismologist|meteorologist)$/iu;
const PEOPLE =
  /\b(?:officials|spokesmen|ministers|commanders|officers|chiefs|leaders|lawmakers|diplomats|prosecutors|lawyers|witnesses|residents|activists|journalists|reporters|analysts|experts|doctors|medics|nurses|rescuers|survivors|relatives|neighbou?rs|parents|sources|aides|people|authorities|police|troops|forces|villagers|locals|families|organi[sz]ers|workers|paramedics|firefighters|militants|rebels|insurgents|investigators|observers|elders|critics|scientists|seismologists|meteorologists|negotiators|mediators|volunteers|protesters|demonstrators|eyewitnesses|groups|agencies|monitors|media|reports|teachers|students|soldiers|fighters)$/iu;
const ORGANISATION =
  /\b(?:army|military|navy|ministry|government|administration|department|agency|monitor|group|organi[sz]ation|observatory|coalition|alliance|commission|committee|council|court|company|union|party|movement|militia|service|services|defen[cs]e|police|command|office|bureau|embassy|hospital|network|outlet|newspaper|television|tv|radio|channel|broadcaster|agency|statement|report|institute|university|charity|foundation|federation|association|centre|center|crescent|cross|board|force|team|faction|front|brigade|watchdog|regulator|operator|airline|secretariat|mission|survey|survey|parliament|congress|senate|kremlin|pentagon|staff|guard|guards)$/iu;

export const PRONOUN = /^(?:he|she|it|they)$/iu;
/** "No group has claimed …" and "nobody said" name nobody. */
const NOBODY =
  /^(?:no|nobody|none|neither|nothing|everyone|everybody|anyone|who|what|which|that|this|these|those|there|i|we|you|some|many|others?|one(?! (?:user|resident|official|witness|survivor|villager|man|woman|source)$))\b/iu;
/** A subject does not begin with these: what stands there is an adverbial, or half of another clause. */
const NO_BEGINNING =
  /^(?:in|on|at|by|during|from|with|near|after|before|for|of|to|into|under|over|since|until|than|not|is|are|was|were|been|be|has|have|had|will|would|can|could|did|does|do|also|including|because|if|just|only|even|here|now|when|as|while)\b/iu;
const CONNECTIVE =
  /^(?:but|and|meanwhile|however|still|yet|later|then|earlier|separately|also|so|nor|or)\s+/iu;
/** In front of an entry of a running report. */
const CLOCK = /^\d{1,2}[:.h]\d{2}(?: ?(?:GMT|UTC|[ap]\.?m\.?))?[\s:–—-]+/u;
const DAY_FIRST = /^(?:late |early )?on \p{Lu}\p{L}+day,?\s+/iu;
const ADVERB_LAST =
  /\s+(?:also|has|have|had|later|earlier|separately|previously|meanwhile|still|then|initially|again|repeatedly|since|however|immediately|publicly|reportedly|(?:late |early )?on \p{Lu}\p{L}+day|today|yesterday)$/iu;

/** Marks and words after which a subject may begin. */
const BEFORE_SUBJECT =
  /(?:[,;—–"“”()]|:(?!\d))\s*|\b(?:that|which|when|where|while|as|after|before|because|but|although|though|if|since|however)\s/giu;
/** Verbs that show that what stands before "and" is a clause and no second speaker. */
const FINITE =
  /\b(?:was|were|is|are|had|has|have|will|would|did|does|left|hit|struck|began|took|came|went|fell|rose|broke|made|saw|said|told|says|gave|\p{Ll}{3,}ed)\b/u;
const PAST = new RegExp(`${FINITE.source}|^gave$`, 'u');
const PRESENT = /^\p{Ll}+s$/u;
const PARTICIPLE =
  /\b(?:known|backed|based|named|called|led|allied|united|armed|unnamed|unidentified|wounded|injured|displaced|retired|self-\p{Ll}+|so-called|appointed|elected|exiled|linked|run|controlled|affiliated)\b/giu;

/** Speakers longer than this are sentences that were read wrongly, in UTF-16 code units. */
const SPEAKER_LENGTH = 140;

/** The subject that ends where `verbStart` begins: "The monitor, based in Britain, also |said|". Null when unsure. */
export function speakerBefore(text: string, verbStart: number): NamedSpeaker | null {
  let head = text.slice(0, verbStart).trimEnd();
  while (ADVERB_LAST.test(head)) head = head.replace(ADVERB_LAST, '');
  if (/\bwho$/u.test(head)) head = head.slice(0, -3).trimEnd();
  const whole = head.replace(/,$/, '');
  const named = titledName(text, whole);
  if (named !== null) return named;
  if (head.endsWith(',')) head = withoutApposition(whole);
  const start = subjectStart(head);
  return accepted(text, { start, end: head.length }, whole.slice(start));
}

/** "The Pentagon calls it a success, |reports| no casualties": the subject at the sentence's start, or null. */
export function sharedSubject(text: string, verbStart: number): NamedSpeaker | null {
  if (!/(?:,|\b(?:and|but))\s+$/u.test(text.slice(0, verbStart))) return null;
  const words = text.slice(0, Math.min(verbStart, SPEAKER_LENGTH)).split(' ').slice(0, 8);
  const names = words.map((_, at) => words.slice(0, at).join(' '));
  const subjectOf = (verb: RegExp) => names.find((name, at) => verb.test(words[at] ?? '') && isNamed(name));
  // "Human rights activists" before "Human": a noun may look like a verb in -s.
  const name = subjectOf(PAST) ?? subjectOf(PRESENT);
  return name === undefined ? null : accepted(text, { start: 0, end: name.length }, '');
}

/** "…, the opposition said." at a sentence's end: whatever the noun, whoever stands there says it. */
export function closingSpeaker(text: string, verbStart: number, verb: string): NamedSpeaker | null {
  if (!/^[\s."”’]*$/u.test(text.slice(verbStart + verb.length))) return null;
  const words = /,["”’]? ((?:the|an?|its|his|her|their|one|two|several) [^,;:"“”]{2,60}) $/u.exec(
    text.slice(0, verbStart),
  )?.[1];
  if (words === undefined) return null;
  const end = verbStart - 1;
  return accepted(text, { start: end - words.length, end }, words, () => true);
}

/** "The Pentagon's press secretary, John Kirby": title and name are one speaker. */
function titledName(text: string, head: string): NamedSpeaker | null {
  const comma = head.search(/, (?:\p{Lu}[\p{L}.'’-]+ ?){2,4}$/u);
  if (comma < 0) return null;
  const start = subjectStart(head.slice(0, comma));
  return PERSON.test(headOf(head.slice(start, comma)))
    ? accepted(text, { start, end: head.length }, '')
    : null;
}

/** "X, whose secretary, Y, has …" and "X, a monitoring group": what is left is X. */
function withoutApposition(head: string): string {
  const relative = head.search(/, (?:whose|which|who) /u);
  if (relative > 0) return head.slice(0, relative);
  let cut = -1;
  for (const match of head.matchAll(
    /, (?=(?:an?|the|one|his|her|its|spokes\p{L}+|head|chief|director|leader|based|citing|quoting|speaking)\b)/giu,
  ))
    cut = match.index;
  if (cut < 0) cut = head.lastIndexOf(', ');
  return cut < 0 ? head : head.slice(0, cut);
}

function subjectStart(head: string): number {
  let start = 0;
  for (const match of head.matchAll(BEFORE_SUBJECT)) {
    const isPartOfName = /\b(?:known|such|identified|described) as $/iu.test(
      head.slice(0, match.index + match[0].length),
    );
    if (!isPartOfName) start = match.index + match[0].length;
  }
  for (const match of head.slice(start).matchAll(/\band\s/giu))
    if (hasFiniteVerb(head.slice(start, start + match.index))) start += match.index + match[0].length;
  return start;
}

/** Whether a verb with its tense stands in the words: they are a clause. */
export function hasFiniteVerb(words: string): boolean {
  return FINITE.test(words.replace(PARTICIPLE, ''));
}

/** The noun phrase that begins at `from`: after "according to", or after an inverted "said". */
export function speakerAfter(text: string, from: number): NamedSpeaker | null {
  const tail = text.slice(from);
  const anonymous =
    /^[^,.;:"”]{3,80}? (?:who spoke|who asked|speaking|who requested|who declined|on condition)[^,;:"”]*?(?=[,;:"”]|\.$|\.["”]?$|$)/u.exec(
      tail,
    )?.[0];
  const plain =
    /^(?:\p{Lu}\.|[^,.;:"“”()—–]|\.(?=\S)|\b(?:Mr|Mrs|Ms|Dr|Lt|Gen|Col|Maj|Capt|Sgt|St|Gov|Sen|Rep)\.)+/u.exec(
      tail,
    )?.[0] ?? '';
  const words = (anonymous ?? plain).replace(AFTER_SPEAKER, '').trimEnd();
  const appositive = /^, [^,.;:"”]{2,80}(?=[,.;"”]|$)/u.exec(tail.slice(words.length))?.[0] ?? '';
  return accepted(text, { start: from, end: from + words.length }, words + appositive);
}

/** Where a speaker after the cue ends when no mark tells. */
const AFTER_SPEAKER =
  /\s(?:(?:who (?!spoke|asked|requested|declined)|which|as|after|when|while|but|because|since|in (?:a|an|the|his|her|its) (?:\p{L}+ )?(?:statement|interview|briefing|report|post)|(?:late |early |earlier )?on \p{Lu}\p{L}+day|today|yesterday|and (?=[^,]*\b(?:said|was|were|is|are|had|has|have)\b)).*)$/u;

/** The span without connectives in front, when it can name a speaker; null otherwise. */
function accepted(
  text: string,
  span: Span,
  description: string,
  canName: (name: string) => boolean = isNamed,
): NamedSpeaker | null {
  let { start } = span;
  for (const pattern of [/^[\s'’“"-]+/u, CLOCK, CONNECTIVE, DAY_FIRST, CONNECTIVE])
    start += pattern.exec(text.slice(start, span.end))?.[0].length ?? 0;
  const name = text.slice(start, span.end);
  const isPlausible =
    name.length > 1 &&
    name.length <= SPEAKER_LENGTH &&
    !NOBODY.test(name) &&
    !NO_BEGINNING.test(name) &&
    !hasFiniteVerb(name.replace(/ who (?:spoke|asked|requested|declined).*$/u, '')) &&
    (PRONOUN.test(name) || canName(name));
  return isPlausible ? { start, end: span.end, description: description === '' ? name : description } : null;
}

function isNamed(name: string): boolean {
  const head = headOf(name);
  const isNoun = PERSON.test(head) || PEOPLE.test(head) || ORGANISATION.test(head);
  return (
    isNoun ||
    /(?:^|[\s-])(?:\p{Lu}[\p{L}.]+|\p{Lu}\p{Ll}?\p{Lu}\p{L}*)$/u.test(head.replace(/['’]s? .*$/u, ''))
  );
}

/** The noun phrase up to its noun: without "of the army", "in Atme", "who spoke on condition of anonymity". */
function headOf(name: string): string {
  return name
    .replace(
      /\s(?:who|speaking|known|based|on condition|close to|familiar|living|working|with knowledge)\b.*$/u,
      '',
    )
    .replace(/(?<=\p{L})\s(?:of|for|in|at|from|near|with|to|on|inside|across)\s.*$/u, '');
}

/** What pronoun may stand for a speaker: a person, one organisation or several people. */
export function personOf(name: string): 'person' | 'organisation' | 'people' {
  if (/, \p{Lu}/u.test(name)) return 'person';
  const head = headOf(name);
  if (/\band\b/u.test(head) || PEOPLE.test(head)) return 'people';
  if (/^(?:the|a|an)\s/iu.test(name) && ORGANISATION.test(head)) return 'organisation';
  if (PERSON.test(head)) return 'person';
  if (ORGANISATION.test(head) || /^the\s/iu.test(name)) return 'organisation';
  return /\p{Lu}\p{Ll}+\s\p{Lu}[\p{L}'’-]+$/u.test(head) ? 'person' : 'organisation';
}
