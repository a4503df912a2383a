import { describe, expect, test } from '@jest/globals';
import { CHANNEL, clientOf, MANIFEST, mrkdwn, plain, refusalOf, section, slackWith } from './real-bot.ts';

describe('Slack refuses', () => {
  const blockOf = (block: object) => ({ channel: CHANNEL, text: 'x', blocks: [block] });

  test.each([
    [
      'a section of 3001 characters',
      section('a'.repeat(3001)),
      'must be less than 3001 characters',
      '/text/text',
    ],
    ['an empty section', section(''), 'must be more than 0 characters', '/text/text'],
    ['a section without text', { type: 'section' }, 'must define either `text` or `fields`', ''],
    [
      'a field of 2001 characters',
      { type: 'section', fields: [mrkdwn('a'.repeat(2001))] },
      'must be less than 2001 characters',
      '/fields/0/text',
    ],
    [
      'a header of 151 characters',
      { type: 'header', text: plain('a'.repeat(151)) },
      'must be less than 151 characters',
      '/text/text',
    ],
    ['a header in mrkdwn', { type: 'header', text: mrkdwn('a') }, 'unsupported type: mrkdwn', '/text/type'],
    [
      '11 context elements',
      { type: 'context', elements: Array(11).fill(plain('a')) },
      'no more than 10 items allowed',
      '/elements',
    ],
    ['no actions', { type: 'actions', elements: [] }, 'must provide at least 1 items', '/elements'],
    [
      'a button text of 76 characters',
      { type: 'actions', elements: [{ type: 'button', text: plain('a'.repeat(76)) }] },
      'must be less than 76 characters',
      '/elements/0/text/text',
    ],
    [
      'two buttons with one action_id',
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'a', text: plain('a') },
          { type: 'button', action_id: 'a', text: plain('b') },
        ],
      },
      '`action_id` "a" already exists',
      '/elements/1/action_id',
    ],
    [
      'an image without alt text',
      { type: 'image', image_url: 'https://example.org/a.png' },
      'missing required field: alt_text',
      '',
    ],
    ['an unknown block', { type: 'sections' }, 'unsupported type: sections', '/type'],
    ['an unknown member', { ...section('a'), colour: 'red' }, 'invalid additional property: colour', ''],
    [
      'a markdown block of 12001 characters',
      { type: 'markdown', text: 'a'.repeat(12_001) },
      'must be less than 12001 characters',
      '/text',
    ],
  ])('%s', async (_, block, problem, pointer) => {
    const slack = await slackWith();
    const refusal = await refusalOf(clientOf(slack).apiCall('chat.postMessage', blockOf(block)));
    expect(refusal.error).toBe('invalid_blocks');
    expect(refusal.messages[0]).toBe(`[ERROR] ${problem} [json-pointer:/blocks/0${pointer}]`);
    expect(slack.sees(CHANNEL)).toEqual([]);
  });

  test('51 blocks, two blocks with one id, and blocks that are too long together', async () => {
    const slack = await slackWith();
    const post = (blocks: object[]) =>
      refusalOf(clientOf(slack).apiCall('chat.postMessage', { channel: CHANNEL, text: 'x', blocks }));
    expect((await post(Array(51).fill({ type: 'divider' }))).messages).toEqual([
      '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect((await post(Array(2).fill({ type: 'divider', block_id: 'a' }))).error).toBe('invalid_blocks');
    expect((await post(Array(5).fill(section('a'.repeat(2900))))).error).toBe('msg_blocks_too_long');
  });

  test('a message whose image it can not fetch', async () => {
    const slack = await slackWith();
    slack.breakImage('https://example.org/gone.png');
    const image = { type: 'image', image_url: 'https://example.org/gone.png', alt_text: 'a' };
    const refusal = await refusalOf(clientOf(slack).apiCall('chat.postMessage', blockOf(image)));
    expect(refusal.messages).toEqual(['[ERROR] downloading image failed [json-pointer:/blocks/0/image_url]']);
  });

  test('messages to channels that are unknown, private, archived or without the app', async () => {
    const channels = [
      { id: 'C0OPEN', name: 'open', member: false },
      { id: 'C0PRIVATE', name: 'private', private: true, member: false },
      { id: 'C0OLD', name: 'old' },
    ];
    const slack = await slackWith({ channels });
    const client = clientOf(slack);
    const post = async (channel: string) =>
      (await refusalOf(client.chat.postMessage({ channel, text: 'x' }))).error;
    await slack.archive('C0OLD');
    expect(await post('C0NOWHERE')).toBe('channel_not_found');
    expect(await post('C0PRIVATE')).toBe('channel_not_found');
    expect(await post('C0OPEN')).toBe('not_in_channel');
    expect(await post('C0OLD')).toBe('is_archived');
    await client.conversations.join({ channel: 'C0OPEN' });
    await slack.invite('C0PRIVATE');
    await client.chat.postMessage({ channel: 'C0OPEN', text: 'now' });
    await client.chat.postMessage({ channel: 'C0PRIVATE', text: 'now' });
    await slack.kick('C0OPEN');
    expect(await post('C0OPEN')).toBe('not_in_channel');
  });

  test('to change messages that are gone or not the app’s, and texts that are missing or too long', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    const update = async (ts: string, text: string) =>
      (await refusalOf(client.chat.update({ channel: CHANNEL, ts, text }))).error;
    const { ts = '' } = await client.chat.postMessage({ channel: CHANNEL, text: 'alert' });
    const { ts: theirs } = await slack.say({ channel: CHANNEL, text: 'hello' });
    expect(await update(ts, 'a'.repeat(4001))).toBe('msg_too_long');
    expect(await update(theirs, 'x')).toBe('cant_update_message');
    slack.removeMessage(CHANNEL, ts);
    expect(await update(ts, 'x')).toBe('message_not_found');
    expect((await refusalOf(client.apiCall('chat.postMessage', { channel: CHANNEL }))).error).toBe('no_text');
  });

  test('tokens that are missing, wrong, of the other kind, or revoked', async () => {
    const slack = await slackWith();
    const error = async (token: string, method = 'auth.test') =>
      (await refusalOf(clientOf(slack, token).apiCall(method))).error;
    expect(await error('')).toBe('not_authed');
    expect(await error('xoxb-wrong')).toBe('invalid_auth');
    expect(await error(slack.appToken)).toBe('not_allowed_token_type');
    expect(await error(slack.botToken, 'apps.connections.open')).toBe('not_allowed_token_type');
    expect(await error(slack.botToken, 'chat.postMesage')).toBe('unknown_method');
    await expect(clientOf(slack).auth.test()).resolves.toMatchObject({ team_id: slack.teamId });
    slack.refuseTokens();
    expect(await error(slack.botToken)).toBe('invalid_auth');
  });

  test('a call whose scope the manifest lacks, and names what was needed', async () => {
    const scopes = { bot: ['commands', 'app_mentions:read', 'channels:history'] };
    const slack = await slackWith({ manifest: { ...MANIFEST, oauth_config: { scopes } } });
    const call = clientOf(slack).chat.postMessage({ channel: CHANNEL, text: 'x' });
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'missing_scope',
        needed: 'chat:write',
        provided: 'commands,app_mentions:read,channels:history',
      },
    });
    expect(slack.calls).toMatchObject([{ method: 'chat.postMessage', ok: false, error: 'missing_scope' }]);
  });

  test.each([
    ['/status', 'the slash command has an invalid name: /status'],
    ['/Watch', 'the slash command has an invalid name: /Watch'],
    ['/news', 'the slash command name is duplicated: /news'],
  ])('a manifest with the command %s', async (command, reason) => {
    const slash_commands = [
      { command, description: 'x' },
      { command: '/news', description: 'x' },
    ];
    const features = { ...MANIFEST.features, slash_commands };
    await expect(slackWith({ manifest: { ...MANIFEST, features } })).rejects.toThrow(reason);
  });

  test('a manifest that is too long, lacks a scope it needs, or names one that does not exist', async () => {
    const manifest = {
      ...MANIFEST,
      display_information: { name: 'a'.repeat(36) },
      oauth_config: { scopes: { bot: ['chat:wirte'] } },
    };
    const refusal = slackWith({ manifest });
    await expect(refusal).rejects.toThrow('must be less than 36 characters [/display_information/name]');
    await expect(refusal).rejects.toThrow('a slash command requires the commands scope');
    await expect(refusal).rejects.toThrow('invalid bot scope: chat:wirte');
  });
});
