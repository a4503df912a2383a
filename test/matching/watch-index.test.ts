import { describe, expect, test } from '@jest/globals';
import { compileQuery } from '../../src/matching/matcher.ts';
import { QueryError } from '../../src/matching/query.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';

/** The words of the text that satisfied the query, or null. */
function found(query: string, text: string, language: string | null = 'en'): string[] | null {
  const spans = compileQuery(query)(text, { titleEnd: 0, language });
  return spans?.map((span) => text.slice(span.start, span.end)) ?? null;
}

describe('a watch never alerts on', () => {
  test.each([
    ['Mali', 'Somalia and Somali forces'],
    ['Hama', 'Hamas fired rockets'],
    ['hama', 'Hamas fired rockets'],
    ['hamas', 'shelling near Hama'],
    ['Hamas', 'حماة'],
    ['ISIS', 'the crisis deepens'],
    ['raid', 'a rapid, radiant afraid crowd'],
    ['Iran', 'Tirana and Iranians'],
    ['Paris', 'a pari passu loan'],
    ['units', 'the United Nations'],
    ['international', 'an intern'],
    ['new', 'the news'],
    ['US', 'he told us'],
    ['WHO', 'nobody knows who'],
    ['"raid"', 'two raids'],
    ['RAID', 'two raids'],
    ['"special forces"', 'This is special. Forces left.'],
    ['"special forces"', 'forces special'],
    ['"special forces"', 'something special\n\nForces left'],
    ['raid -police', 'a police raid'],
    ['raid NOT "drug bust"', 'a raid after a drug bust'],
    ['Idlib raid', 'Idlib is calm'],
    ['(Idlib OR Aleppo) raid', 'Hama raid'],
    ['detener', 'tras de tener'],
    ['=US', 'the U.S. and us'],
    ['=idlib', 'Idlib'],
    ['=إدلب', 'في بإدلب'],
    ['="Médecins Sans Frontières"', 'Medecins sans frontieres'],
    ['=raid', 'two raids'],
    ['raid*', 'a rai'],
    ['raid NEAR/2 Idlib', 'a raid in the town of Idlib'],
    ['raid NEAR/0 raid', 'a raid'],
    ['Idlib ONEAR/5 raid', 'raid in Idlib'],
    ['raid NEAR/5 ("air base" OR Idlib)', 'raid by bus, base unknown'],
    ['"غارة جوية"', 'غارة بحرية وجوية'],
    ['北京', '北。京'],
    ['北京', '京北'],
    ['天安门', '天安在门'],
    ['=北京', '北 京'],
  ])('%s: %s', (query, text) => {
    expect(found(query, text)).toBe(null);
  });
});

describe('a watch alerts on', () => {
  test.each([
    ['raids', 'A RAID; two raids; raided; raiding.', ['RAID', 'raids', 'raided', 'raiding']],
    ['Raids', 'a raid', ['raid']],
    ['北京', '在北京大学', ['北京']],
    ['北京', '中国首都北 京发生', ['北 京']],
    ['天安门', '北京天安门', ['天安门']],
    ['"叙利亚空袭"', '叙利亚空袭造成', ['叙利亚空袭']],
    ['=北京', '在北京', ['北京']],
    ['พม่า', 'ทหารพม่าโจมตี', ['พม่า']],
    ['พม่า', 'ทหารพ\u200bม่าโจมตี', ['พ\u200bม่า']],
    ['kidnappings', 'He was kidnapped.', ['kidnapped']],
    ['US', 'U.S. and US forces', ['U.S', 'US']],
    ['Syria', "Syria's war", ['Syria']],
    ['Hamas', 'an anti-Hamas rally', ['Hamas']],
    ["Hay'at", 'Hayat Tahrir al-Sham', ['Hayat']],
    ['istanbul', 'İstanbul', ['İstanbul']],
    ['Idlib', '🚁🚁 IDLIB', ['IDLIB']],
    ['Bogota', 'Bogotá'.normalize('NFD'), ['Bogotá'.normalize('NFD')]],
    ['إدلب', 'غارة في إِدْلِب', ['إِدْلِب']],
    ['удары', 'после удара', ['удара']],
    ['伊德利卜', '在伊德利卜省', ['伊德利卜']],
    ['1200 dead', '1,200 dead', ['1,200', 'dead']],
    ['"gen. salami"', 'Gen. Salami said', ['Gen. Salami']],
    ['AT&T', 'the AT&T outage', ['AT&T']],
    ['Idlib, Aleppo', 'Aleppo and Idlib', ['Aleppo', 'Idlib']],
    ['=US', 'US and us', ['US']],
    [
      '="Médecins Sans Frontières"',
      'Médecins Sans Frontières'.normalize('NFD'),
      ['Médecins Sans Frontières'.normalize('NFD')],
    ],
    ["=Hay'at", 'Hay’at Tahrir', ['Hay’at']],
    ['raid*', 'Raiders raided a raid.', ['Raiders', 'raided', 'raid']],
    ['counter-terror*', 'counterterrorism, counter-terrorist', ['counterterrorism', 'counter-terrorist']],
    ['이란*', '이란에서 공습', ['이란에서']],
    ['伊德*', '在伊德利卜省', ['伊德']],
    ['raid NEAR/2 Idlib', 'a raid near central Idlib', ['raid', 'Idlib']],
    ['Idlib NEAR/2 raid', 'a raid near central Idlib', ['raid', 'Idlib']],
    ['raid ONEAR/5 Idlib', 'raid in Idlib', ['raid', 'Idlib']],
    ['raid NEAR/0 raid', 'raid, raid', ['raid', 'raid']],
    [
      '"air base" NEAR/3 (raid OR drone*)',
      'drones over the air base; far far far away a raid',
      ['drones', 'air base'],
    ],
    ['قصف', 'بالقصف والقصف وقصف للقصف', ['بالقصف', 'والقصف', 'وقصف', 'للقصف']],
    ['وزير', 'الوزير ووزير', ['الوزير', 'ووزير']],
    ['"غارة جوية"', 'بغارة جوية', ['بغارة جوية']],
    ['"special forces" raid -police', 'a raid by special forces', ['raid', 'special forces']],
  ])('%s: %s', (query, text, expected) => {
    expect(found(query, text)).toEqual(expected);
  });

  const spellings = ['counterterrorism', 'counter-terrorism', 'counter terrorism', 'Counter‑Terrorism'];
  const strikes = ['airstrike', 'air strike', 'air-strike', 'AIR STRIKE'];
  const bases = ['ceasefire', 'cease-fire', 'cease fire'];
  const towns = ['al-Bab', 'al Bab', 'Al-Bab'];
  test.each(
    [spellings, strikes, bases, ['warship', 'war ship'], ['prewar', 'pre-war', 'pre war'], towns].flatMap(
      (ways) => ways.flatMap((query) => ways.map((text) => [query, text])),
    ),
  )('%s written as %s', (query, text) => {
    expect(found(query, `They saw ${text}, they said.`)).not.toBe(null);
    expect(found(`"${query}"`, `They saw ${text}, they said.`)).toEqual([text]);
  });

  test.each([
    ['handtohand', 'hand-to-hand fighting', ['hand-to-hand']],
    ['alqaeda', 'an al-Qaeda-linked group', ['al-Qaeda']],
    ['"counter-terrorism air-strike"', 'a counterterrorism airstrike', ['counterterrorism airstrike']],
    ['Idlib (assassination OR -football)', 'Idlib is calm', ['Idlib']],
  ])('%s: %s', (query, text, expected) => {
    expect(found(query, text)).toEqual(expected);
  });

  test('a compound in another form and spelling', () => {
    expect(found('airstrikes', 'An air-strike, one air strike.')).toEqual(['air-strike', 'air strike']);
    expect(found('air strikes', 'An airstrike.')).toEqual(['airstrike']);
    expect(found('air strikes in Idlib', 'An airstrike in Idlib')).toEqual(['airstrike', 'in', 'Idlib']);
  });
});

test('a title wholly in capitals tells nothing about words in capitals, where there is a body', () => {
  const title = 'WHO KILLED THEM';
  const find = (text: string) => compileQuery('WHO')(text, { titleEnd: title.length, language: 'en' });
  expect(find(`${title}\n\nNobody knows who.`)).toBe(null);
  expect(find(`${title}\n\nThe WHO said so.`)).toEqual([{ start: 21, end: 24 }]);
  expect(find(title)).toEqual([{ start: 0, end: 3 }]);
});

test('a word that two choices share finds both', () => {
  const query = '(assassination Idlib) OR (assassination Homs)';
  for (const town of ['Idlib', 'Homs']) {
    expect(found(query, `An assassination in ${town}`)).toEqual(['assassination', town]);
  }
});

test('no phrase reaches from the title into the body', () => {
  const text = 'Nothing special\nForces left';
  const find = compileQuery('"special forces"');
  expect(find(text, { titleEnd: 'Nothing special'.length, language: 'en' })).toBe(null);
  expect(find(text, { titleEnd: 0, language: 'en' })).not.toBe(null);
});

test('words are inflected by the language of the text', () => {
  expect(found('frappe', 'des frappes', 'fr')).toEqual(['frappes']);
  expect(found('angriff', 'nach den Angriffen', 'de')).toEqual(['Angriffen']);
  expect(found('angriff', 'nach den Angriffen', 'en')).toBe(null);
});

describe('an index of watches', () => {
  const options = { titleEnd: 0, language: 'en' };

  test('gives every watch that a text satisfies, oldest first, with its own spans', () => {
    const index = createWatchIndex();
    index.add({ id: 'raids', query: 'raids' });
    index.add({ id: 'aleppo', query: 'Aleppo' });
    index.add({ id: 'idlib', query: 'Idlib raid OR quake' });
    expect(index.match('A raid in Idlib', options)).toMatchObject([
      { watchId: 'raids', spans: [{ start: 2, end: 6 }] },
      {
        watchId: 'idlib',
        spans: [
          { start: 2, end: 6 },
          { start: 10, end: 15 },
        ],
      },
    ]);
  });

  test('knows a watch from the moment it is added to the moment it is removed', () => {
    const index = createWatchIndex();
    const matching = () => index.match('A raid in Idlib', options).map((match) => match.watchId);
    expect(matching()).toEqual([]);
    index.add({ id: 'one', query: 'raids' });
    index.add({ id: 'two', query: 'raids' });
    expect([matching(), index.size]).toEqual([['one', 'two'], 2]);
    index.remove('one');
    index.remove('unknown');
    expect([matching(), index.size]).toEqual([['two'], 1]);
    index.add({ id: 'two', query: 'Aleppo' });
    expect([matching(), index.size]).toEqual([[], 1]);
  });

  test('keeps the old query of a watch when the new one cannot be read', () => {
    const index = createWatchIndex();
    index.add({ id: 'one', query: 'raid' });
    expect(() => index.add({ id: 'one', query: '(raid' })).toThrow(QueryError);
    expect(index.match('A raid', options)).toHaveLength(1);
  });

  test('finds a watch by any of its words after a long stream of articles that held only one of them', () => {
    const index = createWatchIndex();
    index.add({ id: 'one', query: 'government Atme' });
    index.add({ id: 'two', query: '(government OR ministry) (Atme OR Idlib) -football' });
    for (let at = 0; at < 100; at += 1)
      expect(index.match(`The government and the ministry ${at}`, options)).toEqual([]);
    for (let at = 0; at < 100; at += 1) expect(index.match(`Atme ${at}`, options)).toEqual([]);
    expect(index.match('The government in Atme', options)).toHaveLength(2);
  });
});
