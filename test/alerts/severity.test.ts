import { describe, expect, test } from '@jest/globals';
import {
  isRise,
  type Judged,
  reasonText,
  type Severity,
  scaleText,
  severityOf,
  unconfirmedText,
} from '../../src/alerts/severity.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { CasualtyFact, Fact } from '../../src/model/fact.ts';
import type { Doubt } from '../../src/model/watch.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { articleOf, factsOf } from '../facts/article.ts';

const language = loadWatchLanguage();
const index = createWatchIndex(language);
for (const { name } of language.library) index.add({ id: name, query: `topic:${name}` });

/** What the stages before know of an article whose story so many independent publishers tell. */
function judged(title: string, lead: string, independent = 1, outletCount = independent): Judged {
  const article = articleOf(title, lead);
  const matches = index.match(article.text, { titleEnd: title.length, language: 'en' });
  const best = matches.toSorted((one, other) => other.rank - one.rank)[0];
  return {
    topics: matches.map(({ watchId }) => watchId),
    facts: factsOf(article),
    independent,
    outletCount,
    doubts: best?.doubts ?? [],
    title,
    text: article.text,
  };
}

function severity(title: string, lead: string, independent = 1): Severity {
  return severityOf(judged(title, lead, independent));
}

/**
 * An editor's order, the gravest first. The least scores of the levels (80 critical, 50 high, 20 normal) are set by it:
 * one publisher alone makes critical only what kills dozens or hundreds.
 */
const ORDER: [Severity['level'], number, string, string][] = [
  [
    'critical',
    5,
    'Air strike on market in Idlib kills 43 civilians',
    'Jets bombed a market on Thursday, killing at least 43 civilians, rescuers said.',
  ],
  [
    'critical',
    1,
    'Chemical attack kills dozens in Douma',
    'A chlorine attack killed at least 70 people, including 20 children, the White Helmets said.',
  ],
  [
    'critical',
    3,
    'Soldiers seize power in coup in Bamako',
    'Soldiers announced on state television that they had seized power.',
  ],
  [
    'critical',
    1,
    'Militants massacre villagers in Benue',
    'Gunmen killed at least 112 villagers in a massacre at dawn, the governor said.',
  ],
  [
    'critical',
    3,
    'Suicide bombing at Kabul mosque kills 20',
    'A suicide bomber killed 20 worshippers during Friday prayers, police said.',
  ],
  [
    'critical',
    3,
    'Earthquake kills 140 in eastern province',
    'An earthquake of magnitude 6.9 killed 140 people, the interior ministry said.',
  ],
  [
    'high',
    1,
    'Soldiers announce coup in Ouagadougou',
    'Soldiers said on television that they had taken power and closed the borders.',
  ],
  [
    'high',
    1,
    'Air strike kills 13 near Atme',
    'An air strike killed at least 13 people, including six children, rescuers said.',
  ],
  [
    'high',
    2,
    'Missile attack on Kharkiv kills one',
    'A missile attack killed one woman and wounded 14 people, the mayor said.',
  ],
  [
    'high',
    2,
    'Drone strike hits hospital in El Fasher',
    'A drone strike hit the last working hospital in the city, doctors said.',
  ],
  [
    'high',
    1,
    'Gunman kills 11 at shopping centre',
    'A gunman opened fire in a shopping centre and killed 11 people, police said.',
  ],
  [
    'high',
    3,
    'Gunmen kidnap 80 pupils from boarding school',
    'Gunmen abducted about 80 pupils from a boarding school at night, parents said.',
  ],
  [
    'normal',
    1,
    'Air strike reported near Atme',
    'Residents heard an air strike on the edge of the town before dawn.',
  ],
  [
    'normal',
    1,
    'Helicopters land near Atme',
    'Residents heard helicopters and shouting in Arabic over loudspeakers before dawn.',
  ],
  [
    'normal',
    1,
    'Man stabbed outside station',
    'A man was stabbed and seriously wounded outside the station, police said.',
  ],
  [
    'normal',
    5,
    'Negotiators meet in Geneva for peace talks',
    'Delegates of both sides began peace talks in Geneva on Thursday.',
  ],
  [
    'normal',
    2,
    'Thousands protest in Beirut',
    'Thousands of people joined a protest in the centre of the city against price rises.',
  ],
  [
    'normal',
    1,
    'Police arrest two over smuggling',
    'Police arrested two men in a smuggling case in the port.',
  ],
  [
    'normal',
    3,
    'Man jailed for life over mosque shooting that killed 51',
    'A court jailed a man for life for the shooting at two mosques in which 51 people were killed.',
  ],
  [
    'low',
    1,
    'Opinion: The air strike on Idlib was a war crime',
    'An air strike that killed 13 people demands an answer.',
  ],
  [
    'low',
    1,
    'Why the air strikes on Idlib will not stop',
    'The air strikes killed 13 people this week, but they serve a purpose.',
  ],
  [
    'low',
    2,
    'Ten years after the bombing, survivors still wait',
    'The car bomb killed 19 people and wounded dozens.',
  ],
  [
    'low',
    1,
    'City marks anniversary of 1988 massacre',
    'Relatives of those killed in the massacre laid flowers.',
  ],
  [
    'low',
    1,
    'Film review: a siege in three acts',
    'The thriller tells of a siege in which gunmen hold 30 hostages.',
  ],
  ['low', 1, 'Analysis | What the coup means for the region', 'Soldiers took power in a coup last month.'],
  [
    'low',
    1,
    'Market bombing tops the box office',
    'The car bomb thriller took the box office by surprise on its opening weekend.',
  ],
];

describe('An editor would agree that', () => {
  test.each(ORDER)('it is %s, told by %d: “%s”', (level, independent, title, lead) => {
    const found = severity(title, lead, independent);
    expect({ ...found, level: found.level }).toMatchObject({ level });
  });

  test('an anniversary, a film or a metaphor is no news, but an attack at an anniversary is', () => {
    const lead = 'A suicide bomber killed 20 people, police said.';
    expect(severity('Suicide bomber kills 20 at anniversary rally', lead, 2).level).toBe('high');
    expect(textsOf(severity('Blast at memorial for 1988 massacre kills 20', lead, 2))).not.toContain(
      'an anniversary or an event of long ago',
    );
    expect(severity('Air strike kills 13, deadliest since 2019 raid', lead).level).toBe('high');
  });

  test('what is said of an opinion piece holds however grave its subject', () => {
    const lead = 'The massacre killed 800 people, the United Nations said.';
    expect(severity('Massacre in Darfur', lead, 5).level).toBe('critical');
    expect(severity('Opinion | Massacre in Darfur', lead, 5).level).toBe('normal');
    const disclaimer = 'The views expressed in this article are the author’s own.';
    expect(textsOf(severity('Massacre in Darfur', `${lead}\n\n${disclaimer}`, 5))).toContain(
      'an opinion piece',
    );
  });

  test.each([
    ['Opinion piece retracted after bombing'],
    ['Analysis of rubble points to a bombing'],
    ['How many died in the bombing'],
    ['Review ordered after bombing'],
    ['What is known about the bombing'],
    ['Commentator wounded in bombing'],
  ])('“%s” is no opinion, explainer or review', (title) => {
    expect(textsOf(severity(title, 'A car bomb exploded in the town.'))).toEqual(['kind of event: bombing']);
  });
});

/** Its reasons without their weights. */
function textsOf({ reasons }: Severity): string[] {
  return reasons.map(({ text }) => text);
}

/** A toll as somebody states it. */
function toll(
  min: number | null,
  more: Omit<Partial<CasualtyFact>, 'value'> & { value?: Partial<CasualtyFact['value']> } = {},
): Fact {
  const { value, ...rest } = more;
  return {
    kind: 'casualties',
    start: 0,
    end: 10,
    evidence: min === null ? 'several killed' : `${min} killed`,
    sentence: { start: 0, end: 10 },
    speaker: null,
    hedge: null,
    scope: 'event',
    ...rest,
    value: { effect: 'killed', min, max: min, group: null, ...value },
  };
}

const said = (name: string) => ({ speaker: { name, start: 20, end: 30 } });
const story = (more: Partial<Judged> = {}): Judged => ({
  topics: ['air-strike'],
  facts: [],
  independent: 1,
  outletCount: 1,
  doubts: [],
  title: 'Air strike in Idlib',
  text: 'Air strike in Idlib',
  ...more,
});

describe('A score explains itself:', () => {
  test('kind of event, toll with who counts, victims, publishers', () => {
    const told = judged(
      'Air strike near Atme',
      'The air strike killed at least 13 civilians, the White Helmets said. The army said nine people were killed.',
      3,
      5,
    );
    const found = severityOf(told);
    expect(found).toMatchObject({ level: 'critical', score: 95 });
    expect(found.reasons.map(reasonText)).toEqual([
      '+40 kind of event: air strike',
      '+25 killed at least 13 civilians, according to the White Helmets',
      '+10 among the dead: civilians',
      '+20 3 independent publishers among 5 outlets',
    ]);
  });

  test('what lowers it says by how much, and how high it can get', () => {
    const opinion = severityOf(story({ title: 'Opinion | The town that waits', facts: [toll(100)] }));
    expect(opinion.reasons.map(reasonText)).toContain(
      '−70 an opinion piece (whatever else is known, at most 49: normal)',
    );
    const court = severityOf(story({ title: 'Bomber jailed for life' }));
    expect(court.reasons.map(reasonText)).toContain(
      '±0 a case in court (whatever else is known, at most 49: normal)',
    );
    expect(scaleText()).toBe('critical from 80, high from 50, normal from 20');
  });

  test('the highest toll that somebody states counts, and none is added to another', () => {
    const facts = [toll(9), toll(13), toll(13, said('rescuers')), toll(90, { scope: 'background' })];
    expect(textsOf(severityOf(story({ facts })))).toEqual([
      'kind of event: air strike',
      '13 killed, according to rescuers',
    ]);
    const often = Array.from({ length: 20 }, () => toll(9));
    expect(severityOf(story({ facts: often })).score).toBe(severityOf(story({ facts: [toll(9)] })).score);
  });

  test('a hedge is kept', () => {
    const facts = [toll(13, { evidence: '13 people were killed', hedge: 'reportedly' })];
    expect(textsOf(severityOf(story({ facts })))).toContain('13 people were killed (reportedly)');
  });

  test('“several” are some, “up to 13” may be none, and “no civilians” are none', () => {
    const scored = (fact: Fact) => severityOf(story({ facts: [fact] })).score;
    const none = severityOf(story()).score;
    expect(scored(toll(null))).toBeGreaterThan(none);
    expect(scored(toll(null, { value: { max: 13 } }))).toBe(none);
    expect(scored(toll(0, { evidence: 'no civilians were killed', value: { group: 'civilians' } }))).toBe(
      none,
    );
  });

  test('one text in four papers is one publisher', () => {
    expect(textsOf(severityOf(story({ outletCount: 4 })))).toContain(
      '4 outlets, but one independent publisher',
    );
  });

  test('what a match doubts is told once', () => {
    const doubt = (tells: string | null, found: string): Doubt => ({ tells, found, span: null });
    const doubts = [doubt('sport', 'scored'), doubt('sport', 'midfield'), doubt(null, 'Idlib')];
    const found = severityOf(story({ doubts }));
    expect(textsOf(found).slice(1)).toEqual(['“scored” may tell of sport', 'Idlib is only mentioned']);
    expect(found.level).toBe('low');
  });

  test('an anniversary in headline and match lowers once', () => {
    const doubts = [{ tells: 'an anniversary', found: 'anniversary of the raid', span: null }];
    const title = 'Town marks anniversary of the raid';
    const grave = { title, facts: [toll(100)], independent: 5 };
    expect(severityOf(story({ ...grave, doubts })).score).toBe(severityOf(story(grave)).score);
  });

  test('what nothing is known of is normal, and says so', () => {
    const found = severityOf(story({ topics: ['a-topic-of-ours'], title: 'Notice', text: 'Notice' }));
    expect(found).toMatchObject({ level: 'normal', score: 20 });
    expect(textsOf(found)).toEqual(['headline and lead tell no kind of event that we weigh']);
  });

  test('every shipped topic has a weight of its own or is routine', () => {
    const unexplained = language.library.filter(
      ({ name }) =>
        textsOf(severityOf(story({ topics: [name] })))[0] !== `kind of event: ${name.replaceAll('-', ' ')}`,
    );
    expect(unexplained.map(({ name }) => name)).toEqual([]);
  });
});

test('A rise is a higher level, not the same or a lower one', () => {
  expect([isRise('normal', 'high'), isRise('high', 'high'), isRise('critical', 'low')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('One publisher is unconfirmed, two are not', () => {
  expect([unconfirmedText(1), unconfirmedText(2)]).toEqual(['Unconfirmed: one source', null]);
});
