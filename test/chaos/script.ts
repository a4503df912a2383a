import { randomFrom } from '../bench/random.ts';

/** Each beat has its watch, and one channel on each platform that the watch alerts. */
export const BEATS = ['Idlib', 'Homs'] as const;
export type Beat = (typeof BEATS)[number];

/** The outlets, one feed each. */
export const OUTLETS = ['North Wire', 'South Post', 'East Radio'] as const;
export type Outlet = (typeof OUTLETS)[number];

/** What an outlet publishes at one moment: a new article, or other words for one that it published before. */
export interface Publication {
  story: Story;
  outlet: Outlet;
  /** The article: a later publication with the same one is its revision. */
  guid: string;
  title: string;
  html: string;
  /** A word of the title that no other publication has. */
  mark: string;
  /** Published once readers have seen all that was published of the story before; else at once. */
  isPatient: boolean;
}

/** An event, told in one to four publications, of which each tells a higher toll than those before. */
export interface Story {
  /** A word that every publication of the story has in its title, and no other. */
  key: string;
  beat: Beat;
  publications: Publication[];
}

/** The endless news of a seed: the same stories for the same seed. */
export function* newsScript(seed: number): Generator<Story, never> {
  const random = randomFrom(seed);
  const word = wordMaker(random);
  for (;;) yield makeStory(random, word);
}

type Random = () => number;

export function pick<T>(random: Random, list: readonly T[]): T {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

function makeStory(random: Random, word: () => string): Story {
  const story: Story = { key: word(), beat: pick(random, BEATS), publications: [] };
  const names = [story.key, word(), word(), word(), word()];
  const opener = pick(random, OUTLETS);
  let toll = 2 + Math.floor(random() * 3);
  const publish = (outlet: Outlet, guid: string, isPatient: boolean) => {
    const mark = word();
    story.publications.push({
      story,
      outlet,
      guid,
      mark,
      isPatient,
      ...wording(story.beat, names, { mark, toll }),
    });
    toll += 1 + Math.floor(random() * 9);
  };
  publish(opener, `${story.key}-1`, false);
  const further = Math.floor(random() * 4);
  for (let number = 2; number <= 1 + further; number += 1) {
    const before = story.publications.at(-1)?.outlet ?? opener;
    const isRevision = random() < 0.3;
    // Only the order of one outlet is certain: what follows at once comes from the one that spoke last.
    const isHasty = random() < 0.25 && (!isRevision || before === opener);
    if (isRevision) publish(opener, `${story.key}-1`, !isHasty);
    else publish(isHasty ? before : pick(random, OUTLETS), `${story.key}-${number}`, !isHasty);
  }
  return story;
}

/** The names make it one story, and its other words are those of any news; each publication has a toll to tell. */
function wording(beat: Beat, names: string[], { mark, toll }: { mark: string; toll: number }) {
  const [first, second, third, fourth, fifth] = names;
  return {
    title: `${first} ${second} attack in ${beat}, says ${mark}`,
    html: `<p>It was ${first} ${second} that hit ${third} ${fourth} ${fifth} in ${beat}. At least ${toll} people were killed, hospital officials said.</p>`,
  };
}

const CONSONANTS = 'bdfgklmnprtvz';
const VOWELS = 'aeiou';

/** Names that no language has and that no two calls share. */
function wordMaker(random: Random): () => string {
  const used = new Set<string>();
  return function word(): string {
    const syllables = Array.from(
      { length: 3 },
      () => pick(random, [...CONSONANTS]) + pick(random, [...VOWELS]),
    );
    const made = `${syllables.join('')}x`;
    const name = made.charAt(0).toUpperCase() + made.slice(1);
    if (used.has(name)) return word();
    used.add(name);
    return name;
  };
}
