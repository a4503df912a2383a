import type { Command } from '../../command.ts';
import { addFeed, followFeed } from './add.ts';
import { decideHeld, groupFeed, pollFeed, postLatest, readPages, removeFeed } from './change.ts';
import { importFeeds } from './import.ts';
import { listFeeds } from './list.ts';

const FEED = { name: 'feed', help: 'its name or address, as /feeds list shows it', required: true };

/** `/feeds`: what is read, and how it is. */
export const feedsCommand: Command = {
  name: 'feeds',
  help: 'What is read: add, list and remove news feeds',
  actions: [
    {
      name: 'add',
      help: 'look at a feed, or at a page that has feeds, before you add it',
      argument: {
        name: 'address',
        help: 'address, then “here” to get everything of it here, “group:<name>”, “with <Header: value>”',
        required: true,
      },
      audience: 'person',
      run: addFeed,
    },
    {
      name: 'follow',
      help: 'add a feed without looking at it first',
      argument: { name: 'address', help: 'as for /feeds add', required: true },
      audience: 'channel',
      run: followFeed,
    },
    {
      name: 'list',
      help: 'the feeds, how each is and when it is read next',
      argument: { name: 'words', help: 'only those whose name or address has these words', required: false },
      audience: 'person',
      run: listFeeds,
    },
    { name: 'remove', help: 'follow a feed no longer', argument: FEED, audience: 'channel', run: removeFeed },
    {
      name: 'latest',
      help: 'post the newest three articles of a feed here',
      argument: FEED,
      audience: 'channel',
      run: postLatest,
    },
    { name: 'poll', help: 'read a feed now', argument: FEED, audience: 'person', run: pollFeed },
    {
      name: 'group',
      help: 'name a group of feeds that queries can use as feed:<group>',
      argument: {
        name: 'group-then-feed',
        help: 'the group (one word, or “none”), then the feed',
        required: true,
      },
      audience: 'channel',
      run: groupFeed,
    },
    {
      name: 'pages',
      help: 'read the pages behind the short items of a feed, or only the feed',
      argument: { name: 'on-or-off-then-feed', help: '“on” or “off”, then the feed', required: true },
      audience: 'channel',
      run: readPages,
    },
    {
      name: 'held',
      help: 'decide about items that look like old ones under new ids',
      argument: {
        name: 'decision-then-feed',
        help: '“post”, “discard” or “baseline”, then the feed',
        required: true,
      },
      audience: 'channel',
      run: decideHeld,
    },
    {
      name: 'import',
      help: 'add the feeds of an OPML file',
      argument: null,
      attachment: { name: 'file', help: 'an OPML file, as other readers export it' },
      audience: 'channel',
      run: importFeeds,
    },
  ],
};
