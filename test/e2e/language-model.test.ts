import { expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { answeringJson, pointing, startModelServer } from '../support/model-server.ts';
import {
  DISCORD_CHANNEL,
  openNewsroom,
  publishTitles,
  SLACK_CHANNEL,
  watchIdlib,
} from '../support/newsroom.ts';
import { folderPlace } from '../support/stores.ts';

const QUOTE = 'the schools would stay closed until Sunday';
const raid = (number: number) => ({
  title: `Raid ${number} in Idlib`,
  guid: `raid-${number}`,
  link: `https://wire.example/raid-${number}`,
  html: `<p>Troops raided house ${number} in Idlib, residents said. Shots were heard. The mayor said ${QUOTE}.</p>`,
});

test('with a language model that fails alerts come as ever, and one that works edits them', async () => {
  await using place = await folderPlace();
  await using newsroom = await openNewsroom(place);
  await using server = await startFeedServer();
  await using model = await startModelServer(answeringJson({}, 500));
  const { slack, discord } = newsroom;
  publishTitles(server, 'Old news');
  const tocsin = newsroom.start(watchIdlib(server), { LLM_URL: model.url, LLM_MODEL: 'tiny' });
  await tocsin.logged('feed baselined');

  server.publish('/rss', rssFeed({ title: 'Wire', items: [raid(1)] }));
  await tocsin.logged('language model failed');
  const [first] = await slack.waitFor(SLACK_CHANNEL, (messages) => messages.length === 1, 15_000);
  await discord.waitFor(DISCORD_CHANNEL, (messages) => messages.length === 1, 15_000);
  expect(first).toMatchObject({ edited: false, replies: [] });
  expect(first?.text).not.toContain('language model');

  model.answer(pointing([{ kind: 'claim', quote: QUOTE, speaker: 'The mayor' }]));
  server.publish(
    '/rss',
    rssFeed({ title: 'Wire', items: [{ ...raid(2), title: 'Quake shakes Idlib' }, raid(1)] }),
  );
  const told = await slack.waitFor(
    SLACK_CHANNEL,
    (messages) => messages.some(({ text }) => text.includes('pointed at by a language model')),
    15_000,
  );
  const pointed = told.find(({ text }) => text.includes('pointed at by a language model'));
  expect(pointed?.text).toContain(`“${QUOTE}” — The mayor`);
  expect(pointed).toMatchObject({ edited: true, pings: [] });
  expect((await tocsin.stop()).code).toBe(0);
}, 60_000);
