import { describe, expect, test } from '@jest/globals';
import type { CommandDeps } from '../../src/chat/command.ts';
import { answerInTerminal } from '../../src/chat/terminal/terminal-chat.ts';
import { holdAllAnew } from '../../src/hold.ts';
import { createLogger } from '../../src/ops/log.ts';
import type { Store } from '../../src/store/store.ts';
import { item, judge, NOON, newsroom, RAID } from '../support/pipeline-room.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });
const STYLE = { width: 300, color: false, timezone: 'UTC' };
const LINK = 'https://wire.example/raid';

function asker(store: Store) {
  const deps: Omit<CommandDeps, 'feedDesk' | 'storyDesk'> = {
    store,
    knowledge: {},
    now: () => NOON,
    judge,
    channelTrouble: async () => null,
    messageLink: () => null,
    holdAnew: (channels) => holdAllAnew(channels, { store, now: () => NOON, timezone: 'UTC' }),
    connections: () => [],
  };
  return (words: string) => answerInTerminal(words, { deps: deps as CommandDeps, style: STYLE, log });
}

describe.each(ENGINES)('/why on $name', (engine) => {
  test('says when an article was read, which watch it matches by what, and where its message is', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watchIn('terminal', 'raids', 'raids Atme', 'terminal');
    await room.watchIn('terminal', 'strikes', 'strike Atme', 'terminal');
    await room.watchIn('terminal', 'Lima', 'Lima', 'terminal');
    await room.watchIn('slack:T9', 'not theirs', 'Atme', 'slack:C9');
    await room.publish('wire');
    await room.publish('world');
    await room.publish('wire', { ...RAID, guid: 'raid', link: LINK });
    await room.publish('world', { ...RAID, guid: 'copy', link: `${LINK}-again` });
    const ask = asker(store);
    const before = await ask(`/why ${LINK}`);
    expect(before).toContain('Raid near Atme');
    expect(before).toContain('First read');
    expect(before).toContain('Its story is told by 1 other article:');
    expect(before).toContain('It began a story. No recent article is about anything similar.');
    expect(await ask(`/why ${LINK}-again`)).toContain(
      'It joined this story. It has the same place (Atme), the same day (2022-02-03) and 7 telling words in common with an article of this story. In common: monitor, Raid, Troops, house',
    );
    expect(before).toContain(
      'Severity: normal, 35 points of 100 (critical from 80, high from 50, normal from 20; below that low).',
    );
    expect(before).toContain('• +20 headline and lead tell no kind of event that we weigh');
    expect(before).toContain('• +15 At least 5 people were killed, according to the monitor');
    expect(before).toContain('✓ raids: “Raid”, for raids, in the title');
    expect(before).toContain('✗ strikes: lacks strike');
    expect(before).toContain('✗ Lima: nothing that it asks for is in the article');
    expect(before).not.toContain('not theirs');
    expect(before).toContain('The alert waits since');
    await room.told('terminal');
    expect(await ask('/why raid near')).toContain('The alert was posted here');
  });

  test('says that it is held, muted, or of a story that nobody here was told of', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }]);
    await room.watchIn('terminal', 'raids', 'raids', 'terminal');
    await store.channels.set('terminal', { quiet: '11:00-14:00 hold' });
    await room.publish('wire');
    await room.publish('wire', RAID, item('Flood in Quito', 'Rivers rose in Quito.'));
    const ask = asker(store);
    expect(await ask('/why raid near')).toContain(
      'It is held until Thu 3 Feb 2022 14:00 UTC for the quiet hours here (11:00-14:00 hold).',
    );
    expect(await ask('/why flood')).toContain('This channel was told nothing of its story.');
    await ask('/story mute raid near');
    expect(await ask('/why raid near')).toContain('The story was muted here');
    expect(await ask('/why landslide')).toContain('No stored article of a feed that you follow');
  });

  test('the receipts of an alert name the sentence, the outlet and the time of each value', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'world' }]);
    await room.watchIn('terminal', 'raids', 'raids Atme', 'terminal');
    await room.publish('wire');
    await room.publish('world');
    await room.publish('wire', RAID);
    await room.publish('world', { ...RAID, guid: 'copy', link: LINK });
    const receipts = await asker(store)('/story receipts raid near');
    expect(receipts).toContain('Casualties: “At least 5 people were killed” — the monitor');
    expect(receipts).toMatch(/\[1\] wire .* UTC: “At least 5 people were killed, the monitor said\.”/);
    expect(receipts).toMatch(/\[2\] world .* UTC: “At least 5 people were killed, the monitor said\.”/);
    expect(await asker(store)('/story receipts flood')).toContain(
      'No alert of this channel is about “flood”',
    );
  });

  test('says why it is of that story and not of another one', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire' }, { name: 'secret', workspace: 'slack:T9' }]);
    await room.publish('wire');
    await room.publish('secret');
    await room.publish('secret', item('Flood in Quito', 'Rivers rose in Quito on Thursday.'));
    await room.publish('wire', RAID);
    await room.publish(
      'wire',
      item('Raid near Sarmada', 'Troops raided a house near Sarmada on Thursday, residents said.'),
      item('Flood in Quito drowns two', 'Two people drowned in Quito as rivers rose on Thursday.'),
    );
    const ask = asker(store);
    const raid = await ask('/why raid near Sarmada');
    expect(raid).toContain('It began a story. The closest recent article is about another place (Atme).');
    expect(raid).toContain('• Closest: Raid near Atme https://wire.example/');
    const flood = await ask('/why flood in quito drowns');
    expect(flood).toContain('No other article tells its story.');
    expect(flood).not.toContain('It joined');
    expect(flood).not.toContain('rose');
  });

  test('says nothing of articles in feeds that only others follow', async () => {
    await using store = await freshStore(engine);
    const room = await newsroom(store, [{ name: 'wire', workspace: 'slack:T9' }]);
    await room.publish('wire');
    await room.publish('wire', { ...RAID, link: LINK });
    expect(await asker(store)(`/why ${LINK}`)).toContain('No stored article');
    expect(await asker(store)('/why raid')).toContain('No stored article');
  });
});
