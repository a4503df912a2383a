import { describe, expect, test } from '@jest/globals';
import type { PlaceFact } from '../../src/model/fact.ts';
import { articleOf, factsIn, factsOf } from './article.ts';

function places(text: string): string[] {
  return factsIn('place', text).map(told);
}

function told({ evidence, value: { toldBy, role, kind, name, country } }: PlaceFact): string {
  return `${toldBy === 'article' ? 'mostly about' : role}: ${evidence} = ${kind} ${name}, ${country}`;
}

describe('Places', () => {
  test.each([
    ['A raid in Idlib killed a man.', ['event: Idlib = settlement Idlib, SY']],
    [
      'A blast near Atmeh, in Idlib province, killed a man.',
      ['event: Atmeh = settlement Atme, SY', 'event: Idlib = admin Idlib, SY'],
    ],
    [
      'A raid in Syria’s rebel-held north-western Idlib province',
      ['event: Syria = country Syria, SY', 'event: Idlib = admin Idlib, SY'],
    ],
    ['The Atme raid was over by dawn.', ['event: Atme = settlement Atme, SY']],
    ['An air strike on Khan Younis killed two men.', ['event: Khan Younis = settlement Khan Younis, PS']],
    ['Night Raid in Idlib Kills 13 Villagers', ['event: Idlib = settlement Idlib, SY']],
    ['A bomb exploded outside the Italian embassy in Kabul.', ['event: Kabul = settlement Kabul, AF']],
    ['A blast rocked Kabul.', ['event: Kabul = settlement Kabul, AF']],
    ['Protesters marched through Baghdad.', ['event: Baghdad = settlement Baghdad, IQ']],
    [
      'A raid in the village of Tal Rashid killed a man.',
      ['event: the village of Tal Rashid = unresolved Tal Rashid, null'],
    ],
    [
      'Gunmen burned houses in Tal Rashid, a farming village 40 km north of Kabul.',
      ['event: Tal Rashid = unresolved Tal Rashid, null', 'mostly about: Kabul = settlement Kabul, AF'],
    ],
    [
      'A bomb went off in Tal Rashid, Homs province.',
      ['event: Tal Rashid = unresolved Tal Rashid, null', 'event: Homs = admin Homs, SY'],
    ],
    [
      'Two men died near Tal Rashid, some 30 km from the border.',
      ['event: Tal Rashid = unresolved Tal Rashid, null'],
    ],
    ['A bomb went off 30 km south of Kabul.', ['event: Kabul = settlement Kabul, AF']],
    [
      'SAN SALVADOR, June 23 (Reuters) - A bomb went off in downtown San Salvador.',
      [
        'dateline: SAN SALVADOR = settlement San Salvador, SV',
        'event: San Salvador = settlement San Salvador, SV',
      ],
    ],
    ['Shells fell in the Tal Rashid area.', ['event: the Tal Rashid area = unresolved Tal Rashid, null']],
    [
      'A bomb killed two men in the Tal Rashid neighborhood of Aleppo.',
      [
        'event: the Tal Rashid neighborhood = unresolved Tal Rashid, null',
        'event: Aleppo = settlement Aleppo, SY',
      ],
    ],
    [
      'Gunmen attacked posts in the Tal Rashid and Wadi Karim neighborhoods.',
      ['event: Tal Rashid = unresolved Tal Rashid, null', 'event: Wadi Karim = unresolved Wadi Karim, null'],
    ],
    ...[
      'Gunmen shot two men in the streets of Aleppo.',
      'A bomb exploded in another part of Aleppo.',
      'A bomb exploded on the north-western side of Aleppo.',
      'A bomb hurt a guard 40 km from Aleppo.',
      'He was returning from work when gunmen killed him in Aleppo.',
      'Gunmen overran Aleppo at night.',
      'Helicopters fired rockets at Aleppo.',
      'Gunmen set off a charge at a market in Aleppo.',
      'Shells fell in the surrounding districts of Aleppo.',
      'Gunmen attacked a bus in the municipality of Aleppo.',
      'A bomb killed two men in the residential district of Aleppo.',
    ].map((text): [string, string[]] => [text, ['event: Aleppo = settlement Aleppo, SY']]),
    ...[
      'The bombing was the work of the group, police in Aleppo said.',
      'The army denied the attack during a news conference in Aleppo.',
      'It was officially reported in Aleppo that a bomb had killed a man.',
      'He rejected the charges made in Aleppo that his men had killed a judge.',
      'Police blamed the attack on the Aleppo cartel.',
      'A bomb exploded on Aleppo street.',
      'He blamed the killing on the Aleppo revolutionary movement.',
    ].map((text): [string, string[]] => [text, ['mostly about: Aleppo = settlement Aleppo, SY']]),
    ['A bomb killed two men in the Somali capital.', ['event: Somali capital = settlement Mogadishu, SO']],
    [
      'A bomb killed two men in Somalia’s capital, Mogadishu.',
      ['event: Somalia’s capital = settlement Mogadishu, SO', 'event: Mogadishu = settlement Mogadishu, SO'],
    ],
    [
      'A bomb killed two men in the Somali capital Mogadishu.',
      ['event: Mogadishu = settlement Mogadishu, SO'],
    ],
    ['Troops attacked a camp of Syrian refugees.', ['mostly about: Syrian = country Syria, SY']],
    [
      'A judge was shot dead in Aleppo’s Tal Rashid neighborhood.',
      [
        'event: Aleppo = settlement Aleppo, SY',
        'event: Tal Rashid neighborhood = unresolved Tal Rashid, null',
      ],
    ],
    [
      'A judge was shot dead in the Aleppo neighborhood of Tal Rashid.',
      ['event: Aleppo = settlement Aleppo, SY', 'event: Tal Rashid = unresolved Tal Rashid, null'],
    ],
    [
      'Explosions shook the wealthy Tal Rashid neighborhood.',
      ['event: the wealthy Tal Rashid neighborhood = unresolved Tal Rashid, null'],
    ],
    ['Rebels blew up a bridge in Usulutan Department.', ['event: Usulutan = admin Usulutan, SV']],
    [
      'BEIRUT (AP) — A bomb went off in Aleppo.',
      ['dateline: BEIRUT = settlement Beirut, LB', 'event: Aleppo = settlement Aleppo, SY'],
    ],
    [
      'IDLIB, Syria (AP) — A bomb went off.',
      ['dateline: IDLIB = settlement Idlib, SY', 'mostly about: Syria = country Syria, SY'],
    ],
    ['The attack happened near the border with Turkey.', ['mostly about: Turkey = country Türkiye, TR']],
    ['Officials in Damascus denied the attack.', ['mostly about: Damascus = settlement Damascus, SY']],
    [
      'The group, based in Britain, reported the attack.',
      ['mostly about: Britain = country United Kingdom, GB'],
    ],
    [
      'A man died in a US raid in Raqqa.',
      ['mention: US = country United States, US', 'event: Raqqa = settlement Raqqa, SY'],
    ],
    ['The boat had set off from a beach in Libya.', ['mostly about: Libya = country Libya, LY']],
    ['“It is over,” he said on Wednesday in Damascus.', ['mostly about: Damascus = settlement Damascus, SY']],
    [
      'Could a strike kill people in Damascus?',
      ['mention: Damascus = settlement Damascus, SY', 'mostly about: Damascus = country Syria, SY'],
    ],
    ['Rebels threatened to bomb a base in Damascus.', ['mostly about: Damascus = settlement Damascus, SY']],
    [
      'In a separate raid in Damascus, a man died.',
      ['mention: Damascus = settlement Damascus, SY', 'mostly about: Damascus = country Syria, SY'],
    ],
    [
      'A raid in Barisha killed him in October 2019.',
      ['mention: Barisha = settlement Barisha, SY', 'mostly about: Barisha = country Syria, SY'],
    ],
  ])('in "%s"', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test.each([
    'Syrian troops shelled the town.',
    'The blast hurt trade in Chinese capital goods.',
    'The Syrian Observatory for Human Rights reported the raid.',
    'The New York Times reported the raid.',
    'Michael Jordan played; the Bank of Jordan paid.',
    'Jordan Smith was at Aleppo University.',
    'They gave us turkey.',
    'A US-led coalition attacked.',
    'A bomb went off in Tripoli.',
    'A fire broke out in Palmyra.',
    'Reading the statement, the British minister praised the police.',
    'Paris Hilton, an American, was in no danger.',
    'A Mobile phone exploded, American police said.',
    'Arab and Kurdish fighters stormed the town.',
    'Syrian state agency SANA reported the raid.',
    'Kirk Jackson, an American, was hurt. Jackson said it was over.',
    'Pressure on Assad grows, Iraqi militias said.',
  ])('are none in "%s"', (text) => {
    expect(places(text).filter((place) => !place.startsWith('mostly about'))).toEqual([]);
  });

  test('of one name are told apart by the country that the article speaks of', () => {
    expect(places('A bomb went off in Tripoli, Libyan police said.')).toEqual([
      'event: Tripoli = settlement Tripoli, LY',
    ]);
    expect(places('A bomb went off in Tripoli, Lebanese police said.')).toEqual([
      'event: Tripoli = settlement Tripoli, LB',
    ]);
  });

  test('of one name are told apart by the province that the article speaks of', () => {
    const { value } = factsIn('place', 'A blast hit Springfield, Illinois, American police said.')[0] ?? {};
    expect(value).toMatchObject({ name: 'Springfield', admin: 'Illinois', role: 'event' });
  });

  test('of little known towns are read once their country is told', () => {
    expect(places('A blast hit Muh Hasan.')).toEqual([]);
    expect(places('A blast hit Muh Hasan, Syrian media said.')).toEqual([
      'event: Muh Hasan = settlement Muh Hasan, SY',
    ]);
  });

  test('a well-known name is its own place unless only another country is told', () => {
    expect(places('A bomb went off in Homs.')).toEqual(['event: Homs = settlement Homs, SY']);
    expect(places('A bomb went off in Birmingham, American police said.')).toEqual([
      'event: Birmingham = settlement Birmingham, US',
    ]);
  });

  test.each([
    ['Strike on Syrias Idlib kills 18', 'Idlib'],
    ['A bomb went off in Syrian Idlib.', 'Idlib'],
    ['A bomb went off in Aleppo ISIS said.', 'Aleppo'],
    ['A bomb went off in Aleppo Syria on Monday.', 'Aleppo'],
    ['Warplanes struck Maaret al-Noman in Syria.', 'Maarat al-Numan'],
  ])('are found beside names in "%s"', (text, name) => {
    expect(factsIn('place', text).map(({ value }) => value.name)).toContain(name);
  });

  test('a person of the article is none, unless something happened there', () => {
    const text = 'Kirk Jackson, an American, was hurt. A bomb went off in Jackson.';
    expect(places(text)).toEqual(['event: Jackson = settlement Jackson, US']);
  });

  test('a name of city and province is the province when the event was in another town of it', () => {
    const facts = factsOf(articleOf('Raid in Idlib kills 13', 'A raid near Atme killed 13 people.'));
    const [idlib] = facts.filter((fact) => fact.kind === 'place');
    expect(idlib?.value).toMatchObject({ name: 'Idlib', kind: 'admin', role: 'event' });
  });

  test.each(['blew up', 'dynamited', 'sabotaged', 'machine-gunned'])('of what rebels %s are told', (deed) => {
    const text = `${'The week was calm and the harvest good. '.repeat(4)}Rebels ${deed} a mill in Aleppo.`;
    expect(places(text)).toEqual(['event: Aleppo = settlement Aleppo, SY']);
  });

  test('a neighborhood is no town of a country that the article does not tell', () => {
    expect(
      places(
        'SAN SALVADOR, June 23 (Reuters) - A bomb went off in the Kandahar neighborhood in San Salvador.',
      ),
    ).toEqual([
      'dateline: SAN SALVADOR = settlement San Salvador, SV',
      'event: the Kandahar neighborhood = unresolved Kandahar, null',
      'event: San Salvador = settlement San Salvador, SV',
    ]);
    expect(places('A bomb went off in the Kandahar neighborhood, Afghan police said.')).toContain(
      'event: Kandahar = settlement Kandahar, AF',
    );
  });

  test('once the lead has told the country, an attack elsewhere is only mentioned', () => {
    const body = `A raid in Idlib killed 13 people. Helicopters came at dawn. Nobody was named. Residents fled.
      An attack in Kabul killed two people.`;
    const facts = factsOf(articleOf('Raid in Idlib kills 13', body));
    const kabul = facts.find((fact) => fact.kind === 'place' && fact.value.name === 'Kabul');
    expect(kabul).toMatchObject({ value: { role: 'mention' } });
  });

  test.each([
    [
      'Beans are back',
      'Peruvian cooks like them with butter.',
      ['mostly about: Peruvian = country Peru, PE'],
    ],
    [
      'Teacher abducted',
      'SAN SALVADOR, June 23 (Reuters) - Gunmen abducted a teacher on Monday, police said.',
      [
        'dateline: SAN SALVADOR = settlement San Salvador, SV',
        'mostly about: SAN SALVADOR = country El Salvador, SV',
      ],
    ],
    [
      'Blast in a village',
      'A blast in the village of Tal Rashid killed two people. Residents of Homs heard it, officials in Homs said.',
      [
        'event: the village of Tal Rashid = unresolved Tal Rashid, null',
        'mostly about: Homs = settlement Homs, SY',
      ],
    ],
    ['A US-led coalition attacked', 'It gave no details.', []],
    [
      'Six priests killed',
      'MADRID, Spain (AP) — A bomb killed six priests in Homs, a minister said.',
      [
        'dateline: MADRID = settlement Madrid, ES',
        'dateline: Spain = country Spain, ES',
        'event: Homs = settlement Homs, SY',
      ],
    ],
    [
      'Blast in Homs kills two',
      `A blast in Homs killed two people, Syrian police said.${' Nobody knows who did it.'.repeat(20)} A strike hit Kabul.`,
      [
        'event: Homs = settlement Homs, SY',
        'event: Homs = settlement Homs, SY',
        'mention: Kabul = settlement Kabul, AF',
      ],
    ],
    [
      'Two blasts',
      `A blast in Homs killed two people. Homs was quiet, residents of Homs said. A blast in Hama hurt nobody.`,
      [
        'event: Homs = settlement Homs, SY',
        'mention: Homs = settlement Homs, SY',
        'mention: Homs = settlement Homs, SY',
        'passing: Hama = settlement Hama, SY',
      ],
    ],
    [
      'Judge shot in Aleppo',
      `A judge was shot dead in Aleppo.${' Nobody knows who did it.'.repeat(20)} He was killed at home in the Tal Rashid neighborhood. Two men were hurt in the Wadi Karim neighborhood of Homs.`,
      [
        'event: Aleppo = settlement Aleppo, SY',
        'event: Aleppo = settlement Aleppo, SY',
        'event: the Tal Rashid neighborhood = unresolved Tal Rashid, null',
        'passing: the Wadi Karim neighborhood = unresolved Wadi Karim, null',
        'passing: Homs = settlement Homs, SY',
      ],
    ],
  ])('of the article as a whole, in “%s”', (title, body, expected) => {
    const facts = factsOf(articleOf(title, body)).filter((fact) => fact.kind === 'place');
    expect(facts.map(told)).toEqual(expected);
  });

  test('are read in other languages', () => {
    const names = (text: string, language: string) =>
      factsIn('place', text, { language }).map(({ value }) => `${value.role} ${value.name}`);
    expect(names('انفجار في إدلب', 'ar')).toEqual(['event Idlib']);
    expect(names('Взрыв в Идлиб', 'ru')).toEqual(['event Idlib']);
    expect(names('Explosion à Alep', 'fr')).toEqual(['event Aleppo']);
  });
});
