import { fold } from '../text/tokens.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const ENGLISH_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** English names in use beside those of Unicode. */
const OTHER_NAMES: Record<string, string[]> = {
  AE: ['UAE', 'Emirates'],
  BA: ['Bosnia'],
  CD: ['DRC', 'DR Congo', 'Democratic Republic of the Congo', 'Democratic Republic of Congo'],
  CF: ['CAR'],
  CG: ['Congo', 'Republic of the Congo'],
  CI: ['Ivory Coast'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Britain', 'Great Britain', 'England'],
  KP: ['DPRK'],
  MM: ['Burma'],
  NL: ['Holland'],
  PS: ['Palestine', 'Gaza and the West Bank'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey', 'Türkiye'],
  US: ['USA', 'United States of America', 'America'],
  VA: ['Holy See', 'Vatican'],
};

let codes: Map<string, string> | null = null;

/** ISO 3166-1 code of the country of that code or English name; null when there is none. */
export function countryNamed(text: string): string | null {
  codes ??= readCodes();
  return codes.get(keyOf(text)) ?? null;
}

/** English name of the country with this code. */
function countryName(code: string): string {
  return ENGLISH_NAMES.of(code) ?? code;
}

/** English names of all countries. */
export function countryNames(): string[] {
  codes ??= readCodes();
  return [...new Set(codes.values())].map(countryName);
}

function readCodes(): Map<string, string> {
  const pairs: [string, string][] = [];
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      const name = ENGLISH_NAMES.of(code);
      const isCurrent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      if (name === undefined || !isCurrent || /^(?:EU|EZ|UN|QO|ZZ|XA|XB)$/.test(code)) continue;
      for (const known of [code, name, name.replace(/ \(.*\)$/, ''), ...(OTHER_NAMES[code] ?? [])]) {
        pairs.push([keyOf(known), code]);
      }
    }
  }
  return new Map(pairs);
}

function keyOf(name: string): string {
  return fold(
    name
      .trim()
      .toLowerCase()
      .replaceAll('&', 'and')
      .replaceAll(/[-\s]+/g, ' '),
  );
}
