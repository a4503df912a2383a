import { rssFeed } from '../support/feed-documents.ts';
import { type FeedServer, startFeedServer } from '../support/feed-server.ts';
import type { ExpectedAlert } from './check.ts';
import type { ReadChannel, Room } from './room.ts';
import { BEATS, newsScript, OUTLETS, type Outlet, type Publication, type Story } from './script.ts';

/** Feeds show this many articles, as real ones do. */
const SHOWN = 60;

/** The outlets at work: their feeds say what the script has them publish. */
export interface Press extends AsyncDisposable {
  server: FeedServer;
  /** The feeds and watches of the configuration file. */
  config: unknown;
  /** Publishes a new story and whatever readers are ready for; how many publications that were. */
  publish(): number;
  /** Publishes only what is owed to stories that began; how many publications still wait for readers. */
  finish(): number;
  /** What the channel must show by now. */
  expected(channel: ReadChannel): ExpectedAlert[];
}

/** What was published of a story, and what each channel owes its readers for it. */
interface Told {
  story: Story;
  owed: Publication[];
  alerts: Map<ReadChannel, ExpectedAlert>;
  /** The mark of the latest wording of each article. */
  marks: Map<string, string>;
}

export async function openPress(room: Room, seed: number): Promise<Press> {
  const server = await startFeedServer();
  const script = newsScript(seed);
  const told: Told[] = [];
  const feeds = new Map<Outlet, Publication[]>(OUTLETS.map((outlet) => [outlet, []]));
  const pathOf = (outlet: Outlet) => `/${OUTLETS.indexOf(outlet)}`;
  for (const outlet of OUTLETS) show(outlet);

  function show(outlet: Outlet): void {
    const items = (feeds.get(outlet) ?? []).slice(-SHOWN).toReversed();
    const old = {
      title: 'Quiet day in Aleppo',
      guid: 'old',
      html: '<p>Nothing happened, residents said.</p>',
    };
    const document = rssFeed({ title: outlet, items: [...items, old].map(withLink) });
    server.publish(pathOf(outlet), document);
  }

  /** Publishes what the story has ready; how many publications that were. */
  function advance(one: Told): number {
    let count = 0;
    for (let next = one.owed[0]; next !== undefined && isReady(one, next); next = one.owed[0]) {
      one.owed.shift();
      owe(one, next);
      // What is revised comes to the top again, so that a feed is always read in the order of publication.
      const others = (feeds.get(next.outlet) ?? []).filter(({ guid }) => guid !== next.guid);
      feeds.set(next.outlet, [...others, next]);
      show(next.outlet);
      count += 1;
    }
    return count;
  }

  function advanceAll(): number {
    return told.reduce((count, one) => count + advance(one), 0);
  }

  return {
    server,
    config: {
      budget: 10_000,
      feeds: OUTLETS.map((outlet) => ({ url: server.url(pathOf(outlet)), every: '1s', fullText: false })),
      watches: BEATS.map((beat) => ({
        name: beat,
        query: beat,
        channels: room.channels.filter((channel) => channel.beat === beat).map(({ address }) => address),
      })),
    },
    publish() {
      const { value: story } = script.next();
      const channels = room.channels.filter(({ beat }) => beat === story.beat);
      told.push({
        story,
        owed: [...story.publications],
        marks: new Map(),
        alerts: new Map(channels.map((channel) => [channel, firstAlert(story)])),
      });
      return advanceAll();
    },
    finish() {
      advanceAll();
      return told.reduce((count, { owed }) => count + owed.length, 0);
    },
    expected: (channel) => told.flatMap(({ alerts }) => alerts.get(channel) ?? []),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function withLink(item: { guid: string; title: string; html: string }) {
  return { guid: item.guid, title: item.title, html: item.html, link: `https://news.example/${item.guid}` };
}

function firstAlert({ key, publications }: Story): ExpectedAlert {
  return { key, outlet: publications[0]?.outlet ?? '', marks: [], replies: [] };
}

/** A patient publication waits until every reader has seen all that was published of its story. */
function isReady({ alerts, marks }: Told, { isPatient }: Publication): boolean {
  if (!isPatient) return true;
  return [...alerts.keys()].every((channel) =>
    channel.sees().some(({ text }) => [...marks.values()].every((mark) => text.includes(mark))),
  );
}

/** Notes what the channels must tell once this is published. */
function owe({ story, alerts, marks }: Told, { guid, mark, isPatient }: Publication): void {
  const replaced = marks.get(guid);
  marks.set(guid, mark);
  for (const [channel, alert] of alerts) {
    const isFirst = alert.marks.length === 0;
    alert.marks = [...marks.values()];
    // What is replaced in a hurry may never have been read.
    for (const reply of alert.replies) if (!isPatient && reply.mark === replaced) reply.isCertain = false;
    // What a message brought when it was posted needs no reply.
    const isCertain = channel.sees().some(({ text }) => text.includes(story.key));
    if (!isFirst) alert.replies.push({ mark, isCertain });
  }
}
