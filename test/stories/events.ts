import type { Place } from '../../src/model/fact.ts';
import { ATME, type MiniArticle, SARMADA } from './mini-article.ts';

const place = (name: string, admin: string, country: string): Place => ({
  name,
  admin,
  country,
  kind: 'settlement',
});
export const KAMPALA = place('Kampala', 'Central Region', 'UG');
export const LAMU = place('Lamu', 'Lamu', 'KE');
export const PADANG = place('Padang', 'West Sumatra', 'ID');
export const HERAT = place('Herat', 'Herat', 'AF');
export const BAGHDAD = place('Baghdad', 'Baghdad', 'IQ');
export const GAZIANTEP = place('Gaziantep', 'Gaziantep', 'TR');

export const raid: MiniArticle = {
  title: 'US special forces raid house near Atme in northwest Syria',
  lead: 'American commandos landed by helicopter near Atme before dawn on Thursday and fought a gun battle of two hours, residents said. Rescue workers found 13 bodies, among them children. The Pentagon called the mission successful.',
  places: [ATME],
  days: ['2022-02-03'],
};
export const bombing: MiniArticle = {
  title: 'Twin blasts shake Kampala near parliament',
  lead: 'Two suicide bombers struck central Kampala on Tuesday, one of them beside the gate of parliament. Three people died and dozens were treated at Mulago hospital, police spokesman Fred Otieno said.',
  places: [KAMPALA],
  days: ['2021-11-16'],
  seen: '2021-11-16T10:00:00Z',
};
export const quake: MiniArticle = {
  title: 'Magnitude 6.2 quake hits West Sumatra, tremor felt in Padang',
  lead: 'A shallow earthquake of magnitude 6.2 shook Padang on Friday morning, the geophysics agency BMKG said. Patients were carried out of Yarsi hospital and walls cracked.',
  places: [PADANG],
  days: ['2022-02-25'],
  seen: '2022-02-25T03:00:00Z',
};
export const ambush: MiniArticle = {
  title: 'Six killed in attack on village in Lamu',
  lead: 'Gunmen believed to be Al-Shabaab burned houses in Widho village in Lamu county on Monday, commissioner Irungu Macharia said. One of the victims was beheaded.',
  places: [LAMU],
  days: ['2022-01-03'],
  seen: '2022-01-03T08:00:00Z',
};
export const drone: MiniArticle = {
  title: 'Drone strike kills militant leader on motorbike near Sarmada',
  lead: 'A drone fired two missiles at a motorbike near Sarmada in Idlib on Monday, the White Helmets said. The dead man led a cell of Hurras al-Din, a monitor said.',
  places: [SARMADA],
  days: ['2022-06-27'],
  seen: '2022-06-27T20:00:00Z',
};
export const mosque: MiniArticle = {
  title: 'Explosion at Gazargah mosque in Herat kills prominent cleric',
  lead: 'The imam Mujib Rahman Ansari died in a suicide blast at the Gazargah mosque in Herat during Friday prayers, Taliban officials said. At least 18 worshippers were killed.',
  places: [HERAT],
  days: ['2022-09-02'],
  seen: '2022-09-02T10:00:00Z',
};

/** The same words about another place or number. */
export function swap(mini: MiniArticle, from: string, to: string): MiniArticle {
  return { ...mini, title: mini.title.replaceAll(from, to), lead: mini.lead.replaceAll(from, to) };
}
