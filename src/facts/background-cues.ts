import { EVENT_NOUN } from './periods.ts';

/** How far the background reaches from a cue: over its clause, or from the cue to the sentence's end. */
export type Reach = 'clause' | 'onward';

/** Who fights for years: what they have done by thousands is no single event. */
const ARMED =
  '(?:groups?|militants|insurgents|rebels|jihadists|jihadis|islamists|gangs?|bandits|extremists|cartels?|militias?|faction|movement|army|regime|junta|Boko Haram|al[- ]Shabaab|Islamic State|Al[- ]Qaeda|Taliban)';

/** What tells of an earlier or wider event, by one of the words that each cue has: most sentences need no closer look. */
const CUES: [words: string, RegExp, Reach][] = [
  [
    'since',
    /\bsince (?!(?:then|dawn|sunrise|midnight|yesterday|early|late|the (?:early|morning|attack|raid|strike|blast|quake|night)|[^,.;]{0,60}\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day))/giu,
    'clause',
  ],
  [
    'last',
    /(?<!\btoll (?:from|of|in) )\blast (?:week|month|year|spring|summer|autumn|fall|winter|decade|century)['’]s\b/giu,
    'onward',
  ],
  ['last', /\blast (?:month|year|spring|summer|autumn|winter|decade|century)\b(?!['’]s)/giu, 'clause'],
  ['year century decade', /\b(?:earlier|so far|later)? ?this (?:year|century|decade)\b/giu, 'clause'],
  ['ago earlier before', /\b(?:years|months|decades|weeks) (?:ago|earlier|before)\b/giu, 'clause'],
  ['ago earlier', /\ba (?:year|month|decade|generation) (?:ago|earlier)\b/giu, 'clause'],
  [
    'past last',
    /\b(?:over|in|during|for) the (?:past|last) (?:\p{L}+ )?(?:years?|months?|decades?)\b/giu,
    'clause',
  ],
  [
    'recent past previous earlier',
    /\bin (?:recent|past|previous|earlier) (?:years|months|decades)\b/giu,
    'clause',
  ],
  [
    'war conflict fighting violence unrest',
    /\b(?:decades?|years?) of (?:civil )?(?:war|conflict|fighting|violence|unrest)\b/giu,
    'clause',
  ],
  [
    'every each annually average',
    /\b(?:every|each) (?:year|month|week|day)\b|\bannually\b|\bon average\b/giu,
    'clause',
  ],
  ['anniversary home previously', /\banniversary\b|\bhome to\b|\bhad previously\b/giu, 'clause'],
  [
    'war conflict insurgency uprising crisis violence fighting unrest',
    /\b(?:war|conflict|insurgency|uprising|crisis|violence|fighting|unrest) (?:\p{L}+ ){0,5}?(?:has|have|had) (?:also |already |so far )?(?:killed|claimed|displaced|left|driven|forced|injured|wounded|uprooted)\b/giu,
    'onward',
  ],
  [
    'war conflict insurgency uprising rebellion genocide',
    /\b(?:has|have|had) (?:also |already |so far )?(?:been )?(?:killed|died|displaced|injured|wounded|fled|uprooted)\b[^.;,]{0,30}\bin the (?:[\p{L}-]+ ){0,2}(?:war|conflict|insurgency|uprising|rebellion|genocide)\b/giu,
    'clause',
  ],
  [
    'kidnapped abducted beheaded executed',
    /\bhas (?:since |also |already |previously )?(?:kidnapped|abducted|beheaded|executed) (?:several|many|numerous|dozens|scores|hundreds|thousands|other)\b/giu,
    'clause',
  ],
  [
    'first second third',
    /\b(?:first|second|third|fourth) (?:half|quarter|(?:\p{L}+|\d+) months) of (?:the|this|last|year|\d{4})\b/giu,
    'clause',
  ],
  ['after', /\b(?:years?|months|decades) after\b/giu, 'onward'],
  [
    'after',
    /\b(?:came|comes|come|happened|occurred|took place) (?:[\p{L}-]+ ){0,4}?after (?:(?!the (?:attack|raid|blast|strike|quake|bombing|shooting)\b))/giu,
    'onward',
  ],
  [
    'follows followed',
    /(?<!\b(?:was|were|been|is|are) )\bfollow(?:s|ed) (?:an?|another|similar|several|the|\p{L}+['’]s) /giu,
    'onward',
  ],
  [
    'during',
    /\bduring the (?:[\p{L}-]+ ){0,3}(?:war|genocide|dictatorship|occupation|uprising|insurgency)\b/giu,
    'clause',
  ],
  ['recent', /\b(?:in|over|during) (?:the )?recent (?:weeks|months|years|decades)\b/giu, 'clause'],
  [
    'reminiscent akin comparable compared memory memories recall recalls recalled recalling echo echoes echoed echoing mastermind masterminds masterminded masterminding plotted orchestrated wanted convicted sentenced jailed trial tried indicted blamed accused responsible behind claimed carried staged survive survived survivor survivors',
    new RegExp(
      `\\b(?:(?:reminiscent of|akin to|comparable (?:to|with)|compared (?:to|with)|memor(?:y|ies) of|recall(?:s|ed|ing)|echo(?:es|ed|ing)?|master-?mind(?:s|ed|ing)?|plotted|orchestrated|(?:wanted|convicted|sentenced|jailed|on trial|tried|indicted) (?:for|over))|(?:blamed for|accused of|responsible for|behind|claimed|carried out|staged|surviv(?:ed?|ors? of))(?! (?:the|this|that|its)\\b)) (?:[\\p{L}’'-]+ ){0,6}?${EVENT_NOUN} (?:that|which|in which|where)\\b`,
      'giu',
    ),
    'onward',
  ],
  [
    'series string spate wave number several many numerous repeated frequent regular dozens scores hundreds countless deadly other major past sporadic attacks kidnappings',
    /\b(?:(?:has|have) (?:been )?(?:carried out|staged|launched|seen|suffered|endured|experienced|witnessed|blamed for|accused of|behind|hit by|rocked by|plagued by)|known for|notorious for|blamed for|responsible for) (?:[\p{L}-]+ ){0,2}?(?:a (?:series|string|spate|wave|number) of|several|many|numerous|repeated|frequent|regular|dozens of|scores of|hundreds of|countless|deadly|other|major|past|sporadic|attacks|kidnappings)\b/giu,
    'onward',
  ],
  ['earlier previous', /\ban? (?:earlier|previous) one\b/giu, 'onward'],
  [
    'recent previous earlier past similar',
    new RegExp(
      `\\b(?:an?|several|other) (?:recent|previous|earlier|past|similar) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'onward',
  ],
  [
    'killed claimed kidnapped abducted displaced murdered massacred beheaded executed',
    new RegExp(
      `\\b${ARMED} (?:[\\p{L}-]+ ){0,4}?(?:has|have) (?:since |also |already |previously )?(?:killed|claimed|kidnapped|abducted|displaced|murdered|massacred|beheaded|executed)(?: and \\p{L}+)? (?:(?:many|several) )?(?:more than |over |at least |nearly |about |some |an estimated )?(?:hundreds|thousands|tens of|scores|dozens|\\d{1,3},\\d{3})`,
      'giu',
    ),
    'clause',
  ],
  [
    'war conflict insurgency uprising crisis violence unrest campaign rebellion',
    /\b(?:war|conflict|insurgency|uprising|crisis|violence|unrest|campaign|rebellion),? (?:\p{L}+ ){0,4}?(?:which|that) (?:has|have|had) (?:also |so far )?(?:killed|claimed|displaced|left|driven|forced|injured|wounded|uprooted)\b/giu,
    'onward',
  ],
  ['later', /\b(?:years?|months|weeks) later\b/giu, 'clause'],
  [
    'such two three four',
    /\b(?:(?:second|third|fourth|fifth|\p{L}{3,}th|\d+(?:nd|rd|th)) such|(?:first|other|last) (?:two|three|four))\b/giu,
    'clause',
  ],
  [
    'elsewhere separately last ago earlier before',
    /^(?:elsewhere|separately|last week|(?:an? |the |two |three |few )?(?:days?|nights?|weeks?|months?|years?) (?:ago|earlier|before))\b/giu,
    'clause',
  ],
  ['which', /\b(?:war|conflict|insurgency|uprising|battle) in which\b/giu, 'onward'],
  [
    'separate unrelated',
    new RegExp(`\\ban? (?:separate|unrelated) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`, 'giu'),
    'clause',
  ],
  [
    'after',
    new RegExp(
      `(?<=, )(?:an?|one|two|three|four|\\d+) (?:days?|hours?|weeks?) after an? (?:[\\p{L}-]+ ){0,3}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'onward',
  ],
  [
    'separate unrelated different another other similar previous earlier prior',
    new RegExp(
      `\\bin (?:an? )?(?:separate|unrelated|different|another|other|similar|previous|earlier|prior) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'clause',
  ],
  [
    'previous earlier similar past prior last',
    new RegExp(
      `\\b(?:previous|earlier|similar|past|prior|last (?:month|year)['’]s) (?:\\p{L}+ ){0,2}${EVENT_NOUN}\\b`,
      'giu',
    ),
    'onward',
  ],
];
const cues = CUES.map(([words, pattern, reach]) => ({ words: words.split(' '), pattern, reach }));

/** Where a sentence tells of an earlier or wider event, and how far that reaches; dates are not among them. */
export function cuesIn(text: string): { index: number; reach: Reach }[] {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  return cues
    .filter((cue) => cue.words.some((word) => words.has(word)))
    .flatMap(({ pattern, reach }) => [...text.matchAll(pattern)].map(({ index }) => ({ index, reach })));
}
