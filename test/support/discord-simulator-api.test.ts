import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ChannelType, type TextChannel } from 'discord.js';
import WebSocket from 'ws';
import { closeDesks, type Desk, guild, news, openDesk, refusalOf, sports } from './discord/desk.ts';
import { type DiscordSimulator, startDiscord } from './discord/simulator.ts';

const unlimited = { 'POST /channels/:channel/messages': { limit: 99, windowMs: 1000 } };
const link = { type: 2, style: 5, label: 'Read', url: 'https://courier.example/1' };
const more = { type: 2, style: 1, label: 'More', custom_id: 'more' };
const command = { name: 'watch', description: 'Watches' };
const option = { type: 3, name: 'query', description: 'Words' };
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const rows = (...components: object[]) => [{ type: 1, components }];
const fields = (name: string, value: string) => [{ fields: [{ name, value }] }];

describe('bodies that Discord refuses', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ discord: { buckets: unlimited, globalPerSecond: 1000 } });
  });
  afterAll(closeDesks);

  const errorsAt = async (request: Promise<unknown>) => {
    const refused = await refusalOf(request);
    expect(refused).toMatchObject({ status: 400, code: 50035 });
    return JSON.stringify((refused.rawError as { errors: unknown }).errors);
  };

  test.each([
    ['a title of 257', { embeds: [{ title: 'x'.repeat(257) }] }, '"embeds":{"0":{"title":'],
    ['a description of 4097', { embeds: [{ description: 'x'.repeat(4097) }] }, '"description"'],
    ['26 fields', { embeds: [{ fields: many(26, () => ({ name: 'n', value: 'v' })) }] }, '"fields"'],
    ['11 embeds', { embeds: many(11, () => ({ title: 't' })) }, '"embeds"'],
    ['an address that is none', { embeds: [{ url: 'courier', title: 't' }] }, 'URL_TYPE_INVALID_URL'],
    [
      'six buttons in a row',
      { components: rows(...many(6, (i) => ({ ...more, custom_id: `b${i}` }))) },
      '"components"',
    ],
    ['a label of 81', { components: rows({ ...more, label: 'x'.repeat(81) }) }, '"label"'],
    ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }, '"nonce"'],
    ['content of 2001', { content: 'x'.repeat(2001) }, '"content"'],
    [
      '6001 in all embeds',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['two buttons of one id', { components: rows(more, more) }, 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['a field without a name', { embeds: fields(' ', 'v') }, '"name"'],
    ['a field without a value', { embeds: fields('n', '') }, '"value"'],
    ['an embed with nothing in it', { embeds: [{ color: 1 }] }, '"description"'],
    [
      'an embed address of another scheme',
      { embeds: [{ title: 't', url: 'javascript:alert(1)' }] },
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'an image of another scheme',
      { embeds: [{ image: { url: 'ftp://a.example/i.png' } }] },
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'a link button of another scheme',
      { components: rows({ ...link, url: 'ftp://a.example' }) },
      'URL_TYPE_INVALID_SCHEME',
    ],
    ['a link button with an id', { components: rows({ ...link, custom_id: 'x' }) }, 'MUTUALLY_EXCLUSIVE'],
    ['a button without an id', { components: rows({ type: 2, style: 1, label: 'x' }) }, '"custom_id"'],
    ['six rows', { components: many(6, (i) => rows({ ...more, custom_id: `b${i}` })[0]) }, '"components"'],
    ['v2 parts without their flag', { components: [{ type: 10, content: 'x' }] }, 'UNION_TYPE_CHOICES'],
    [
      'content beside v2 parts',
      { flags: 32768, content: 'x', components: [{ type: 10, content: 'x' }] },
      'LEGACY_FIELDS',
    ],
    [
      'mentions both parsed and named',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'PARSE_EXCLUSIVE',
    ],
    [
      'a reply to nothing',
      { content: 'x', message_reference: { message_id: '1' } },
      'REPLIES_UNKNOWN_MESSAGE',
    ],
  ])('a message with %s', async (_, body, complaint) => {
    expect(await errorsAt(desk.client.rest.post(`/channels/${news}/messages`, { body }))).toContain(
      complaint,
    );
    expect(desk.discord.sees(news)).toEqual([]);
  });

  test.each([['nothing'], ['   \n']])('an empty message (%j)', async (content) => {
    const body = content === 'nothing' ? {} : { content };
    const refused = await refusalOf(desk.client.rest.post(`/channels/${news}/messages`, { body }));
    expect(refused).toMatchObject({ status: 400, code: 50006 });
  });

  test.each([
    ['a name in capitals', { ...command, name: 'Watch' }, 'APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', { name: 'watch' }, '"description"'],
    ['a description of 101', { ...command, description: 'x'.repeat(101) }, '"description"'],
    ['26 options', { ...command, options: many(26, (i) => ({ ...option, name: `q${i}` })) }, '"options"'],
    [
      '26 choices',
      { ...command, options: [{ ...option, choices: many(26, (i) => ({ name: `${i}`, value: `${i}` })) }] },
      '"choices"',
    ],
    ['an option twice', { ...command, options: [option, option] }, 'NAME_ALREADY_EXISTS'],
    [
      'the required option last',
      { ...command, options: [option, { ...option, name: 'b', required: true }] },
      'REQUIRED_INVALID',
    ],
    [
      'suggestions beside choices',
      { ...command, options: [{ ...option, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }] },
      'AUTOCOMPLETE',
    ],
    [
      'a subcommand beside an option',
      { ...command, options: [{ type: 1, name: 'add', description: 'Adds' }, option] },
      'OPTIONS_TYPE_INVALID',
    ],
    [
      '8001 characters',
      {
        ...command,
        options: many(20, (i) => ({
          ...option,
          name: `q${i}`,
          choices: many(25, (j) => ({ name: `${j}`, value: `${j}`.padEnd(20, 'x') })),
        })),
      },
      'TOO_LARGE',
    ],
  ])('a command with %s', async (_, body, complaint) => {
    const path = `/applications/${desk.discord.applicationId}/commands` as const;
    expect(await errorsAt(desk.client.rest.put(path, { body: [body] }))).toContain(complaint);
    expect(desk.discord.registeredCommands()).toEqual([]);
  });

  test('two commands of one name, and more than a hundred', async () => {
    const path = `/applications/${desk.discord.applicationId}/guilds/${guild}/commands` as const;
    expect(await errorsAt(desk.client.rest.put(path, { body: [command, command] }))).toContain(
      'DUPLICATE_NAME',
    );
    const body = many(101, (index) => ({ ...command, name: `w${index}` }));
    expect((await refusalOf(desk.client.rest.put(path, { body }))).code).toBe(30032);
  });
});

describe('places and permissions', () => {
  afterEach(closeDesks);

  test.each([
    ['ViewChannel', { content: 'x' }, 50001],
    ['SendMessages', { content: 'x' }, 50013],
    ['EmbedLinks', { embeds: [{ title: 'x' }] }, 50013],
    ['ReadMessageHistory', { content: 'x', message_reference: { message_id: '1' } }, 160002],
  ])('without %s a post is refused, until it is allowed again', async (permission, body, code) => {
    const { discord, client } = await openDesk();
    const post = () => client.rest.post(`/channels/${news}/messages`, { body });
    discord.deny(news, permission);
    expect(await refusalOf(post())).toMatchObject({ status: code === 160002 ? 400 : 403, code });
    expect(discord.sees(news)).toEqual([]);
    discord.allow(news, permission);
    const outcome = await post().catch((error: { code: number }) => error.code);
    expect(outcome).not.toBe(code);
  });

  test('the client learns of a permission that is taken away and of a channel that is removed', async () => {
    const { discord, client, channel } = await openDesk();
    const me = client.guilds.cache.get(guild)?.members.me;
    expect(me && channel.permissionsFor(me).has('SendMessages')).toBe(true);
    const updated = new Promise((resolve) => client.once('channelUpdate', resolve));
    discord.deny(news, 'SendMessages');
    await updated;
    expect(me && channel.permissionsFor(me).has('SendMessages')).toBe(false);
    const gone = new Promise((resolve) => client.once('channelDelete', resolve));
    discord.removeChannel(sports);
    await gone;
    const sent = client.rest.post(`/channels/${sports}/messages`, { body: { content: 'x' } });
    expect(await refusalOf(sent)).toMatchObject({ status: 404, code: 10003 });
  });

  test("history without its permission is empty, and other people's messages are not the bot's to edit", async () => {
    const { discord, client, channel } = await openDesk();
    const theirs = discord.say(news, 'hello');
    const edit = client.rest.patch(`/channels/${news}/messages/${theirs}`, { body: { content: 'x' } });
    expect((await refusalOf(edit)).code).toBe(50005);
    expect((await channel.messages.fetch()).size).toBe(1);
    discord.deny(news, 'ReadMessageHistory');
    expect((await channel.messages.fetch()).size).toBe(0);
  });

  test('history is listed newest first, before and after a message, without nonces', async () => {
    const desk = await openDesk();
    const ids: string[] = [];
    for (const nonce of ['n1', 'n2', 'n3']) ids.push((await desk.channel.send({ content: nonce, nonce })).id);
    const [first = '', second = '', third = ''] = ids;
    const after = await desk.client.rest.get(`/channels/${news}/messages`, {
      query: new URLSearchParams({ after: first }),
    });
    expect(after).toMatchObject([{ id: third }, { id: second }]);
    expect(JSON.stringify(after)).not.toContain('nonce');
    expect([...(await desk.channel.messages.fetch({ before: third, limit: 1 })).keys()]).toEqual([second]);
    expect([...(await desk.channel.messages.fetch({ around: second, limit: 3 })).keys()]).toEqual([
      third,
      second,
      first,
    ]);
  });

  test('a forum takes threads, not messages', async () => {
    const channels = [{ id: news, name: 'ideas', type: ChannelType.GuildForum }];
    const { client } = await openDesk({ discord: { guilds: [{ id: guild, name: 'Desk', channels }] } });
    const sent = client.rest.post(`/channels/${news}/messages`, { body: { content: 'x' } });
    expect((await refusalOf(sent)).code).toBe(50008);
  });
});

describe('what can go wrong on the way', () => {
  afterEach(closeDesks);
  const creation = new RegExp(`^POST /channels/${news}/messages$`);
  const texts = ({ discord }: Desk) => discord.sees(news).map(({ text }) => text);

  test('a burst of twelve goes through the bucket: all arrive, in order', async () => {
    const buckets = { 'POST /channels/:channel/messages': { limit: 5, windowMs: 400 } };
    const desk = await openDesk({ discord: { buckets } });
    const numbers = many(12, String);
    await Promise.all(numbers.map((number) => desk.channel.send(number)));
    expect(texts(desk)).toEqual(numbers);
    const refused = desk.discord.calls.filter(({ status }) => status === 429);
    expect(refused.length).toBeLessThanOrEqual(2);
  });

  test('who ignores the bucket is refused, with the time to wait and the scope', async () => {
    const { discord } = await openDesk();
    const send = () =>
      fetch(`${discord.apiUrl}/v10/channels/${news}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'x' }),
      });
    const first = await send();
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
    for (const _ of many(4, String)) await send();
    const sixth = await send();
    expect([sixth.status, sixth.headers.get('x-ratelimit-scope'), sixth.headers.get('retry-after')]).toEqual([
      429,
      'user',
      '5',
    ]);
    expect(await sixth.json()).toMatchObject({ global: false, message: 'You are being rate limited.' });
    expect(discord.sees(news)).toHaveLength(5);
    expect(discord.invalidRequests()).toBe(1);
  });

  test("the bot's total per second is refused globally", async () => {
    const { discord } = await openDesk({ discord: { globalPerSecond: 10 } });
    const ask = () =>
      fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${discord.token}` } });
    const answers = await Promise.all(many(12, ask));
    expect(
      answers.some(({ status, headers }) => status === 429 && headers.get('x-ratelimit-global') === 'true'),
    ).toBe(true);
  });

  test('a nonce that is enforced posts once, in whatever channel, until its time is over', async () => {
    const desk = await openDesk({ discord: { nonceWindowMs: 150 } });
    const other = (await desk.client.channels.fetch(sports)) as TextChannel;
    const once = { content: 'once', nonce: 'delivery-1', enforceNonce: true };
    const ids = [await desk.channel.send(once), await desk.channel.send(once), await other.send(once)].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(1);
    await desk.channel.send({ ...once, enforceNonce: false });
    expect(texts(desk)).toEqual(['once', 'once']);
    await new Promise((resolve) => setTimeout(resolve, 160));
    await desk.channel.send(once);
    expect(texts(desk)).toHaveLength(3);
  });

  test.each([
    ['an answer that is lost leaves the message', { kind: 'cut-after' as const }, ['x']],
    ['a request that is cut leaves nothing', { kind: 'cut-before' as const }, []],
  ])('%s', async (_, fault, left) => {
    const desk = await openDesk();
    desk.discord.fault(creation, fault);
    await expect(desk.channel.send('x')).rejects.toThrow();
    expect(texts(desk)).toEqual(left);
    expect(desk.discord.calls.at(-1)).toMatchObject({
      method: 'POST',
      path: `/channels/${news}/messages`,
      status: 0,
    });
  });

  test('a reset after acceptance leaves the message, and a second try with its nonce adds none', async () => {
    const desk = await openDesk();
    desk.discord.fault(creation, { kind: 'cut-after', reset: true });
    const send = () => desk.channel.send({ content: 'once', nonce: 'n', enforceNonce: true });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await send()).id).toBe(desk.discord.sees(news)[0]?.id);
    expect(texts(desk)).toEqual(['once']);
  });

  test('errors, delays and rate limits are met as often as planned', async () => {
    const desk = await openDesk({ client: { rest: { retries: 2 } } });
    desk.discord.fault(creation, { kind: 'status', status: 502 }, 2);
    desk.discord.fault(creation, { kind: 'rate-limit', retryAfterS: 0.1 });
    desk.discord.fault(creation, { kind: 'late', ms: 20 });
    await desk.channel.send('at last');
    const statuses = desk.discord.calls
      .filter(({ path, method }) => creation.test(`${method} ${path}`))
      .map(({ status }) => status);
    expect(statuses).toEqual([502, 502, 429, 200]);
    expect(texts(desk)).toEqual(['at last']);
  });

  test('what the simulator does not know is not found', async () => {
    const { client } = await openDesk();
    expect(await refusalOf(client.rest.get('/stage-instances/1'))).toMatchObject({ status: 404, code: 0 });
  });
});

describe('the gateway', () => {
  let discord: DiscordSimulator;
  beforeEach(async () => {
    const guilds = [{ id: guild, name: 'Desk', channels: [{ id: news, name: 'news' }] }];
    discord = await startDiscord({ token: 'good.token', guilds, privilegedIntents: 1 << 15 });
  });
  afterEach(() => discord.close());

  /** Sends the payloads one after another, then `last`; the close code and everything that came. */
  async function talk(payloads: unknown[], given: { query?: string; last?: () => void } = {}) {
    const url = discord.apiUrl.replace('http', 'ws').replace('/api', '/gateway');
    const socket = new WebSocket(`${url}?${given.query ?? 'v=10&encoding=json'}`);
    const received: { op: number; t: string | null; d: unknown }[] = [];
    socket.on('message', (raw) => received.push(JSON.parse(String(raw))));
    const code = new Promise<number>((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    for (const payload of payloads)
      socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
    await new Promise((resolve) => setTimeout(resolve, 30));
    given.last?.();
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.close(1000);
    return { code: await code, received };
  }

  const identify = (token: string, intents: unknown = 1) => ({
    op: 2,
    d: { token, intents, properties: {} },
  });

  test.each([
    ['another version', [], 'v=9&encoding=json', 4012],
    ['another encoding', [], 'v=10&encoding=etf', 4002],
    ['an unknown opcode', [{ op: 99, d: null }], undefined, 4001],
    ['no JSON', ['{'], undefined, 4002],
    ['more than 4096 bytes', [{ op: 1, d: 'x'.repeat(4096) }], undefined, 4002],
    ['a presence before identifying', [{ op: 3, d: {} }], undefined, 4003],
    ['a wrong token', [identify('wrong')], undefined, 4004],
    ['intents that are no number', [identify('good.token', 'all')], undefined, 4013],
    ['an intent that is not enabled', [identify('good.token', 1 << 8)], undefined, 4014],
    ['identifying twice', [identify('good.token'), identify('good.token')], undefined, 4005],
    ['more than 120 sends a minute', many(121, () => ({ op: 1, d: null })), undefined, 4008],
    ['nothing of the kind', [{ op: 1, d: null }], undefined, 1000],
  ])('hangs up after %s', async (_, payloads, query, code) => {
    expect((await talk(payloads, query ? { query } : {})).code).toBe(code);
  });

  test('a session that was invalidated cannot be resumed', async () => {
    const first = await talk([identify('good.token')], { last: discord.invalidateSession });
    expect(first.received.map(({ op, t }) => t ?? op)).toEqual([10, 'READY', 'GUILD_CREATE', 9]);
    const session_id = (first.received[1]?.d as { session_id: string } | undefined)?.session_id;
    const again = await talk([{ op: 6, d: { token: 'good.token', session_id, seq: 1 } }]);
    expect(again.received).toMatchObject([{ op: 10 }, { op: 9, d: false }]);
  });

  test('events come only for the intents that were asked, and others’ words only with theirs', async () => {
    const say = () => void discord.say(news, 'hello');
    const [guilds, messages, contents] = [1, 1 << 9, (1 << 9) | (1 << 15)];
    const heard = async (intents = 0) => {
      const { received } = await talk([identify('good.token', intents)], { last: say });
      return received.flatMap(({ t, d }) =>
        t === 'MESSAGE_CREATE' ? [(d as { content: string }).content] : [],
      );
    };
    expect([await heard(guilds), await heard(messages), await heard(contents)]).toEqual([
      [],
      [''],
      ['hello'],
    ]);
  });
});
