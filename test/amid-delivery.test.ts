import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openStore } from '../src/store/store.ts';
import { SLACK } from './support/outbox.ts';
import { item, RAID } from './support/pipeline-room.ts';
import { ENGINES } from './support/stores.ts';
import { toldRoom } from './support/told-room.ts';

const DAY_MS = 86_400_000;
const SECOND = item(
  'Second raid near Atme',
  'Troops raided a house near Atme on Thursday, residents said. At least 2 brothers were wounded, the monitor said.',
);

/** A newsroom that told of a raid; what its sender takes next takes it a while. */
async function slowRoom(engine: (typeof ENGINES)[number]) {
  const place = await engine.place();
  const store = await openStore(place.location);
  const room = await toldRoom(store, [{ name: 'wire' }, { name: 'world' }]);
  const url = place.location.kind === 'postgres' ? place.location.url : '';
  const backstage = new pg.Client({ connectionString: url });
  await backstage.connect();
  await room.watch('news', 'raid', SLACK);
  for (const name of ['wire', 'world']) await room.publish(name);
  await room.tell('wire', RAID);
  return {
    ...room,
    store,
    /** Sends what is due, and meanwhile, while the sender has taken a message and not yet said so, types this. */
    async sendAnd(words: string) {
      await backstage.query(
        `create function nap() returns trigger language plpgsql as 'begin perform pg_sleep(0.3); return null; end';
         create trigger nap after update of state on delivery for each row when (new.state = 'sending')
         execute function nap()`,
      );
      const sent = room.send();
      const napping = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
      while ((await backstage.query(napping)).rowCount === 0) await new Promise(setImmediate);
      await Promise.all([sent, room.ask(words)]);
      await room.send();
    },
    async [Symbol.asyncDispose]() {
      await backstage.end();
      await room[Symbol.asyncDispose]();
      await store.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

const servers = ENGINES.filter(({ name }) => name === 'PostgreSQL');

describe.each(servers)('what people ask on $name at the moment at which a message is sent:', (engine) => {
  test('a split posts nothing that the thread is being told', async () => {
    await using room = await slowRoom(engine);
    await room.store.channels.set(SLACK, { quiet: '00:00-23:59 hold' });
    await room.tell('world', SECOND);
    expect(room.slack()).toMatchObject([{ edited: true, replies: [] }]);
    await room.pass(DAY_MS);
    await room.sendAnd('story split Second raid');
    await room.pass(DAY_MS);
    await room.send();
    expect(room.slack()).toMatchObject([{ replies: [{ text: expect.stringContaining('brothers') }] }]);
  });

  test('a story that goes on in another message is muted there', async () => {
    await using room = await slowRoom(engine);
    const [alert] = await room.store.alerts.ofChannel(SLACK, 1);
    if (alert === undefined) throw new Error('nothing was told');
    const continued = Promise.withResolvers<void>();
    const asked = continued.promise.then(() => room.ask('story mute raid near'));
    await room.store.exclusive(async (tables) => {
      await tables.alerts.continueWith(alert, { content: alert.content }, room.now());
      continued.resolve();
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await asked;
    await room.send();
    expect(room.slack()).toHaveLength(1);
  });
});
