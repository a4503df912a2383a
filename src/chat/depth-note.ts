import { listedSources } from '../alerts/compose.ts';
import type { AlertContent } from '../model/alert.ts';
import { primaryLanguage, readingDepth } from '../text/reading-depth.ts';

const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
const LISTED = new Intl.ListFormat('en', { type: 'conjunction' });

/** In which languages of its sources less is read; null where all of it is. */
export function depthNote(content: AlertContent): string | null {
  const languages = listedSources(content).flatMap(
    ({ source }) => primaryLanguage(source.language ?? '') || [],
  );
  const named = (depth: 'sure' | 'places') => {
    const some = [...new Set(languages)].filter((language) => readingDepth(language) === depth);
    return LISTED.format(some.map((language) => LANGUAGE_NAMES.of(language) ?? language));
  };
  const [sure, places] = [named('sure'), named('places')];
  const notes = [
    ...(sure === '' ? [] : [`Facts are read in less depth in ${sure}`]),
    ...(places === '' ? [] : [`Of the facts only places are read in ${places}`]),
  ];
  return notes.length === 0 ? null : notes.join(' · ');
}
