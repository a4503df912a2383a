import type { Span } from '../model/article.ts';
import type { Fact, Reading } from '../model/fact.ts';
import { covers, overlaps } from '../text/spans.ts';

/** What a reader takes in at a glance, in UTF-16 code units. */
const LEAD_CHARACTERS = 240;
const LEAD_SENTENCES = 4;
/** "Good morning." is no lead: two words at most, in scripts that set words apart. */
const GREETING =
  /^\P{L}*[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}'’-]+(?: [\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}'’-]+)?\P{L}*$/u;
/** Sentences of the body that are looked at: later ones are of other matters. */
const REACH = 12;

/** A beginning that needs the sentence before it. */
const LEANING =
  /^(?:["“'‘]|(?:but|however|meanwhile|this|that|these|those|such|there|also|and|the latter|both|another|others?)\b|.{0,40}\b(?:he|she|they|it|his|her|their|its)\b)/iu;

/**
 * The first sentence of the body and up to three more that tell what is not told yet, as passages: adjacent sentences
 * are one. Where nothing is read that they could add, the second sentence stands with the first.
 */
export function leadPassages({ article, sentences, facts }: Reading): Span[] {
  const { text, title } = article;
  const body = sentences.filter(({ start }) => start >= title.length).slice(0, REACH);
  const adding = notInLines(facts);
  let told = text.slice(0, title.length);
  const lead: Span[] = [];
  for (const [at, sentence] of body.entries()) {
    const words = text.slice(sentence.start, sentence.end);
    const follows = lead.at(-1) === body[at - 1];
    const isReadable = hasRoom(lead, sentence) && (follows || !LEANING.test(words));
    const adds =
      adding.length === 0
        ? follows && lead.length === 1
        : adding.some((fact) => addsTo(told, fact, sentence));
    const isGreeting = lead.length === 0 && at < body.length - 1 && GREETING.test(words);
    if (isGreeting || (lead.length > 0 && !(isReadable && adds))) continue;
    lead.push(sentence);
    told += ` ${words}`;
  }
  return passages(lead, body);
}

/** To whom and what it was done: no fact line shows that, but for people who are counted. */
function notInLines(facts: Fact[]): Fact[] {
  const tolls = facts.filter(({ kind }) => kind === 'casualties');
  return facts.filter(
    (fact) => fact.kind === 'target' && fact.scope === 'event' && !tolls.some((toll) => overlaps(toll, fact)),
  );
}

function hasRoom(lead: Span[], { start, end }: Span): boolean {
  const characters = lead.reduce((sum, one) => sum + one.end - one.start, end - start);
  return lead.length < LEAD_SENTENCES && characters <= LEAD_CHARACTERS;
}

function addsTo(told: string, fact: Fact, sentence: Span): boolean {
  return covers(sentence, fact) && !told.toLowerCase().includes(fact.evidence.toLowerCase());
}

function passages(lead: Span[], body: Span[]): Span[] {
  const joined: Span[] = [];
  for (const sentence of lead) {
    const last = joined.at(-1);
    const follows = last !== undefined && last.end === body[body.indexOf(sentence) - 1]?.end;
    joined.splice(follows ? -1 : joined.length, 1, {
      start: (follows ? last : sentence).start,
      end: sentence.end,
    });
  }
  return joined;
}
