/**
 * Minutes east of Greenwich of the zone names that feeds use. Where a name has several meanings it is the one
 * that publishes most feeds (IST: India). RFC 2822 reads the military letters as UTC, because of an error in
 * RFC 822, and so do we with every name that is not here. "ET" and its like are read as standard time.
 */
const ZONES: ReadonlyMap<string, number> = new Map([
  ...hours(-10, 'hst'),
  ...hours(-9, 'akst'),
  ...hours(-8, 'pst', 'pt', 'akdt'),
  ...hours(-7, 'mst', 'mt', 'pdt'),
  ...hours(-6, 'cst', 'ct', 'mdt'),
  ...hours(-5, 'est', 'et', 'cdt'),
  ...hours(-4, 'edt', 'ast'),
  ...hours(-3, 'adt', 'brt', 'art'),
  ...hours(-3.5, 'nst'),
  ...hours(0, 'ut', 'utc', 'gmt', 'z', 'wet'),
  ...hours(1, 'bst', 'cet', 'met', 'mez', 'west', 'wat'),
  ...hours(2, 'cest', 'mest', 'mesz', 'eet', 'cat', 'sast'),
  ...hours(3, 'eest', 'msk', 'eat', 'trt', 'idt'),
  ...hours(3.5, 'irst'),
  ...hours(4, 'msd', 'gst'),
  ...hours(4.5, 'aft'),
  ...hours(5, 'pkt'),
  ...hours(5.5, 'ist'),
  ...hours(5.75, 'npt'),
  ...hours(7, 'ict', 'wib'),
  ...hours(8, 'hkt', 'sgt', 'awst', 'wita', 'pht'),
  ...hours(9, 'jst', 'kst', 'wit'),
  ...hours(9.5, 'acst'),
  ...hours(10, 'aest'),
  ...hours(10.5, 'acdt'),
  ...hours(11, 'aedt'),
  ...hours(12, 'nzst'),
  ...hours(13, 'nzdt'),
]);

function hours(east: number, ...names: string[]): [string, number][] {
  return names.map((name) => [name, east * 60]);
}

/** Minutes east of Greenwich that a zone's name stands for, or null when it is not one we know. */
export function zoneMinutes(name: string): number | null {
  return ZONES.get(name.toLowerCase()) ?? null;
}

/** English first: where two languages share a word, the first one keeps it. */
const LANGUAGES =
  'en de fr es it pt nl ru uk pl cs sv nb da fi tr el hu ro id ar ar-SY ar-DZ ar-MA fa-u-ca-gregory'.split(
    ' ',
  );

let months: ReadonlyMap<string, number> | null = null;

/** 1 to 12 for the name of a month, of one word or two, in the languages that news is written in; else null. */
export function monthNumber(word: string): number | null {
  months ??= monthNames();
  return months.get(folded(word)) ?? null;
}

function monthNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      // With a day, Slavic and Greek months take the case that they have in a date.
      for (const shape of [{ month: style }, { month: style, day: 'numeric' as const }]) {
        const format = new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' });
        for (let month = 1; month <= 12; month += 1) addMonth(names, format, month);
      }
    }
  }
  return names;
}

function addMonth(names: Map<string, number>, format: Intl.DateTimeFormat, month: number): void {
  const parts = format.formatToParts(Date.UTC(2001, month - 1, 1));
  const name = folded(parts.find((part) => part.type === 'month')?.value ?? '');
  if (/\p{L}/u.test(name) && !names.has(name)) names.set(name, month);
}

/** Publishers drop accents and the full stop of abbreviations. */
function folded(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}
