import { afterEach, describe, expect, test } from '@jest/globals';
import type { Interaction } from 'discord.js';
import { attachmentBytes } from './attached-files.ts';
import { closeDesks, commands, news, openDesk } from './desk.ts';

const read = {
  name: 'read',
  description: 'Reads a file',
  options: [{ type: 11, name: 'file', description: 'What to read', required: true }],
};
const call = { channel: news, name: 'read' };

describe('a file attached to a command', () => {
  afterEach(closeDesks);

  test('is described to the bot and lies at a signed address', async () => {
    const seen: string[] = [];
    const answer = async (it: Interaction) => {
      if (!it.isChatInputCommand()) return;
      const { url, name, size } = it.options.getAttachment('file', true);
      const signed = await fetch(url);
      const unsigned = await fetch(url.replace(/\?.*/, ''));
      seen.push(name, String(size), await signed.text(), String(unsigned.status));
      await it.reply('read');
    };
    const { discord, client } = await openDesk({ answer });
    await client.application.commands.set([...commands, read]);
    await discord.command({ ...call, options: { file: { name: 'a.opml', content: 'hello' } } });
    expect(seen).toEqual(['a.opml', '5', 'hello', '404']);
  });

  test("that is no file, missing or too large is not sent by Discord's client", async () => {
    const { discord, client } = await openDesk();
    await client.application.commands.set([...commands, read]);
    const content = Buffer.alloc(attachmentBytes + 1);
    await expect(discord.command(call)).rejects.toThrow('needs the option file');
    await expect(discord.command({ ...call, options: { file: 'a.opml' } })).rejects.toThrow('not a file');
    const file = { name: 'a', content };
    await expect(discord.command({ ...call, options: { file } })).rejects.toThrow(
      'larger than a server takes',
    );
  });
});
