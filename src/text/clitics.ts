/** Arabic "and", "so", then "with", "to", "like", then the article: written onto the word that follows. */
const CONJUNCTIONS = 'وف';
const PREPOSITIONS = 'بلك';
const ARTICLE = 'ال';
/** What remains must be a word: Arabic roots have three letters. */
const MIN_LETTERS = 3;

/**
 * The words that a folded Arabic word may be with particles taken off its front: "وبالقصف" may be "بالقصف", "القصف"
 * and "قصف". Empty for other scripts. Whether a particle is one only the word itself tells, so all are given.
 */
export function withoutClitics(form: string): string[] {
  if (form.length <= MIN_LETTERS || !/^[وفبلكا]/.test(form)) return [];
  const bare = new Set<string>();
  const starts = [form, ...without(CONJUNCTIONS, form)];
  for (const start of starts) {
    for (const rest of [start, ...without(PREPOSITIONS, start)]) {
      bare.add(rest);
      if (rest.startsWith(ARTICLE)) bare.add(rest.slice(ARTICLE.length));
    }
    // "ل" and "ال" are written "لل".
    if (start.startsWith('لل')) bare.add(start.slice(2));
  }
  bare.delete(form);
  return [...bare].filter((word) => word.length >= MIN_LETTERS);
}

function without(particles: string, form: string): string[] {
  return particles.includes(form.charAt(0)) ? [form.slice(1)] : [];
}
