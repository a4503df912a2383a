import { describe, expect, test } from '@jest/globals';
import { parseAliases, readAliases } from '../../src/knowledge/aliases.ts';

const shipped = readAliases('config/aliases.yaml');

describe('the shipped table', () => {
  test.each([
    ['Idlib', ['Edlib', 'idleb', 'IDLIP', 'إدلب', 'ادلب', 'Идлиб']],
    ['al-Qaeda', ['al-Qaida', 'Al Qaeda', 'alqaeda', "al-Qa'ida", 'al-Kaida', 'تنظيم القاعدة', 'Аль-Каида']],
    ['Hayat Tahrir al-Sham', ['HTS', "Hay'at Tahrir al-Sham", 'Hayʼat Tahrir al-Sham', 'هيئة تحرير الشام']],
    ['Islamic State', ['ISIS', 'ISIL', 'Daesh', "Da'esh", 'IS', 'داعش', 'ИГИЛ']],
    ['Hezbollah', ['Hizbullah', 'Hezballah', 'حزب الله', 'Хезболла']],
    ['Houthis', ['Houthi', 'Ansar Allah', 'Ansarallah', 'أنصار الله', 'Хуситы']],
    ['Rapid Support Forces', ['RSF', 'الدعم السريع']],
    ['Kyiv', ['Kiev', 'Київ', 'Киев']],
  ])('knows %s as %j', (name, spellings) => {
    expect(spellings.map((spelling) => shipped.named(spelling)?.name)).toEqual(spellings.map(() => name));
  });

  test.each(['is', 'Is', 'crisis', 'Hamah city', 'Somali', 'raid', 'base'])(
    'knows nothing named %s',
    (word) => {
      expect(shipped.named(word)).toBe(null);
    },
  );

  test('keeps Hama apart from Hamas, and Islamic State from its provinces', () => {
    expect([shipped.named('حماة')?.name, shipped.named('حماس')?.name]).toEqual(['Hama', 'Hamas']);
    expect(shipped.named('ISKP')?.name).toBe('Islamic State Khorasan');
  });
});

describe('a table that cannot be read is refused with the line and the remedy', () => {
  test.each([
    ['version: 1\nplaces:\n  Idlib: Edlib\n', 'line 3: Idlib needs a list, such as [Edlib, Idleb]'],
    ['places:\n  Idlib: [Edlib]\n  Atme:\n    [Edlib]\n', 'line 4: "Edlib" is a spelling of Idlib too'],
    ['places:\n  Idlib: [Edlib]\n\npeople: {}\n', 'line 4: I do not know "people"'],
    ['groups:\n  Hamas: [true]\n', 'line 2: write a name here, in quotes'],
    ['groups:\n  Hamas: ["…"]\n', 'line 2: "…" has no letter'],
    ['groups:\n  Hamas: [a\n', 'not valid YAML'],
    ['- Idlib\n', 'line 1: write lines of the form "name: list"'],
    ['', 'line 1: write lines of the form'],
  ])('%j', (text, problem) => {
    expect(() => parseAliases(text, 'aliases.yaml')).toThrow(`aliases.yaml, `);
    expect(() => parseAliases(text, 'aliases.yaml')).toThrow(problem);
  });
});
