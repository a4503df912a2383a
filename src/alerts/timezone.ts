import { clipped, WhenError } from './when.ts';

const PLACE_REMEDY = 'Write it by its place, such as Europe/Berlin or America/New_York, or write UTC.';

/**
 * True for a zone whose clocks are known by its place (`Europe/Berlin`), and for UTC. Abbreviations are none: Intl
 * reads BST as Dhaka's time and EST as Panama's, without a summer time.
 */
export function isTimezone(name: string): boolean {
  if (/^(utc|gmt)$/i.test(name)) return true;
  if (!name.includes('/')) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The zone as it is usually spelled (`europe/berlin` too). Throws WhenError, with the zone that was meant if known. */
export function parseTimezone(text: string): string {
  const typed = text.trim().replaceAll(/\s+/g, '_');
  if (isTimezone(typed)) return spelled(typed);
  const meant = zonesNamed(typed);
  throw new WhenError(
    typed === '' ? 'The time zone is missing.' : `“${clipped(text.trim())}” is no time zone.`,
    meant.length === 0 ? PLACE_REMEDY : `Did you mean ${meant.join(' or ')}?`,
  );
}

function spelled(name: string): string {
  if (!name.includes('/')) return name.toUpperCase();
  const isSame = (zone: string) => zone.toLowerCase() === name.toLowerCase();
  return Intl.supportedValuesOf('timeZone').find(isSame) ?? capitalized(name);
}

function capitalized(name: string): string {
  return name.replaceAll(/(?<![^/_])[a-z]/g, (letter) => letter.toUpperCase());
}

/** Up to three zones of that city or country, with or without another region before it. */
function zonesNamed(typed: string): string[] {
  const city = typed.slice(typed.lastIndexOf('/') + 1);
  // Three letters are an abbreviation, and IST does not mean Istanbul.
  if (city.length < 4) return [];
  const zones = Intl.supportedValuesOf('timeZone');
  const found = zones.filter((zone) => hasPlace(zone, city));
  // Newer spellings are read but not listed: Kyiv, Kolkata.
  const regions = new Set(zones.map((zone) => zone.slice(0, zone.indexOf('/'))));
  const unlisted = [...regions].map((region) => `${region}/${capitalized(city)}`).filter(isTimezone);
  return (found.length > 0 ? found : unlisted).slice(0, 3);
}

/** True when some word of the zone, and what follows it, begins with this: `york` and `newyork` for New_York. */
function hasPlace(zone: string, place: string): boolean {
  const [, ...words] = zone.toLowerCase().split(/[/_-]/);
  const wanted = place.toLowerCase().replaceAll(/[_-]/g, '');
  return words.some((_, at) => words.slice(at).join('').startsWith(wanted));
}
