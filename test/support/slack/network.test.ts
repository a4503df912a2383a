import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { botOf, CHANNEL, clientOf, MANIFEST, refusalOf, section, slackWith } from './real-bot.ts';
import type { SlackSimulator } from './simulator.ts';

describe('the network and the limits', () => {
  test('a channel takes a burst, then one message a second: 429 with Retry-After', async () => {
    let now = Date.parse('2022-02-03T08:00:00Z');
    const slack = await slackWith({ burst: 2, now: () => now });
    const client = clientOf(slack);
    const post = () => client.chat.postMessage({ channel: CHANNEL, text: 'x' });
    await post();
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    now += 1000;
    await post();
    expect(slack.calls.map((call) => call.error ?? 'ok')).toEqual(['ok', 'ok', 'ratelimited', 'ok']);
  });

  test('a call that is cut after it was accepted leaves its message, found by its metadata', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    const metadata = { event_type: 'tocsin_delivery', event_payload: { id: 'd-1' } };
    slack.fault('chat.postMessage', { kind: 'cut-after' });
    await expect(client.chat.postMessage({ channel: CHANNEL, text: 'alert', metadata })).rejects.toThrow();
    expect(slack.sees(CHANNEL)).toMatchObject([{ text: 'alert', metadata }]);
    const asked = await client.conversations.history({ channel: CHANNEL, include_all_metadata: true });
    expect(asked.messages?.map((message) => message.metadata)).toEqual([metadata]);
    const unasked = await client.conversations.history({ channel: CHANNEL });
    expect(unasked.messages?.map((message) => message.metadata)).toEqual([undefined]);
    await client.chat.update({ channel: CHANNEL, ts: slack.sees(CHANNEL)[0]?.ts ?? '', text: 'changed' });
    expect(slack.sees(CHANNEL)).toMatchObject([{ text: 'changed', metadata }]);
  });

  test('a call that is cut before leaves nothing; other faults answer as told, then all is well', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    const post = () => client.chat.postMessage({ channel: CHANNEL, text: 'alert' });
    slack.fault('chat.postMessage', { kind: 'cut-before' });
    slack.fault('chat.postMessage', { kind: 'status', status: 503 }, 2);
    slack.fault('chat.postMessage', { kind: 'rate-limit', retryAfterS: 7 });
    slack.fault('chat.postMessage', { kind: 'error', error: 'fatal_error' });
    slack.fault('chat.postMessage', { kind: 'delay', ms: 20 });
    await expect(post()).rejects.toThrow();
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect((await refusalOf(post())).error).toBe('fatal_error');
    expect(slack.sees(CHANNEL)).toEqual([]);
    await post();
    await post();
    expect(slack.sees(CHANNEL)).toHaveLength(2);
    expect(slack.calls.filter((call) => call.ok)).toHaveLength(2);
  });

  test('history comes newest first, in pages, within its bounds, and threads come by themselves', async () => {
    const slack = await slackWith({ now: () => Date.parse('2022-02-03T08:00:00Z') });
    const client = clientOf(slack);
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4', '5']) {
      ids.push((await client.chat.postMessage({ channel: CHANNEL, text })).ts ?? '');
    }
    await client.chat.postMessage({ channel: CHANNEL, text: 'reply', thread_ts: ids[0] ?? '' });
    const pages: string[] = [];
    let cursor = '';
    do {
      const page = await client.conversations.history({ channel: CHANNEL, limit: 2, cursor });
      pages.push((page.messages ?? []).map((message) => message.text).join(' '));
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    expect(pages).toEqual(['5 4', '3 2', '1']);
    const between = { channel: CHANNEL, oldest: ids[1] ?? '', latest: ids[3] ?? '' };
    const open = await client.conversations.history(between);
    const closed = await client.conversations.history({ ...between, inclusive: true });
    expect(open.messages?.map((message) => message.text)).toEqual(['3']);
    expect(closed.messages?.map((message) => message.text)).toEqual(['4', '3', '2']);
    const thread = await client.conversations.replies({ channel: CHANNEL, ts: ids[0] ?? '' });
    expect(thread.messages?.map((message) => message.text)).toEqual(['1', 'reply']);
  });

  test.each([
    ['cut', (slack: SlackSimulator) => slack.dropSockets()],
    ['asked to refresh', (slack: SlackSimulator) => slack.refreshSockets()],
  ])('a socket that is %s comes back and takes commands again', async (_, disturb) => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack }) => ack('here'));
    });
    disturb(slack);
    await slack.waitForSockets(0);
    expect((await slack.command({ channel: CHANNEL, command: '/watch' })).error).toBe('dispatch_failed');
    await slack.waitForSockets(1);
    const outcome = await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(outcome.shown()).toMatchObject([{ text: 'here' }]);
  });

  test('two sockets share the envelopes: each goes to exactly one', async () => {
    const slack = await slackWith();
    const taken: string[] = [];
    for (const name of ['first', 'second']) {
      await botOf(slack, (app) => {
        app.command('/watch', async ({ ack }) => {
          taken.push(name);
          await ack();
        });
      });
    }
    for (let time = 0; time < 4; time += 1) await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(taken.sort()).toEqual(['first', 'first', 'second', 'second']);
  });

  test('an event that is not acknowledged is sent once more, and says so', async () => {
    const slack = await slackWith({ ackTimeoutMs: 30 });
    const { url = '' } = await clientOf(slack, slack.appToken).apps.connections.open({});
    const socket = new WebSocket(url);
    const received: { type: string; retry_attempt?: number }[] = [];
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    await slack.waitForSockets(1);
    expect((await slack.mention({ channel: CHANNEL, text: 'hello' })).events).toEqual([]);
    const attempts = received.filter((each) => each.type === 'events_api').map((each) => each.retry_attempt);
    expect(attempts).toEqual([0, 1, 0, 1]);
  });

  test('an address for a socket works once', async () => {
    const slack = await slackWith();
    const { url = '' } = await clientOf(slack, slack.appToken).apps.connections.open({});
    const first = new WebSocket(url);
    await once(first, 'open');
    const second = new WebSocket(url);
    await expect(once(second, 'open')).rejects.toThrow('Unexpected server response: 408');
  });

  test('a call in JSON is read like one in a form', async () => {
    const slack = await slackWith();
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
      body: JSON.stringify({ channel: CHANNEL, text: 'x', blocks: [section('in JSON')] }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: CHANNEL });
    expect(slack.sees(CHANNEL)).toMatchObject([{ text: 'in JSON' }]);
  });

  test('the app learns who it is, where it is and who writes', async () => {
    const channels = [
      { id: 'C0NEWS', name: 'news' },
      { id: 'C0OPEN', name: 'open', member: false },
      { id: 'C0SECRET', name: 'secret', private: true, member: false },
    ];
    const bot = [...MANIFEST.oauth_config.scopes.bot, 'groups:read', 'team:read', 'users:read'];
    const slack = await slackWith({ channels, manifest: { ...MANIFEST, oauth_config: { scopes: { bot } } } });
    const client = clientOf(slack);
    const listed = await client.conversations.list({ types: 'public_channel,private_channel' });
    expect(listed.channels?.map((channel) => [channel.name, channel.is_member])).toEqual([
      ['news', true],
      ['open', false],
    ]);
    expect(await client.conversations.info({ channel: 'C0OPEN' })).toMatchObject({
      channel: { name: 'open', is_private: false },
    });
    await slack.say({ channel: CHANNEL, user: 'U2', text: 'hello' });
    expect(await client.users.info({ user: 'U2' })).toMatchObject({ user: { name: 'user-2' } });
    expect(await client.team.info()).toMatchObject({ team: { id: slack.teamId } });
    const { channel = '' } = await client.chat.postMessage({ channel: 'U2', text: 'for you' });
    expect(slack.sees(channel).map((message) => message.text)).toEqual(['for you']);
  });

  test('waiting in vain tells what the channel shows instead', async () => {
    const slack = await slackWith();
    await clientOf(slack).chat.postMessage({ channel: CHANNEL, text: 'something else' });
    await expect(slack.waitFor(CHANNEL, () => false, 10)).rejects.toThrow('something else');
  });
});
