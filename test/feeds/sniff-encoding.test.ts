import { expect, test } from '@jest/globals';
import { decodeDocument } from '../../src/feeds/decode.ts';

const NEWS = {
  russian: 'Жители города вернулись в свои дома после наводнения, сообщил губернатор',
  ukrainian: 'Мешканці міста повернулися до своїх домівок після повені',
  arabic: 'عاد سكان المدينة إلى منازلهم بعد الفيضان وقال المحافظ إن الجسر مفتوح',
  persian: 'ساکنان شهر پس از سيل به خانه‌هايشان بازگشتند',
  greek: 'Οι κάτοικοι της πόλης επέστρεψαν στα σπίτια τους μετά την πλημμύρα',
  hebrew: 'תושבי העיר חזרו לבתיהם אחרי השיטפון והגשר נפתח מחדש',
  chinese: '洪水过后，居民们回到了自己的家，市长说大桥已经重新开放，没有人在这次灾害中受伤',
  taiwanese: '洪水過後，居民們回到了自己的家，市長說大橋已經重新開放，沒有人在這次災害中受傷',
  japanese: '洪水の後、住民は自宅に戻り、市長は橋が再び開通したと述べた',
  korean: '홍수가 지나간 뒤 주민들은 집으로 돌아왔고 시장은 다리가 다시 열렸다고 말했다',
  french: 'Les habitants sont rentrés chez eux après l’inondation, a déclaré le préfet à la presse',
  german: 'Die Brücke über den Fluß ist wieder geöffnet, sagte der Bürgermeister',
  english: 'The £5 toll on the “old bridge” was dropped – at 20° it held',
};

/** The bytes of a text; TextDecoder has no counterpart, so every sequence of one or two bytes is tried. */
function encoded(text: string, encoding: string): Buffer {
  const bytes = bytesOfCharacters(encoding);
  return Buffer.concat([...text].map((character) => bytes.get(character) ?? Buffer.from('?')));
}

const tables = new Map<string, Map<string, Buffer>>();

function bytesOfCharacters(encoding: string): Map<string, Buffer> {
  const known = tables.get(encoding);
  if (known) return known;
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, Buffer>();
  for (let value = 0xffff; value >= 0; value -= 1) {
    const sequence = value > 0xff ? [value >> 8, value & 0xff] : [value];
    const character = decoder.decode(Uint8Array.from(sequence));
    if ([...character].length === 1) bytes.set(character, Buffer.from(sequence));
  }
  tables.set(encoding, bytes);
  return bytes;
}

test.each<[keyof typeof NEWS, string]>([
  ['russian', 'windows-1251'],
  ['russian', 'koi8-r'],
  ['ukrainian', 'windows-1251'],
  ['arabic', 'windows-1256'],
  ['persian', 'windows-1256'],
  ['greek', 'windows-1253'],
  ['hebrew', 'windows-1255'],
  ['chinese', 'gb18030'],
  ['taiwanese', 'big5'],
  ['japanese', 'shift_jis'],
  ['japanese', 'euc-jp'],
  ['korean', 'euc-kr'],
  ['french', 'windows-1252'],
  ['german', 'windows-1252'],
  ['english', 'windows-1252'],
])('news in %s is read from %s that nothing declares, with markup and without', (language, encoding) => {
  const text = bytesOfCharacters(encoding).has('ک')
    ? NEWS[language]
    : NEWS[language].replaceAll('\u200c', '');
  for (const document of [
    text,
    `<rss version="2.0"><channel><item><title>${text}</title></item></channel></rss>`,
  ]) {
    expect(decodeDocument(encoded(document, encoding), null).text).toBe(document);
  }
});

test('an encoding that does not fit gives way to the one that does', () => {
  const bytes = encoded(`<?xml version="1.0" encoding="utf-8"?><t>${NEWS.arabic}</t>`, 'windows-1256');
  expect(decodeDocument(bytes, 'text/xml; charset=utf-8')).toMatchObject({
    text: expect.stringContaining(NEWS.arabic),
    repairedFrom: 'utf-8',
  });
});

test.each(['ÉCOLE', 'No. 5º', '“É”', '“Évident”', '«\u00a0É\u00a0»', '50 m³', '© Reuters', 'Ökonomie'])(
  '%s alone among English is the Latin alphabet',
  (word) => {
    const text = `The bridge is open again. ${word} was written on it.`;
    expect(decodeDocument(encoded(text, 'windows-1252'), null).text).toBe(text);
  },
);

test('the first letters that are not English may come late', () => {
  const text = `${'<item/>'.repeat(10_000)}${NEWS.russian}`;
  expect(decodeDocument(encoded(text, 'windows-1251'), null).text).toBe(text);
});

test('bytes that are no text in any encoding are answered', () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => 0x80 + ((at * at) % 128)));
  expect(decodeDocument(bytes, null).text.length).toBeGreaterThan(0);
});
