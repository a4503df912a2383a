import { describe, expect, test } from '@jest/globals';
import { decisionsOf, type Item, storiesOf } from './newsday.ts';

const ferry: Item = {
  title: 'Ferry with 140 aboard capsizes off Zanzibar',
  body: 'The ferry Mapinduzi Star capsized in high waves between Pemba and Zanzibar on Thursday, the coastguard said. Fishermen pulled 61 people from the water. Captain Juma Haji Othman told the radio that the cargo had shifted. The ship was licensed for 90 passengers.',
};
const ferryElsewhere: Item = {
  title: 'Dozens feared drowned as overloaded ship sinks near Pemba',
  body: 'Rescuers searched the channel off Zanzibar for survivors of the Mapinduzi Star, which capsized with about 140 people aboard. It was licensed for 90, the coastguard said. Fishermen saved 61. The captain, Juma Haji Othman, blamed shifting cargo and high waves.',
  outlet: 'Coast Post',
  seen: '2022-02-03T16:00:00Z',
};
const ferryInquiry: Item = {
  title: 'Captain of capsized ferry arrested in Zanzibar',
  body: 'Police arrested Juma Haji Othman, captain of the Mapinduzi Star, two days after the ferry capsized off Pemba. The coastguard says that the ship was licensed for 90 passengers and carried 140; fishermen saved 61 of them. Prosecutors look into the cargo that shifted in the waves.',
  seen: '2022-02-05T09:00:00Z',
};

describe('one event is one story', () => {
  test('in other words, the same day and two days later', () => {
    expect(storiesOf(ferry, ferryElsewhere, ferryInquiry)).toEqual([1, 1, 1]);
  });

  test('in few of the same words, where neither says where', () => {
    expect(
      storiesOf(
        {
          title: 'Tenor loses voice, premiere off',
          body: 'Emil Brandvold could not sing. The house sent the audience home an hour before the curtain rose and will refund tickets. The orchestra had rehearsed for six weeks.',
        },
        {
          title: 'No Lakmé: star singer falls silent',
          body: 'Fans of Emil Brandvold went home disappointed. His doctor forbade him to sing for a month. Tickets for the premiere cost up to 300 euros and are refunded, the director said.',
        },
      ),
    ).toEqual([1, 1]);
  });

  test('although one of them also names the towns that the dead came from', () => {
    const crash = {
      title: 'Coach with pilgrims plunges into gorge',
      body: 'A coach with pilgrims plunged into a gorge near Herat on Thursday and 14 people died, police said. The driver, Karim Wardak, had braked in vain on the icy bend.',
    };
    const mourning = {
      title: 'Funerals for pilgrims whose coach fell into gorge',
      body: 'Funerals were held in Kabul on Friday and in Kandahar on Saturday for the pilgrims whose coach plunged into a gorge. Fourteen people died. Driver Karim Wardak had braked in vain on the icy bend, police said.',
      seen: '2022-02-04T10:00:00Z',
    };
    expect(storiesOf(crash, mourning)).toEqual([1, 1]);
  });

  test('a wire copy with a new headline and a line of the local paper', () => {
    const copy = {
      ...ferry,
      title: 'Passenger ship turns over in Indian Ocean',
      body: `${ferry.body} The Evening Courier has asked the ministry for a comment.`,
      outlet: 'Evening Courier',
    };
    expect(storiesOf(ferry, copy)).toEqual([1, 1]);
  });

  test('the same link in two feeds, whatever the second one makes of it', () => {
    const link = 'https://wire.example/ferry';
    const teaser = { title: 'Picture of the day', body: 'Seen by our readers.', link };
    expect(storiesOf({ ...ferry, link }, teaser)).toEqual([1, 1]);
  });

  test.each<[string, string | null]>([
    ['of 1970', '1970-01-01T00:00:00Z'],
    ['two days ahead', '2022-02-05T18:00:00Z'],
    ['missing', null],
  ])('although the second feed’s date is %s', (_name, published) => {
    expect(storiesOf(ferry, { ...ferryElsewhere, published })).toEqual([1, 1]);
  });

  test.each<[string, Item, Item]>([
    [
      'Arabic',
      {
        language: 'ar',
        title: 'انهيار مبنى سكني في حي الميناء بعد أمطار غزيرة',
        body: 'انهار مبنى من خمسة طوابق فجر الخميس بعد أمطار غزيرة، وقال الدفاع المدني إن فرق الإنقاذ انتشلت ثلاثة أطفال أحياء من تحت الأنقاض. وأضاف المهندس سامي الخطيب أن الجدران كانت متصدعة منذ سنوات.',
      },
      {
        language: 'ar',
        title: 'الدفاع المدني: إنقاذ ثلاثة أطفال من تحت أنقاض مبنى',
        body: 'قال الدفاع المدني إن فرق الإنقاذ انتشلت ثلاثة أطفال أحياء من تحت الأنقاض بعد أن انهار مبنى من خمسة طوابق فجر الخميس بعد أمطار غزيرة. وقال المهندس سامي الخطيب إن الجدران كانت متصدعة منذ سنوات.',
      },
    ],
    [
      'Russian',
      {
        language: 'ru',
        title: 'В шахте «Заречная» произошёл взрыв метана',
        body: 'Взрыв метана произошёл ночью на шахте «Заречная», под землёй остаются двенадцать горняков, сообщили спасатели. Директор Виктор Лапин сказал, что вентиляция работала исправно.',
      },
      {
        language: 'ru',
        title: 'Двенадцать горняков остаются под землёй после взрыва',
        body: 'Под землёй на шахте «Заречная» остаются двенадцать горняков: ночью там взорвался метан. По словам директора Виктора Лапина, вентиляция работала исправно, сообщили спасатели.',
      },
    ],
    [
      'Chinese',
      {
        language: 'zh',
        title: '长江大桥施工现场发生坍塌',
        body: '周四凌晨，长江大桥施工现场发生坍塌，七名工人被困。救援人员已救出三人，工程负责人李建国表示，事故原因正在调查之中。',
      },
      {
        language: 'zh',
        title: '大桥工地坍塌七名工人被困',
        body: '七名工人被困，救援人员已救出三人。长江大桥施工现场周四凌晨发生坍塌，工程负责人李建国表示事故原因正在调查之中。',
      },
    ],
  ])('in %s', (_language, first, second) => {
    expect(storiesOf(first, second)).toEqual([1, 1]);
  });
});

describe('look-alikes stay apart', () => {
  const raidOn = (village: string, house: string): Item => ({
    title: `Commandos raid farmhouse in ${village}`,
    body: `Commandos of the coalition landed by helicopter in ${village} in Idlib before dawn on Thursday, residents said. They surrounded a farmhouse and took away ${house}. The coalition did not comment.`,
  });
  const quakeNear = (town: string, magnitude: string, damage: string): Item => ({
    title: `Earthquake of magnitude ${magnitude} shakes ${town}`,
    body: `An earthquake of magnitude ${magnitude} struck near ${town} on Thursday, the seismological centre said. ${damage}`,
  });
  const launch = (company: string, product: string, chief: string): Item => ({
    title: `${company} unveils ${product} phone with folding screen`,
    body: `${company} on Thursday unveiled the ${product}, a phone with a folding screen. Chief executive ${chief} said that ${company} would sell it from March. Analysts expect the ${product} to cost about 1,500 dollars.`,
  });

  test.each<[string, Item, Item]>([
    [
      'two raids by the same force in two villages on one day',
      raidOn('Sarmada', 'two brothers who traded in olive oil'),
      raidOn('Atme', 'a teacher and his laptop'),
    ],
    [
      'two quakes on one day',
      quakeNear('Padang', '6.2', 'Patients were carried out of a hospital.'),
      quakeNear('Herat', '5.4', 'Mud houses fell in three villages.'),
    ],
    [
      'a shock and its weaker successor',
      quakeNear('Padang', '6.2', 'Patients were carried out of a hospital.'),
      quakeNear('Padang', '5.1', 'Shops closed for the day.'),
    ],
    [
      'the same town a month later',
      raidOn('Atme', 'a teacher and his laptop'),
      { ...raidOn('Atme', 'a teacher and his laptop'), seen: '2022-03-03T12:00:00Z' },
    ],
    [
      'the same product of two companies',
      launch('Nordlys', 'Aurora 5', 'Ingrid Haugen'),
      launch('Kisumu Mobile', 'Ziwa Fold', 'Peter Odhiambo'),
    ],
    [
      'two statements of one company',
      {
        title: 'Kestrel Foods recalls almond bars',
        body: 'Kestrel Foods called back almond bars after customers found splinters of glass. Shops give the money back.',
      },
      {
        title: 'Kestrel Foods names chairwoman',
        body: 'Shareholders of Kestrel Foods elected a chairwoman with experience in shipping. She begins in autumn.',
      },
    ],
    [
      'two errands of the police of one town',
      {
        title: 'Millbridge police search river',
        body: 'Police in Millbridge searched a river for a jogger. Dogs found a shoe.',
      },
      {
        title: 'Millbridge police open bazaar',
        body: 'Police in Millbridge opened a bazaar with cakes. Choirs sang.',
      },
    ],
    [
      'two players of one club, each with his own people',
      {
        title: 'Goalkeeper held for drunk driving',
        body: 'Police in the port held the goalkeeper of Harbour City, Victor Lindqvist, after a breath test on Sunday. He was freed in the morning. Trainer Ruth Adeyemi left him out of the squad. Sponsors were silent.',
      },
      {
        title: 'Harbour City captain charged after crash',
        body: 'Prosecutors charged the captain of Harbour City, Owen Mbeki, who hit a fence with his car. Police took a breath test. His lawyer Paul Greer spoke of black ice, a late breakfast and a squad that had slept badly.',
      },
    ],
    [
      'two matches of one round',
      {
        title: 'Rovers beat United 2-1 to go top',
        body: 'Rovers went top of the league with a victory over United on Thursday. Striker Tomas Berg scored twice before the break. Coach Alan Pryce praised his defence.',
      },
      {
        title: 'City beat Athletic 3-0 to stay second',
        body: 'City stayed second in the league with a victory over Athletic on Thursday. Midfielder Luis Ferreira scored after the break. Coach Maria Conti praised her keeper.',
      },
    ],
    [
      'an old page among today’s news, where a feed gives no dates',
      {
        title: 'Tremor topples houses on Greenstone island',
        body: 'A tremor toppled houses on Greenstone island and people slept outside. Children were missing in the hills, teachers said. Rescuers came by boat from the port.',
        published: null,
      },
      {
        title: 'Governors promise tents after island shakes',
        body: 'Last updated: 27 November 2005. Governors promised tents to families on Greenstone, where a tremor damaged the lighthouse. Tourists left by boat. Insurance brokers expect losses of two million dollars, and wine growers lost barrels.',
        published: null,
      },
    ],
  ])('%s', (_name, first, second) => {
    expect(storiesOf(first, second)).toEqual([1, 2]);
    expect(storiesOf(second, first)).toEqual([1, 2]);
  });

  test('what is told alike on one day is two events a fortnight apart', () => {
    const walkout = {
      title: 'Tram crews walk out over rosters',
      body: 'Tram crews walked out over rosters and commuters queued for taxis. The union wants longer breaks and newer cabins. Managers called the walkout selfish and the mayor promised talks.',
    };
    const other = {
      title: 'Depots shut as crews stop work',
      body: 'Depots stayed shut when tram crews stopped work over pensions. The union spoke of broken promises. Commuters cycled in the rain. Pensioners of the company joined the pickets with soup and drums.',
    };
    expect(storiesOf(walkout, other)).toEqual([1, 1]);
    expect(storiesOf(walkout, { ...other, seen: '2022-02-18T12:00:00Z' })).toEqual([1, 2]);
  });

  test('two events told in one script stay apart', () => {
    const chinese = (title: string, body: string): Item => ({ title, body, language: 'zh' });
    expect(
      storiesOf(
        chinese('央行宣布下调利率', '中国央行周四宣布下调贷款利率，分析人士认为此举有助于刺激消费。'),
        chinese('国家队击败对手晋级', '中国国家队周四晚击败对手，晋级下一轮比赛，教练对球员表示满意。'),
      ),
    ).toEqual([1, 2]);
  });
});

test('pages of one old day are one story, where a feed gives no dates', () => {
  const page = (title: string, head: string, more: string): Item => ({
    title,
    body: `${head} A tremor damaged the lighthouse of Greenstone island and the barrels of its wine growers. ${more}`,
    published: null,
  });
  expect(
    storiesOf(
      page('Lighthouse damaged by tremor', 'Posted 11 / 27 / 2005 7:21 AM.', 'Tourists left by boat.'),
      page('Wine lost in island tremor', 'Last updated: 28 November 2005.', 'Governors promised tents.'),
    ),
  ).toEqual([1, 1]);
});

test('the reason names the words that told', () => {
  const [, decision] = decisionsOf(
    {
      title: 'Opera house cancels premiere after tenor loses voice',
      body: 'The premiere of Lakmé was cancelled an hour before the curtain rose because tenor Emil Brandvold had lost his voice. The opera house refunds all tickets.',
    },
    {
      title: 'Brandvold ill: no Lakmé tonight',
      body: 'Tenor Emil Brandvold lost his voice an hour before the premiere of Lakmé. The opera house will refund tickets.',
    },
  );
  expect(decision?.reason).toMatch(
    /^Its text is much like this story's: likeness \d+\.\d, where 3 makes one event\.$/,
  );
  expect(decision?.shared.slice(0, 4)).toEqual(
    expect.arrayContaining(['brandvold', expect.stringMatching(/^lakm/)]),
  );
});
