import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { independentOf, readPublishers, type StorySource } from '../../src/knowledge/publishers.ts';

const shipped = readPublishers('config/publishers.yaml');

const HEADLINE = 'Air strike hits market in Idlib';
const BODY = 'At least nine people were killed when jets bombed a market on Thursday, residents said.';

/** The names of the agencies that an article with this body credits. */
function credited(body: string): string | null {
  const credit = shipped.creditedWire(`${HEADLINE}\n\n${body}`);
  if (credit === null) return null;
  return credit.agencies.map(({ name }) => name).join(' and ') || 'an agency';
}

describe('An outlet belongs to a publisher', () => {
  test.each([
    ['BBC News', 'feeds.bbci.co.uk', 'BBC'],
    ['BBC Русская служба', null, 'BBC'],
    ['بي بي سي عربي', 'www.bbc.com', 'BBC'],
    ['Al Jazeera – Breaking News, World News', null, 'Al Jazeera'],
    ['الجزيرة نت', 'www.aljazeera.net', 'Al Jazeera'],
    ['World - Reuters', null, 'Reuters'],
    ['Reuters: Top News', null, 'Reuters'],
    ['The Wall Street Journal', null, 'News Corp'],
    ['The Sun', 'www.thesun.co.uk', 'News Corp'],
    ['RT', null, 'Russian state media'],
    ['Sputnik International', null, 'Russian state media'],
    ['Daily news', 'tass.com', 'Russian state media'],
    ['TRT World', null, 'Turkish state media'],
    ['Hindustan Times', null, 'HT Media'],
    ['ABC News', 'abcnews.go.com', 'ABC News (US)'],
    ['ABC News', 'www.abc.net.au', 'ABC (Australia)'],
    ['Middle East', 'arabic.cnn.com', 'CNN'],
    ['Svoboda', 'www.svoboda.org', 'US Agency for Global Media'],
  ])('%s (%s) to %s', (outlet, host, name) => {
    expect(shipped.publisherOf(outlet, host).name).toBe(name);
  });

  test.each([
    ['The Times', 'www.timesofisrael.com'],
    ['The Times', null],
    ['The Sun', 'thesun.my'],
    ['Sun', null],
    ['Arab World', null],
    ['RTS', 'www.rts.rs'],
    ['Guardian UK', 'guardian.example'],
    ['The Daily Star', 'www.thedailystar.net'],
    ['Independent', 'www.independent.ng'],
    ['Notbbc', 'notbbc.co.uk'],
  ])('%s (%s) to nobody but itself', (outlet, host) => {
    expect(shipped.publisherOf(outlet, host)).toMatchObject({ name: outlet, isAgency: false });
  });

  test.each([
    ['english.enabbaladi.net', 'www.enabbaladi.net', true],
    ['news.example.co.uk', 'www.example.co.uk', true],
    ['one.example.co.uk', 'other.co.uk', false],
    ['haber.ornek.com.tr', 'spor.ornek.com.tr', true],
    ['bir.com.tr', 'iki.com.tr', false],
    ['eins.blogspot.com', 'zwei.blogspot.com', false],
    ['10.0.0.1', '192.168.0.1', false],
    ['in.gr', 'www.in.gr', true],
  ])('pages on %s and %s are of one publisher: %s', (one, other, isSame) => {
    const [first, second] = [one, other].map((host) => shipped.publisherOf('Gazette', host).key);
    expect(first === second).toBe(isSame);
  });

  test('a link to where everybody’s pages are tells nothing, so the name does', () => {
    expect(shipped.publisherOf('Reuters', 'news.google.com').name).toBe('Reuters');
    expect(shipped.publisherOf('Halab Today', 't.me').key).not.toBe(
      shipped.publisherOf('Idlib Plus', 't.me').key,
    );
  });
});

describe('A dateline or byline credits an agency', () => {
  test.each([
    ['(Reuters) - ', 'Reuters'],
    ['BEIRUT (AP) — ', 'AP'],
    ['KYIV, Ukraine (AP) -- ', 'AP'],
    ['AMMAN, Feb 3 (Reuters) - ', 'Reuters'],
    ['BEIJING, Feb. 3 (Xinhua) -- ', 'Chinese state media'],
    ['SEOUL, Feb. 3 (Yonhap) -- ', 'Yonhap'],
    ['MOSCOW, February 3. /TASS/. ', 'Russian state media'],
    ['МОСКВА, 3 февраля. /ТАСС/. ', 'Russian state media'],
    ['МОСКВА, 3 фев - РИА Новости. ', 'Russian state media'],
    ['Moscow. February 3. INTERFAX.RU - ', 'Interfax'],
    ['DAMASCUS, SANA – ', 'Syrian state media'],
    ['دمشق-سانا\n', 'Syrian state media'],
    ['بيروت (أ ف ب) - ', 'AFP'],
    ['(رويترز) - ', 'Reuters'],
    ['رويترز - ', 'Reuters'],
    ['AFP - ', 'AFP'],
    ['AFP/Beirut\n', 'AFP'],
    ['AFP, Dhaka\n', 'AFP'],
    ['New Delhi, Feb 3 (PTI): ', 'PTI'],
    ['New Delhi [India], February 3 (ANI): ', 'ANI'],
    ['Berlin (dpa) - ', 'DPA'],
    ['Madrid, 3 feb (EFE).- ', 'EFE'],
    ['(ANSA) - ROMA, 3 FEB - ', 'ANSA'],
    ['Kyiv. Interfax-Ukraine - ', 'Interfax-Ukraine'],
    ['By Reuters\n', 'Reuters'],
    ['By The Associated Press\n', 'AP'],
    ['By Layla Haddad, Associated Press\n', 'AP'],
    ['Reuters, AFP\n', 'Reuters and AFP'],
    ['新华社大马士革2月3日电 ', 'Chinese state media'],
    ['DAMASCUS (Agencies) - ', 'an agency'],
  ])('%j', (dateline, agency) => {
    expect(
      credited(`${dateline}${BODY}\n\nMore was not known.\n\nThe town is held by rebels.\n\nIt is winter.`),
    ).toBe(agency);
  });
});

describe('The last lines credit an agency', () => {
  test.each([
    ['\n\n- AFP', 'AFP'],
    [' - AFP', 'AFP'],
    [' —AFP', 'AFP'],
    [' (AFP)', 'AFP'],
    [' “We heard jets.” (AFP)', 'AFP'],
    ['\n\nReuters', 'Reuters'],
    ['\n\nSource: AFP', 'AFP'],
    ['\n\nSources: AP, Reuters and AFP', 'AP and Reuters and AFP'],
    ['\n\nالمصدر: رويترز', 'Reuters'],
    ['\n\n(أ ف ب)', 'AFP'],
    [' (أ.ف.ب)', 'AFP'],
    ['\n\nИсточник: ТАСС', 'Russian state media'],
    [' PTI SKL DIV', 'PTI'],
    ['\n\n(With inputs from PTI)', 'PTI'],
    ['\n\nwith inputs from PTI and ANI', 'PTI and ANI'],
    ['\n\n(With PTI inputs)', 'PTI'],
    ['\n\nWith reporting by AP, Reuters, and AFP', 'AP and Reuters and AFP'],
    ['\n\nSources: AFP and Agence France-Presse', 'AFP'],
    ['\n\n© 2022 AFP', 'AFP'],
    ['\n\nCopyright 2022 The Associated Press. All rights reserved.', 'AP'],
    ['\n\n(with agency inputs)', 'an agency'],
    ['\n\nRead more on our pages\n\nSource: AFP\n\nShare', 'AFP'],
  ])('…%j', (end, agency) => {
    expect(credited(`${BODY}${end}`)).toBe(agency);
  });
});

describe('Attribution and pictures are no credit', () => {
  test.each([
    [`${BODY.slice(0, -1)}, a doctor told Reuters.`],
    [`Reuters reported that jets bombed a market. ${BODY}`],
    [`${BODY} The number was first reported by AFP.`],
    [`A spokesman told AP the strike was lawful. ${BODY}`],
    [`By Reuters' count, twelve strikes hit the town this week. ${BODY}`],
    ['Reuters-verified footage shows the market burning.'],
    ['The Associated Press (AP) said its office was hit.'],
    ['نقلت وكالة (سانا) عن مصدر عسكري أن الطائرات قصفت السوق.'],
    ['قال شاهد لرويترز إن الطائرات قصفت السوق.'],
    ['РИА Новости сообщает, что самолеты нанесли удар по рынку.'],
    [`Image source, Reuters\n\n${BODY}\n\nNothing more was known.\n\nIt is winter.\n\nThe town is quiet.`],
    [`${BODY}\n\nREUTERS/Khalil Ashawi`],
    [`AP:Associated Press\n\n${BODY}\n\nNothing more was known.\n\nIt is winter.\n\nThe town is quiet.`],
    [`${BODY}\n\nPhoto: AFP`],
    [`${BODY}\n\nThe market after the strike. AP Photo/Hussein Malla`],
    [`${BODY}\n\nFollow us on X, like AFP does.`],
    [`${BODY.slice(0, -1)} and was called “the butcher” by Reuters.`],
    ['Petra, Jordan — Tourists were led to safety.'],
    ['Two men from (Fars) were killed.'],
    [`${BODY} They met at the UNI.versity of Aleppo.`],
    [BODY],
  ])('%j', (body) => {
    expect(credited(body)).toBe(null);
  });

  test('nor is a headline that ends with the name', () => {
    expect(shipped.creditedWire('Jets bomb market in Idlib - Reuters')).toBe(null);
    expect(shipped.creditedWire(`Jets bomb market - Reuters\n\n${BODY}`)).toBe(null);
  });

  test('nor what stands deep in the text', () => {
    expect(credited(`${BODY}\n\nOne.\n\nTwo.\n\nSource: AFP\n\nThree.\n\nFour.\n\nFive.`)).toBe(null);
  });

  test('a credit is shown in the words of the text', () => {
    expect(shipped.creditedWire(`${HEADLINE}\n\n${BODY} —AFP`)?.evidence).toBe('—AFP');
    expect(shipped.creditedWire(`${HEADLINE}\n\nAMMAN, Feb 3 (Reuters) - ${BODY}`)?.evidence).toBe(
      'AMMAN, Feb 3 (Reuters) -',
    );
  });

  test('hostile text costs no time', () => {
    const line = 'AFP, AFP/AFP and Reuters '.repeat(4_000);
    const started = performance.now();
    shipped.creditedWire(`${HEADLINE}\n\n${[line, line, line, line].join('\n')}`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

/** A source of a story with words of its own. */
function source(outlet: string, more: Partial<StorySource> = {}): StorySource {
  return { outlet, host: null, text: `${HEADLINE}\n\n${outlet} has learned: ${BODY}`, ...more };
}

/** "4 sources, 3 independent (Reuters; BBC; Al Jazeera)". */
function told(sources: StorySource[]): string {
  const groups = independentOf(sources, shipped);
  return `${sources.length} sources, ${groups.length} independent (${groups.map(({ name }) => name).join('; ')})`;
}

const copyOf = (agency: string) => `${HEADLINE}\n\nAMMAN (${agency}) - ${BODY}`;

describe('The sources of a story are counted by who is independent', () => {
  test('one broadcaster in two languages is one', () => {
    const sources = [source('Reuters'), source('BBC News'), source('Al Jazeera'), source('بي بي سي عربي')];
    expect(told(sources)).toBe('4 sources, 3 independent (Reuters; BBC; Al Jazeera)');
    expect(independentOf(sources, shipped)[1]).toEqual({ name: 'BBC', outletCount: 2, members: [1, 3] });
  });

  test('three papers that print one agency are one, and the agency itself is no other', () => {
    const papers = ['Gulf Post', 'Cape Daily', 'Ohio Ledger'].map((outlet) =>
      source(outlet, { text: copyOf('AP') }),
    );
    expect(told(papers)).toBe('3 sources, 1 independent (AP)');
    expect(told([...papers, source('AP News', { host: 'apnews.com' })])).toBe(
      '4 sources, 1 independent (AP)',
    );
  });

  test('a paper’s own report stands beside the agency that it also prints', () => {
    const sources = [source('Gulf Post', { text: copyOf('AFP') }), source('Gulf Post')];
    expect(told(sources)).toBe('2 sources, 2 independent (AFP; Gulf Post)');
  });

  test('nearly the same words count once, for the agency when it is among them', () => {
    const uncredited = source('Ohio Ledger', { host: 'ledger.example' });
    expect(told([uncredited, source('Cape Daily', { isCopyOf: 0 })])).toBe(
      '2 sources, 1 independent (Ohio Ledger)',
    );
    expect(
      told([uncredited, source('Reuters', { isCopyOf: 0 }), source('Cape Daily', { isCopyOf: 1 })]),
    ).toBe('3 sources, 1 independent (Reuters)');
    expect(told([uncredited, source('Cape Daily', { isCopyOf: 0, text: copyOf('AFP') })])).toBe(
      '2 sources, 1 independent (AFP)',
    );
  });

  test('the media of one state are one', () => {
    expect(told([source('TASS'), source('RT'), source('Sputnik'), source('Meduza')])).toBe(
      '4 sources, 2 independent (Russian state media; Meduza)',
    );
  });

  test('who credits two agencies makes neither one more', () => {
    const both = source('Gulf Post', { text: `${HEADLINE}\n\n${BODY}\n\nSources: AFP, Reuters` });
    expect(told([both, source('Reuters')])).toBe('2 sources, 1 independent (Reuters)');
    expect(told([both, source('Reuters'), source('AFP')])).toBe('3 sources, 2 independent (AFP; Reuters)');
    const turned = source('Cape Daily', { text: `${HEADLINE}\n\n${BODY}\n\nSources: Reuters, AFP` });
    expect(told([both, turned])).toBe('2 sources, 1 independent (AFP)');
  });

  test('who credits agencies without a name may have any of them, but not a newspaper', () => {
    const unnamed = source('Gulf Post', { text: copyOf('Agencies') });
    expect(told([unnamed, source('Reuters')])).toBe('2 sources, 1 independent (Reuters)');
    expect(told([unnamed, source('Haaretz')])).toBe('2 sources, 2 independent (Gulf Post; Haaretz)');
  });

  test('an outlet is itself with and without a link', () => {
    const sources = [source('Enab Baladi', { host: 'www.enabbaladi.net' }), source('Enab Baladi')];
    expect(told([source('The Guardian'), source('The Guardian', { host: 'www.theguardian.com' })])).toBe(
      '2 sources, 1 independent (The Guardian (UK))',
    );
    expect(told([...sources, source('Enab Baladi English', { host: 'english.enabbaladi.net' })])).toBe(
      '3 sources, 1 independent (Enab Baladi)',
    );
  });

  test('what one feed links of two publishers is named by their addresses', () => {
    const sources = ['www.courier.example', 'en.dispatch.example', 'www.bbc.com'].map((host) =>
      source('World', { host }),
    );
    expect(told(sources)).toBe('3 sources, 3 independent (courier.example; dispatch.example; BBC)');
    expect(told(sources.slice(1))).toBe('2 sources, 2 independent (World; BBC)');
  });

  test('no source is lost or counted twice', () => {
    const sources = [
      source('TASS'),
      source('A', { isCopyOf: 0 }),
      source('B', { isCopyOf: 9 }),
      source('RT'),
    ];
    const members = independentOf(sources, shipped).flatMap((group) => group.members);
    expect(members.sort()).toEqual([0, 1, 2, 3]);
    expect(independentOf([], shipped)).toEqual([]);
  });
});

describe('A table that cannot be used is refused with the line and the remedy', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'publishers-')), 'publishers.yaml');
  test.each([
    [
      'version: 1\npublishers:\n  - name: A\n    hosts: [a.example]\n  - name: B\n    hosts: [a.example]\n',
      'line 6: this belongs to A already',
    ],
    ['version: 1\npublishers:\n  - name: The A\n  - name: a\n', 'line 4: this belongs to The A already'],
    ['version: 1\npublishers:\n  - name: A\n    host: [a.example]\n', 'line 4: I do not know "host"'],
    ['publishers: []\n', 'version: this is missing'],
  ])('%j', (text, problem) => {
    writeFileSync(path, text);
    expect(() => readPublishers(path)).toThrow(problem);
  });
});
