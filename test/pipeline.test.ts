import { describe, expect, test } from '@jest/globals';
import { parseAliases } from '../src/knowledge/aliases.ts';
import { newsScript } from './chaos/script.ts';
import { item, NOON, newsroom, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';

describe.each(ENGINES)('the journey of an article, on $name', (engine) => {
  test('the first poll of a feed tells nobody anything', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    expect(await room.publish('wire', RAID)).toEqual({
      added: 1,
      revised: 0,
      alerted: 0,
      failed: 0,
      held: 0,
    });
    expect(await room.told('terminal')).toEqual([]);
    expect(await room.told('slack:C1')).toEqual([]);
  });

  test('two watches of one channel give it one alert that names both', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('raids', 'raids', 'slack:C1', 'slack:C2');
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [Atme, raids]']);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [raids]']);
  });

  test('an article with another name of what a watch asks for says so in its alert', async () => {
    await using store = await freshStore(engine);
    const aliases = parseAliases('places: { Idlib: [Edlib, Idleb] }', 'aliases.yaml');
    const room = await newsroom(store, [{ name: 'wire' }], { aliases });
    await room.watchIn('config', 'Idlib', 'Idlib feed:wire', 'slack:C1');
    await room.watch('raids', 'raids', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', item('Raid in Edlib', 'Troops raided a house in Edlib, near Idlib city.'));
    const [channel] = await store.deliveries.leaseChannels(room.now() + 60_000, 1_000, 10);
    const delivery = await store.deliveries.next(channel?.channel ?? '', room.now() + 60_000);
    expect(delivery?.operation).toMatchObject({
      content: { watches: ['Idlib', 'raids'], aliases: ['“Edlib”, alias of Idlib'] },
    });
  });

  test('an alert says how many publishers stand behind it, and how much it matters', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'Reuters' }, { name: 'BBC' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('Reuters');
    await room.publish('BBC');
    await room.publish('Reuters', { ...RAID, guid: 'one', link: 'https://www.reuters.com/raid' });
    const [alert] = await store.alerts.ofChannel('slack:C1', 1);
    expect(alert?.content).toMatchObject({ independent: ['Reuters'] });
    const toll =
      'Troops raided a house near Atme on Thursday. At least 45 people were killed, the monitor said.';
    await room.publish('BBC', item('Raid near Atme kills 45', toll, { link: 'https://www.bbc.com/raid' }));
    const [told] = await store.alerts.ofChannel('slack:C1', 1);
    expect(told?.content).toMatchObject({ independent: ['Reuters', 'BBC'], severity: 'high' });
    expect(alert?.content.severity).toBe('normal');
  });

  test('a watch with a digest is told at its times, in the zone of its channel', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('raids', 'raids', 'slack:C1', 'slack:C2');
    await room.watch('Damascus', 'place:Damascus', 'slack:C1');
    const watch = await store.watches.named('w', 'raids');
    await store.watches.tellWhen(watch?.id ?? '', 'digest 18:00', room.now() + 1);
    await store.channels.set('slack:C2', { timezone: 'Asia/Tehran' });
    await room.publish('wire');
    await room.publish('wire', RAID, item('Second raid', 'Police raided a flat in Lima on Thursday.'));
    expect(await room.told('slack:C1')).toEqual([]);
    const talks =
      'Ministers met in Amman on Thursday to talk about water. A newspaper in Damascus wrote of it later.';
    await room.publish('wire', item('Ministers talk in Amman', talks));
    await room.passUntil(Date.UTC(2022, 1, 3, 17, 58));
    expect(await room.told('slack:C1')).toEqual([]);
    // Six in the evening in Tehran is 14:30 in Greenwich.
    const [early, ...more] = await room.told('slack:C2');
    expect(more).toEqual([]);
    expect(early).toContain('2 alerts in this digest');
    expect(early).not.toContain('Almost told');
    await room.passUntil(Date.UTC(2022, 1, 3, 18));
    const [digest, ...others] = await room.told('slack:C1');
    expect(others).toEqual([]);
    expect(digest).toContain('2 alerts in this digest');
    expect(digest).toMatch(/Almost told.*Ministers talk in Amman.*only mentions Damascus/s);
  });

  test('a long digest says once what almost alerted, and nothing that the channel was told', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watch('attacks', 'attack OR residents', 'slack:C1');
    await room.watch('Damascus', 'place:Damascus', 'slack:C1');
    await room.watch('Damascus too', 'place:Damascus raid OR place:Damascus', 'slack:C1');
    const watch = await store.watches.named('w', 'attacks');
    await store.watches.tellWhen(watch?.id ?? '', 'digest 18:00', room.now() + 1);
    await room.publish('wire');
    await room.publish('world');
    const attacks = newsScript(1)
      .take(20)
      .map(({ publications: [first] }) => item(first?.title ?? '', first?.html ?? ''));
    const press = 'A newspaper in Damascus wrote of it later.';
    const talks = item(
      'Ministers talk in Amman',
      `Ministers met in Amman on Thursday to talk about water. ${press}`,
    );
    const told = item(
      'Raid near Atme',
      `Troops raided a house in Atme on Thursday, residents said. ${press}`,
    );
    await room.publish('wire', ...attacks, talks, told);
    await room.publish('world', { ...talks, guid: 'copy', link: 'https://world.example/talks' });
    await room.passUntil(Date.UTC(2022, 1, 3, 18));
    const digest = await room.told('slack:C1');
    expect(digest.length).toBeGreaterThan(1);
    const [missed, ...others] = digest.filter((message) => message.includes('Almost told'));
    expect(others).toEqual([]);
    const list = missed?.slice(missed.indexOf('Almost told')) ?? '';
    expect(list.match(/Ministers talk in Amman/g)).toHaveLength(1);
    expect(list).not.toContain('Raid near Atme');
  });

  test('quiet hours hold alerts till they end, and silent ones hold none', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('raids', 'raids', 'slack:C1', 'slack:C2', 'slack:C3');
    await store.channels.set('slack:C1', { quiet: '11:00-14:00 hold' });
    await store.channels.set('slack:C2', { quiet: '11:00-14:00 silent' });
    await store.channels.set('slack:C3', { quiet: '14:00-15:00 hold' });
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toEqual([]);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [raids]']);
    expect(await room.told('slack:C3')).toEqual(['post: Raid near Atme [raids]']);
    await room.passUntil(Date.UTC(2022, 1, 3, 14));
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [raids]']);
  });

  test('nobody is told of a near-miss in a feed that only others follow', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', workspace: 'slack:T2' }]);
    await room.watchIn('slack:T1', 'theirs', 'place:Damascus', 'slack:C1');
    await room.publish('wire');
    const body =
      'Troops raided a house in Atme on Thursday. A newspaper in Damascus has written about it since.';
    await room.publish('wire', item('Raid near Atme', body));
    const [watch] = await store.watches.list('slack:T1');
    expect(await store.articles.nearMisses([watch?.id ?? ''], 10)).toEqual([]);
  });

  test('a passing mention of a place is a near-miss: kept with its reason, and not posted', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('Damascus', 'place:Damascus', 'slack:C1');
    await room.publish('wire');
    const body =
      'Troops raided a house in Atme on Thursday, residents said. It was the first raid of the month. ' +
      'A newspaper in Damascus has written about it, and nothing else was known on Friday.';
    await room.publish('wire', item('Raid near Atme', body, { guid: 'raid' }));
    expect(await room.told('slack:C1')).toEqual([]);
    const [watch] = await store.watches.list('w');
    const misses = await store.articles.nearMisses([watch?.id ?? ''], 10);
    expect(misses).toMatchObject([
      {
        article: { title: 'Raid near Atme' },
        match: { rank: 40, doubts: [{ tells: null, found: 'Damascus' }] },
      },
    ]);
    await room.publish(
      'wire',
      item('Blast in Damascus', 'A car bomb killed four people in Damascus on Friday.', { guid: 'raid' }),
    );
    expect(await room.told('slack:C1')).toEqual(['post: Blast in Damascus [Damascus]']);
    expect(await store.articles.nearMisses([watch?.id ?? ''], 10)).toEqual([]);
  });

  test('the same guid or link never alerts twice, in the same feed or in another', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('world');
    await room.publish('wire', RAID);
    await room.publish('wire', RAID);
    await room.publish('world', { ...RAID, guid: 'another' });
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [Atme]']);
  });

  test('the same link in two feeds that are read at the same moment alerts once', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('world');
    await Promise.all([room.publish('wire', RAID), room.publish('world', { ...RAID, guid: 'another' })]);
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [Atme]']);
  });

  test('two polls of one feed at the same moment store each article once', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['slack:C1'] }]);
    await room.publish('wire');
    const items = ['One', 'Two', 'Three'].map((title) => item(title, `${title} happened in Quito.`));
    await Promise.all([room.publish('wire', ...items), room.publish('wire', ...items)]);
    expect(await store.articles.count()).toBe(3);
    expect(await room.told('slack:C1')).toHaveLength(3);
  });

  test('one article that can not be stored holds up neither the others nor its feed', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['slack:C1'] }]);
    await room.publish('wire');
    // The date of an item is checked by the parser; here it is one that no database takes.
    const broken = item('Broken', 'Nothing.', { publishedAt: Number.NaN });
    const counts = await room.publish('wire', item('Fine', 'Rain fell.'), broken);
    expect(counts).toMatchObject({ added: 1, failed: 1 });
    expect(await room.told('slack:C1')).toEqual(['post: Fine []']);
  });

  test('a feed with channels of its own posts everything new there', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['slack:C1'] }]);
    await room.publish('wire', item('Old', 'Old news.'));
    await room.publish('wire', item('Budget vote', 'The budget passed.'), item('Old', 'Old news.'));
    expect(await room.told('slack:C1')).toEqual(['post: Budget vote []']);
  });

  test('items are told in the order of events, the oldest first', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['slack:C1'] }]);
    await room.publish('wire');
    await room.publish(
      'wire',
      item('Third', 'Rain came down in Quito.'),
      item('Second', 'Copper prices rose.'),
      item('First', 'A festival opened.'),
    );
    expect(await room.told('slack:C1')).toEqual(['post: First []', 'post: Second []', 'post: Third []']);
  });

  test('a corrected headline or toll is a revision: it edits the alert and says only what is new', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toHaveLength(1);
    const corrected = {
      ...RAID,
      title: 'Raid near Atme kills 9',
      html: RAID.html.replace('At least 5', 'At least 9'),
    };
    expect(await room.publish('wire', corrected)).toMatchObject({ added: 0, revised: 1, alerted: 0 });
    expect(await room.told('slack:C1')).toEqual([
      'edit: Raid near Atme kills 9',
      'reply: Raid near Atme kills 9',
    ]);
    expect(await room.publish('wire', corrected)).toMatchObject({ added: 0, revised: 0 });
    expect(await room.told('slack:C1')).toEqual([]);
  });

  test('a revision alerts a watch that only its new words satisfy, and no watch that came after the old ones', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.publish('wire');
    await room.publish('wire', RAID);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.watch('helicopters', 'helicopters', 'slack:C2');
    await room.publish('wire', { ...RAID, html: `${RAID.html}<p>Helicopters took part.</p>` });
    expect(await room.told('slack:C1')).toEqual([]);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [helicopters]']);
  });

  test('the first poll of another feed adds nothing to a story that was told', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toHaveLength(1);
    await room.publish('world', {
      ...RAID,
      guid: 'w',
      title: 'Raid near Atme kills 9',
      link: 'https://world.example/1',
    });
    expect(await room.told('slack:C1')).toEqual([]);
  });

  test('a story goes quiet in a channel once its watch is removed', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toHaveLength(1);
    await store.watches.remove((await store.watches.named('w', 'Atme'))?.id ?? '', NOON);
    await room.publish('wire', { ...RAID, title: 'Raid near Atme kills 9' });
    expect(await room.told('slack:C1')).toEqual([]);
  });

  test('what arrives before the alert was sent goes into the alert itself', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    await room.publish('wire', { ...RAID, title: 'Raid near Atme kills 9' });
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme kills 9 [Atme]']);
  });

  test('a watch that another process adds or removes counts from the next poll on', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.publish('wire');
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toHaveLength(1);
    const watch = await store.watches.named('w', 'Atme');
    await store.watches.remove(watch?.id ?? '', NOON + 999_999);
    await room.publish('wire', item('Market in Atme', 'The market reopened.'));
    expect(await room.told('slack:C1')).toEqual([]);
  });

  test('every fact that an alert shows stands word for word in the article', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('Atme', 'Atme', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    const [article] = await store.articles.newest(1, null);
    expect(article?.facts.map((fact) => fact.kind).sort()).toEqual(
      expect.arrayContaining(['casualties', 'date', 'place']),
    );
    for (const fact of article?.facts ?? [])
      expect(article?.text.slice(fact.start, fact.end)).toBe(fact.evidence);
  });
});
