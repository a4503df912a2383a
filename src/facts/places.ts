import type { Gazetteer } from '../knowledge/places.ts';
import type { Article, Span } from '../model/article.ts';
import type { Place, PlaceFact } from '../model/fact.ts';
import { covers, overlaps } from '../text/spans.ts';
import { fold } from '../text/tokens.ts';
import { isSupposed } from './asides.ts';
import { type CountryHint, settleMainPlaces } from './main-places.ts';
import {
  datelineOf,
  isInitials,
  isLocated,
  isNamePart,
  isOnTheWay,
  namesEventPlace,
} from './place-context.ts';
import { type NamedSpan, namesIn } from './place-names.ts';
import { patternPlaces } from './place-patterns.ts';
import { evidenceAt, isBackground, type Sentence } from './sentence.ts';

type Role = PlaceFact['value']['role'];

/** A name of the gazetteer, or a pattern, where it stands in the text. */
interface Mention extends Span {
  /** Its folded words. */
  name: string;
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
  const named = namedMentions(article, sentences, gazetteer);
  const told = new ToldPlaces(named, firstName(named, article));
  const known = named.filter((mention) => !mention.isDemonym && placeOf(mention, told) !== null);
  // "A camp of Syrian refugees" is not called Syrian.
  const others = [...known, ...named.filter(({ isDemonym }) => isDemonym)];
  const patterns = patternMentions(sentences).filter((one) => !others.some((other) => overlaps(one, other)));
  const mentions = [...named, ...patterns];
  mentions.sort((a, b) => a.start - b.start || b.end - a.end);
  const located: LocatedMention[] = [];
  let covered = 0;
  for (const mention of mentions) {
    const place = mention.end <= covered || mention.isDemonym ? null : placeOf(mention, told);
    if (place === null) continue;
    located.push({ ...mention, place, role: roleOf(mention, place) });
    covered = mention.end;
  }
  keepDistant(located, article.text);
  preferProvinces(located);
  keepToCountry(located);
  const facts = located.map(
    ({ start, end, place, role, sentence }): PlaceFact => ({
      kind: 'place',
      ...evidenceAt(sentence, { start, end }),
      value: { ...place, role, toldBy: 'sentence' },
    }),
  );
  return settleMainPlaces(facts, countryHints(mentions, facts, article), article.title.length);
}

/** What follows the place where a report was written: ", June 23 (Reuters) -". */
const DATELINE_REST =
  /^(?: \(\p{Lu}[^()]{1,30}\)(?=, ))?(?:, [^.;:]{1,40}?)?(?: ?\([^()]{1,40}\))? ?(?:--|[-–—]) /u;

function beginsDateline({ start, end, sentence }: Mention, text: string): boolean {
  return start === sentence.start && DATELINE_REST.test(text.slice(end, end + 120));
}

/** The name that the dateline begins with. */
function firstName(named: readonly Mention[], article: Article): Mention | undefined {
  const opening = bodyStart(article);
  return named.find((mention) => mention.start === opening && beginsDateline(mention, article.text));
}

function bodyStart({ title, text }: Article): number {
  return title.length + (/\S/u.exec(text.slice(title.length))?.index ?? 0);
}

/** Demonyms, and the name that a dateline begins with when it could be many: it is the likeliest of them. */
function countryHints(
  mentions: readonly Mention[],
  facts: readonly PlaceFact[],
  article: Article,
): CountryHint[] {
  const { text } = article;
  const opening = bodyStart(article);
  const isRead = (mention: Mention) => facts.some(({ start }) => start === mention.start);
  return mentions.flatMap((mention): CountryHint[] => {
    const { start, end, sentence, candidates, isDemonym } = mention;
    const country = candidates[0]?.country;
    if (!country) return [];
    // "US-led" tells of the coalition.
    if (isDemonym) return text[end] === '-' ? [] : [{ start, end, sentence, country, kind: 'demonym' }];
    const isDateline = start === opening && beginsDateline(mention, text) && !isRead(mention);
    return isDateline ? [{ start, end, sentence, country, kind: 'dateline' }] : [];
  });
}

function namedMentions({ text, language }: Article, sentences: Sentence[], gazetteer: Gazetteer): Mention[] {
  const mentions: Mention[] = [];
  const isCountry = countryWords(gazetteer);
  /** Names that stand in longer names here: after "Kirk Jackson", Jackson is he. */
  const borne = new Set<string>();
  let index = 0;
  for (const named of namesIn(text, gazetteer, language)) {
    while ((sentences[index]?.end ?? Number.POSITIVE_INFINITY) < named.span.end) index += 1;
    const mention = mentionOf(sentences[index], named, isCountry);
    if (mention === 'longer name') borne.add(named.key);
    else if (mention !== null) mentions.push(mention);
  }
  const isRead = (one: Mention) => isPlaced(one) || beginsDateline(one, text);
  return mentions.filter((one) => !one.needsContext || !borne.has(one.name) || isRead(one));
}

function countryWords(gazetteer: Gazetteer): (word: string) => boolean {
  return (word) => {
    const found = gazetteer.find([fold(word)], 0);
    return found !== null && !found.needsContext && found.places[0]?.kind === 'country';
  };
}

function isPlaced({ sentence, start, end }: Mention): boolean {
  return isLocated(sentence.text, start - sentence.start, end - sentence.start, true);
}

/** The name as a mention of its sentence; null between sentences, and for the initials of something else. */
function mentionOf(
  sentence: Sentence | undefined,
  { name, key, span }: NamedSpan,
  isCountry: (word: string) => boolean,
): Mention | 'longer name' | null {
  if (sentence === undefined || span.start < sentence.start) return null;
  const start = span.start - sentence.start;
  const end = span.end - sentence.start;
  const isDemonym = name.form === 'demonym' || /^-\p{Ll}/u.test(sentence.text.slice(end, end + 2));
  if (!isDemonym && isNamePart(sentence.text, start, end, isCountry)) return 'longer name';
  if (name.places[0]?.kind !== 'country' && isInitials(sentence.text, start, end)) return null;
  const { places: candidates, needsContext } = name;
  return { ...span, name: key, candidates, isDemonym, needsContext, sentence };
}

function patternMentions(sentences: Sentence[]): Mention[] {
  return sentences.flatMap((sentence) =>
    patternPlaces(sentence.text).map(
      ({ start, end, name }): Mention => ({
        start: sentence.start + start,
        end: sentence.start + end,
        name,
        candidates: [{ name, admin: null, country: null, kind: 'unresolved' }],
        isDemonym: false,
        needsContext: false,
        sentence,
      }),
    ),
  );
}

/** How often countries and provinces are told: by their own names and adjectives and by those of well-known places. */
class ToldPlaces {
  readonly #counts = new Map<string, Map<string, number>>();

  /** Where nothing else tells which place the dateline means, it tells the likeliest one. */
  constructor(mentions: readonly Mention[], dateline: Mention | undefined) {
    for (const { candidates, needsContext, name } of mentions) {
      const [first] = candidates;
      if (needsContext || !first?.country) continue;
      this.#add(first.country, name);
      const province = provinceOf(first);
      if (province !== null) this.#add(`${first.country}/${province}`, name);
    }
    const [likeliest] = dateline?.candidates ?? [];
    const isTold = dateline?.candidates.some((place) => this.country(place, dateline.name) > 0);
    if (likeliest?.country && !isTold) this.#add(likeliest.country, '');
  }

  /** By other names than `name`. */
  country(place: Place, name: string): number {
    return this.#told(place.country ?? '', name);
  }

  province(place: Place, name: string): number {
    return this.#told(`${place.country}/${provinceOf(place)}`, name);
  }

  #told(what: string, name: string): number {
    let count = 0;
    for (const [other, times] of this.#counts.get(what) ?? []) if (other !== name) count += times;
    return count;
  }

  #add(what: string, name: string): void {
    const names = this.#counts.get(what) ?? new Map<string, number>();
    names.set(name, (names.get(name) ?? 0) + 1);
    this.#counts.set(what, names);
  }
}

function provinceOf(place: Place): string | null {
  return place.kind === 'admin' ? place.name : place.admin;
}

/** The candidate that the rest of the article speaks for; null when a name could be anywhere. */
function placeOf(mention: Mention, told: ToldPlaces): Place | null {
  const { candidates, name } = mention;
  const [first] = candidates;
  if (first === undefined) return null;
  const needsContext = mention.needsContext || isQuarter(mention);
  const best = Math.max(...candidates.map((place) => told.country(place, name)));
  if (needsContext && best === 0 && first.country !== null) return null;
  const isFirst = !needsContext && (best === 0 || told.country(first, name) > 0);
  const fitting = candidates.filter((place) =>
    isFirst ? place.country === first.country : told.country(place, name) === best,
  );
  if (fitting.some((place) => place.country !== fitting[0]?.country)) return null;
  const towns = fitting.filter((place) => place.kind === 'settlement');
  const likeliest = towns.toSorted((a, b) => told.province(b, name) - told.province(a, name))[0];
  return kindTold(mention, fitting) ?? likeliest ?? fitting[0] ?? null;
}

/** Neighborhoods bear the names of towns elsewhere. */
function isQuarter({ sentence, end }: Mention): boolean {
  return /^ (?:neighbou?rhood|canton|hamlet|farm|ranch)s?\b(?! of\b)/u.test(
    sentence.text.slice(end - sentence.start),
  );
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
  const isInFrame = sentence.attributions.some(({ speaker }) => covers(speaker, mention));
  if (isInFrame || !namesEventPlace(sentence, LEAD_SENTENCES)) return 'mention';
  return isLocated(sentence.text, start, end, place.kind !== 'country') ? 'event' : 'mention';
}

/** "In Atme, 30 km north of *Idlib*" happened in Atme; "in Iran, 87 km from *Bushehr*" is told most exactly by Bushehr. */
function keepDistant(located: LocatedMention[], text: string): void {
  for (const [index, mention] of located.entries()) {
    const before = located[index - 1];
    if (before === undefined || !/^(?:settlement|unresolved)$/.test(before.place.kind)) continue;
    if (DISTANCE.test(text.slice(before.end, mention.start))) mention.role = 'mention';
  }
}

const DISTANCE = /^, (?:[^,;]{0,30} )?\d[\d.]* ?(?:km|kilomet\p{L}+|miles?)\b[^,;]{0,30} (?:of|from) $/iu;

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
