import { describe, expect, test } from '@jest/globals';
import { discordMessage, plainMessage } from '../../src/chat/discord/alert-embed.ts';
import { escapeMarkdown, markdown } from '../../src/chat/discord/markdown.ts';
import type { AlertContent } from '../../src/model/alert.ts';
import { content, item } from '../support/articles.ts';

const embedOf = (more: Partial<AlertContent> = {}) => {
  const [embed] = discordMessage({ kind: 'post', alertId: 'a1', content: content(more) }).embeds ?? [];
  if (embed === undefined) throw new Error('no embed');
  return embed;
};

describe('an alert in Discord', () => {
  test('shows headline with its link, lead, facts with their speakers, and the watch', () => {
    const lines = [
      {
        label: 'Casualties' as const,
        items: [
          item('several killed', { speaker: 'the monitor' }),
          item('no US losses', { speaker: 'the Pentagon' }),
        ],
      },
    ];
    expect(embedOf({ lines })).toMatchObject({
      title: 'Gun battle near Atme kills several',
      url: 'https://news.example/raid',
      description: expect.stringContaining('Helicopters landed near Atme before dawn, witnesses said.'),
      fields: [
        { name: 'Casualties', value: '• “several killed” — the monitor\n• “no US losses” — the Pentagon' },
      ],
      footer: { text: expect.stringContaining('Watch: Idlib') },
    });
  });

  test.each([
    ['a ping of everybody', '@everyone run', '\\@everyone run'],
    ['a role ping', '<@&123> run', '\\<\\@&123\\> run'],
    ['a masked link', '[BBC](https://evil.example)', '\\[BBC\\]\\(https://evil.example\\)'],
    ['bold text', '**now**', '\\*\\*now\\*\\*'],
    ['a heading', '# now', '\\# now'],
    ['a list', '- one', '\\- one'],
    ['a backslash before a mark', '\\*now\\*', '\\\\\\*now\\\\\\*'],
    ['text that turns the line around', 'abc\u202Etxt.exe', 'abctxt.exe'],
  ])('shows %s in feed text as plain words', (_what, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test('pings nobody whatever it says', () => {
    expect(discordMessage({ kind: 'post', alertId: 'a1', content: content() }).allowed_mentions).toEqual({
      parse: [],
    });
    expect(plainMessage({ kind: 'post', alertId: 'a1', content: content() }).allowed_mentions).toEqual({
      parse: [],
    });
  });

  test('a link can not end early and start another', () => {
    expect(markdown([{ text: 'BBC', link: 'https://a.example/)>(https://evil.example' }])).toBe(
      '[BBC](<https://a.example/%29%3E(https://evil.example>)',
    );
  });

  test('stays within every limit however long the feed text is', () => {
    const long = 'word_* '.repeat(3_000);
    const lines = (['Where', 'When', 'Casualties', 'Claims', 'Not confirmed'] as const).map((label) => ({
      label,
      items: Array.from({ length: 8 }, () => item(long.slice(0, 300), { speaker: 'somebody' })),
    }));
    const embed = embedOf({
      headline: long,
      lead: [long],
      lines,
      watches: Array.from({ length: 400 }, () => 'a watch name'),
    });
    const fields = embed.fields ?? [];
    expect(embed.title?.length).toBeLessThanOrEqual(256);
    expect(embed.description?.length).toBeLessThanOrEqual(4096);
    for (const field of fields) expect(field.value.length).toBeLessThanOrEqual(1024);
    const total = [
      embed.title,
      embed.description,
      embed.footer?.text,
      ...fields.flatMap((field) => [field.name, field.value]),
    ]
      .map((text) => text?.length ?? 0)
      .reduce((sum, length) => sum + length, 0);
    expect(total).toBeLessThanOrEqual(6000);
    expect(fields.some((field) => /… and \d+ more$/.test(field.value))).toBe(true);
  });

  test('is never cut inside an escape', () => {
    const title = embedOf({ headline: '*'.repeat(300) }).title ?? '';
    expect(title).toMatch(/^(\\\*)+…$/);
  });

  test('that Discord refuses still tells the headline with its link, without a preview', () => {
    const message = plainMessage({ kind: 'post', alertId: 'a1', content: content() });
    expect(message.content).toBe(
      'Gun battle near Atme kills several (Northern Wire)\n<https://news.example/raid>',
    );
    expect(message.flags).toBe(4);
  });
});
