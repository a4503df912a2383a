import type { FeedItem } from '../../src/model/article.ts';
import { feedItem } from '../support/feeds.ts';

const TOWNS =
  'Atme,Sarmada,Homs,Hama,Lima,Quito,Goma,Kharkiv,Odesa,Basra,Mosul,Sanaa,Gao,Kidal,Maiduguri'.split(',');
const DEEDS = 'raid,strike,bombing,protest,flood,quake,kidnapping,arrest,fire,storm,talks,vote'.split(',');
const WHO = 'residents,rescuers,the ministry,the governor,witnesses,a spokesman,doctors,police'.split(',');

/** Invented news, every article another event; the same numbers give the same articles. */
export function newsItems(first: number, count: number): FeedItem[] {
  return Array.from({ length: count }, (_, at) => newsItem(first + at));
}

function newsItem(number: number): FeedItem {
  const pick = (list: string[], salt: number) => list[(number * salt + (number >> 3)) % list.length] ?? '';
  const [town, deed, who] = [pick(TOWNS, 7), pick(DEEDS, 5), pick(WHO, 3)];
  const name = `Quarter${number.toString(36)}`;
  const lead = `At least ${3 + (number % 40)} people were killed in a ${deed} in the ${name} district of ${town} on Monday, ${who} said.`;
  const body = `It was not clear who was behind it. The road to ${name} was closed, and ${who} called it case ${number}. `;
  const link = `https://wire${number % 3}.example/${number}`;
  return feedItem(`${deed} in ${name} near ${town}`, `${lead} ${body.repeat(4)}`, {
    guid: `${number}`,
    link,
    publishedAt: Date.now(),
  });
}
