import { describe, expect, test } from '@jest/globals';
import { SLACK } from './support/outbox.ts';
import { item } from './support/pipeline-room.ts';
import { ENGINES, freshStore } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const SAID =
  'Troops raided a house near Atme on Thursday, residents said. At least 5 people were killed, the monitor said.';

const raid = (title: string, link: string, said = SAID) => item(title, said, { link, guid: link });

describe.each(ENGINES)('the sources of an alert on $name', (engine) => {
  test('are one for each publisher that an aggregator links to, each by a name of its own', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'world' }, { name: 'post' }]);
    await room.watch('raids', 'raid', SLACK);
    for (const name of ['world', 'post']) await room.publish(name);
    await room.tell('world', raid('Raid near Atme', 'https://www.courier.example/1'));
    await room.tell('world', raid('Raid near Atme: 5 killed', 'https://en.dispatch.example/1'));
    await room.tell('post', raid('Five killed in raid near Atme', 'https://post.example/1'));
    expect(room.slack()).toHaveLength(1);
    expect(room.slack()[0]?.text).toContain(
      '3 sources, 3 independent (courier.example; dispatch.example; post)',
    );
  });

  test('are counted for whose words they are where one outlet prints an agency beside its own report', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'post' }]);
    await room.watch('raids', 'raid', SLACK);
    await room.publish('post');
    await room.tell('post', raid('Raid near Atme', 'https://post.example/1', `AMMAN (Reuters) - ${SAID}`));
    expect(room.slack()[0]?.text).toContain('Unconfirmed: one source');
    await room.tell('post', raid('Raid near Atme: 5 killed', 'https://post.example/2'));
    expect(room.slack()[0]?.text).toContain('2 sources, 2 independent (Reuters; post)');
  });

  test('are one where two feeds link the same article', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'world' }, { name: 'post' }]);
    await room.watch('raids', 'raid', SLACK);
    for (const name of ['world', 'post']) await room.publish(name);
    const shared = 'https://news.google.com/articles/1';
    await room.tell('world', raid('Raid near Atme', shared));
    await room.tell('post', raid('Raid near Atme', shared, `${SAID} At least 3 people were detained.`));
    expect(room.slack()[0]?.text).toContain('3 people were detained');
    expect(room.slack()[0]?.text).toContain('Unconfirmed: one source');
  });
});

describe.each(ENGINES)('the newest articles of a feed, posted on request, on $name', (engine) => {
  test('say how many publishers stand behind them and how much they matter, as other alerts do', async () => {
    await using store = await freshStore(engine);
    await using room = await toldRoom(store, [{ name: 'post' }]);
    await room.publish('post', raid('Raid near Atme', 'https://post.example/1'));
    expect(await room.ask('feeds latest post')).toContain('Posting 1 article');
    await room.send();
    expect(room.slack()[0]?.text).toContain('Unconfirmed: one source');
    const [alert] = await store.alerts.ofChannel(SLACK, 1);
    expect(alert?.content.severity).toBe('normal');
  });
});
