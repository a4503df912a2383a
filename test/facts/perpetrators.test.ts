import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

/** Who did it, as `status: words`, with who says so. */
function parties(text: string): string[] {
  return factsIn('perpetrator', text).map(
    ({ value, evidence, speaker }) =>
      `${value.status}: ${evidence}${speaker === null || speaker.name === evidence ? '' : ` — ${speaker.name}`}`,
  );
}

describe('Who did it is', () => {
  test.each([
    ['Islamic State claimed responsibility for the attack.', ['claimed: Islamic State']],
    ['The Taliban have claimed responsibility for the blast.', ['claimed: The Taliban']],
    ['The bombing was claimed by the Army of Ansar.', ['claimed: the Army of Ansar']],
    ['Responsibility for the attack was claimed by the Red Front.', ['claimed: the Red Front']],
    ['The army blamed Boko Haram for the attack.', ['blamed: Boko Haram — The army']],
    ['Police blamed the attack on the Red Front.', ['blamed: the Red Front — Police']],
    ['The killings were blamed on cattle rustlers.', ['blamed: cattle rustlers']],
    ['Officials attributed the ambush to separatist rebels.', ['blamed: separatist rebels — Officials']],
    ['The governor accused the army of killing nine villagers.', ['blamed: the army — The governor']],
    ['Two officers were charged with the murder of a priest.', ['blamed: Two officers']],
    [
      'The senator blamed the army and the Red Front for the killings.',
      ['blamed: the army — The senator', 'blamed: the Red Front — The senator'],
    ],
    ['The attack was the work of the Red Front, police said.', ['blamed: the Red Front — police']],
    ['The bombing is believed to be the work of separatists.', ['blamed: separatists']],
    ['The “Red Front” claimed responsibility for the blast.', ['claimed: Red Front']],
    ['In an attack attributed to the Red Front, a guard was wounded.', ['blamed: the Red Front']],
    ['Nine villagers were killed by gunmen on motorcycles.', ['reported: gunmen']],
    ['A priest was kidnapped on Sunday in Jos by armed men.', ['reported: armed men']],
    ['Suspected rebels attacked a police station.', ['suspected: Suspected rebels']],
    ['Israeli jets bombed a school.', ['reported: Israeli jets']],
    ['Pirates attacked a tanker off Yemen, the navy said.', ['reported: Pirates — the navy']],
    ['Gunmen kill nine villagers', ['reported: Gunmen']],
    ['A gunman opened fire in a supermarket.', ['reported: A gunman']],
    ['A group of men wearing masks robbed a bank.', ['reported: A group of men']],
    ['The attack was carried out by a small cell.', ['reported: a small cell']],
    ['Militants of the Red Front set fire to a school.', ['reported: Militants of the Red Front']],
    ['The army was responsible for the massacre.', ['reported: The army']],
    ['The bridge was destroyed by blasts set off by the rebels.', ['reported: the rebels']],
    ['A group of men this evening wounded a judge.', ['reported: A group of men']],
    ['The rebels on Monday killed a judge.', ['reported: The rebels']],
    ['Troops are looking for the armed group that killed five farmers.', ['reported: the armed group']],
  ])('told in "%s"', (text, expected) => {
    expect(parties(text)).toEqual(expected);
  });
});

describe('Nobody is said to have done it in', () => {
  test.each([
    'No group has claimed responsibility for the attack.',
    'The Red Front claimed responsibility, then a spokesman denied it was behind the attack.',
    'Nobody claimed the attack.',
    'The rebels denied that they claimed responsibility for the attack.',
    'The army denied killing nine villagers.',
    'The Red Front could claim responsibility for the attack.',
    'Hurricane Ida killed nine people.',
    'Twin blasts kill 30 fighters',
    'He was killed by a falling tree.',
    'He was hit by a silver Toyota.',
    'Nine people were killed by a roadside bomb.',
    'His death was confirmed by Rob Jones, his grandson.',
    'Her death was reported by the police on Sunday.',
    'Two businessmen, kidnapped 11 days ago, were freed.',
    'The families of the two wounded men asked for privacy.',
    'The price rise was blamed on Brexit.',
    'Fans blamed the referee for the defeat.',
    'Mr Hale accused the senator of lying.',
    'The prime minister accused Hamas of inciting the attack.',
    'Two bankers were charged with financing the bombing.',
    'Attacks of this kind are rarely carried out by women.',
    'The United States has carried out raids in the province before.',
    'Boko Haram have attacked many villages.',
    'He condemned the attacks on a union and a relief group, which killed nine people.',
    'He condemned the attack on the relief group that killed nine people.',
    'He shot a film about gunmen.',
    'The mural of the massacre is the work of Ana Ruiz.',
    'Police praised the work of the bomb squad after the attack.',
    'The state has been targeted by Mr Hale in recent days.',
    'Rebels threatened to kill nine hostages.',
    'The clash left nine soldiers wounded.',
    'Did the army kill nine villagers?',
    'A blast killed a policeman and a technician.',
  ])('"%s"', (text) => {
    expect(parties(text)).toEqual([]);
  });
});

describe('Who did it before is background in', () => {
  test.each([
    'In October 2019, gunmen killed five people.',
    'A similar attack last month was claimed by Islamic State.',
  ])('"%s"', (text) => {
    expect(factsIn('perpetrator', text).map(({ scope }) => scope)).toEqual(['background']);
  });
});

/** Whom and what it was done to, as `deed: words`. */
function targets(text: string): string[] {
  return factsIn('target', text).map(
    ({ value, evidence }) => `${value.deed}${value.isPeople ? '' : ' thing'}: ${evidence}`,
  );
}

describe('It was done to', () => {
  test.each([
    ['Gunmen killed Carlos Soto and his driver.', ['killed: Carlos Soto', 'killed: his driver']],
    [
      'Two policemen, a guard and a cook were wounded.',
      ['injured: Two policemen', 'injured: a guard', 'injured: a cook'],
    ],
    ['Judge Ana Ruiz, a critic of the army, was shot dead.', ['killed: Judge Ana Ruiz']],
    ['The murder of a priest shocked the town.', ['killed: a priest']],
    [
      'Rebels blew up a bridge and a power station.',
      ['bombed thing: a bridge', 'bombed thing: a power station'],
    ],
    ['A car bomb exploded outside the Italian embassy.', ['bombed thing: the Italian embassy']],
    ['Youths threw petrol bombs at a bank.', ['bombed thing: a bank']],
    ['Protesters set fire to a town hall.', ['burned thing: a town hall']],
    ['Gunmen opened fire on a bus.', ['attacked thing: a bus']],
    ['A reporter for the Courier was kidnapped.', ['kidnapped: A reporter']],
    ['In the blast 20 people were injured.', ['injured: 20 people']],
    ['The bomb left four children injured.', ['injured: four children']],
    ['The group denied a part in the murder of a priest.', ['killed: a priest']],
    [
      'An attack in which his driver and two guards were killed',
      ['killed: his driver', 'killed: two guards'],
    ],
    ['The blast that killed attorney Luis Paz shook the town.', ['killed: attorney Luis Paz']],
    [
      'An attack on Navy [armed forces branch] Director general Luis Maza failed.',
      ['attacked: Navy [armed forces branch] Director general Luis Maza'],
    ],
    ['It was first told by judge Ana Ruiz, who was shot dead on Monday.', ['killed: judge Ana Ruiz']],
    ['The assassination in Lima of Luis Paz shocked the town.', ['killed: Luis Paz']],
    ['The killings this week of a judge and a mayor', ['killed: a judge', 'killed: a mayor']],
    [
      'Among the injured are Ana Ruiz, 41; Luis Paz, 19; and a guard.',
      ['injured: Ana Ruiz', 'injured: Luis Paz', 'injured: a guard'],
    ],
    ['Also injured was a street vendor.', ['injured: a street vendor']],
    [
      'Killed by the blast were: a taxi driver; Ana Ruiz; and a guard.',
      ['killed: a taxi driver', 'killed: Ana Ruiz', 'killed: a guard'],
    ],
    ['The rebels took several farmers as hostages.', ['kidnapped: several farmers']],
    ['They fled, taking as hostages two engineers.', ['kidnapped: two engineers']],
    ['Two envoys are being held hostage by rebels.', ['kidnapped: Two envoys']],
    [
      'A clerk was killed, and two guards and a cook were wounded.',
      ['killed: A clerk', 'injured: two guards', 'injured: a cook'],
    ],
    ['One of his bodyguards was killed.', ['killed: One of his bodyguards']],
    ['A group of peasants was killed.', ['killed: A group of peasants']],
    ['At least five people, including reporters, were wounded.', ['injured: five people']],
    [
      'Gunmen killed three reporters: Ana Ruiz, Luis Paz and Eva Sol.',
      ['killed: three reporters', 'killed: Ana Ruiz', 'killed: Luis Paz', 'killed: Eva Sol'],
    ],
    [
      'A bomb exploded in the basement of the Aurora building.',
      ['bombed thing: the basement of the Aurora building'],
    ],
    ['A bomb was detonated in San Miguel.', []],
    ['Blasts set off by the rebels shook the town.', []],
    ['The army admitted “murdering” two clerks.', ['killed: two clerks']],
    ['Ana Ruiz was found dead on Monday.', ['killed: Ana Ruiz']],
    ['The bodies of Ana Ruiz and Luis Paz were found.', ['killed: Ana Ruiz', 'killed: Luis Paz']],
    ['Gunmen killed Ana Ruiz, leader of a union, and Luis Paz.', ['killed: Ana Ruiz', 'killed: Luis Paz']],
    ['Ana Ruiz, a senator and a former judge, was shot dead.', ['killed: Ana Ruiz']],
    ['Two bodies were formed.', []],
    ['He condemned the murder of ideologue Ana Ruiz.', ['killed: ideologue Ana Ruiz']],
    ['LIMA (Wire) -- Ana Ruiz, a clerk from Cusco, was murdered.', ['killed: Ana Ruiz']],
    ['A judge will investigate the murder of Ana Ruiz.', ['killed: Ana Ruiz']],
    ['A judge will investigate the attack that killed Ana Ruiz.', ['killed: Ana Ruiz']],
    ['The body of a man was found in a river.', ['killed: a man']],
    ['They planned the murder of Ana Ruiz.', []],
    ['It could lead to the death of nine hostages.', []],
    ['It is the body of nine experts.', []],
    ['Nobody was killed.', []],
    ['Two birds were killed.', []],
    ['The plan would kill jobs.', []],
    ['The storm killed the power.', []],
  ])('"%s"', (text, expected) => {
    expect(targets(text)).toEqual(expected);
  });
});
