/** The letters of a language that not all languages of its script have. */
interface Alphabet {
  language: string;
  /** So common that a headline has one of them; empty where nothing is. */
  telling: string;
  others: string;
}

/** By ISO 15924 code; the first language is meant where nothing tells. One language: the others hardly write news. */
const LANGUAGES: Record<string, Alphabet[]> = {
  ...alphabets('Arab', [
    ['ar', '', 'ةىيكأإؤئ'],
    ['fa', '', 'پچژگیکيكئ'],
    ['ur', 'ےہں', 'پچژگیکٹڈڑھئؤ'],
    ['ps', 'ېۍښځڅړږډټګڼ', 'پچژگیکيئ'],
    ['ku', 'ەێۆ', 'پچژگیکڕڵڤئھ'],
    ['sd', 'ٻڀٿٽڏڊڌڙڳڱڻڇٺڄڃڦ', 'پچگکيھئ'],
    ['ug', 'ۇۈۋېە', 'پچژگكىيڭۆئھ'],
  ]),
  ...alphabets('Cyrl', [
    ['ru', '', 'йыэёъщьюя'],
    ['uk', 'іїє', 'йґщьюя'],
    ['bg', '', 'йъщьюя'],
    ['be', 'іў', 'йыэёьюя'],
    ['sr', 'јљњћђ', 'џ'],
    ['mk', 'јљњќѓ', 'џѕ'],
    ['kk', 'әғқңөұүі', 'йһыэёъщьюя'],
    ['ky', 'ңөү', 'йыэёъщьюя'],
    ['mn', 'өү', 'йыэёъщьюя'],
    ['tg', 'ғӣқӯҳҷ', 'йэёъюя'],
    ['uz', 'ўқғҳ', 'йэёъьюя'],
    ['tt', 'әңөү', 'йҗһыэёъщьюя'],
    ['ba', 'әҙҡңөү', 'йғҫһыэёъщьюя'],
  ]),
  ...alphabets('Hani', [
    ['zh', '', ''],
    ['ja', '', ''],
  ]),
  ...alphabets('Hebr', [
    ['he', '', ''],
    ['yi', '', ''],
  ]),
  ...alphabets('Deva', [
    ['hi', '', ''],
    ['mr', '', 'ळ'],
    ['ne', '', ''],
  ]),
  ...alphabets('Beng', [
    ['bn', 'র', 'ড়'],
    ['as', 'ৰৱ', ''],
  ]),
  ...alphabets('Ethi', [
    ['am', '', ''],
    ['ti', 'ኣ', 'ቐቑቒቓቕቘ'],
  ]),
  ...Object.fromEntries(
    `Kana ja,Hang ko,Thai th,Laoo lo,Khmr km,Mymr my,Tibt bo,Geor ka,Armn hy,Grek el,Guru pa,Gujr gu,
    Orya or,Taml ta,Telu te,Knda kn,Mlym ml,Sinh si,Thaa dv,Tfng zgh,Syrc syr,Latn`
      .split(/,\s*/)
      .map((row) => row.split(' '))
      .map(([script = '', language]) => [script, language === undefined ? [] : [plain(language)]]),
  ),
};

/** These say in one letter what others say in three. */
const DENSE = new Set(['Hani', 'Kana', 'Hang']);

const SCRIPTS = Object.keys(LANGUAGES).map((script): [string, RegExp] => [
  script,
  script === 'Kana' ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u : new RegExp(`\\p{Script=${script}}`, 'u'),
]);

/** Below this many letters a language may lack all letters that tell it. */
const TELLING_LENGTH = 40;

const scriptOfPoint = new Map<number, string>();

/** The script of most letters of a text, as ISO 15924 code, and how many they are; null without any letter. */
export function mainScript(text: string): { script: string; letters: number } | null {
  const counts = new Map<string, number>();
  for (const character of text) {
    const script = scriptOf(character);
    if (script !== '') counts.set(script, (counts.get(script) ?? 0) + (DENSE.has(script) ? 3 : 1));
  }
  mergeIdeographs(counts);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined ? null : { script: most[0], letters: most[1] };
}

/** Chinese quotes a の or a brand; Japanese has kana in every sentence, among as much Han. */
function mergeIdeographs(counts: Map<string, number>): void {
  const kana = counts.get('Kana') ?? 0;
  const both = (counts.get('Hani') ?? 0) + kana;
  counts.delete('Hani');
  counts.delete('Kana');
  if (both > 0) counts.set(kana * 8 > both ? 'Kana' : 'Hani', both);
}

/**
 * The languages that the letters of a script allow, likeliest first; none where they tell nothing (Latin, whose
 * languages take over every accent with a name).
 */
export function languagesOf(
  text: string,
  { script, letters }: { script: string; letters: number },
): string[] {
  const known = LANGUAGES[script] ?? [];
  if (known.length < 2) return known.map(({ language }) => language);
  const folded = text.toLowerCase();
  const special = [...folded].filter((letter) => known.some((alphabet) => has(alphabet, letter)));
  const strangers = known.map((alphabet) => special.filter((letter) => !has(alphabet, letter)).length);
  // Names in another language's letters: one in a hundred is no argument.
  const few = Math.min(...strangers) + Math.floor(letters / 100);
  const fitting = known.filter((_, index) => (strangers[index] ?? 0) <= few);
  const told = fitting.filter(
    ({ telling }) =>
      telling === '' || letters < TELLING_LENGTH || special.some((letter) => telling.includes(letter)),
  );
  return (told.length === 0 ? fitting : told).map(({ language }) => language);
}

function has({ telling, others }: Alphabet, letter: string): boolean {
  return telling.includes(letter) || others.includes(letter);
}

function alphabets(script: string, rows: [string, string, string][]): Record<string, Alphabet[]> {
  return { [script]: rows.map(([language, telling, others]) => ({ language, telling, others })) };
}

function plain(language: string): Alphabet {
  return { language, telling: '', others: '' };
}

function scriptOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const known = scriptOfPoint.get(point);
  if (known !== undefined) return known;
  const script = SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? '';
  scriptOfPoint.set(point, script);
  return script;
}
