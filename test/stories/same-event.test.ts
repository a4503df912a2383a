import { describe, expect, test } from '@jest/globals';
import { decideStory } from '../../src/stories/decide-story.ts';
import {
  ambush,
  BAGHDAD,
  bombing,
  drone,
  GAZIANTEP,
  HERAT,
  KAMPALA,
  LAMU,
  mosque,
  PADANG,
  quake,
  raid,
  swap,
} from './events.ts';
import { ATME, IDLIB, type MiniArticle, memberOf, printOf, SARMADA } from './mini-article.ts';

describe('articles that tell the same event in other words join one story', () => {
  test.each<[string, MiniArticle, MiniArticle]>([
    [
      'a raid, from the monitor’s side',
      raid,
      {
        title: 'Syrian Observatory: children among the dead after airborne operation in Atme',
        lead: 'Helicopters of the coalition dropped commandos outside Atme overnight and a battle followed for two hours, the Observatory said. It counted 13 bodies.',
        places: [ATME],
        days: ['2022-02-03'],
        seen: '2022-02-03T15:00:00Z',
      },
    ],
    [
      'a raid, from Washington, which names only the province and the evening before',
      raid,
      {
        title: 'Pentagon says counterterrorism mission in Syria was successful',
        lead: 'US commandos flew into Idlib by helicopter on Wednesday night, the Pentagon said. The special forces lost no one in the gun battle; residents spoke of 13 bodies, children among them.',
        places: [IDLIB],
        days: ['2022-02-02'],
        seen: '2022-02-03T16:00:00Z',
      },
    ],
    [
      'a bombing with a rising toll',
      bombing,
      {
        title: 'Uganda: death toll of Kampala bombings rises to six',
        lead: 'Six people are dead after the suicide bombers blew themselves up in Kampala, officials at Mulago hospital said. Lawmakers left parliament through the rear gate.',
        places: [KAMPALA],
        days: ['2021-11-16'],
        seen: '2021-11-16T18:00:00Z',
      },
    ],
    [
      'a bombing of which one gives only the province',
      bombing,
      {
        title: 'Suicide bombers attack parliament in Uganda',
        lead: 'Two bombers blew themselves up beside the gate of parliament in the Central Region, spokesman Fred Otieno said.',
        places: [{ name: 'Central Region', admin: null, country: 'UG', kind: 'admin' }],
        days: ['2021-11-16'],
        seen: '2021-11-16T14:00:00Z',
      },
    ],
    [
      'an earthquake from the hospital',
      quake,
      {
        title: 'Patients evacuated as strong earthquake rocks Padang',
        lead: 'Nurses wheeled patients out of Yarsi hospital when the shallow quake struck Padang. BMKG warned of landslides.',
        places: [PADANG],
        days: ['2022-02-25'],
        seen: '2022-02-25T05:00:00Z',
      },
    ],
    [
      'an ambush, where one gives no day',
      ambush,
      {
        title: 'Kenya blames Al-Shabaab for beheading in coastal county',
        lead: 'Houses were burned and a man was beheaded in Widho, Lamu, commissioner Macharia told reporters. Security forces are hunting the gunmen.',
        places: [LAMU],
        seen: '2022-01-04T06:00:00Z',
      },
    ],
    [
      'a drone strike, from the coalition',
      drone,
      {
        title: 'Coalition targets Hurras al-Din commander in Syria',
        lead: 'The target rode alone on a motorbike near Sarmada when the missiles hit, Central Command said. He was senior in Hurras al-Din.',
        places: [SARMADA],
        days: ['2022-06-27'],
        seen: '2022-06-28T02:00:00Z',
      },
    ],
    [
      'a mosque bombing without any place read',
      mosque,
      {
        title: 'Afghan cleric Ansari killed in mosque explosion',
        lead: 'Mujib Rahman Ansari, an imam close to the Taliban, was killed at Gazargah mosque, worshippers said.',
        seen: '2022-09-02T13:00:00Z',
      },
    ],
  ])('%s', (_name, first, second) => {
    expect(decideStory(printOf(second), [memberOf('s1', first)]).storyId).toBe('s1');
    expect(decideStory(printOf(first), [memberOf('s2', second)]).storyId).toBe('s2');
  });
});

describe('articles that only look alike are two stories', () => {
  test.each<[string, MiniArticle, MiniArticle]>([
    [
      'another raid in another town of the province',
      raid,
      { ...swap(raid, 'Atme', 'Sarmada'), places: [SARMADA] },
    ],
    ['the same town a month later', raid, { ...raid, days: ['2022-03-04'], seen: '2022-03-04T12:00:00Z' }],
    [
      'the same town a month later, when neither gives a day',
      { ...raid, days: [] },
      { ...raid, days: [], seen: '2022-03-04T12:00:00Z' },
    ],
    [
      'two quakes of different magnitude on one day',
      quake,
      { ...swap(quake, '6.2', '5.4'), seen: '2022-02-25T09:00:00Z' },
    ],
    [
      'two quakes in different countries',
      {
        title: 'Strong quake kills dozens, topples houses',
        lead: 'A strong quake toppled houses in Herat. Rescue workers dug for survivors.',
        places: [HERAT],
      },
      {
        title: 'Strong quake kills dozens, topples houses',
        lead: 'A strong quake toppled houses in Gaziantep. Rescue workers dug for survivors.',
        places: [GAZIANTEP],
      },
    ],
    [
      'a flood and a raid in one province on one day',
      { ...raid, places: [IDLIB] },
      {
        title: 'Floods swamp camps for displaced families in Idlib',
        lead: 'Heavy rain flooded tents in the camps of Idlib on Thursday, aid workers said. Families asked for blankets.',
        places: [IDLIB],
        days: ['2022-02-03'],
      },
    ],
    [
      'shelling and an assassination in one town on one day',
      drone,
      {
        title: 'Artillery shells land on market in Sarmada',
        lead: 'Shells fell on a vegetable market in Sarmada on Monday, medics said. Two shoppers were hurt.',
        places: [SARMADA],
        days: ['2022-06-27'],
        seen: '2022-06-27T12:00:00Z',
      },
    ],
    [
      'two attacks in one city on one day',
      {
        title: 'Car bomb kills ten at Karrada market in Baghdad',
        lead: 'A car bomb exploded beside a market in Karrada, Baghdad, on Sunday, the Iraqi interior ministry said. Ten people died.',
        places: [BAGHDAD],
      },
      {
        title: 'Gunmen kill judge outside his Baghdad home',
        lead: 'Masked gunmen shot a judge of the anti-corruption court in Adhamiya, Baghdad, on Sunday, the Iraqi interior ministry said.',
        places: [BAGHDAD],
      },
    ],
    [
      'two bombings in one city on one day, told by the same ministry',
      {
        title: 'Car bomb kills ten at Karrada market in Baghdad',
        lead: 'A car bomb exploded beside a market in Karrada, Baghdad, on Sunday, the Iraqi interior ministry said. Nobody claimed responsibility.',
        places: [BAGHDAD],
        days: ['2022-02-06'],
      },
      {
        title: 'Suicide bomber strikes Baghdad shrine, five dead',
        lead: 'A suicide bomber blew himself up at a shrine in Kadhimiya, Baghdad, on Sunday, killing five pilgrims, the Iraqi interior ministry said. Islamic State claimed responsibility.',
        places: [BAGHDAD],
        days: ['2022-02-06'],
      },
    ],
    [
      'an ambush and another one by the same group two days later',
      ambush,
      {
        title: 'Four police officers die as Al-Shabaab ambushes vehicle in Lamu',
        lead: 'A police vehicle was ambushed near Milihoi in Lamu county on Friday, commissioner Irungu Macharia said. Al-Shabaab gunmen fired a grenade.',
        places: [LAMU],
        days: ['2022-01-07'],
        seen: '2022-01-07T08:00:00Z',
      },
    ],
    [
      'a daily column under one headline',
      {
        title: 'Morning briefing: what you need to know today',
        lead: 'Parliament votes on the fishing treaty. Nurses plan a walkout in Glasgow.',
      },
      {
        title: 'Morning briefing: what you need to know today',
        lead: 'A comet passes tonight. Rail fares rise again and Wembley sells out.',
        seen: '2022-02-04T06:00:00Z',
      },
    ],
    [
      'a daily market report under one headline',
      {
        title: 'Markets wrap: stocks, bonds and currencies at the close',
        lead: 'Copper slid after Chilean miners ended their walkout. Airlines gained on cheaper kerosene.',
      },
      {
        title: 'Markets wrap: stocks, bonds and currencies at the close',
        lead: 'Wheat jumped when rain delayed the harvest. Chipmakers fell after a profit warning.',
        seen: '2022-02-04T12:00:00Z',
      },
    ],
    [
      'two flights told in the same words',
      {
        title: 'Flight 302 lands safely at airport after bird strike shatters windscreen',
        lead: 'The pilots turned back after geese hit an engine over Denver. Nobody aboard was hurt.',
      },
      {
        title: 'Flight 714 lands safely at airport after bird strike shatters windscreen',
        lead: 'The pilots turned back after gulls cracked the windscreen over Lisbon. Nobody aboard was hurt.',
      },
    ],
    [
      'provinces of one name in two countries',
      {
        ...swap(raid, 'Atme', 'Central Region'),
        places: [{ name: 'Central Region', admin: null, country: 'UG', kind: 'admin' }],
      },
      {
        ...swap(raid, 'Atme', 'Central Region'),
        places: [{ name: 'Central Region', admin: null, country: 'GH', kind: 'admin' }],
      },
    ],
    [
      'two bus crashes without a place',
      {
        title: 'Bus plunges into ravine, 12 dead',
        lead: 'A crowded bus fell into a ravine when its brakes failed, police said. Survivors were taken to Quetta.',
      },
      {
        title: 'Bus collides with lorry, 9 dead',
        lead: 'A bus hit an oncoming lorry in thick fog, police said. The driver fled towards Multan.',
      },
    ],
  ])('%s', (_name, first, second) => {
    expect(decideStory(printOf(second), [memberOf('s1', first)]).storyId).toBe(null);
    expect(decideStory(printOf(first), [memberOf('s2', second)]).storyId).toBe(null);
  });
});
