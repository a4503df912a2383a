import type { Term } from './spellings.ts';
import { createStemIndex } from './stem-index.ts';
import { type Unit, unitsOf } from './text-units.ts';

/** One thing to look for, shared by every watch that looks for it. */
export interface Atom {
  form: string;
  stemmed: boolean;
  /** How often a watch's spelling refers to it. */
  uses: number;
  /** Articles that held it since the lexicon had read `bornAt` articles: only speed depends on these. */
  seen: number;
  bornAt: number;
}

/** Where the atoms of a lexicon stand in one text, in order of their first token. */
export type Hits = Map<Atom, Unit[]>;

/** The atoms of all watches of an index, and how a text finds them. */
export interface Lexicon {
  /** The atom for a term: the same one each time, until it was released as often as it was taken. */
  take(term: Term): Atom;
  release(atom: Atom): void;
  /** Which atoms the text holds. `language` is ISO 639-1 or null. */
  read(text: string, language: string | null): Hits;
  /** The share of articles that hold the atom, learned from what was read; a guess by length at first. */
  frequency(atom: Atom): number;
}

/** How many articles the guess by length weighs against what was seen. */
const GUESS_WEIGHT = 20;

/** Distinct words remembered per language: a month of news has about 100,000. */
const MAX_KNOWN_FORMS = 200_000;

/** An empty lexicon. */
export function createLexicon(): Lexicon {
  const exact = new Map<string, Atom>();
  const stemmed = new Map<string, Atom>();
  const inflections = createStemIndex<Atom>();
  // What each word of a text satisfies. Most words of an article were met before, and asking anew costs 3 times more.
  const satisfied = new Map<string | null, Map<string, Atom[]>>();
  let articles = 0;

  function take(term: Term): Atom {
    const atoms = term.stemmed ? stemmed : exact;
    const known = atoms.get(term.form);
    if (known !== undefined) {
      known.uses += 1;
      return known;
    }
    const atom = { form: term.form, stemmed: term.stemmed, uses: 1, seen: 0, bornAt: articles };
    atoms.set(term.form, atom);
    if (term.stemmed) inflections.add(atom);
    satisfied.clear();
    return atom;
  }

  function release(atom: Atom): void {
    atom.uses -= 1;
    if (atom.uses > 0) return;
    (atom.stemmed ? stemmed : exact).delete(atom.form);
    if (atom.stemmed) inflections.remove(atom);
    satisfied.clear();
  }

  function satisfiedBy(form: string, language: string | null): Atom[] {
    const forms = formsOf(satisfied, language);
    const known = forms.get(form);
    if (known !== undefined) return known;
    const same = exact.get(form);
    const atoms = [...(same === undefined ? [] : [same]), ...inflections.find(form, language)];
    forms.set(form, atoms);
    return atoms;
  }

  function read(text: string, language: string | null): Hits {
    const hits: Hits = new Map();
    for (const unit of unitsOf(text)) {
      for (const atom of satisfiedBy(unit.form, language)) addHit(hits, atom, unit);
    }
    for (const atom of hits.keys()) atom.seen += 1;
    articles += 1;
    return hits;
  }

  function frequency(atom: Atom): number {
    // Lucene Monitor's guess: each letter makes a word a quarter rarer.
    const guess = Math.exp(-0.3 * atom.form.length);
    return (atom.seen + GUESS_WEIGHT * guess) / (articles - atom.bornAt + GUESS_WEIGHT);
  }

  return { take, release, read, frequency };
}

function formsOf(
  satisfied: Map<string | null, Map<string, Atom[]>>,
  language: string | null,
): Map<string, Atom[]> {
  const known = satisfied.get(language);
  if (known !== undefined && known.size < MAX_KNOWN_FORMS) return known;
  const fresh = new Map<string, Atom[]>();
  satisfied.set(language, fresh);
  return fresh;
}

function addHit(hits: Hits, atom: Atom, unit: Unit): void {
  const units = hits.get(atom);
  if (units === undefined) hits.set(atom, [unit]);
  else units.push(unit);
}
