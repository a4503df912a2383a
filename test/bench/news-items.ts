import type { FeedItem } from '../../src/model/article.ts';
import { feedItem } from '../support/feeds.ts';

const TOWNS =
  'Atme,Sarmada,Homs,Hama,Lima,Quito,Goma,Kharkiv,Odesa,Basra,Mosul,Sanaa,Gao,Kidal,Maiduguri'.split(',');
const DEEDS = 'raid,strike,bombing,protest,flood,quake,kidnapping,arrest,fire,storm,talks,vote'.split(',');
const WHO = 'residents,rescuers,the ministry,the governor,witnesses,a spokesman,doctors,police'.split(',');
const SYLLABLES = 'ba,de,fi,go,ku,la,me,ni,po,ru,sa,te,vi,zo,dra,klo'.split(',');

/** Invented news, every article another event; the same numbers give the same articles. */
export function newsItems(first: number, count: number): FeedItem[] {
  return Array.from({ length: count }, (_, at) => newsItem(first + at));
}

function newsItem(number: number): FeedItem {
  const pick = (list: string[], salt: number) => list[(number * salt + (number >> 3)) % list.length] ?? '';
  const [town, deed, who] = [pick(TOWNS, 7), pick(DEEDS, 5), pick(WHO, 3)];
  // Names that no other article has: without them every article would tell the same story.
  const [one, two, three, four, five] = [0, 1, 2, 3, 4].map((turn) => nameOf(5 * number + turn));
  const lead = `It was ${one} ${two} that the ${deed} hit. At least ${3 + (number % 40)} people were killed in ${town} on Monday, ${who} said.`;
  const body = `${three} ${four} left ${five} before dawn, and the road to ${one} was closed. `;
  const link = `https://wire${number % 3}.example/${number}`;
  return feedItem(`${one} ${two} ${deed} near ${town}`, `${lead} ${body.repeat(6)}`, {
    guid: `${number}`,
    link,
    publishedAt: Date.now(),
  });
}

/** A name of that number, which no language has: five syllables of sixteen. */
export function nameOf(number: number): string {
  // An odd factor reaches every number of 20 bits once; neighbours look unlike each other.
  const mixed = (Math.imul(number + 1, 0x9e375) >>> 0) % 2 ** 20;
  const syllables = [16, 12, 8, 4, 0].map((shift) => SYLLABLES[(mixed >> shift) & 15] ?? '');
  const name = `${syllables.join('')}x`;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
