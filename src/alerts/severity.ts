import type { AlertContent } from '../model/alert.ts';
import type { CasualtyFact, Fact } from '../model/fact.ts';
import type { Doubt } from '../model/watch.ts';

/** How much a story matters, from the least. */
const LEVELS = ['low', 'normal', 'high', 'critical'] as const;
type Level = (typeof LEVELS)[number];

/** The least score of each level. */
const LEAST: readonly [Level, number][] = [
  ['critical', 80],
  ['high', 50],
  ['normal', 20],
];
/** The highest score that is still normal. */
const NORMAL_AT_MOST = 49;

/** How much a story matters, and why. */
export interface Severity {
  level: Level;
  /** From 0 to 100: the points of the reasons, within what they allow. */
  score: number;
  reasons: Reason[];
}

/** What speaks for or against a story. */
export interface Reason {
  /** For a reader; numbers of victims in the words of the article. */
  text: string;
  points: number;
  /** No score is above it, whatever else speaks for the story; 100 allows any. */
  atMost: number;
}

/** How much a story matters, why, and who stands behind it. */
export interface Judgment extends Omit<Severity, 'level'> {
  severity: Level;
  /** Publishers that tell it independently of each other. */
  independent: string[];
  /** How many outlets tell it, never fewer than these. */
  outletCount: number;
  /** Names of the topics that its newest headline and lead match. */
  topics: readonly string[];
}

/** The alert as this judgment has it; the topics stay those that it was told for. */
export function withJudgment(content: AlertContent, judgment: Judgment): AlertContent {
  const { severity, independent, outletCount, topics } = judgment;
  return { topics, ...content, severity, independent, outletCount };
}

/** Articles of a story that it is judged by: the newest. */
export const JUDGED = 50;

/** The scale, for who reads a score: "critical from 80, high from 50, normal from 20". */
export function scaleText(): string {
  return LEAST.map(([level, least]) => `${level} from ${least}`).join(', ');
}

/** One reason with its weight: "+40 kind of event: air strike". */
export function reasonText({ text, points, atMost }: Reason): string {
  const sign = points < 0 ? '−' : points > 0 ? '+' : '±';
  const limit = atMost < 100 ? ` (whatever else is known, at most ${atMost}: ${levelOf(atMost)})` : '';
  return `${sign}${Math.abs(points)} ${text}${limit}`;
}

/** What is known of a story when it is judged. */
export interface Judged {
  /** Names of the topics that its headline and lead match: what stands deep in a text is rarely the event. */
  topics: readonly string[];
  /** Of all its articles. */
  facts: readonly Fact[];
  /** How many independent publishers tell it. */
  independent: number;
  outletCount: number;
  /** Of the match that it alerts for. */
  doubts: readonly Doubt[];
  title: string;
  /** The text of the article with this title. */
  text: string;
}

/** A reason as it is found. */
interface Weight {
  points: number;
  atMost?: number;
  /** Null for what weighs nothing and goes without saying. */
  reason: string | null;
}

/**
 * How much a story matters. What is not known changes nothing; the highest toll that somebody states counts, and tolls
 * are never added up.
 */
export function severityOf(story: Judged): Severity {
  const weights = [
    kindWeight(story.topics),
    ...tollWeights(story.facts),
    ...victimWeight(story.facts),
    publisherWeight(story),
    ...headlineWeights(story),
    ...doubtWeights(story.doubts),
  ];
  const reasons = weights.flatMap(({ reason, points, atMost = 100 }): Reason[] =>
    reason === null ? [] : [{ text: reason, points, atMost }],
  );
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  const score = Math.max(0, Math.min(sum, 100, ...reasons.map(({ atMost }) => atMost)));
  return { level: levelOf(score), score, reasons };
}

/** Whether a story matters more than it did when its readers were last told. */
export function isRise(before: Level, after: Level): boolean {
  return LEVELS.indexOf(after) > LEVELS.indexOf(before);
}

/** What a reader must know of a story that only one publisher tells; null when there are more. */
export function unconfirmedText(independent: number): string | null {
  return independent === 1 ? 'Unconfirmed: one source' : null;
}

function levelOf(score: number): Level {
  return LEAST.find(([, least]) => score >= least)?.[0] ?? 'low';
}

/**
 * Kinds of events by points. Of two that weigh the same the first names the story: what is more exact stands before
 * what is wide. Routine weighs as much as what is not known.
 */
const UNKNOWN_KIND = 20;
const ANY_EVENT = 'headline and lead tell no kind of event that we weigh';
const KINDS: readonly [number, string][] = [
  [60, 'coup'],
  [55, 'chemical-weapons'],
  [
    40,
    'air-strike drone-strike missile-attack shelling bombing hostage-taking plane-crash attack-on-hospital-or-school attack-on-aid-workers assassination border-clash military-offensive mass-grave terrorist-attack mass-killing',
  ],
  [
    30,
    'shooting stabbing kidnapping execution counterterrorism-raid police-killing election-violence attack-on-press landmine attack-on-infrastructure siege prison-break piracy riot forced-disappearance famine epidemic earthquake',
  ],
  [25, 'storm flood wildfire displacement arson sabotage cyber-attack torture police-use-of-force ceasefire'],
  [
    UNKNOWN_KIND,
    'protest arrest peace-talks sanctions humanitarian-aid police-action police-inaction robbery spying weapons-seizure trafficking terror-financing extremist-recruitment',
  ],
];
const RANKED = KINDS.flatMap(([points, names]) => names.split(' ').map((name) => ({ points, name })));

/** Kinds that pass a judgment on motives or on what was not done: we weigh them, and name no event so ourselves. */
const JUDGING = 'terrorist-attack terror-financing extremist-recruitment police-inaction'.split(' ');

const NAMING = RANKED.map(({ name }) => name).filter((name) => !JUDGING.includes(name));

/** How early a topic names the event where several could, from 0: the gravest first; null for what names none. */
export function namingRank(topic: string): number | null {
  const rank = NAMING.indexOf(topic);
  return rank < 0 ? null : rank;
}

/** The gravest kind of event that was found. */
function kindWeight(topics: readonly string[]): Weight {
  const gravest = RANKED.find(({ name }) => topics.includes(name));
  if (gravest === undefined) return { points: UNKNOWN_KIND, reason: ANY_EVENT };
  return { points: gravest.points, reason: `kind of event: ${gravest.name.replaceAll('-', ' ')}` };
}

/** From so many people on, so many points: the first row that is reached counts. */
type Steps = readonly [number, number][];
const KILLED: Steps = [
  [100, 50],
  [30, 35],
  [10, 25],
  [3, 15],
  [1, 10],
];
const HARMED: Steps = [
  [100, 15],
  [50, 10],
  [10, 5],
];
const PUBLISHERS: Steps = [
  [5, 25],
  [3, 20],
  [2, 10],
];

function stepPoints(steps: Steps, count: number): number {
  return steps.find(([from]) => count >= from)?.[1] ?? 0;
}

const TOLLS: readonly [CasualtyFact['value']['effect'], Steps][] = [
  ['killed', KILLED],
  ['injured', HARMED],
  ['missing', HARMED],
  ['casualties', HARMED],
];

function tollWeights(facts: readonly Fact[]): Weight[] {
  return TOLLS.flatMap(([effect, steps]): Weight[] => {
    const [highest] = tollsOf(facts, effect).sort(byToll);
    const points = highest === undefined ? 0 : stepPoints(steps, leastOf(highest));
    return highest === undefined || points === 0 ? [] : [{ points, reason: tollText(highest) }];
  });
}

function tollsOf(facts: readonly Fact[], effect: CasualtyFact['value']['effect']): CasualtyFact[] {
  return facts.filter(
    (fact): fact is CasualtyFact =>
      fact.kind === 'casualties' && fact.scope === 'event' && fact.value.effect === effect,
  );
}

/** Of two that say the same, the one that says who counts. */
function byToll(one: CasualtyFact, other: CasualtyFact): number {
  return leastOf(other) - leastOf(one) || Number(one.speaker === null) - Number(other.speaker === null);
}

/** How many people at least: "several" are one or more, "up to 13" may be none. */
function leastOf({ value: { min, max } }: CasualtyFact): number {
  return min ?? (max === null ? 1 : 0);
}

/** "at least 13 killed, according to the White Helmets". */
function tollText({ evidence, speaker, hedge }: CasualtyFact): string {
  const qualified = hedge === null || evidence.includes(hedge) ? evidence : `${evidence} (${hedge})`;
  return speaker === null ? qualified : `${qualified}, according to ${speaker.name}`;
}

const DEFENCELESS =
  /\b(?:civilians?|child(?:ren)?|kids|bab(?:y|ies)|infants?|toddlers?|boys?|girls?|women|pupils?|school(?:children|girls|boys))\b/iu;

function victimWeight(facts: readonly Fact[]): Weight[] {
  for (const fact of tollsOf(facts, 'killed')) {
    const named = DEFENCELESS.exec(fact.value.group ?? fact.evidence)?.[0];
    if (named !== undefined && leastOf(fact) > 0) return [{ points: 10, reason: `among the dead: ${named}` }];
  }
  return [];
}

function publisherWeight({ independent, outletCount }: Judged): Weight {
  const points = stepPoints(PUBLISHERS, independent);
  if (independent < 2) {
    const reason = outletCount > independent ? `${outletCount} outlets, but one independent publisher` : null;
    return { points, reason };
  }
  const among = outletCount > independent ? ` among ${outletCount} outlets` : '';
  return { points, reason: `${independent} independent publishers${among}` };
}

/** What a label says before or behind a headline: "Opinion | …", "[Analysis] …", "… – review". */
function labelled(words: string): RegExp {
  return new RegExp(`^\\W{0,2}(?:${words})(?:\\]|\\)|\\s*[:|–—]|\\s-\\s)|\\s[|–—-]\\s*(?:${words})$`, 'iu');
}

/** What stands in the title, or deep in the text, of an article that tells no event. */
const GENRES: readonly { reason: string; title: RegExp; text?: RegExp }[] = [
  {
    reason: 'an opinion piece',
    title: labelled(
      'opinions?|op-?ed|editorial|commentary|comment|viewpoint|column|guest essay|opinión|tribuna|tribune|édito(?:rial)?|kommentar|мнение|колонка|رأي|مقال رأي',
    ),
    text: /\b(?:views|opinions)(?: and opinions)? expressed (?:in this (?:article|column|piece|op-?ed|commentary|essay)|herein|here are|by the (?:author|writer))/iu,
  },
  {
    reason: 'an analysis or explainer',
    title: new RegExp(
      `${
        labelled(
          'analysis|news analysis|explainers?|explained|backgrounder|fact[ -]?check|q ?& ?a|timeline|profile|interview|podcast|long read|análisis|analyse|анализ|تحليل',
        ).source
      }|^(?:why|how(?! many)|who (?:is|are|was|were)|what (?:is|are|was|were|does|do|did)(?! known)|what it means)\\b`,
      'iu',
    ),
  },
  {
    reason: 'a review',
    title: new RegExp(
      `${labelled('(?:film |movie |book |theatre |tv |album |game |exhibition )?review').source}|\\b(?:film|movie|book|theatre|album|game) review\\b`,
      'iu',
    ),
  },
];

const PAST_EVENT =
  '(?:attacks?|bombings?|massacres?|killings?|murders?|coup|genocide|earthquake|quake|tsunami|floods?|siege|raid|hijacking|kidnappings?|shootings?|riots?|crash|strikes?|explosion|uprising|protests?|assassination|disaster)';
/** What was long ago: an anniversary, or an event that needs its year to be told apart. */
const LONG_AGO = new RegExp(
  [
    'anniversary|on this day|years ago|commemorat\\p{L}+|remember(?:s|ing)|aniversario|anniversaire|годовщин\\p{L}*|ذكرى',
    'marks? (?:\\p{L}+ ){0,2}(?:\\d+|\\p{L}+) years (?:since|of)',
    'years on(?=$|[,:;–—])',
    '^(?:\\d+|\\p{L}+) (?:years?|decades?) (?:after|since|later)',
    `(?:19|20)\\d\\d (?:\\p{L}+ ){0,2}${PAST_EVENT}`,
    `${PAST_EVENT} (?:of|in|from) (?:19|20)\\d\\d`,
  ]
    .map((pattern) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`)
    .join('|'),
  'iu',
);
/** How headlines tell what has just happened: "Bomber kills 20 at rally marking the anniversary". */
const JUST_NOW =
  /\b(?:kills?|wounds?|injures?|hits?|explodes?|opens? fire|opened fire|dead|killed (?:in|at|by|as)|blast at|attacked|bombs|storms|shakes|rocks)\b/iu;
const IN_COURT =
  /\b(?:sentenced|jailed|convicted|acquitted|plead(?:s|ed)? (?:not )?guilty|found guilty|on trial|verdict|indicted|inquest|life (?:in prison|sentence|term))\b/iu;

/** Points off for an article that tells no event of these days; it is never more than normal. */
const NO_NEWS = { points: -70, atMost: NORMAL_AT_MOST };

function headlineWeights({ title, text, doubts }: Judged): Weight[] {
  const genre = GENRES.find((one) => one.title.test(title) || one.text?.test(text));
  const isLongAgo = doubts.some(({ tells }) => tells === ANNIVERSARY) || isTold(title, LONG_AGO);
  return [
    ...(genre === undefined ? [] : [{ ...NO_NEWS, reason: genre.reason }]),
    ...(isLongAgo ? [{ ...NO_NEWS, reason: 'an anniversary or an event of long ago' }] : []),
    ...(isTold(title, IN_COURT) ? [{ points: 0, atMost: NORMAL_AT_MOST, reason: 'a case in court' }] : []),
  ];
}

/** Whether the title says so before it tells of anything that has just happened. */
function isTold(title: string, pattern: RegExp): boolean {
  const found = pattern.exec(title);
  return found !== null && !JUST_NOW.test(title.slice(0, found.index));
}

/** What a match doubts as this is a matter of the headline. */
const ANNIVERSARY = 'an anniversary';
const DOUBT_POINTS = -30;

function doubtWeights(doubts: readonly Doubt[]): Weight[] {
  const told = new Map<string, string>();
  for (const { tells, found } of doubts) {
    if (tells === ANNIVERSARY) continue;
    const reason = tells === null ? `${found} is only mentioned` : `“${found}” may tell of ${tells}`;
    if (!told.has(tells ?? '')) told.set(tells ?? '', reason);
  }
  return [...told.values()].map((reason) => ({ points: DOUBT_POINTS, reason }));
}
