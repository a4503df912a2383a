import { withoutClitics } from './clitics.ts';

/** Endings of Russian names in other cases, and what each may be in the nominative. */
const RUSSIAN: [ending: string, nominatives: string[]][] = [
  ['ией', ['ия']],
  ['ии', ['ия', 'ий']],
  ['ию', ['ия']],
  ['ью', ['ь']],
  ['ой', ['а']],
  ['ом', ['']],
  ['ем', ['ь', 'е', 'й']],
  ['а', ['']],
  ['у', ['а', '']],
  ['ы', ['а', '']],
  ['е', ['а', '', 'я', 'ь']],
  ['и', ['я', 'ь', 'а']],
  ['я', ['ь', 'й']],
  ['ю', ['я', 'ь', 'й']],
];
const SHORTEST_STEM = 3;
/** Particles and a shorter word make other words: "بعد" is "after". */
const SHORTEST_NAME = 4;

/** Names that a folded word may be a case of, or has with a particle in front; only in languages where we know how. */
export function baseForms(form: string, language: string | null): string[] {
  if (language?.startsWith('ru')) return nominatives(form);
  if (!language?.startsWith('ar')) return [];
  // "لل" takes a letter of the article.
  return withoutClitics(form).filter(
    (bare) => bare.length >= SHORTEST_NAME && form.endsWith(bare) && !form.startsWith('لل'),
  );
}

function nominatives(form: string): string[] {
  const [ending, endings] = RUSSIAN.find(([one]) => form.endsWith(one)) ?? ['', []];
  const stem = form.slice(0, form.length - ending.length);
  return stem.length < SHORTEST_STEM ? [] : endings.map((one) => stem + one);
}
