import { describe, expect, test } from '@jest/globals';
import { plainMessage, slackMessage } from '../../src/chat/slack/alert-blocks.ts';
import { escapeMrkdwn } from '../../src/chat/slack/mrkdwn.ts';
import type { AlertContent } from '../../src/model/alert.ts';
import { content, item } from '../support/articles.ts';

const post = (more: Partial<AlertContent> = {}) =>
  slackMessage({ kind: 'post', alertId: 'a1', content: content(more) }, true);
const textOf = (message: ReturnType<typeof post>) => JSON.stringify(message.blocks);

describe('an alert in Slack', () => {
  test('says what it found as another name of what the watch asks for', () => {
    const aliases = ['“Edlib”, alias of Idlib', '“<!channel>”, alias of Idlib'];
    expect(textOf(post({ aliases }))).toContain(
      'Watch: Idlib (“Edlib”, alias of Idlib; “&lt;!channel&gt;”, alias of Idlib)',
    );
  });

  test('shows headline with its link, lead, facts with their speakers, and the watch', () => {
    const lines = [
      { label: 'Where' as const, items: [item('Atme, Idlib, Syria', { resolvedFrom: 'Atme' })] },
      {
        label: 'Casualties' as const,
        items: [
          item('several killed', { speaker: 'the monitor' }),
          item('no US losses', { speaker: 'the Pentagon' }),
        ],
      },
    ];
    const [head, lead, where, casualties, footer] = post({ lines }).blocks;
    expect(head).toMatchObject({
      text: {
        text: expect.stringContaining('*<https://news.example/raid|Gun battle near Atme kills several>*'),
      },
    });
    expect(lead).toMatchObject({
      text: { text: 'Helicopters landed near Atme before dawn, witnesses said.' },
    });
    expect(where).toMatchObject({ text: { text: '*Where:* Atme, Idlib, Syria _(article: “Atme”)_' } });
    expect(casualties).toMatchObject({
      text: { text: '*Casualties:*\n• “several killed” — the monitor\n• “no US losses” — the Pentagon' },
    });
    expect(footer).toMatchObject({
      elements: [{ text: 'Watch: Idlib · Facts are quotes picked by machine; the article decides' }],
    });
  });

  test.each([
    ['a channel ping', '<!channel> evacuate', '&lt;!channel&gt; evacuate'],
    ['a person ping', '<@U123> look', '&lt;@U123&gt; look'],
    ['a forged link', '<https://evil.example|BBC>', '&lt;https://evil.example|BBC&gt;'],
    ['an entity that would become one', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['text that turns the line around', 'abc\u202Etxt.exe', 'abctxt.exe'],
  ])('shows %s in feed text as plain words', (_what, headline, escaped) => {
    expect(escapeMrkdwn(headline)).toBe(escaped);
    const message = post({
      headline,
      lead: [headline],
      lines: [{ label: 'Claims', items: [item(headline, { speaker: headline })] }],
    });
    expect(textOf(message)).not.toMatch(/<[!@](?!date\^)|<https:\/\/evil/);
    expect(message.text).not.toMatch(/<[!@]/);
  });

  test('a link can not end early and start another', () => {
    const message = post({ link: 'https://news.example/?a=1&b=|x>' });
    expect(textOf(message)).toContain('<https://news.example/?a=1&amp;b=%7Cx%3E|Gun battle');
  });

  test('stays within every limit however long the feed text is', () => {
    const long = 'word & '.repeat(5_000);
    const lines = (['Where', 'When', 'Casualties', 'Claims', 'Not confirmed'] as const).map((label) => ({
      label,
      items: Array.from({ length: 8 }, () => item(long.slice(0, 700), { speaker: 'somebody' })),
    }));
    const sources = Array.from({ length: 40 }, (_, index) => ({
      articleId: `${index}`,
      outlet: `O${index}`,
      headline: long.slice(0, 300),
      link: 'https://a.example/',
    }));
    const message = post({
      headline: long,
      lead: [long],
      lines,
      sources,
      watches: Array.from({ length: 50 }, () => 'a watch name'),
    });
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    let total = 0;
    for (const block of message.blocks) {
      const text = block.type === 'section' ? (block.text?.text ?? '') : '';
      expect(text.length).toBeLessThanOrEqual(3000);
      total += text.length;
    }
    expect(total).toBeLessThanOrEqual(12_000);
    expect(message.text.length).toBeLessThanOrEqual(4_000);
  });

  test('shows the picture beside the headline, and can be sent without it', () => {
    const picture = content({ imageUrl: 'https://news.example/raid.jpg' });
    expect(JSON.stringify(slackMessage({ kind: 'post', alertId: 'a1', content: picture }, true))).toContain(
      'https://news.example/raid.jpg',
    );
    expect(
      JSON.stringify(slackMessage({ kind: 'post', alertId: 'a1', content: picture }, false)),
    ).not.toContain('raid.jpg');
  });

  test('that Slack refuses still tells the headline with its link', () => {
    expect(plainMessage({ kind: 'post', alertId: 'a1', content: content({ headline: 'A < B' }) }).text).toBe(
      '<https://news.example/raid|A &lt; B> (Northern Wire)',
    );
  });
});
