import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

function claims(text: string): string[] {
  return factsIn('claim', text).map(
    ({ speaker, value, evidence }) => `${speaker?.name} | ${value.cue} | ${evidence}`,
  );
}

describe('Who says so', () => {
  test.each([
    ['The army said it had destroyed three drones.', ['The army | said | it had destroyed three drones']],
    ['Three drones were destroyed, the army said.', ['the army | said | Three drones were destroyed']],
    [
      'Three drones were destroyed, the army said in a statement on Monday.',
      ['the army | said | Three drones were destroyed'],
    ],
    [
      '“The mission was successful,” said John Kirby, a spokesman.',
      ['John Kirby | said | The mission was successful'],
    ],
    [
      'Pentagon press secretary John Kirby said: "The mission was successful."',
      ['Pentagon press secretary John Kirby | said | The mission was successful'],
    ],
    [
      "The Pentagon's press secretary, John Kirby, said the mission was over.",
      ["The Pentagon's press secretary, John Kirby | said | the mission was over"],
    ],
    [
      'The Pentagon, whose spokesman, Ali Lund, called it a success, says nobody died in the raid.',
      ['The Pentagon | says | nobody died in the raid'],
    ],
    [
      'According to the United Nations, the town was shelled.',
      ['the United Nations | According to | the town was shelled'],
    ],
    [
      'A helicopter crashed, according to a US official who spoke on condition of anonymity.',
      ['a US official who spoke on condition of anonymity | according to | A helicopter crashed'],
    ],
    [
      'A US official speaking on condition of anonymity said a helicopter crashed.',
      ['A US official speaking on condition of anonymity | said | a helicopter crashed'],
    ],
    [
      'Governor Sami Haddad told Reuters that the bridge was bombed.',
      ['Governor Sami Haddad | told | the bridge was bombed'],
    ],
    [
      'In a statement, the ministry said that the camp was attacked.',
      ['the ministry | said | the camp was attacked'],
    ],
    [
      'Witnesses and the Syrian Observatory for Human Rights reported heavy shelling.',
      ['Witnesses and the Syrian Observatory for Human Rights | reported | heavy shelling'],
    ],
    [
      'Residents said the gunfire lasted two hours and police said it lasted one.',
      ['Residents | said | the gunfire lasted two hours'],
    ],
    ['Two men were killed and police said the shooting was over.', ['police | said | the shooting was over']],
    [
      'Islamic State claimed responsibility for the attack.',
      ['Islamic State | claimed | claimed responsibility for the attack'],
    ],
    ['A guard told Reuters they had to kill the dog.', ['A guard | told | they had to kill the dog']],
    ['Ukraine blamed Russia for the strike.', ['Ukraine | blamed | blamed Russia for the strike']],
    ['The PKK denied involvement.', ['The PKK | denied | denied involvement']],
    ['The army denied the attack.', ['The army | denied | denied the attack']],
    [
      'The army said 13 people were killed, according to Reuters.',
      ['The army | said | 13 people were killed'],
    ],
    ['Militants attack base, say officials', ['officials | say | Militants attack base']],
  ])('in "%s"', (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  test.each([
    'No group has claimed responsibility for the attack.',
    'The attack was reported on Monday.',
    'The president told security forces to shoot at the crowd.',
    'The bombing claimed 13 lives.',
    'In Idlib residents said the town was shelled.',
    'The town was shelled residents said after the bridge was bombed.',
    'Police reports of an attack were false.',
    'He is said to have fired a missile.',
    'The Pentagon did not say who was attacked.',
    'The United States has attacked before.',
    'Police said the market opens at nine.',
  ])('is nobody in "%s"', (text) => {
    expect(claims(text)).toEqual([]);
  });
});

describe('A pronoun is', () => {
  test.each([
    ['The governor, Sami Haddad, said two men died. He said the fire was out.', 'The governor, Sami Haddad'],
    ['The Interior Ministry said two men died. It said the fire was out.', 'The Interior Ministry'],
    ['Residents said two men died. They said the fire was out.', 'Residents'],
    [
      'The Syrian Observatory for Human Rights, a war monitor, said two men died. The monitor said the fire was out.',
      'The Syrian Observatory for Human Rights',
    ],
  ])('the last fitting speaker: "%s"', (text, speaker) => {
    const claim = factsIn('claim', text).find((fact) => fact.evidence === 'the fire was out');
    expect(claim?.speaker?.name).toBe(speaker);
    expect(text.slice(claim?.speaker?.start, claim?.speaker?.end)).toBe(speaker);
  });

  test('who claimed the attack just before', () => {
    const text =
      'The United Nations said two men died. The Red Front claimed the attack. It said the fire was out.';
    expect(factsIn('claim', text).at(-1)?.speaker?.name).toBe('The Red Front');
  });

  test('no organisation that spoke before another was named', () => {
    const text =
      'The United Nations said two men died. The Red Front kept silent. It said 14 men were wounded.';
    expect(factsIn('casualties', text).at(-1)?.speaker?.name).toBe('It');
  });

  test('nobody we name when others were spoken of in between', () => {
    const text = 'Residents said two men died. Experts point to a bomb. They said the fire was out.';
    expect(factsIn('claim', text).map((fact) => fact.evidence)).toEqual(['two men died']);
  });

  test('nobody we name when two persons have spoken', () => {
    const text = 'Omar Aziz said two men died. Ali Haddad said one man died. He said 14 people were wounded.';
    expect(factsIn('claim', text).map((fact) => fact.speaker?.name)).toEqual(['Omar Aziz', 'Ali Haddad']);
    expect(factsIn('casualties', text).at(-1)?.speaker?.name).toBe('He');
  });
});

describe('The speaker of a toll is', () => {
  function speakers(text: string): (string | undefined)[] {
    return factsIn('casualties', text)
      .filter((fact) => fact.scope === 'event')
      .map((fact) => fact.speaker?.name);
  }

  test.each([
    ['"No soldiers were hurt. We are glad," the army said.', 'the army'],
    ['“Nobody was hurt. The raid is over. We are glad,” said Ali Haddad.', 'Ali Haddad'],
    ['"We ran," said Ali Haddad. "Four people were killed."', 'Ali Haddad'],
    ['Ali Haddad said: "We ran. Four people were killed."', 'Ali Haddad'],
    ['"It was a raid," a spokesman said, adding that two children were killed.', 'a spokesman'],
    ['"We ran. Four people were killed," said Ali Haddad. "We saw it," said Omar Aziz.', 'Ali Haddad'],
    [
      'Armenia said two soldiers were killed by fire near a border town, a claim that Baku denied.',
      'Armenia',
    ],
    ['Two soldiers were killed, a source said, without giving a name.', 'a source'],
    ['Two soldiers were killed, the ministry said Monday.', 'the ministry'],
    ['Ali Haddad tweeted that 45 officers were injured.', 'Ali Haddad'],
    ['Doctors report two people killed in raid', 'Doctors'],
    ['The army said it was a raid. Two people were killed, according to the statement.', 'The army'],
    ['The group claimed responsibility, saying it had killed 20 soldiers.', 'The group'],
    ['The group denied a retreat, adding that it had killed 20 soldiers.', 'The group'],
    ['Police fired on protesters, killing four people, the opposition said.', 'the opposition'],
    ['The ward had 14 bodies and more than 30 others, said Ehsan Zaki, a doctor.', 'Ehsan Zaki'],
    ['Gunmen abduct 20 from church, residents say; police call it untrue', 'residents'],
    ['Blast kills 8 in Kabul market: police', 'police'],
    ['Floods kill 12 in Mali as rivers rise: UN', 'UN'],
    ['07:50 The army said a soldier was killed.', 'The army'],
    ['One user wrote that "hundreds are dead".', 'One user'],
  ])('found beyond its sentence or clause: %s', (text, speaker) => {
    expect(speakers(text)).toEqual([speaker]);
  });

  test.each([
    '"Four people were killed."',
    'The chief said the man called at noon and said he had killed five people.',
    'Posts online had claimed 10 people were dead.',
    'A thing of the web wrote that "hundreds are dead", without proof.',
    'The men withdrew, saying they had killed 20 soldiers.',
    'The army denied that its men, who came on Monday, had killed 13 people.',
  ])('not guessed, and the toll not shown as the outlet’s: %s', (text) => {
    expect(speakers(text)).toEqual([]);
  });
});

test('Who denies an event does not say what the article says of it', () => {
  const text = 'Hamas denied that it was behind a shooting at a bus stop that wounded three people.';
  expect(factsIn('casualties', text).map(({ speaker }) => speaker)).toEqual([null]);
});

describe('A claim is no fragment', () => {
  test.each([
    [
      'The army accused the rebels of the attack; the rebels blamed the army.',
      ['The army | accused | accused the rebels of the attack', 'the rebels | blamed | blamed the army'],
    ],
    [
      'Armenia said Azerbaijan had shelled Goris; Azerbaijan called the allegation baseless.',
      ['Armenia | said | Azerbaijan had shelled Goris'],
    ],
    [
      '"We have 14 wounded. None died in the fire," said Ade Bello.',
      ['Ade Bello | said | We have 14 wounded', 'Ade Bello | said | None died in the fire'],
    ],
    [
      'The army confirmed the attack but gave no toll.',
      ['The army | confirmed | confirmed the attack but gave no toll'],
    ],
    ['The government announced a ceasefire.', ['The government | announced | announced a ceasefire']],
    ['The army confirmed the attack was over.', ['The army | confirmed | the attack was over']],
  ])('in "%s"', (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  test('of a paper whose author nobody can tell', () => {
    expect(claims('The strike was over, the statement said.')).toEqual([]);
  });
});
