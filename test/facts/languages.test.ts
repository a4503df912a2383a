import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

/** Each toll as its words, with who counts. */
function tolls(language: string, text: string): [string, string | null][] {
  return factsIn('casualties', text, { language })
    .filter(({ scope }) => scope === 'event')
    .map(({ evidence, speaker }) => [evidence, speaker?.name ?? null]);
}

describe('In other languages a toll is told by', () => {
  test.each<[string, string, string, [string, string | null][]]>([
    [
      'the subject before its verb',
      'ar',
      'نفت الوزارة الخبر. المرصد السوري قال إن ثمانية أطفال قتلوا.',
      [['ثمانية أطفال قتلوا', 'المرصد السوري']],
    ],
    [
      'whoever spoke last, where the verb has no subject',
      'ar',
      'قالت الوزارة إن جنديا قتل. وأضافت أن خمسة مدنيين قتلوا.',
      [
        ['جنديا قتل', 'الوزارة'],
        ['خمسة مدنيين قتلوا', 'الوزارة'],
      ],
    ],
    ['nobody whom half a clause names', 'ar', 'الوزير الذي زار المكان قال إن سبعة رجال قتلوا.', []],
    [
      'who denounces it',
      'es',
      'Organizaciones sociales denunciaron la muerte de cinco campesinos.',
      [['muerte de cinco campesinos', 'Organizaciones sociales']],
    ],
    ['nobody, where people only say so', 'es', 'Se dice que murieron 90 personas en el puerto.', []],
  ])('%s', (_, language, text, expected) => {
    expect(tolls(language, text)).toEqual(expected);
  });

  test('the subject that stands between "had" and the verb', () => {
    const text = 'نفت الوزارة الخبر. وكانت وسائل إعلام محلية قد ذكرت أن ثلاثة جنود قتلوا.';
    const claims = factsIn('claim', text, { language: 'ar' });
    expect(claims.map(({ speaker }) => speaker?.name)).toEqual(['وسائل إعلام محلية']);
  });

  test.each([
    ['fr', 'Un séisme frappe le Maroc, pas de victimes signalées.'],
    ['es', 'Un sismo sacude Quito, no hay víctimas reportadas.'],
  ])('none where only none was reported: %s', (language, text) => {
    expect(tolls(language, text)).toEqual([]);
  });

  test('none where somebody says there are none', () => {
    expect(tolls('fr', "L'attaque n'a pas fait de victimes, pas de victimes non plus à Lyon.")).not.toEqual(
      [],
    );
  });
});
