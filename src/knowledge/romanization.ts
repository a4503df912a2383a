/** What the table's keys of sound begin with; no folded word does. */
export const SOUND_MARK = '~';

const ARTICLE = /^(?:al|el|ul|ad|ed|adh|ar|er|as|es|ash|esh|at|et|ath|az|ez|an|en|il)$/u;

/** Whether a folded word is the Arabic article as newspapers spell it, alone between spaces or hyphens. */
export function isArabicArticle(word: string): boolean {
  return ARTICLE.test(word);
}

/**
 * How a folded word sounds when nobody agrees how to spell it in Latin letters: "maarrat", "maaret" and "maarat" are
 * one, so are "shaykh" and "sheikh", "ezzor" and "zour".
 */
export function soundOf(word: string): string {
  return word
    .replace(/^[aei]([dnrstz])\1/u, '$1')
    .replace(/([b-df-hj-np-tv-xz])\1/gu, '$1')
    .replace(/[aeiouwy]+/gu, 'a')
    .replaceAll('q', 'k')
    .replace(/(?<=..)ah?$/u, '');
}
