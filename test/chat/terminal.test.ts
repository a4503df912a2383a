import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { openPrompt } from '../../src/chat/terminal/terminal-chat.ts';
import { operationText } from '../../src/chat/terminal/terminal-text.ts';
import { createLogger } from '../../src/ops/log.ts';
import { content, item } from '../support/articles.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

const STYLE = { width: 60, color: false, timezone: 'Europe/Berlin' };

describe('an alert in the terminal', () => {
  test('reads like a note of a wire desk, within the width of the terminal', () => {
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
    expect(
      operationText({ kind: 'post', alertId: 'a1', content: content({ lines }) }, null, STYLE),
    ).toBe(`── ALERT ───────────────────────────────────────────────────
Gun battle near Atme kills several
Northern Wire · Thu 3 Feb 2022 13:00 CET

Helicopters landed near Atme before dawn, witnesses said.

Where          Atme, Idlib, Syria (article: “Atme”)
Casualties     “several killed” — the monitor
               “no US losses” — the Pentagon

https://news.example/raid
Watch: Idlib · Facts are quotes picked by machine; the
article decides

`);
  });

  test('can not move the cursor, clear the screen or set a title', () => {
    const headline = 'Calm\u001b[2J\u001b]0;owned\u0007 day\u202E';
    const text = operationText(
      { kind: 'post', alertId: 'a1', content: content({ headline, lead: [headline] }) },
      null,
      STYLE,
    );
    for (const control of ['\u001b', '\u0007', '\u202E']) expect(text).not.toContain(control);
    expect(text).toContain('Calm day');
  });
});

describe('the prompt', () => {
  test('answers commands, prints alerts above what is being typed, and ends at /quit', async () => {
    await using store = await freshStore(ENGINES[0] as (typeof ENGINES)[number]);
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (chunk) => {
      shown += chunk;
    });
    const deps = {
      store,
      knowledge: {},
      now: () => 0,
      channelTrouble: async () => null,
    } as unknown as CommandDeps;
    const log = createLogger({ level: 'error', now: () => 0, write: () => {} });
    const prompt = openPrompt({ input, output, deps, log, style: STYLE });
    input.write('/watch add Idlib\n');
    await until(() => shown.includes('Watching Idlib in this channel'));
    prompt.write('── ALERT\n');
    expect(shown).toContain('── ALERT\n');
    input.write('/quit\n');
    await prompt.closed;
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
