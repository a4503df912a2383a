import { describe, expect, test } from '@jest/globals';
import type { Store } from '../src/store/store.ts';
import { content } from './support/articles.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from './support/newsroom.ts';
import { change, newAlert, openOutbox, SLACK } from './support/outbox.ts';
import { ENGINES, freshStore } from './support/stores.ts';

const MINUTE_MS = 60_000;

type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** What readers of either channel see, message by message. */
function shown({ slack, discord }: Outbox): { slack: string[]; discord: string[] } {
  return {
    slack: slack.sees(SLACK_CHANNEL).map(({ text }) => text),
    discord: discord.sees(DISCORD_CHANNEL).map((message) => JSON.stringify(message)),
  };
}

async function flood(store: Store, outbox: Outbox, count: number): Promise<void> {
  for (let at = 1; at <= count; at += 1) await newAlert(store, outbox.now(), `Raid number ${at}.`);
}

describe.each(ENGINES)('a flood of alerts on $name', (engine) => {
  test('is six messages and one that holds the rest, which grows', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 6);
    await outbox.send();
    await flood(store, outbox, 2);
    await outbox.send();
    expect(shown(outbox).slack).toHaveLength(7);
    await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    const { slack } = shown(outbox);
    expect(slack).toHaveLength(7);
    expect(slack.at(-1)).toContain('3 alerts in one message, because many came at once');
    expect(slack.at(-1)).toContain('Raid number 1.');
    expect(slack.at(-1)).toContain('Raid in Sarmada');
  });

  test('after a downtime is one message, and its next news is in it', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 10);
    const late = await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    expect(shown(outbox).slack).toHaveLength(1);
    expect(shown(outbox).slack[0]).toContain('11 alerts in one message');
    await change(store, late, { headline: 'Raid in Sarmada kills 9' }, outbox.now());
    await outbox.send();
    const { slack, discord } = shown(outbox);
    expect(slack).toHaveLength(1);
    expect(slack[0]).toContain('Raid in Sarmada kills 9');
    expect(discord).toHaveLength(1);
    expect(discord[0]).toContain('Raid in Sarmada kills 9');
  });

  test('of more than fifteen is several messages, and none is missing', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 32);
    await outbox.send();
    const { slack } = shown(outbox);
    expect(slack.length).toBeGreaterThan(2);
    for (let at = 1; at <= 32; at += 1) expect(slack.join('\n')).toContain(`Raid number ${at}.`);
    for (let turn = 0; turn < 3; turn += 1) {
      outbox.pass(MINUTE_MS);
      await outbox.send();
    }
    const { discord } = shown(outbox);
    for (let at = 1; at <= 32; at += 1) expect(discord.join('\n')).toContain(`Raid number ${at}.`);
  });

  test('with long headlines and links is cut nowhere', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const link = `https://news.example/${'%D8%BA%D8%A7%D8%B1%D8%A9'.repeat(15)}`;
    for (let at = 1; at <= 8; at += 1)
      await newAlert(store, outbox.now(), `Raid number ${at}. ${'The governor said that '.repeat(5)}`, {
        link,
      });
    for (let turn = 0; turn < 5; turn += 1) {
      await outbox.send();
      outbox.pass(MINUTE_MS);
    }
    const { discord } = shown(outbox);
    for (let at = 1; at <= 8; at += 1) expect(discord.join('\n')).toContain(`Raid number ${at}.`);
  });

  test('does not hold back what is critical', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 9);
    await newAlert(store, outbox.now(), 'Sarin attack', { severity: 'critical' });
    await outbox.send();
    const own = shown(outbox).slack.filter((text) => text.includes('Sarin attack'));
    expect(own).toHaveLength(1);
    expect(own[0]).not.toContain('in one message');
  });

  test('is told once, also when the answer to its message is lost', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 8);
    outbox.slack.fault('chat.postMessage', { kind: 'cut-after' });
    outbox.discord.fault(/^POST \/channels/, { kind: 'cut-after' });
    await outbox.send();
    await newAlert(store, outbox.now(), 'Raid in Sarmada');
    for (let turn = 0; turn < 3; turn += 1) {
      outbox.pass(MINUTE_MS);
      await outbox.send();
    }
    const { slack, discord } = shown(outbox);
    for (const messages of [slack, discord]) {
      expect(messages.filter((text) => text.includes('Raid number 3.'))).toHaveLength(1);
      expect(messages.filter((text) => text.includes('Raid in Sarmada'))).toHaveLength(1);
    }
  });

  test('is over after ten quiet minutes: the next alert has its own message', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await flood(store, outbox, 6);
    await outbox.send();
    outbox.pass(11 * MINUTE_MS);
    await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    expect(shown(outbox).slack.at(-1)).toContain('Raid in Sarmada');
    expect(shown(outbox).slack.at(-1)).not.toContain('in one message');
  });
});

describe.each(ENGINES)('alerts that are held on $name', (engine) => {
  async function hold(store: Store, headline: string, until: number, now: number): Promise<void> {
    const storyId = await store.stories.create(now);
    const held = { until, cause: 'digest' as const };
    await store.alerts.create(
      { channel: SLACK, storyId, content: content({ headline, watches: [] }), dueAt: now, held },
      now,
    );
  }

  test('are told at their time, as one digest', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const evening = outbox.now() + 60 * MINUTE_MS;
    await hold(store, 'Raid in Sarmada', evening, outbox.now());
    await hold(store, 'Strike in Atme', evening, outbox.now());
    expect(await store.rollUps.tellHeld(outbox.now())).toBe(0);
    await outbox.send();
    expect(shown(outbox).slack).toEqual([]);
    outbox.pass(60 * MINUTE_MS);
    expect(await store.rollUps.tellHeld(outbox.now())).toBe(2);
    expect(await store.rollUps.tellHeld(outbox.now())).toBe(0);
    await outbox.send();
    expect(shown(outbox).slack).toHaveLength(1);
    expect(shown(outbox).slack[0]).toContain('2 alerts in this digest');
  });

  test('are told as they are when there is only one', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    await hold(store, 'Raid in Sarmada', outbox.now() + 1, outbox.now());
    outbox.pass(1);
    await store.rollUps.tellHeld(outbox.now());
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('Raid in Sarmada')]);
    expect(shown(outbox).slack[0]).not.toContain('digest');
  });
});

describe.each(ENGINES)('what was set aside on $name', (engine) => {
  test('is sent when somebody asks, once, with the newest words', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' }, 1);
    await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    expect(await store.deliveries.counts([SLACK])).toMatchObject({ parked: 1, sent: 0 });
    expect(await store.deliveries.retryParked([SLACK], outbox.now())).toBe(1);
    outbox.pass(MINUTE_MS);
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('Raid in Sarmada')]);
    expect(await store.deliveries.retryParked([SLACK], outbox.now())).toBe(0);
  });

  test('is sent once when somebody asks twice at the same moment, and never when it is muted', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' }, 4);
    for (let at = 1; at <= 3; at += 1) await newAlert(store, outbox.now(), `Raid number ${at}.`);
    const muted = await newAlert(store, outbox.now(), 'Protest in Homs');
    await outbox.send();
    const own = (await store.alerts.ofStory(muted.storyId)).find(({ channel }) => channel === SLACK);
    await store.alerts.mute(own?.id ?? '', outbox.now());
    const queued = await Promise.all([1, 2].map(() => store.deliveries.retryParked([SLACK], outbox.now())));
    expect(queued.reduce((sum, count) => sum + count, 0)).toBe(3);
    outbox.pass(MINUTE_MS);
    await outbox.send();
    expect(shown(outbox).slack).toHaveLength(3);
    expect(shown(outbox).slack.join('\n')).not.toContain('Protest in Homs');
  });

  test('is not sent twice where a later message has told it', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    outbox.slack.fault('chat.postMessage', { kind: 'error', error: 'something_new' }, 1);
    const alert = await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    await change(store, alert, { headline: 'Raid kills 9' }, outbox.now());
    outbox.pass(MINUTE_MS);
    await outbox.send();
    expect(await store.deliveries.retryParked([SLACK], outbox.now())).toBe(0);
    await outbox.send();
    expect(shown(outbox).slack).toEqual([expect.stringContaining('Raid kills 9')]);
  });
});

describe.each(ENGINES)('a story that somebody muted on $name', (engine) => {
  test('is heard of no more in that channel, and goes on in the others', async () => {
    await using store = await freshStore(engine);
    await using outbox = await openOutbox(store);
    const alert = await newAlert(store, outbox.now(), 'Raid in Sarmada');
    await outbox.send();
    const own = (await store.alerts.ofStory(alert.storyId)).find(({ channel }) => channel === SLACK);
    await store.alerts.mute(own?.id ?? '', outbox.now());
    await change(store, alert, { headline: 'Raid in Sarmada kills 9' }, outbox.now());
    await outbox.send();
    expect(shown(outbox).slack.join('\n')).not.toContain('kills 9');
    expect(shown(outbox).discord.join('\n')).toContain('kills 9');
  });
});
