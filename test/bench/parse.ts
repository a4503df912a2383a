import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import RssParser from 'rss-parser';
import { decodeDocument } from '../../src/feeds/decode.ts';
import { readFeed } from '../../src/feeds/read-feed.ts';
import { generatedFeeds } from './generated-feeds.ts';
import { tell } from './tell.ts';
import { median } from './timing.ts';

const WARM_UP_ROUNDS = 5;
const ROUNDS = 15;

interface Sample {
  bytes: Buffer;
  /** What rss-parser is given: it decodes nothing by itself. */
  text: string;
}

/**
 * Our decoding and parsing against rss-parser's own `parseString` of decoded text, in rounds that take turns.
 * The documents are generated, or are those of a folder that rss-parser can read.
 */
export async function benchParse(folder: string | undefined): Promise<void> {
  const samples = folder === undefined ? generatedSamples() : await samplesIn(folder);
  const megabytes = samples.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  process.stderr.write(`parsing ${samples.length} documents of ${megabytes.toFixed(1)} MB together\n`);
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const first = round % 2 === 0 ? await msOfTheirs(samples) : await msOfOurs(samples);
    const second = round % 2 === 0 ? await msOfOurs(samples) : await msOfTheirs(samples);
    const [their, our] = round % 2 === 0 ? [first, second] : [second, first];
    if (round < 0) continue;
    theirs.push(their);
    ours.push(our);
  }
  tell('feeds', 'parse.ratioToRssParser', median(theirs.map((ms, round) => ms / (ours[round] ?? ms))));
  tell('feeds', 'parse.megabytesPerSecond', (1000 * megabytes) / median(ours));
  tell('feeds', 'parse.rssParserMegabytesPerSecond', (1000 * megabytes) / median(theirs));
}

function generatedSamples(): Sample[] {
  return generatedFeeds().map((text) => ({ bytes: Buffer.from(text), text }));
}

/** Hostile documents are left out: some of them would keep rss-parser busy for minutes. */
async function samplesIn(folder: string): Promise<Sample[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:atom|rdf|rss|xml)$/.test(file) && !/hostile/.test(file),
  );
  const samples = files.map((file) => {
    const bytes = readFileSync(join(folder, file));
    return { bytes, text: decodeDocument(bytes, null).text };
  });
  const readable: Sample[] = [];
  for (const sample of samples) if (await isReadable(sample)) readable.push(sample);
  return readable;
}

async function isReadable({ text }: Sample): Promise<boolean> {
  const nothing = new Promise<null>((resolve) => setImmediate(() => resolve(null)));
  const feed = await Promise.race([new RssParser().parseString(text), nothing]).catch(() => null);
  return (feed?.items.length ?? 0) > 0;
}

async function msOfTheirs(samples: Sample[]): Promise<number> {
  const start = performance.now();
  for (const { text } of samples) await new RssParser().parseString(text);
  return performance.now() - start;
}

async function msOfOurs(samples: Sample[]): Promise<number> {
  const start = performance.now();
  for (const { bytes } of samples) await readFeed(decodeDocument(bytes, null).text, 'https://news.example/');
  return performance.now() - start;
}
