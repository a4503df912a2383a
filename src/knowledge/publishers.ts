import { z } from 'zod';
import { tokenize } from '../text/tokens.ts';
import { readYamlFile } from './yaml-file.ts';

/** Who stands behind an outlet: a publisher of the table, or the outlet itself where the table has none. */
interface Publisher {
  /** What two sources of one publisher have in common. */
  key: string;
  name: string;
  /** Whether others print its copy. */
  isAgency: boolean;
}

/** An agency's copy says whose it is: "(Reuters) -", "with inputs from PTI". */
interface WireCredit {
  /** The agencies in the order in which they are credited; none where it only says "Agencies". */
  agencies: Publisher[];
  /** The words of the text. */
  evidence: string;
}

/** The table of publishers. */
export interface Publishers {
  /** Who publishes an outlet; `host` is that of the article's link, or null. */
  publisherOf(outlet: string, host: string | null): Publisher;
  /** Whose copy the text of an article is, by dateline or last lines; null when it credits nobody. */
  creditedWire(text: string): WireCredit | null;
}

/** One article of a story, as who publishes it sees it. */
export interface StorySource {
  outlet: string;
  /** Of the article's link, or null. */
  host: string | null;
  /** Headline, blank line, body: as articles have it. */
  text: string;
  /** The earlier source whose words these nearly are. */
  isCopyOf?: number;
}

/** Sources behind which one publisher stands. */
export interface IndependentPublisher {
  /** Its address where others of the story go by its name. */
  name: string;
  /** How many outlets they are of; one name on the pages of two publishers is two. */
  outletCount: number;
  /** Indices of the sources, rising. */
  members: number[];
}

const words = z.array(z.string().trim().min(1, 'write some words here')).default([]);
const file = z.strictObject({
  version: z.int(),
  shared: words,
  hosting: words,
  unnamed: words,
  publishers: z.array(
    z.strictObject({ name: z.string().trim().min(1), credits: words, outlets: words, hosts: words }),
  ),
});

/** Reads the table of the file. Throws KnowledgeError. */
export function readPublishers(path: string): Publishers {
  const { values, fail } = readYamlFile(path, file);
  const [hostOwners, outletOwners, agencies]: [Owners, Owners, Owners] = [new Map(), new Map(), new Map()];
  for (const [at, { name, credits, outlets, hosts }] of values.publishers.entries()) {
    const publisher = { key: `publisher:${name}`, name, isAgency: credits.length > 0 };
    const claim = (owners: Owners, key: string, keys: PropertyKey[]) => {
      const owner = owners.get(key) ?? publisher;
      if (owner !== publisher)
        fail(['publishers', at, ...keys], `this belongs to ${owner.name} already: keep it in one of the two`);
      owners.set(key, owner);
    };
    for (const [i, host] of hosts.entries()) claim(hostOwners, host, ['hosts', i]);
    for (const [i, outlet] of outlets.entries()) claim(outletOwners, nameKey(outlet), ['outlets', i]);
    for (const [i, credit] of credits.entries()) {
      claim(agencies, credit, ['credits', i]);
      claim(outletOwners, nameKey(credit), ['credits', i]);
    }
    // "ABC News (US)" tells apart what goes by one name.
    if (!name.includes('(')) claim(outletOwners, nameKey(name), ['name']);
  }
  const tables = { ...values, hosts: hostOwners, outlets: outletOwners };
  return {
    publisherOf: (outlet, host) => publisherOf(outlet, host, tables),
    creditedWire: creditReader(agencies, values.unnamed),
  };
}

type Owners = Map<string, Publisher>;

interface Hosts {
  shared: readonly string[];
  hosting: readonly string[];
}

interface Tables extends Hosts {
  hosts: ReadonlyMap<string, Publisher>;
  outlets: ReadonlyMap<string, Publisher>;
}

/** In front of the address in the key of a publisher that the table does not have. */
const HOST = 'host:';

/** What is written behind a name for one of its services: "Al Jazeera English", "Reuters Top News". */
const SERVICE =
  /(?:^| )(?:news|world|top|latest|breaking|headlines|stories|online|live|rss|feed|international|global|english|arabic|middle east|africa|asia|europe|uk|us)$/;

function publisherOf(outlet: string, host: string | null, tables: Tables): Publisher {
  const address = host === null ? null : telling(host.toLowerCase().replace(/^www\d?\./, ''), tables);
  const known =
    (address === null ? null : hostOwner(address, tables.hosts)) ?? outletOwner(outlet, tables.outlets);
  if (known !== null) return known;
  const key =
    address === null ? `outlet:${nameKey(outlet)}` : `${HOST}${registrable(address, tables.hosting)}`;
  return { key, name: outlet, isAgency: false };
}

/** The host, unless everybody's pages are there. */
function telling(host: string, { shared }: Hosts): string | null {
  return shared.some((one) => host === one || host.endsWith(`.${one}`)) ? null : host;
}

/** The publisher of the host or of what it is below. */
function hostOwner(host: string, owners: ReadonlyMap<string, Publisher>): Publisher | null {
  const labels = host.split('.');
  for (let at = 0; at < labels.length - 1; at += 1) {
    const owner = owners.get(labels.slice(at).join('.'));
    if (owner !== undefined) return owner;
  }
  return null;
}

/** The publisher of the name, of a part of "World - BBC News", or of it without "English" at its end. */
function outletOwner(outlet: string, owners: ReadonlyMap<string, Publisher>): Publisher | null {
  const parts = [outlet, ...outlet.split(/\s[-–—]\s|[|:•»(),]/u)];
  for (let key of parts.map(nameKey)) {
    while (key !== '') {
      const owner = owners.get(key);
      if (owner !== undefined) return owner;
      if (!SERVICE.test(key)) break;
      key = key.replace(SERVICE, '');
    }
  }
  return null;
}

/** Case, diacritics and a "the" in front make no difference. */
function nameKey(name: string): string {
  const forms = tokenize(name).map(({ form }) => form);
  return (forms[0] === 'the' ? forms.slice(1) : forms).join(' ') || name;
}

/** Under a country's ending these are no names: bbc.co.uk, aa.com.tr, nhk.or.jp. */
const SECOND_LEVEL = /^(?:com?|org?|net?|go[vbk]?|ac|edu?|mil|nom|info|press|web)$/;

/** What somebody registered of a host: "enabbaladi.net" of "english.enabbaladi.net". */
function registrable(host: string, hosting: readonly string[]): string {
  const labels = host.split('.');
  // An address of numbers has no owner that its end would tell.
  if (labels.length < 3 || /^[\d.]+$|:/.test(host)) return host;
  const [second = '', top = ''] = labels.slice(-2);
  const isShared = hosting.includes(`${second}.${top}`) || (top.length === 2 && SECOND_LEVEL.test(second));
  return labels.slice(isShared ? -3 : -2).join('.');
}

/** Lines of a body that can hold a dateline or a byline, and ones that can hold a credit at the end. */
const HEAD_LINES = 3;
const TAIL_LINES = 3;
/** No dateline or credit is longer, in UTF-16 code units; it also bounds the work on hostile text. */
const CREDIT_LENGTH = 160;

/** The same words under a picture say whose picture it is. */
const PICTURE =
  /\b(?:photos?|pictures?|images?|video|file|handout|pool|getty|graphic|map)\b|صورة|صور|фото|foto/iu;

/** Stands in for every character of an agency's name, so that the forms need not know the names. */
const MARK = '\ue000';
const ONE = `(?:[Tt]he )?${MARK}+`;
const WIRE = `${ONE}(?:(?:, and |, | and |/| / |; | & | y | et | و ?| и )${ONE})*`;
const FROM =
  '(?:(?:[Ss]ources?|SOURCES?|[Bb]y|BY|[Ff]rom|[Tt]ext|[Qq]uelle|[Ff]uente|[Ff]onte|[Kk]aynak|المصدر|[Ии]сточник)\\s*[:：]?\\s*)';
const PLACE = `[\\p{Lu}\\p{Lo}][^()!?:;"“${MARK}]{1,45}?`;
const DASH = '[-–—]{1,2}';

/** Where a credit stands at the beginning of a line. */
const HEAD_FORMS = [
  `[([/]${WIRE}[)\\]/]`,
  `${PLACE}[ ,.–—-]*(?:[([]${WIRE}[)\\]]\\s*(?:${DASH}|[:.])|/${WIRE}/)`,
  `\\p{Lu}[\\p{Lu}\\d ,.'’-]{1,45}\\(${WIRE}\\)`,
  `${WIRE}(?:\\s*[–—|]|:\\s|\\s${DASH}\\s|\\s*--)`,
  `${PLACE}\\s*[-–—,./|]\\s*${WIRE}\\s*(?:[-–—:./]|$)`,
  `${WIRE}(?:/|, )\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)?\\s*${DASH}`,
  `${WIRE}(?:/|, )\\p{Lu}[\\p{L}'’-]+$`,
  `[Bb]y ${WIRE}(?:\\s*[-–—|,•(]| (?:[Ss]taff|[Cc]orrespondents?|[Ww]riters?)|$)`,
  `[Bb]y \\p{Lu}[^.!?]{2,60}?\\s?[,|/–—-] ?${WIRE}$`,
  `${FROM}?${WIRE}$`,
  `${WIRE}[\\p{Script=Han}\\d]{2,20}[电電]`,
].map((form) => new RegExp(`^(?:${form})`, 'u'));

/** Initials of desks that Indian agencies sign with: "PTI SKL DIV". */
const INITIALS = '(?: \\p{Lu}{2,4}){0,5}';
const SHARE = '(?:inputs?|reporting|information|material|contributions?)';

/** Where a credit ends a line. */
const TAIL_FORMS = [
  `(?<=^|[.!?…؟。]["”’»)\\]]?)\\s*(?:${DASH})?\\s*[([/]?\\s*${FROM}?${WIRE}${INITIALS}[)\\]/]?\\.?$`,
  `\\s${DASH}\\s?${WIRE}\\.?$`,
  `[Ww]ith (?:\\p{L}+ )?${SHARE} (?:from|by)(?: news)? ${WIRE}[)\\].]*$`,
  `[Ww]ith ${WIRE} (?:inputs?|reports?)[)\\].]*$`,
  `(?:©|\\([cC]\\)|[Cc]opyright)\\s*(?:©\\s*)?\\d{4} ${WIRE}(?:[.,]? [Aa]ll [Rr]ights [Rr]eserved.*)?\\.?$`,
].map((form) => new RegExp(form, 'u'));

/**
 * Reads the credits of an article's text. "Officials told Reuters" and "Reuters reported" are no credits: those words are
 * the outlet's own. Nor is a headline that ends in "- Reuters", which may mean either.
 */
function creditReader(
  agencies: ReadonlyMap<string, Publisher>,
  unnamed: readonly string[],
): (text: string) => WireCredit | null {
  const names = anyOf([...agencies.keys(), ...unnamed]);
  return (text) => {
    for (const { words, forms } of creditPlaces(text)) {
      const evidence = creditIn(
        words,
        words.replace(names, (name) => MARK.repeat(name.length)),
        forms,
      );
      if (evidence === null) continue;
      const credited = [...evidence.matchAll(names)].flatMap(([name]) => agencies.get(name) ?? []);
      return { agencies: [...new Set(credited)], evidence };
    }
    return null;
  };
}

/** First and last lines of the body. A text of one paragraph is a headline. */
function* creditPlaces(text: string): Generator<{ words: string; forms: RegExp[] }> {
  const blank = text.indexOf('\n\n');
  if (blank < 0) return;
  const lines = text
    .slice(blank)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const line of lines.slice(0, HEAD_LINES))
    yield { words: line.slice(0, CREDIT_LENGTH), forms: HEAD_FORMS };
  for (const line of lines.slice(-TAIL_LINES).reverse())
    yield { words: line.slice(-CREDIT_LENGTH), forms: TAIL_FORMS };
}

/** The words of the first form that fits; `marked` are the words with every agency's name marked. */
function creditIn(words: string, marked: string, forms: RegExp[]): string | null {
  if (words === marked) return null;
  for (const form of forms) {
    const found = form.exec(marked);
    if (found === null) continue;
    const end = found.index + found[0].length;
    const around = words.slice(Math.max(0, found.index - 30), end + 12);
    return PICTURE.test(around) ? null : words.slice(found.index, end).trim();
  }
  return null;
}

/** The names as words of their own, the longest that fits: "Interfax-Ukraine" is no "Interfax". */
function anyOf(names: string[]): RegExp {
  const spelled = names
    .toSorted((one, other) => other.length - one.length)
    .map((name) => {
      // Scripts without spaces have no word boundary.
      const isBare = /\p{Script=Han}/u.test(name);
      return isBare ? RegExp.escape(name) : `(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`;
    });
  return new RegExp(spelled.join('|'), 'gu');
}

/** Whose words a source's are: one of the first that is there already, else the first; of any agency where none is named. */
interface Origin {
  of: [Publisher, ...Publisher[]];
  isAnyAgency: boolean;
}

/**
 * The independent publishers behind the sources of a story, in the order of their first source. An agency's copy counts
 * for the agency, and sources with one text or one publisher count once.
 */
export function independentOf(
  sources: readonly StorySource[],
  publishers: Publishers,
): IndependentPublisher[] {
  const owners = ownersOf(sources, publishers);
  const copies = Map.groupBy(sources.keys(), (at) => originalOf(at, sources));
  const origins = [...copies].map(([original, members]) => ({
    members,
    origin: originOf(original, members, { sources, owners, publishers }),
  }));
  const there = new Map<string, Publisher & { members: number[] }>();
  // Who is credited alone comes first: what credits several agencies, or any, joins one of those.
  const isSure = ({ origin }: { origin: Origin }) => origin.of.length === 1 && !origin.isAnyAgency;
  for (const { members, origin } of [...origins.filter(isSure), ...origins.filter((one) => !isSure(one))]) {
    const publisher = chosen(origin, [...there.values()]);
    const group = there.get(publisher.key) ?? { ...publisher, members: [] };
    group.members.push(...members);
    there.set(publisher.key, group);
  }
  const groups = [...there.values()];
  const outletOf = (at: number) => `${owners[at]?.key}/${nameKey(sources[at]?.outlet ?? '')}`;
  return groups
    .map(({ members, ...publisher }) => ({
      name: nameAmong(groups, publisher),
      outletCount: new Set(members.map(outletOf)).size,
      members: members.toSorted((one, other) => one - other),
    }))
    .sort((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0));
}

/** Two publishers that one feed links go by its name both. */
function nameAmong(there: readonly Publisher[], { key, name }: Publisher): string {
  const isShared = there.some((other) => other.key !== key && nameKey(other.name) === nameKey(name));
  return isShared && key.startsWith(HOST) ? key.slice(HOST.length) : name;
}

/** A source without a telling link is the outlet of its name that has one. */
function ownersOf(sources: readonly StorySource[], publishers: Publishers): Publisher[] {
  const owners = sources.map(({ outlet, host }) => publishers.publisherOf(outlet, host));
  const linked = new Map<string, Publisher>();
  for (const [at, owner] of owners.entries())
    if (!isOnlyNamed(owner)) linked.set(nameKey(sources[at]?.outlet ?? ''), owner);
  return owners.map((owner) => (isOnlyNamed(owner) ? (linked.get(nameKey(owner.name)) ?? owner) : owner));
}

/** Whether only the outlet's name is known of a publisher. */
function isOnlyNamed({ key }: Publisher): boolean {
  return key.startsWith('outlet:');
}

/** Follows copies of copies. */
function originalOf(at: number, sources: readonly StorySource[]): number {
  const earlier = sources[at]?.isCopyOf ?? at;
  return earlier < at ? originalOf(earlier, sources) : at;
}

function originOf(
  original: number,
  members: number[],
  {
    sources,
    owners,
    publishers,
  }: { sources: readonly StorySource[]; owners: Publisher[]; publishers: Publishers },
): Origin {
  const credits = members.flatMap((at) => publishers.creditedWire(sources[at]?.text ?? '') ?? []);
  const [named, ...others] = credits.flatMap(({ agencies }) => agencies);
  if (named !== undefined) return { of: [named, ...others], isAnyAgency: false };
  const agency = members.flatMap((at) => owners[at] ?? []).find(({ isAgency }) => isAgency);
  const own = agency ?? (owners[original] as Publisher);
  return { of: [own], isAnyAgency: agency === undefined && credits.length > 0 };
}

function chosen({ of, isAnyAgency }: Origin, there: readonly Publisher[]): Publisher {
  const known = isAnyAgency
    ? there.find(({ isAgency }) => isAgency)
    : of.find(({ key }) => there.some((group) => group.key === key));
  return known ?? of[0];
}
