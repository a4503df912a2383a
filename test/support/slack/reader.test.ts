import { describe, expect, test } from '@jest/globals';
import { botOf, CHANNEL, clientOf, mrkdwn, plain, section, slackWith } from './real-bot.ts';

describe('a reader of the channel', () => {
  test('sees the words, links, buttons and images of a posted message as Slack renders them', async () => {
    const slack = await slackWith();
    const { client } = await botOf(slack);
    const posted = await client.chat.postMessage({
      channel: CHANNEL,
      text: 'Raid near Atme &amp; Idlib',
      blocks: [
        { type: 'header', text: plain('Raid near Atme') },
        section(
          '*Where:* Atme, _Idlib_ (<https://example.org/a?b=1&amp;c=2|The Outlet>)\n&gt; a two-hour battle',
        ),
        { type: 'section', fields: [mrkdwn('*Dead*\n13'), plain('a *b* c')] },
        { type: 'context', elements: [mrkdwn('watch: `raids`'), plain('first seen today')] },
        { type: 'divider' },
        { type: 'image', image_url: 'https://example.org/map.png', alt_text: 'A map' },
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'mute', text: plain('Mute') },
            { type: 'button', action_id: 'open', text: plain('Read'), url: 'https://example.org/a' },
          ],
        },
      ],
    });
    const [seen, ...others] = slack.sees(CHANNEL);
    expect(others).toEqual([]);
    expect(seen).toMatchObject({
      ts: posted.ts,
      user: slack.botUserId,
      text: [
        'Raid near Atme',
        'Where: Atme, Idlib (The Outlet)',
        'a two-hour battle',
        'Dead',
        '13',
        'a *b* c',
        'watch: raids first seen today',
      ].join('\n'),
      notification: 'Raid near Atme & Idlib',
      links: [{ label: 'The Outlet', url: 'https://example.org/a?b=1&c=2' }],
      pings: [],
      buttons: [
        { actionId: 'mute', text: 'Mute' },
        { actionId: 'open', text: 'Read', url: 'https://example.org/a' },
      ],
      images: [{ url: 'https://example.org/map.png', alt: 'A map' }],
      edited: false,
      ephemeral: false,
      replies: [],
    });
  });

  test('sees an update in place and a reply in its thread', async () => {
    const slack = await slackWith();
    const { client } = await botOf(slack);
    const { ts } = await client.chat.postMessage({
      channel: CHANNEL,
      text: 'first',
      blocks: [section('first')],
    });
    await client.chat.update({ channel: CHANNEL, ts: ts ?? '', text: 'second' });
    await client.chat.postMessage({ channel: CHANNEL, thread_ts: ts ?? '', text: 'what is new' });
    const seen = slack.sees(CHANNEL);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ text: 'second', edited: true });
    expect(seen[0]?.replies).toMatchObject([{ text: 'what is new', replies: [] }]);
  });

  test('sees a broadcast reply in the channel too', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: CHANNEL, text: 'alert' });
    await client.chat.postMessage({ channel: CHANNEL, thread_ts: ts, reply_broadcast: true, text: 'worse' });
    expect(slack.sees(CHANNEL).map((message) => message.text)).toEqual(['alert', 'worse']);
  });

  test('does not see what is for another user only', async () => {
    const slack = await slackWith();
    await slack.say({ channel: CHANNEL, user: 'U2', text: 'hello' });
    await clientOf(slack).chat.postEphemeral({ channel: CHANNEL, user: 'U2', text: 'psst' });
    expect(slack.sees(CHANNEL).map((message) => message.text)).toEqual(['hello']);
    expect(slack.sees(CHANNEL, 'U2').map((message) => [message.text, message.ephemeral])).toEqual([
      ['hello', false],
      ['psst', true],
    ]);
  });

  test.each([
    ['<!channel> run', ['<!channel>'], '@channel run'],
    ['&lt;!channel&gt; run', [], '<!channel> run'],
    ['<!here|friends> and <@U123|ann>', ['<!here>', '<@U123>'], '@here and @ann'],
    ['<!subteam^S1|@desk>', ['<!subteam^S1>'], '@desk'],
    ['@channel run', ['<!channel>'], '@channel run'],
    ['mail me@channel.example', [], 'mail me@channel.example'],
    ['a <b> c &amp;amp; 2*3*4 snake_case_name', [], 'a <b> c &amp; 2*3*4 snake_case_name'],
    ['<!date^1643846400^{date}|3 February 2022>', [], '3 February 2022'],
  ])('reads the markup %s as Slack does', async (text, pings, shown) => {
    const slack = await slackWith();
    await clientOf(slack).chat.postMessage({ channel: CHANNEL, text: 'x', blocks: [section(text)] });
    expect(slack.sees(CHANNEL)).toMatchObject([{ pings, text: shown }]);
  });

  test('is told where a forged link leads, and what plain text and verbatim text do not parse', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    await client.chat.postMessage({
      channel: CHANNEL,
      text: 'x',
      blocks: [
        section('<https://evil.example|BBC News> see https://example.org/x.'),
        { type: 'header', text: plain('<!channel> <https://evil.example|BBC>') },
        { type: 'section', text: { ...mrkdwn('@here https://example.org'), verbatim: true } },
      ],
    });
    expect(slack.sees(CHANNEL)).toMatchObject([
      {
        links: [
          { label: 'BBC News', url: 'https://evil.example' },
          { label: 'https://example.org/x', url: 'https://example.org/x' },
        ],
        pings: [],
      },
    ]);
  });

  test.each([
    [{}, true],
    [{ unfurl_links: false }, true],
    [{ unfurl_links: false, unfurl_media: false }, false],
  ])('gets link previews under a message with blocks and %j: %s', async (flags, unfurls) => {
    const slack = await slackWith();
    const blocks = [section('<https://example.org/a|here>')];
    await clientOf(slack).chat.postMessage({ channel: CHANNEL, text: 'x', blocks, ...flags });
    expect(slack.sees(CHANNEL)).toMatchObject([{ unfurls }]);
  });

  test('sees text that is too long cut, and rich text and markdown read', async () => {
    const slack = await slackWith();
    const client = clientOf(slack);
    await client.chat.postMessage({ channel: CHANNEL, text: 'a'.repeat(40_001) });
    await client.chat.postMessage({
      channel: CHANNEL,
      text: 'x',
      blocks: [
        { type: 'markdown', text: '# Title\n**bold** [label](https://example.org)' },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'to ' },
                { type: 'broadcast', range: 'here' },
              ],
            },
          ],
        },
      ],
    });
    const [long, rich] = slack.sees(CHANNEL);
    expect(long?.text).toHaveLength(40_000);
    expect(rich).toMatchObject({ text: 'Title\nbold label\nto @here', pings: ['<!here>'] });
    expect(rich?.links).toEqual([{ label: 'label', url: 'https://example.org' }]);
  });
});
