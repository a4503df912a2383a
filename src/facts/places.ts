import type { Gazetteer, PlaceName } from '../knowledge/places.ts';
import type { Article, Span } from '../model/article.ts';
import type { Place, PlaceFact } from '../model/fact.ts';
import { overlaps } from '../text/spans.ts';
import { type Token, tokenize } from '../text/tokens.ts';
import { isSupposed } from './asides.ts';
import { datelineOf, isLocated, isNamePart, isOnTheWay, namesEventPlace } from './place-context.ts';
import { evidenceAt, isBackground, type Sentence } from './sentence.ts';

type Role = PlaceFact['value']['role'];

/** A name of the gazetteer, or a pattern, where it stands in the text. */
interface Mention extends Span {
  candidates: readonly Place[];
  isDemonym: boolean;
  needsContext: boolean;
  sentence: Sentence;
}

interface LocatedMention extends Mention {
  place: Place;
  role: Role;
}

/** Sentences after the title in which a located place is where it happened, whatever else they say. */
const LEAD_SENTENCES = 3;

/** The places that an article names, in the order of the text, with whether the event happened there. */
export function findPlaces(article: Article, sentences: Sentence[], gazetteer: Gazetteer): PlaceFact[] {
  const named = namedMentions(article.text, sentences, gazetteer);
  const known = named.filter((mention) => !mention.isDemonym);
  const patterns = patternMentions(sentences).filter((one) => !known.some((other) => overlaps(one, other)));
  const mentions = [...named, ...patterns];
  mentions.sort((a, b) => a.start - b.start || b.end - a.end);
  const countries = countriesOf(mentions);
  const located: LocatedMention[] = [];
  let covered = 0;
  for (const mention of mentions) {
    const place = mention.end <= covered || mention.isDemonym ? null : placeOf(mention, countries);
    if (place === null) continue;
    located.push({ ...mention, place, role: roleOf(mention, place) });
    covered = mention.end;
  }
  preferProvinces(located);
  keepToCountry(located);
  return located.map(({ start, end, place, role, sentence }) => ({
    kind: 'place',
    ...evidenceAt(sentence, { start, end }),
    value: { ...place, role },
  }));
}

function namedMentions(text: string, sentences: Sentence[], gazetteer: Gazetteer): Mention[] {
  const tokens = tokenize(text);
  const forms = tokens.map((token) => token.form);
  const mentions: Mention[] = [];
  let index = 0;
  let at = 0;
  while (at < tokens.length) {
    const name = gazetteer.find(forms, at);
    const words = tokens.slice(at, at + (name?.length ?? 1));
    at += words.length;
    if (name === null || !isSpelledAsName(text, words)) continue;
    const span = { start: words[0]?.start ?? 0, end: endOfInitials(text, words.at(-1)?.end ?? 0) };
    while ((sentences[index]?.end ?? Number.POSITIVE_INFINITY) < span.end) index += 1;
    const mention = mentionOf(sentences[index], span, name);
    if (mention !== null) mentions.push(mention);
  }
  return mentions;
}

/** The name as a mention of its sentence; null between sentences and inside a longer name. */
function mentionOf(sentence: Sentence | undefined, span: Span, name: PlaceName): Mention | null {
  if (sentence === undefined || span.start < sentence.start) return null;
  const start = span.start - sentence.start;
  const end = span.end - sentence.start;
  const isDemonym = name.form === 'demonym' || /^-\p{Ll}/u.test(sentence.text.slice(end, end + 2));
  if (!isDemonym && isNamePart(sentence.text, start, end)) return null;
  return { ...span, candidates: name.places, isDemonym, needsContext: name.needsContext, sentence };
}

/** The last full stop of "U.S." belongs to it. */
function endOfInitials(text: string, end: number): number {
  return /\.\p{Lu}\.$/u.test(text.slice(end - 2, end + 1)) ? end + 1 : end;
}

/** Names are capitalized where the script has capitals, and codes ("US", "UAE") all through. */
function isSpelledAsName(text: string, tokens: readonly Token[]): boolean {
  const words = tokens.map((token) => text.slice(token.start, token.end));
  const isCode = words.length === 1 && CODES.has(tokens[0]?.form ?? '');
  if (isCode) return words.every((word) => word === word.toUpperCase());
  return words.some((word) => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word));
}

/** Names of countries that are words or initials when they are not all capitals. */
const CODES = new Set(['us', 'usa', 'uk', 'uae', 'drc', 'rdc', 'car']);

const KIND_BEFORE =
  /\b(?:[Tt]he |[Aa] )(?:\p{Ll}+[- ]){0,2}?(?:village|town|hamlet|camp|neighbou?rhood|district|suburb)s? of ((?:(?:al|el|ad|as|ash|an|ar|at|az|de|del|la)-?)?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})/gu;
const KIND_AFTER =
  /\b(?:[Tt]he )((?:(?:al|el|ad|as|ash|an|ar|at|az)-)?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2}) (?:area|district|neighbou?rhood|village|province|governorate|valley|camp|countryside)\b/gu;

/** Places that only their pattern tells: "the village of X", "the X area". */
function patternMentions(sentences: Sentence[]): Mention[] {
  const mentions: Mention[] = [];
  for (const sentence of sentences)
    for (const pattern of [KIND_BEFORE, KIND_AFTER])
      for (const match of sentence.text.matchAll(pattern)) {
        const start = sentence.start + match.index;
        const name = match[1] ?? match[0];
        mentions.push({
          start,
          end: start + match[0].length,
          candidates: [{ name, admin: null, country: null, kind: 'unresolved' }],
          isDemonym: false,
          needsContext: false,
          sentence,
        });
      }
  return mentions;
}

/** How often each country is told: by its name, its adjective or a place that only it has. */
function countriesOf(mentions: readonly Mention[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { candidates, needsContext } of mentions) {
    const [first] = candidates;
    const isOne = candidates.every((place) => place.country === first?.country);
    if (first?.country && isOne && !needsContext)
      counts.set(first.country, (counts.get(first.country) ?? 0) + 1);
  }
  return counts;
}

/** The candidate whose country the article speaks of most; null when a name could be anywhere. */
function placeOf(mention: Mention, countries: Map<string, number>): Place | null {
  const told = (place: Place) => countries.get(place.country ?? '') ?? 0;
  const best = Math.max(...mention.candidates.map(told));
  const fitting = mention.candidates.filter((place) => told(place) === best);
  if (mention.needsContext && best === 0) return null;
  const [first] = fitting;
  if (first === undefined || fitting.some((place) => place.country !== first.country)) return null;
  return kindTold(mention, fitting) ?? fitting.find((place) => place.kind === 'settlement') ?? first;
}

/** "Idlib province" is the province, "the city of Idlib" the city. */
function kindTold(mention: Mention, fitting: readonly Place[]): Place | null {
  const { text, start } = mention.sentence;
  const after = text.slice(mention.end - start);
  const before = text.slice(0, mention.start - start);
  const isProvince =
    /^ (?:province|governorate|region|oblast|state|countryside|department)\b/iu.test(after) ||
    /\b(?:province|governorate|region|state) of $/iu.test(before);
  return isProvince ? (fitting.find((place) => place.kind === 'admin') ?? null) : null;
}

function roleOf(mention: Mention, place: Place): Role {
  const { sentence } = mention;
  const start = mention.start - sentence.start;
  const end = mention.end - sentence.start;
  if (end <= datelineOf(sentence.text)) return 'dateline';
  const before = sentence.text.slice(0, start);
  if (isBackground(sentence, mention) || isSupposed(before) || isOnTheWay(before)) return 'mention';
  const isInFrame = sentence.attributions.some(
    ({ speaker }) => speaker.start <= mention.start && mention.end <= speaker.end,
  );
  if (isInFrame || !namesEventPlace(sentence, LEAD_SENTENCES)) return 'mention';
  return isLocated(sentence.text, start, end, place.kind !== 'country') ? 'event' : 'mention';
}

/**
 * A name that is a city and its province is the province when the article calls it that, or when another event place
 * lies in it; "Idlib city" stays a city.
 */
function preferProvinces(located: LocatedMention[]): void {
  const provinces = new Set<string | null>();
  for (const { place, role } of located) {
    if (place.kind === 'admin') provinces.add(place.name);
    else if (role === 'event' && place.name !== place.admin) provinces.add(place.admin);
  }
  for (const mention of located) {
    const { place } = mention;
    const province = mention.candidates.find((one) => one.kind === 'admin' && one.country === place.country);
    const isProvince = province !== undefined && provinces.has(province.name) && !isCity(mention);
    if (place.kind === 'settlement' && isProvince) mention.place = province;
  }
}

function isCity({ sentence, start, end }: Mention): boolean {
  return (
    /^ city\b/iu.test(sentence.text.slice(end - sentence.start)) ||
    /\b(?:city|town) of $/iu.test(sentence.text.slice(0, start - sentence.start))
  );
}

/** Once title and lead have told where it happened, a place of another country is only mentioned. */
function keepToCountry(located: LocatedMention[]): void {
  const isLead = ({ sentence }: LocatedMention) => sentence.index <= LEAD_SENTENCES;
  const home = new Set(
    located.filter((one) => one.role === 'event' && isLead(one)).map(({ place }) => place.country),
  );
  home.delete(null);
  for (const mention of located) {
    const { country } = mention.place;
    if (
      mention.role === 'event' &&
      home.size > 0 &&
      country !== null &&
      !home.has(country) &&
      !isLead(mention)
    )
      mention.role = 'mention';
  }
}
