import type { Effect } from '../casualty-words.ts';
import { PhraseBook, phrases } from './phrases.ts';

/** Lists of patterns (see PhraseBook), separated by commas or line breaks. */
type Patterns = string;
export type Bound = 'least' | 'most' | 'about';

/** What a language says in its own way, as a person writes it down. */
export interface LanguageTable {
  numbers: {
    /** "1 un une, 2 deux": values with their words. */
    words: Patterns;
    scales: Patterns;
    /** A word that says about how many: "cinquantaine". */
    round: Patterns;
    /** With the least that it can honestly mean; "0" tells nothing. */
    vague: Patterns;
    half: Patterns;
    /** Between the parts of one number. */
    and: Patterns;
    /** Articles that say "one" where a person follows. */
    one: Patterns;
    /** "Five and twenty". */
    isUnitFirst?: boolean;
    /** A noun without a number is one person: the language has no article to say so. */
    isBareOne?: boolean;
    least: Patterns;
    most: Patterns;
    about: Patterns;
    /** Hedges that follow the people. */
    leastAfter: Patterns;
    /** What opens a range, what opens an update ("from 9 to 13"), and what joins the two numbers. */
    between: Patterns;
    from: Patterns;
    joint: Patterns;
    /** Between a number and what it counts. */
    of: Patterns;
    /** What a number names, instead of counting: "article 49". */
    labels: Patterns;
    /** Of an age. */
    years: Patterns;
  };
  people: {
    /** Nobody in particular: they are no victim group. */
    anybody: Patterns;
    /** Nouns of people. */
    group: Patterns;
    /** Nouns that tell their number alone where the language has no article, and those of two people. */
    single: Patterns;
    pair: Patterns;
    /** Those of `single` and `pair` that name no group. */
    anyone: Patterns;
    /** "Others": no part of the group. */
    others: Patterns;
    before: Patterns;
    /** An adjective before and after the noun, and the ending of a noun of people; on folded words. */
    adjectiveBefore: RegExp | null;
    adjectiveAfter: RegExp | null;
    ending: RegExp | null;
  };
  /** "12 deaths": what is counted is the effect. */
  counted: Partial<Record<Effect, Patterns>>;
  /** "Two deaths" in one word. */
  countedPair?: Partial<Record<Effect, Patterns>>;
  /** "Killed 12 people", "the death of 12 people". */
  before: Partial<Record<Effect, Patterns>>;
  /** "12 people were killed". */
  after: Partial<Record<Effect, Patterns>>;
  /** "The number of dead", whose number comes later. */
  tally: Partial<Record<Effect, Patterns>>;
  /** "Has risen to", between a tally and its number. */
  rises: Patterns;
  /** Nobody: "no one was hurt". */
  none: Partial<Record<Effect, Patterns>>;
  /** After "no victims", what makes them only unreported. */
  unreported: Patterns;
  /** "No", before people and what happened to none of them. */
  no: Patterns;
  /** Between "killed" and its victims, and between victims and "were killed". */
  beforeGap: Patterns;
  /** Before a name that is a place. */
  inPlace: Patterns;
  /** Joins words that describe people to them, and the verbs that can follow those. */
  of: Patterns;
  finite: Patterns;
  afterGap: Patterns;
  /** Between the verb and its object stands who did it. */
  isVerbFirst?: boolean;
  /** What can't stand between the two then. */
  notSubject: Patterns;
  including: Patterns;
  and: Patterns;
  not: Patterns;
  /** Makes what follows in its clause a possibility, a fear, a plan, an accusation; a condition makes all that follows so. */
  unreal: Patterns;
  condition: Patterns;
  /** "Reportedly". */
  doubt: Patterns;
  prepositions: Patterns;
  days: {
    /** Sunday first. */
    week: readonly Patterns[];
    months: readonly Patterns[];
    today: Patterns;
    yesterday: Patterns;
    tomorrow: Patterns;
    /** "Two days ago": before the number, the unit, after it; a pair of days in one word. */
    agoBefore: Patterns;
    dayUnit: Patterns;
    dayPair: Patterns;
    agoAfter: Patterns;
    /** What belongs to a day in front of it ("el", "في يوم"), and between day, month and year ("de"). */
    opening: Patterns;
    of: Patterns;
    year: Patterns;
    yearAfter: Patterns;
    last: Patterns;
    /** "In", "since": a number after it is a year. */
    inYear: Patterns;
    future: Patterns;
    until: Patterns;
    /** Between the two days of a night. */
    nightTo: Patterns;
    lastYear: Patterns;
  };
  /** Earlier or wider events: over the clause, or from the words on. */
  background: {
    clause: Patterns;
    onward: Patterns;
    since: Patterns;
    superlative: Patterns;
    /** After a date, what happened then. */
    when: Patterns;
  };
  /** Where a new statement begins after a comma or a word. */
  statements: Patterns;
  sources: {
    /** "According to". */
    accordingTo: Patterns;
    /** Verbs of saying; with the word that opens what is said. */
    says: Patterns;
    that: Patterns;
    /** "Avoir": what follows "affirme" without "que". */
    infinitives: Patterns;
    /** Before the day on which somebody told it: "published on Friday". */
    published: Patterns;
    /** Between a verb and the subject that follows it. */
    skipped: Patterns;
    /** Verbs that are part of the claim: "accuse". */
    claims: Patterns;
    /** In front of the verb that the claim begins with. */
    auxiliaries: Patterns;
    /** What the object of such a verb begins with, where the subject stands between the two. */
    objects: Patterns;
    pronouns: Patterns;
    /** A subject that a sentence may begin with; capitals need none. */
    determiners: Patterns;
    /** What a speaker ends at, where no mark does. */
    ends: Patterns;
    connectives: Patterns;
    /** What no speaker is: "a new toll". */
    nobody: Patterns;
    /** The subject may be left out: it is the last speaker. */
    isDropped?: boolean;
  };
  unconfirmed: Patterns;
  /** Words of an event: what is said without any of them is no claim to show. */
  events: Patterns;
}

function effectBook(lists: Partial<Record<string, Patterns>>): PhraseBook<Effect> {
  return new PhraseBook(
    Object.entries(lists).map(([effect, patterns = '']) => [patterns, effect as Effect] as const),
  );
}

/** "1 un une, 2 deux": each row's value with its words. */
function valued(rows: Patterns): PhraseBook<number> {
  return new PhraseBook(
    rows
      .trim()
      .split(/\s*[,\n]\s*/)
      .map((row) => row.split(/\s+/))
      .flatMap(([value, ...words]) => words.map((word) => [word, Number(value)] as const)),
  );
}

function indexed(lists: readonly Patterns[]): PhraseBook<number> {
  return new PhraseBook(lists.map((patterns, index) => [patterns, index] as const));
}

/** What any quantity but one of digits begins with. */
function numberOpenings(numbers: LanguageTable['numbers']): PhraseBook<true> {
  const { words, scales, round, vague, half, one, least, most, about, between } = numbers;
  const rows = [words, scales, round, vague].map((list) =>
    list.replace(/\d+|\s+/g, ' ').replace(/[ ,]+/g, ','),
  );
  return phrases([...rows, half, one, least, most, about, between].join(','));
}

/** A section with each list of patterns as a book. */
type Books<Section> = {
  [Key in keyof Section]: Section[Key] extends Patterns ? PhraseBook<true> : Section[Key];
};

function books<Section extends object>(section: Section): Books<Section> {
  const entries = Object.entries(section).map(([name, entry]: [string, unknown]) => [
    name,
    typeof entry === 'string' ? phrases(entry) : entry,
  ]);
  return Object.fromEntries(entries) as Books<Section>;
}

/** The table as the extractors look things up in it. */
export type Language = ReturnType<typeof compiled>;

/** Folds and indexes a table, once per language. */
export function compiled(table: LanguageTable) {
  const { numbers, people, days, background, sources } = table;
  return {
    ...books(table),
    numbers: numberBooks(numbers),
    people: {
      ...books(people),
      nouns: new PhraseBook<PersonKind>([
        [people.anybody, 'anybody'],
        [people.others, 'others'],
        [`${people.group}, ${people.single}, ${people.pair}`, 'group'],
      ]),
    },
    counted: effectBook(table.counted),
    countedPair: effectBook(table.countedPair ?? {}),
    before: effectBook(table.before),
    after: effectBook(table.after),
    tally: effectBook(table.tally),
    none: effectBook(table.none),
    days: {
      ...books(days),
      week: indexed(days.week),
      months: indexed(days.months),
      relative: new PhraseBook<number>([
        [days.today, 0],
        [days.yesterday, -1],
        [days.tomorrow, 1],
      ]),
    },
    background: books(background),
    sources: books(sources),
  };
}

function numberBooks(numbers: LanguageTable['numbers']) {
  return {
    ...books(numbers),
    openings: numberOpenings(numbers),
    words: valued(numbers.words),
    scales: valued(numbers.scales),
    round: valued(numbers.round),
    vague: valued(numbers.vague),
    hedges: new PhraseBook<Bound>([
      [numbers.least, 'least'],
      [numbers.most, 'most'],
      [numbers.about, 'about'],
    ]),
  };
}

export type PersonKind = 'anybody' | 'others' | 'group';
