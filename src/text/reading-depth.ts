/** Languages that have a table of their own for the facts; a test holds both lists together. */
const PARTLY_READ = ['ar', 'es', 'fr', 'ru'];

/**
 * How much of the facts is read in a language: all of them in English, and where nobody tells the language; those that
 * a table's rules are sure of; or places alone.
 */
export function readingDepth(language: string | null): 'all' | 'sure' | 'places' {
  if (language === null || /^en\b/i.test(language)) return 'all';
  return PARTLY_READ.includes(primaryLanguage(language)) ? 'sure' : 'places';
}

/** "fr" of "fr-CA". */
export function primaryLanguage(tag: string): string {
  return (/^[a-z]{2,3}(?![a-z])/i.exec(tag)?.[0] ?? '').toLowerCase();
}
