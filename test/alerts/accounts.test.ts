import { describe, expect, test } from '@jest/globals';
import { type AlertChange, composeAlert, extendAlert } from '../../src/alerts/compose.ts';
import { labelled, labelledNews } from '../../src/chat/alert-text.ts';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { AlertContent, AlertUpdate } from '../../src/model/alert.ts';
import type { Line } from '../../src/model/rich-text.ts';
import { article } from '../support/articles.ts';

const PLACES = loadGazetteer();
const NOON = Date.UTC(2022, 1, 3, 12);
const HOUR = 3_600_000;

/** What one outlet writes, hours after noon. */
type Report = [outlet: string, body: string, hours: number];

function reading([outlet, body, hours]: Report) {
  const at = NOON + hours * HOUR;
  const about = article('Strike on a market', body, {
    id: `${outlet}-${hours}`,
    outlet,
    link: `https://${outlet.toLowerCase()}.example/strike`,
    ...{ publishedAt: at, firstSeenAt: at },
  });
  return readArticle(about, { places: PLACES });
}

function text(items: Line[] | undefined): string[] {
  return (items ?? []).map((line) =>
    line.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part)).join(''),
  );
}

/** The toll lines of the alert after all reports, and of the last update. */
function told(...reports: Report[]): { alert: string[]; update: string[] } {
  let content: AlertContent | null = null;
  let update: AlertUpdate | null = null;
  for (const report of reports) {
    const change: AlertChange | null = content === null ? null : extendAlert(content, reading(report), []);
    content = content === null ? composeAlert(reading(report), []) : (change?.content ?? content);
    update = change?.update ?? null;
  }
  const tolls = (lines: ReturnType<typeof labelled>) =>
    text(lines.find(({ label }) => label === 'Casualties')?.items);
  return {
    alert: content === null ? [] : tolls(labelled(content)),
    update: update === null ? [] : tolls(labelledNews(update)),
  };
}

const POLICE: Report = ['Alpha', 'A strike in Idlib on Thursday killed nine people, police said.', 0];

describe('Tolls of one story:', () => {
  test('two named speakers who count differently conflict, and stand side by side', () => {
    const { alert, update } = told(POLICE, [
      'Beta',
      'A strike in Idlib on Thursday killed 13 people, the White Helmets said.',
      1,
    ]);
    const both = [
      'Accounts differ: “killed nine people” — police [1]',
      'Accounts differ: “killed 13 people” — the White Helmets [2]',
    ];
    expect([alert, update]).toEqual([both, both]);
  });

  test('“at least nine” becomes “13” in the words of the same speaker, and not in those of another', () => {
    const first: Report = [
      'Alpha',
      'A strike in Idlib on Thursday killed at least nine people, medics said.',
      0,
    ];
    const later = (who: string): Report => [
      'Beta',
      `A strike in Idlib on Thursday killed 13 people, ${who} said.`,
      1,
    ];
    const [known, news] = ['“killed at least nine people” — medics [1]', '“killed 13 people” — '];
    expect(told(first, later('medics')).update).toEqual([`${known} → ${news}medics [2]`]);
    expect(told(first, later('the governor')).update).toEqual([`${news}the governor [2]`]);
  });

  test('so do two speakers of one article', () => {
    const body =
      'A strike in Idlib killed nine people, police said. The White Helmets said 13 people were killed.';
    expect(told(['Alpha', body, 0]).alert).toEqual([
      'Accounts differ: “killed nine people” — police',
      'Accounts differ: “13 people were killed” — The White Helmets',
    ]);
  });

  test('a ministry that counts nobody contradicts who counts 13', () => {
    const body =
      'The White Helmets said 13 civilians were killed in Idlib. No civilians were killed, the army said.';
    expect(told(['Alpha', body, 0]).alert).toEqual([
      'Accounts differ: “13 civilians were killed” — The White Helmets',
      'Accounts differ: “No civilians were killed” — the army',
    ]);
  });

  test('the same voice with a new count brings it up to date, old and new with their sources', () => {
    const { alert, update } = told(POLICE, [
      'Beta',
      'The strike in Idlib on Thursday killed 11 people, police said.',
      2,
    ]);
    const line = ['“killed nine people” — police [1] → “killed 11 people” — police [2]'];
    expect([alert, update]).toEqual([line, line]);
  });

  test('a later and higher count of another outlet in its own voice does so where place and day are the same', () => {
    const first: Report = ['Alpha', 'A strike in Idlib on Thursday killed nine people.', 0];
    expect(told(first, ['Beta', 'A strike in Idlib on Thursday killed 13 people.', 3]).update).toEqual([
      '“killed nine people” [1] → “killed 13 people” [2]',
    ]);
  });

  test.each([
    ['in another province', 'A strike in Homs on Thursday killed 13 people.', '“killed 13 people” [2]'],
    ['where its place is not told', 'The strike killed 13 people on Thursday.', '“killed 13 people” [2]'],
    ['of another group', 'A strike in Idlib on Thursday killed 13 soldiers.', '“killed 13 soldiers” [2]'],
    ['of the wounded', 'A strike in Idlib on Thursday wounded 13 people.', '“wounded 13 people” [2]'],
  ])('a count %s is only told too', (_name, body, line) => {
    const first: Report = ['Alpha', 'A strike in Idlib on Thursday killed nine people.', 0];
    expect(told(first, ['Beta', body, 3]).update).toEqual([line]);
  });

  test('a lower count of another outlet may just be older, and takes nothing back', () => {
    const first: Report = ['Alpha', 'A strike in Idlib on Thursday killed 13 people.', 0];
    expect(told(first, ['Beta', 'A strike in Idlib on Thursday killed nine people.', 3]).update).toEqual([
      '“killed nine people” [2]',
    ]);
  });

  test('a toll that has risen is no conflict, whoever says so', () => {
    const body = 'The death toll from the strike in Idlib on Thursday rose to 12, the White Helmets said.';
    expect(told(POLICE, ['Beta', body, 3]).update.join()).toContain('“killed nine people” — police [1] → ');
  });

  test('the bodies that one has seen are not all', () => {
    const body = 'Ali Haddad, a reporter, said he saw six bodies in Idlib after the strike on Thursday.';
    expect(told(POLICE, ['Beta', body, 3]).alert.join()).not.toContain('differ');
  });

  test('“at least nine” and “13” do not contradict each other', () => {
    const first: Report = ['Alpha', 'At least nine people were killed in Idlib on Thursday, police said.', 0];
    const second: Report = [
      'Beta',
      'A strike in Idlib on Thursday killed 13 people, the White Helmets said.',
      1,
    ];
    expect(told(first, second).alert).toEqual([
      '“At least nine people were killed” — police [1]',
      '“killed 13 people” — the White Helmets [2]',
    ]);
  });

  test('what was brought up to date is not told again by who is late', () => {
    const first: Report = ['Alpha', 'A strike in Idlib on Thursday killed nine people, police said.', 0];
    const second: Report = ['Beta', 'A strike in Idlib on Thursday killed 11 people, police said.', 2];
    const late: Report = ['Gamma', 'A strike in Idlib on Thursday killed nine people, police said.', 3];
    expect(told(first, second, late)).toEqual({
      alert: ['“killed nine people” — police [1] → “killed 11 people” — police [2]'],
      update: [],
    });
  });

  test.each([
    ['A denial of somebody else', 'No people were killed in Idlib on Thursday, the army said.'],
    ['A vaguer count', 'More than five people were killed in Idlib on Thursday, police said.'],
    ['A count that comes on top', 'Another 20 people were killed in Idlib on Thursday, police said.'],
    ['A count of a week', 'Strikes in Idlib killed 60 people this week, police said on Thursday.'],
    ['Another event', 'A car bomb in Homs on Thursday killed 20 people, police said.'],
  ])('%s brings nothing up to date', (_name, body) => {
    const { update } = told(POLICE, ['Beta', body, 3]);
    expect(update.join()).not.toContain('→');
  });

  test('the same number of another event is told', () => {
    const other: Report = ['Beta', 'A strike in Homs on Friday killed nine people.', 3];
    const first: Report = ['Alpha', 'A strike in Idlib on Thursday killed nine people.', 0];
    expect(told(first, other).alert).toHaveLength(2);
  });

  test.each([
    'Shelling in Idlib killed two people, police said. In Aleppo, a car bomb killed seven people, the White Helmets said.',
    'At least 20 people were killed in Idlib, Governor Omar said. Two people died on the way to hospital, Doctor Haddad said.',
  ])('two counts of one article that are of two events, or of a part, do not differ: %s', (body) => {
    expect(told(['Alpha', body, 0]).alert.join()).not.toContain('differ');
  });

  test('different groups never conflict', () => {
    const body =
      'The monitor said 13 civilians were killed in Idlib. No soldiers were killed, the army said.';
    expect(told(['Alpha', body, 0]).alert).toHaveLength(2);
  });

  test('the same count in other words is not told again', () => {
    const again: Report = ['Beta', 'In Idlib nine people were killed on Thursday, according to police.', 2];
    expect(told(POLICE, again)).toEqual({ alert: ['“killed nine people” — police [1]'], update: [] });
  });

  test('a headline and its own article with two counts are not old and new', () => {
    const body = 'Nine people died in Idlib. Rescuers found more, and 11 people died in all.';
    const { alert } = told(['Alpha', body, 0], ['Alpha', `${body} It was early.`, 0]);
    expect(alert.join()).not.toContain('→');
  });

  test('numbers are never added up', () => {
    const { alert } = told(
      ['Alpha', 'A strike in Idlib on Thursday killed nine people and wounded four children.', 0],
      ['Beta', 'A strike in Idlib on Thursday killed two women.', 1],
    );
    expect(alert.join()).not.toMatch(/\b(?:11|13|15)\b/);
  });
});
