import { describe, expect, test } from '@jest/globals';
import { tellBreaks } from '../src/broken-channels.ts';
import type { Store } from '../src/store/store.ts';
import { CONFIG_WORKSPACE } from '../src/store/watches.ts';
import { DISCORD_CHANNEL, GUILD, SLACK_CHANNEL } from './support/newsroom.ts';
import { DISCORD, FORUM, newAlert, openOutbox, PERSON, SHY_PERSON, SLACK } from './support/outbox.ts';
import { ENGINES, freshStore } from './support/stores.ts';

const MINUTE_MS = 60_000;
const READER = 'UREADER01';
const OWN = `discord:${GUILD}`;
const FORUM_ID = FORUM.slice('discord:'.length);

type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** As the minutes pass: what is due is sent, and what is broken or mended is told. */
async function minutes(store: Store, outbox: Outbox, count: number): Promise<void> {
  const workspaceOf = (channel: string) => (channel.startsWith('discord:') ? OWN : 'slack:TNEWSROOM');
  for (let minute = 0; minute < count; minute += 1) {
    await outbox.send();
    await tellBreaks({ ...outbox, store, workspaceOf });
    await outbox.send();
    outbox.pass(MINUTE_MS);
  }
}

async function watch(
  store: Store,
  name: string,
  channel: string,
  {
    workspace = channel.startsWith('slack:') ? 'slack:TNEWSROOM' : OWN,
    createdBy = PERSON as string | null,
  } = {},
): Promise<void> {
  const origin = createdBy === null ? 'config' : 'chat';
  await store.watches.put({ workspace, name, query: name, channels: [channel], origin, createdBy }, 1);
}

describe.each(ENGINES)('a channel that can not be posted to on $name', (engine) => {
  test('is told in Slack to who asked for its alerts, once, and again when it is mended', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const { slack } = outbox;
    await watch(store, 'Idlib', SLACK, { createdBy: READER });
    await slack.archive(SLACK_CHANNEL);
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [SLACK] });
    await minutes(store, outbox, 12);
    const direct = () => slack.sees(`D${READER.slice(1)}`).map(({ text }) => text);
    expect(direct()).toEqual([expect.stringContaining('this channel is archived: unarchive it')]);
    expect(slack.sees(SLACK_CHANNEL)).toEqual([]);
    await slack.unarchive(SLACK_CHANNEL);
    await minutes(store, outbox, 7);
    expect(slack.sees(SLACK_CHANNEL)).toMatchObject([{ text: expect.stringContaining('Raid') }]);
    expect(direct()).toEqual([expect.anything(), expect.stringContaining('Alerts arrive in #')]);
  });

  test('is told in Discord to who asked for its alerts, once, and again when it is mended', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const { discord } = outbox;
    await watch(store, 'Idlib', DISCORD);
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 12);
    const direct = () => discord.seesDirect(PERSON).map(({ text }) => text);
    expect(direct()).toEqual([expect.stringContaining('give the Tocsin role Send Messages')]);
    discord.allow(DISCORD_CHANNEL, 'SendMessages');
    await minutes(store, outbox, 7);
    expect(discord.sees(DISCORD_CHANNEL)).toHaveLength(1);
    expect(direct()).toEqual([expect.anything(), expect.stringContaining('Alerts arrive in #news again')]);
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Second raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 2);
    expect(direct()).toHaveLength(3);
  });

  test('is told in another channel of its workspace where that person takes no messages', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const { discord } = outbox;
    await watch(store, 'Idlib', DISCORD, { createdBy: SHY_PERSON });
    await watch(store, 'Aleppo', FORUM, { createdBy: SHY_PERSON });
    await watch(store, 'Foreign', SLACK, { createdBy: READER });
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 8);
    expect(discord.seesDirect(SHY_PERSON)).toEqual([]);
    expect(discord.posts(FORUM_ID)).toMatchObject([
      { messages: [{ text: expect.stringContaining('Alerts wait that I can’t post in #news') }] },
    ]);
    expect(outbox.slack.sees(SLACK_CHANNEL)).toEqual([]);
    expect(await store.deliveries.counts([DISCORD])).toMatchObject({ waiting: 1 });
  });

  test('loses nothing of its own when it was told there of another that is broken', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const { discord } = outbox;
    await watch(store, 'Idlib', DISCORD, { createdBy: SHY_PERSON });
    await watch(store, 'Aleppo', FORUM, { createdBy: SHY_PERSON });
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 8);
    discord.deny(FORUM_ID, 'SendMessages');
    await newAlert(store, outbox.now(), 'Second raid', {}, { channels: [FORUM] });
    await minutes(store, outbox, 8);
    discord.allow(FORUM_ID, 'SendMessages');
    await minutes(store, outbox, 8);
    expect(discord.posts(FORUM_ID).map(({ name }) => name)).toContain('Second raid');
    expect(await store.deliveries.counts([FORUM])).toMatchObject({ waiting: 0, parked: 0 });
  });

  test('of a watch of the file is told in a channel of its own workspace, or nowhere', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const { discord, slack } = outbox;
    const fromFile = { workspace: CONFIG_WORKSPACE, createdBy: null };
    await watch(store, 'Idlib', DISCORD, fromFile);
    await watch(store, 'Raids', SLACK, fromFile);
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 3);
    expect(slack.sees(SLACK_CHANNEL)).toEqual([]);
    expect(discord.posts(FORUM_ID)).toEqual([]);
    discord.allow(DISCORD_CHANNEL, 'SendMessages');
    await watch(store, 'Aleppo', FORUM, fromFile);
    await minutes(store, outbox, 7);
    discord.deny(DISCORD_CHANNEL, 'SendMessages');
    await newAlert(store, outbox.now(), 'Second raid', {}, { channels: [DISCORD] });
    await minutes(store, outbox, 3);
    expect(discord.posts(FORUM_ID)).toHaveLength(1);
    expect(slack.sees(SLACK_CHANNEL)).toEqual([]);
  });
});
