import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  Events,
  type Interaction,
  type TextChannel,
} from 'discord.js';
import {
  ada,
  closeDesks,
  commands,
  type Desk,
  grace,
  guild,
  news,
  openDesk,
  refusalOf,
} from './discord/desk.ts';
import { renderMarkdown } from './discord/markdown.ts';

const add = { channel: news, user: ada, name: 'watch', subcommand: 'add' };
const button = { type: 2, style: 1, label: 'More', custom_id: 'more' };
const row = { type: 1, components: [button] };

const asCommand = (answer: (it: ChatInputCommandInteraction) => unknown) => (it: Interaction) =>
  it.isChatInputCommand() ? answer(it) : undefined;

describe('people and the bot', () => {
  afterEach(closeDesks);

  test('the bot signs in, learns its servers and registers commands', async () => {
    const { discord, client } = await openDesk();
    expect(client.guilds.cache.get(guild)?.name).toBe('Desk');
    await client.application.commands.set(commands);
    expect(discord.registeredCommands()).toMatchObject([
      { name: 'news' },
      { name: 'setup' },
      { name: 'watch' },
    ]);
    const before = await client.application.commands.fetch();
    await client.application.commands.set(commands);
    expect([...(await client.application.commands.fetch()).keys()]).toEqual([...before.keys()]);
  });

  test('a command is answered in the channel, for everybody', async () => {
    const { discord, client } = await openDesk({
      answer: asCommand((it) => it.reply(`Nothing, ${it.user.username}.`)),
    });
    await client.application.commands.set(commands);
    const seen = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(seen).toMatchObject({ text: 'Nothing, Ada.', ephemeral: false, failed: false });
    expect(discord.sees(news).map(({ text }) => text)).toEqual(['Nothing, Ada.']);
  });

  test('an ephemeral answer is seen only by who asked, and not by the API', async () => {
    const { discord, client, channel } = await openDesk({
      answer: asCommand((it) => it.reply({ content: 'psst', flags: 64 })),
    });
    await client.application.commands.set(commands);
    const seen = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(seen).toMatchObject({ text: 'psst', ephemeral: true });
    expect(discord.sees(news, ada)).toHaveLength(1);
    expect(discord.sees(news, grace)).toEqual([]);
    expect(discord.sees(news)).toEqual([]);
    expect((await channel.messages.fetch()).size).toBe(0);
  });

  test('a deferred answer is followed to its text and its follow-up', async () => {
    const { discord, client } = await openDesk({
      answer: asCommand(async (it) => {
        const deferred = await it.deferReply({ withResponse: true });
        await new Promise((resolve) => setTimeout(resolve, 100));
        await it.editReply(`found by ${deferred.interaction.type}`);
        await it.followUp({ content: 'and one more', flags: 64 });
      }),
    });
    await client.application.commands.set(commands);
    const seen = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(seen.messages.map(({ text, ephemeral }) => [text, ephemeral])).toEqual([
      ['found by 2', false],
      ['and one more', true],
    ]);
  });

  test('the first follow-up takes the place of "thinking", and keeps its visibility', async () => {
    const answer = asCommand(async (it) => {
      await it.deferReply({ flags: 64 });
      await it.followUp('found');
    });
    const { discord, client } = await openDesk({ answer });
    await client.application.commands.set(commands);
    const seen = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(seen).toMatchObject({ text: 'found', ephemeral: true, messages: [{ text: 'found' }] });
  });

  test('a command without an answer fails as the user sees it, and a late answer is refused', async () => {
    let late: ChatInputCommandInteraction | undefined;
    const answer = asCommand((it) => {
      late = it;
    });
    const { discord, client } = await openDesk({ discord: { firstAnswerMs: 60 }, answer });
    await client.application.commands.set(commands);
    const seen = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(seen).toMatchObject({ text: 'The application did not respond', failed: true });
    expect((await refusalOf(late?.reply('sorry'))).code).toBe(10062);
  });

  test('a second answer is refused, and so is a token that has run out', async () => {
    let answered: ChatInputCommandInteraction | undefined;
    const answer = asCommand(async (it) => {
      answered = it;
      await it.reply('once');
    });
    const { discord, client } = await openDesk({ discord: { interactionTokenMs: 100 }, answer });
    await client.application.commands.set(commands);
    await discord.command({ channel: news, user: ada, name: 'news' });
    const callback = `/interactions/${answered?.id}/${answered?.token}/callback` as const;
    const again = client.rest.post(callback, { body: { type: 5 }, auth: false });
    expect((await refusalOf(again)).code).toBe(40060);
    await new Promise((resolve) => setTimeout(resolve, 110));
    expect((await refusalOf(answered?.followUp('twice'))).code).toBe(50027);
  });

  test.each([
    ['a command nobody registered', { ...add, name: 'wach' }, 'not a registered command'],
    [
      'a command reserved for others',
      { channel: news, user: grace, name: 'setup' },
      'lacks its default permissions',
    ],
    ['no subcommand', { channel: news, name: 'watch' }, 'needs a subcommand'],
    ['an unknown option', { ...add, options: { query: 'x', foo: 1 } }, 'no option foo'],
    ['a missing option', { ...add, options: {} }, 'needs the option query'],
    [
      'a value outside the choices',
      { ...add, options: { query: 'x', when: 'later' } },
      'not one of its choices',
    ],
    ['a number out of bounds', { ...add, options: { query: 'x', days: 0 } }, 'out of bounds'],
  ])("Discord's client does not send %s", async (_, call, words) => {
    const { discord, client } = await openDesk();
    await client.application.commands.set(commands);
    await expect(discord.command(call)).rejects.toThrow(words);
  });

  test('options reach the bot, and suggestions reach the person who types', async () => {
    const { discord, client } = await openDesk({
      answer: async (it) => {
        if (it.isAutocomplete())
          await it.respond([{ name: `${it.options.getFocused()}lib`, value: 'idlib' }]);
        if (it.isChatInputCommand())
          await it.reply(
            `${it.options.getSubcommand()} ${it.options.getString('query')} ${it.options.getInteger('days')}`,
          );
      },
    });
    await client.application.commands.set(commands);
    const choices = await discord.autocomplete({ ...add, options: { query: 'Id' }, focused: 'query' });
    expect(choices).toEqual([{ name: 'Idlib', value: 'idlib' }]);
    expect((await discord.command({ ...add, options: { query: 'Idlib', days: 3 } })).text).toBe(
      'add Idlib 3',
    );
  });

  test('a button updates its message', async () => {
    const { discord, channel } = await openDesk({
      answer: (it) => (it as ButtonInteraction).update({ content: 'opened', components: [] }),
    });
    const { id } = await channel.send({ content: 'shut', components: [row] });
    expect(discord.sees(news)[0]?.buttons).toEqual([{ customId: 'more', label: 'More', disabled: false }]);
    const seen = await discord.click({ channel: news, messageId: id, customId: 'more' });
    expect(seen.text).toBe('opened');
    expect(discord.sees(news)).toMatchObject([{ text: 'opened', buttons: [], edited: true }]);
  });

  test('a dialog opens, insists on its required field, and its answer is shown', async () => {
    const field = { type: 4, custom_id: 'query', style: 1 };
    const { discord, client } = await openDesk({
      answer: async (it) => {
        if (it.isChatInputCommand()) {
          await it.showModal({
            custom_id: 'new',
            title: 'New watch',
            components: [{ type: 18, label: 'Query', component: field }],
          });
        }
        if (it.isModalSubmit()) await it.reply(`watching ${it.fields.getTextInputValue('query')}`);
      },
    });
    await client.application.commands.set(commands);
    const { modal } = await discord.command({ channel: news, user: ada, name: 'news' });
    expect(modal).toEqual({
      customId: 'new',
      title: 'New watch',
      fields: [{ customId: 'query', label: 'Query', required: true }],
    });
    expect(discord.openModals(grace)).toEqual([]);
    await expect(discord.submitModal({ user: ada, values: {} })).rejects.toThrow('required');
    expect((await discord.submitModal({ user: ada, values: { query: 'Idlib' } })).text).toBe(
      'watching Idlib',
    );
    expect(discord.openModals(ada)).toEqual([]);
  });

  test('a cut gateway is resumed, and the command sent meanwhile arrives', async () => {
    const { discord, client } = await openDesk({ answer: asCommand((it) => it.reply('here')) });
    await client.application.commands.set(commands);
    discord.dropGateway();
    expect((await discord.command({ channel: news, name: 'news' })).text).toBe('here');
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    discord.reconnectGateway();
    await resumed;
    expect(discord.gatewayCounts()).toEqual({ identified: 1, resumed: 2 });
  });

  test('a wrong token, an intent that is not enabled and a reset token are refused', async () => {
    const { discord, channel, client } = await openDesk();
    const rest = { api: discord.apiUrl };
    const wrong = new Client({ intents: ['Guilds'], rest });
    await expect(wrong.login('not.the.token')).rejects.toThrow('invalid token');
    const curious = new Client({ intents: ['MessageContent'], rest });
    await expect(curious.login(discord.token)).rejects.toThrow('disallowed intents');
    const cut = new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    discord.refuseTokens();
    expect(await cut).toBe(4004);
    expect(await refusalOf(channel.send('hello'))).toMatchObject({
      status: 401,
      code: 0,
      message: '401: Unauthorized',
    });
    expect(discord.invalidRequests()).toBe(2);
    await Promise.all([wrong.destroy(), curious.destroy()]);
  });
});

describe('what a reader sees', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      discord: { buckets: { 'POST /channels/:channel/messages': { limit: 99, windowMs: 1000 } } },
    });
  });
  afterAll(closeDesks);

  const post = async (body: Parameters<TextChannel['send']>[0]) => {
    const { id } = await desk.channel.send(body);
    return desk.discord.sees(news).find((message) => message.id === id);
  };

  test('an embed: its parts in order, its links and images', async () => {
    const seen = await post({
      embeds: [
        {
          author: { name: 'The Courier' },
          title: 'Raid \\*near\\* Atme',
          url: 'https://courier.example/1',
          description: '**Two** hours, says [a witness](https://courier.example/2)',
          fields: [{ name: 'Where', value: 'Idlib' }],
          image: { url: 'https://courier.example/i.jpg' },
          footer: { text: 'plain \\*footer\\*' },
        },
      ],
    });
    expect(seen?.text.split('\n')).toEqual([
      'The Courier',
      'Raid *near* Atme',
      'Two hours, says a witness',
      'Where',
      'Idlib',
      'plain \\*footer\\*',
    ]);
    expect(seen?.links).toEqual([
      { label: 'Raid *near* Atme', url: 'https://courier.example/1' },
      { label: 'a witness', url: 'https://courier.example/2' },
    ]);
    expect(seen?.images).toEqual(['https://courier.example/i.jpg']);
  });

  test.each([
    ['a masked link shows its label', '[BBC](https://evil.example)', 'BBC', ['https://evil.example'], false],
    [
      'an escaped one is plain text, its address a link of its own',
      '\\[BBC\\](https://evil.example)',
      '[BBC](https://evil.example)',
      ['https://evil.example'],
      false,
    ],
    [
      'angle brackets stop the preview',
      'see <https://e.example/a>',
      'see https://e.example/a',
      ['https://e.example/a'],
      true,
    ],
    [
      'a label that is an address is never masked',
      '[https://a.example](https://b.example)',
      '[https://a.example](https://b.example)',
      ['https://a.example](https://b.example'],
      false,
    ],
    ['code is left alone', '`**x**` and ```\n_y_\n```', '**x** and _y_', [], true],
    [
      'marks vanish inside words only where Discord lets them',
      '# A snake_case_b _c_ ~~d~~',
      'A snake_case_b c d',
      [],
      true,
    ],
    [
      'mentions show names',
      `<@${ada}> in <#${news}> <t:1643850600:F>`,
      '@Ada in #news 2022-02-03 01:10 UTC',
      [],
      true,
    ],
  ])('%s', async (_, content, shown, urls, suppressed) => {
    const seen = await post(content);
    expect([seen?.text, seen?.links.map(({ url }) => url), seen?.previewsSuppressed]).toEqual([
      shown,
      urls,
      suppressed,
    ]);
  });

  test('styles nest and escapes hold inside them', () => {
    const names = () => '';
    expect(renderMarkdown('***a*** **b\\*\\*c** > d\n> - e', { names }).text).toBe('a b**c > d\n• e');
    expect(renderMarkdown('[a](https://b.example)', { names, inlineOnly: true })).toEqual({
      text: '[a](https://b.example)',
      links: [],
      previewed: [],
    });
  });

  test('the flag against previews hides the embeds of the bot too', async () => {
    const seen = await post({ content: 'https://a.example', embeds: [{ title: 'gone' }], flags: 4 });
    expect(seen).toMatchObject({ text: 'https://a.example', embeds: [], previewsSuppressed: true });
  });

  test.each([
    ['everything by default', undefined, ['@everyone', `<@${ada}>`, '<@&7>']],
    ['nothing when nothing is allowed', { parse: [] }, []],
    ['only the kinds that are parsed', { parse: ['roles' as const] }, ['<@&7>']],
    ['only the users that are named', { parse: [], users: [ada] }, [`<@${ada}>`]],
  ])('a message pings %s', async (_, allowedMentions, pings) => {
    const content = `@everyone <@${ada}> <@&7>`;
    const seen = await post({
      content,
      embeds: [{ description: '@here' }],
      ...(allowedMentions ? { allowedMentions } : {}),
    });
    expect(seen?.pings).toEqual(pings);
  });

  test('a thread hangs under its message, a reply names it, a reaction counts', async () => {
    const alert = await desk.channel.send('alert');
    const thread = await alert.startThread({ name: 'updates' });
    await thread.send('update');
    await alert.reply('reply');
    await alert.react('👍');
    const seen = desk.discord.sees(news);
    expect(seen.at(-2)).toMatchObject({ id: alert.id, thread: [{ text: 'update' }], reactions: { '👍': 1 } });
    expect(seen.at(-1)).toMatchObject({ text: 'reply', replyTo: alert.id });
    expect(
      (
        await refusalOf(
          desk.client.rest.post(`/channels/${news}/messages/${alert.id}/threads`, {
            body: { name: 'again' },
          }),
        )
      ).code,
    ).toBe(160004);
  });

  test('an edit is seen as one, a removed message is gone, a file is an attachment', async () => {
    const message = await desk.channel.send({
      content: 'frist',
      files: [{ attachment: Buffer.from('x'), name: 'map.png' }],
    });
    await message.edit('first');
    const seen = desk.discord.sees(news).at(-1);
    expect(seen).toMatchObject({ text: 'first', edited: true });
    expect(seen?.images[0]).toMatch(/map\.png$/);
    desk.discord.removeMessage(news, message.id);
    expect((await refusalOf(message.edit('again'))).code).toBe(10008);
  });

  test('waiting in vain tells what the channel shows instead', async () => {
    await desk.channel.send('this is there');
    await expect(desk.discord.waitFor(news, () => false, 20)).rejects.toThrow('this is there');
  });
});
