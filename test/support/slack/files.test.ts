import { describe, expect, test } from '@jest/globals';
import { CHANNEL, clientOf, MANIFEST, slackWith } from './real-bot.ts';

const bot = [...MANIFEST.oauth_config.scopes.bot, 'files:read'];
const READING = { ...MANIFEST, oauth_config: { scopes: { bot } } };

describe('a file that somebody shares', () => {
  test('is seen by readers, told to the app, and given for its token', async () => {
    const slack = await slackWith({ manifest: READING });
    await slack.say({
      channel: CHANNEL,
      user: 'U2',
      text: 'look',
      file: { name: 'a.opml', content: 'hello' },
    });
    expect(slack.sees(CHANNEL)).toMatchObject([{ text: 'look', files: ['a.opml'] }]);
    const { messages } = await clientOf(slack).conversations.history({ channel: CHANNEL });
    const file = messages?.[0]?.files?.[0];
    expect(file).toMatchObject({ name: 'a.opml', user: 'U2', size: 5, mode: 'hosted' });
    expect(await get(file?.url_private, slack.botToken)).toEqual([200, 'hello']);
  });

  test('is not given without the token or the scope: Slack shows its sign-in page', async () => {
    const slack = await slackWith({ manifest: READING });
    const { slack: unscoped } = { slack: await slackWith() };
    for (const [from, token] of [
      [slack, ''],
      [slack, slack.appToken],
      [unscoped, unscoped.botToken],
    ] as const) {
      await from.say({ channel: CHANNEL, text: '', file: { name: 'a.opml', content: 'hello' } });
      const { messages } = await clientOf(from).conversations.history({ channel: CHANNEL });
      const [status] = await get(messages?.[0]?.files?.[0]?.url_private, token);
      expect(status).toBe(302);
    }
  });
});

async function get(url = '', token = ''): Promise<[number, string]> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
  return [response.status, await response.text()];
}
