import { describe, expect, test } from '@jest/globals';
import { askAboutHeld } from '../src/feed-troubles.ts';
import type { FeedItem } from '../src/model/article.ts';
import { item, NOON, newsroom, RAID } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';

describe.each(ENGINES)('an article and its feed, on $name', (engine) => {
  test('a feed that a workspace added is nobody else’s, not even inside a story that others are told', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'private', workspace: 'slack:T1' }]);
    await room.watchIn('slack:T1', 'own', 'Atme', 'slack:C1');
    await room.watchIn('discord:G1', 'other', 'Atme', 'discord:2');
    await room.watchIn('config', 'of the file', 'raided', 'slack:C2', 'discord:3');
    room.say('discord:3', 'discord:G2');
    await room.publish('wire');
    await room.publish('private');
    await room.publish('private', RAID);
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [own]']);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [of the file]']);
    expect(await room.told('discord:2')).toEqual([]);
    expect(await room.told('discord:3')).toEqual([]);
    await room.publish('wire', { ...RAID, guid: 'wire-1' });
    expect(await room.told('discord:2')).toEqual(['post: Raid near Atme [other]']);
    const more = item(
      'Raid near Atme',
      'Troops raided a house near Atme. At least 7 people were killed, officials said.',
    );
    await room.publish('private', { ...more, guid: 'private-2' });
    expect(await room.told('discord:2')).toEqual([]);
    expect(await room.told('slack:C1')).not.toEqual([]);
  });

  test('“feed:” keeps a watch to a feed or to a group of its workspace', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [
      { name: 'wire', group: 'syria' },
      { name: 'gazette', workspace: 'slack:T1', group: 'levant' },
    ]);
    await room.watchIn('slack:T1', 'by name', 'raided feed:gazette', 'slack:C1');
    await room.watchIn('slack:T1', 'by group', 'feed:levant', 'slack:C2');
    await room.watchIn('discord:G1', 'shared group', 'raided feed:syria', 'discord:1');
    await room.publish('wire');
    await room.publish('gazette');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toEqual([]);
    expect(await room.told('slack:C2')).toEqual([]);
    expect(await room.told('discord:1')).toEqual(['post: Raid near Atme [shared group]']);
    await room.publish('gazette', item('Budget vote', 'Members voted, and a shop was raided.'));
    expect(await room.told('slack:C1')).toEqual(['post: Budget vote [by name]']);
    expect(await room.told('slack:C2')).toEqual(['post: Budget vote [by group]']);
  });

  test('the page behind a short item alerts those whom only its words concern, and adds to what others were told', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watch('raids', 'raids', 'slack:C1');
    await room.watch('helicopters', 'helicopter', 'slack:C2');
    await room.publish('wire');
    await room.publish('wire', item('Raid near Atme', 'Troops raided a house near Atme.'));
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [raids]']);
    expect(await room.pages()).toEqual(['Raid near Atme']);
    const page =
      'Troops raided a house near Atme. A helicopter was destroyed. At least 5 people were killed, the monitor said.';
    await room.readPage('Raid near Atme', page);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [helicopters]']);
    expect(await room.told('slack:C1')).toEqual(['edit: Raid near Atme']);
    const again = await room.publish('wire', item('Raid near Atme', 'Troops raided a house near Atme.'));
    expect(again).toMatchObject({ added: 0, revised: 0 });
    expect(await room.told('slack:C2')).toEqual([]);
  });

  test('a first message waits some seconds for the page, and is sent with what it says', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
    await room.publish('wire');
    await room.publish('wire', item('Raid near Atme', 'Troops raided a house near Atme.'));
    const [article] = await store.articles.newest(1, null);
    const queuedAt = article?.firstSeenAt ?? 0;
    expect(await store.deliveries.next('terminal', queuedAt + 7_999)).toBeNull();
    expect(await store.deliveries.next('terminal', queuedAt + 8_000)).toMatchObject({ kind: 'post' });
    await room.readPage('Raid near Atme', 'Troops raided a house near Atme. At least 5 people were killed.');
    const { storyId } = (await store.articles.get(article?.id ?? '')) ?? {};
    await store.alerts.release(storyId ?? '', queuedAt + 1_000);
    const next = await store.deliveries.next('terminal', queuedAt + 1_000);
    expect(JSON.stringify(next?.operation)).toContain('At least 5 people were killed');
  });

  test('an item that is long enough, and everything of a baseline, needs no page', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.publish('wire', item('Old', 'Short.'));
    await room.publish('wire', item('Long', 'Troops raided a house near Atme. '.repeat(100)));
    expect(await room.pages()).toEqual([]);
  });

  test('a watch of the file waits for a platform that has not said yet whose channel it is', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'private', workspace: 'discord:G1' }]);
    await room.watchIn('config', 'of the file', 'raided', 'discord:3');
    await room.publish('private');
    expect(await room.publish('private', RAID)).toMatchObject({ added: 0, failed: 1 });
    room.say('discord:3', 'discord:G1');
    expect(await room.publish('private', RAID)).toMatchObject({ added: 1, failed: 0 });
    expect(await room.told('discord:3')).toEqual(['post: Raid near Atme [of the file]']);
  });

  test('items that all have one guid are articles of their own', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
    const constant = (title: string) => item(title, `${title}.`, { guid: 'constant' });
    await room.publish('wire', constant('One'), constant('Two'));
    const more = [constant('Three'), constant('One'), constant('Two')];
    expect(await room.publish('wire', ...more)).toMatchObject({ added: 1, revised: 0 });
    expect(await room.publish('wire', ...more)).toMatchObject({ added: 0, revised: 0 });
    expect(await room.told('terminal')).toEqual(['post: Three []']);
  });

  test('an item with nothing but a text is one article', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
    const bare = item('', 'Troops raided a house near Atme, residents said.', { guid: null, link: null });
    await room.publish('wire');
    for (const added of [1, 0, 0]) expect(await room.publish('wire', bare)).toMatchObject({ added });
    expect(await room.told('terminal')).toHaveLength(1);
  });

  test('an item that slides back into its feed is known', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
    await room.publish('wire', item('One', 'One.'), item('Two', 'Two.'));
    await room.publish('wire', item('Three', 'Three.'));
    await room.publish('wire', item('One', 'One.'), item('Three', 'Three.'));
    expect(await room.told('terminal')).toEqual(['post: Three []']);
  });

  test('a watch on a language gets what is written in it, whatever the feed says', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', language: 'en-US' }]);
    await room.watch('Arabic', 'lang:ar', 'slack:C1');
    await room.watch('English', 'lang:en', 'slack:C2');
    await room.publish('wire');
    await room.publish(
      'wire',
      item('غارة على بلدة أطمة', 'قال سكان إن القوات داهمت منزلا قرب أطمة يوم الخميس.'),
      RAID,
    );
    expect(await room.told('slack:C1')).toEqual(['post: غارة على بلدة أطمة [Arabic]']);
    expect(await room.told('slack:C2')).toEqual(['post: Raid near Atme [English]']);
  });

  test('the page behind a headline of names tells the language', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', language: 'en-US' }]);
    await room.watch('French', 'lang:fr', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', item('Macron, Scholz, Atme', ''));
    expect(await room.told('slack:C1')).toEqual([]);
    const page =
      'Le président a reçu le chancelier pour parler de la situation dans le nord-ouest de la Syrie.';
    await room.readPage('Macron, Scholz, Atme', page);
    expect(await room.told('slack:C1')).toEqual(['post: Macron, Scholz, Atme [French]']);
  });

  test('an article whose language can not be read reaches its readers all the same', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', language: 'en-US' }]);
    room.deps.readLanguage = () => {
      throw new Error('out of memory');
    };
    await room.watch('English', 'lang:en', 'slack:C1');
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.told('slack:C1')).toEqual(['post: Raid near Atme [English]']);
  });

  test('a feed whose pages are not wanted gets none', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', fullText: false }]);
    await room.publish('wire');
    await room.publish('wire', RAID);
    expect(await room.pages()).toEqual([]);
  });

  test('a counter in an item’s text asks for its page once, and what the page said stays', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    const counted = (points: number) =>
      item('Raid near Atme', `Troops raided a house near Atme. Points: ${points}.`);
    await room.publish('wire');
    await room.publish('wire', counted(1));
    await room.readPage(
      'Raid near Atme',
      'Troops raided a house near Atme. A helicopter was destroyed there.',
    );
    for (const { articleId } of await store.pages.due(Number.MAX_SAFE_INTEGER, 10))
      await store.pages.done(articleId);
    await room.publish('wire', counted(2));
    expect(await room.pages()).toEqual([]);
    const [stored] = await store.articles.newest(1, null);
    expect(stored?.text).toContain('Points: 2.');
    expect(stored?.text).toContain('A helicopter was destroyed there.');
    await room.watch('helicopters', 'helicopter', 'slack:C2');
    await room.publish('wire', counted(3));
    expect(await room.told('slack:C2')).toEqual([]);
  });

  test('a date in the future is shown as the time when the article was first seen', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.publish('wire');
    await room.publish('wire', { ...RAID, publishedAt: Date.UTC(9999, 11, 31) });
    const [stored] = await store.articles.newest(1, null);
    expect(stored?.publishedAt).toBe(stored?.firstSeenAt);
  });

  describe('when a feed comes back with new ids', () => {
    const OLD = Array.from({ length: 10 }, (_, index) =>
      item(`Old story ${index}`, 'Something happened.', { publishedAt: NOON - 72 * 3_600_000 }),
    );
    const flipped = OLD.map((old, index) => ({
      ...old,
      guid: `new-${index}`,
      link: `https://new.example/${index}`,
    }));

    test('its old articles are held and the channel is asked once; what is really new is posted', async () => {
      await using store = await freshStore(engine);
      const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
      await room.publish('wire', ...OLD);
      const counts = await room.publish('wire', RAID, ...flipped);
      expect(counts).toMatchObject({ added: 1, held: 10 });
      expect(await askAboutHeld({ ...room.deps, now: room.now })).toBe(1);
      const told = await room.told('terminal');
      expect(told).toEqual([
        'post: Raid near Atme []',
        expect.stringContaining('suddenly shows 10 items under new ids'),
      ]);
      expect(await room.publish('wire', RAID, ...flipped)).toMatchObject({ added: 0, held: 0 });
      expect(await askAboutHeld({ ...room.deps, now: room.now })).toBe(0);
      expect(await room.told('terminal')).toEqual([]);
    });

    test.each([
      ['post', 10],
      ['discard', 10],
    ] as const)('“%s” decides about them once and for all', async (state, posted) => {
      await using store = await freshStore(engine);
      const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
      await room.publish('wire', ...OLD);
      await room.publish('wire', ...flipped);
      await room.told('terminal');
      expect(await room.decide('wire', state)).toBe(10);
      const counts = await room.publish('wire', ...flipped);
      expect(counts).toMatchObject({ added: posted, held: 0 });
      expect(await room.publish('wire', ...flipped)).toMatchObject({ added: 0, revised: 0, held: 0 });
      expect(await room.decide('wire', 'post')).toBe(0);
    });

    test('what was discarded is stored, and a later correction of it alerts', async () => {
      await using store = await freshStore(engine);
      const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
      await room.watch('tolls', 'killed', 'slack:C1');
      await room.publish('wire', ...OLD);
      await room.publish('wire', ...flipped);
      await room.decide('wire', 'discard');
      await room.publish('wire', ...flipped);
      expect(await room.told('terminal')).toEqual([]);
      const [first, ...others] = flipped;
      const corrected = {
        ...first,
        html: '<p>Something happened. 30 people were killed, officials said.</p>',
      };
      await room.publish('wire', corrected as FeedItem, ...others);
      expect(await room.told('slack:C1')).toEqual(['post: Old story 0 [tolls]']);
    });

    test('five hundred new articles after a night down are all posted', async () => {
      await using store = await freshStore(engine);
      const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
      await room.publish('wire', ...OLD);
      const night = Array.from({ length: engine.name === 'SQLite' ? 500 : 50 }, (_, index) =>
        item(`Report ${index} of the night`, `Number ${index}.`),
      );
      expect(await room.publish('wire', ...night)).toMatchObject({ added: night.length, held: 0 });
    });

    test('a feed that has shown fewer than eight articles is not judged', async () => {
      await using store = await freshStore(engine);
      const room = await newsroom(store, [{ name: 'wire', channels: ['terminal'] }]);
      await room.publish('wire', ...OLD.slice(0, 7));
      expect(await room.publish('wire', ...flipped.slice(0, 7))).toMatchObject({ added: 7, held: 0 });
    });
  });
});
