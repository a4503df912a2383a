import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

/** The weapons used, as `kind: words`. */
function weapons(text: string): string[] {
  return factsIn('weapon', text).map(({ value, evidence }) => `${value.weapon}: ${evidence}`);
}

describe('It was done with', () => {
  test.each([
    ['A car bomb exploded outside the market.', ['car bomb: car bomb']],
    ['Gunmen armed with assault rifles attacked the town.', ['rifle: assault rifles']],
    ['Rebels fired rocket-propelled grenades at the barracks.', ['grenade: rocket-propelled grenades']],
    ['A roadside bomb killed nine soldiers.', ['roadside bomb: roadside bomb']],
    ['The men threw petrol bombs at a bank.', ['petrol bomb: petrol bombs']],
    ['Russian missiles hit an apartment block.', ['missile: missiles']],
    ['He stabbed her with a kitchen knife.', ['knife: kitchen knife']],
    ['Drones struck a refinery overnight.', ['drone: Drones']],
    ['An IED went off beside the convoy.', ['roadside bomb: IED']],
    ['Barrel bombs were dropped on the village.', ['barrel bomb: Barrel bombs']],
  ])('told in "%s"', (text, expected) => {
    expect(weapons(text)).toEqual(expected);
  });
});

describe('No weapon was used in', () => {
  test.each([
    'Police seized four rifles and a pistol.',
    'The bomb was defused.',
    'It showed pictures of rifles it said were seized in the attack.',
    'A gun battle broke out.',
    'The country tested a missile.',
    'He is a gun dealer.',
    'The film was a box-office bomb.',
    'Rebels threatened to use chemical weapons.',
    'The bomb squad searched the house.',
    'A bomb threat closed the school.',
    'The army shot down two drones.',
    'Nuclear weapons are banned there.',
    'Troops seized 24 rifles, 75 grenades, 26 mortars and explosives from the rebels.',
    'Explosions and machine gun fire could still be heard at night.',
    'Did they use a car bomb?',
    'The force has flown drones against militants there.',
    'Rebels there often use roadside bombs against convoys.',
    'Most of its attacks in recent years have been drone strikes.',
  ])('"%s"', (text) => {
    expect(weapons(text)).toEqual([]);
  });
});
