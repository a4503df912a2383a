import type { Span } from '../model/article.ts';

/** A place that only the words around it tell, in offsets of the sentence. */
export interface PatternPlace extends Span {
  name: string;
}

const PARTICLE = '(?:al|el|ad|as|ash|an|ar|at|az|de|del|la|las|los|da|do|dos)';
const NAME = `(?:${PARTICLE}[- ])?\\p{Lu}[\\p{L}'’-]+(?: (?:${PARTICLE} ){0,2}\\p{Lu}[\\p{L}'’-]+){0,3}`;
const KIND =
  '(?:village|town|hamlet|camp|neighbou?rhood|district|suburb|municipality|community|canton|settlement|township|commune|locality)';
const AREA =
  '(?:area|district|neighbou?rhood|village|province|governorate|valley|camp|countryside|municipality|canton|jurisdiction|suburb|airport|hamlet)';
const PROVINCE =
  '(?:[Dd]epartment|[Pp]rovince|[Gg]overnorate|[Ss]tate|[Oo]blast|[Rr]egion|[Cc]ounty|[Dd]istrict)';
/** Kinds of area that need no preposition to tell a place. */
const QUARTER = '(?:neighbou?rhood|canton|hamlet|municipality|jurisdiction|farm|ranch)';
const QUARTERS =
  '(?:neighbou?rhoods|cantons|hamlets|municipalities|villages|districts|suburbs|towns|farms|areas|camps)';
const IN = '(?<=\\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round) )';

const PATTERNS = [
  // "the Y neighborhood of X"
  `(?<=\\b(?:[Tt]he|[Aa]n?) ${NAME} ${KIND} of )(${NAME})`,
  // "the village of X"
  `\\b(?:[Tt]he |[Aa] )(?:\\p{Ll}+[- ]){0,2}?${KIND}s? of (${NAME})`,
  // "the X area"
  `\\b(?:[Tt]he )(${NAME}) ${AREA}\\b`,
  // "the wealthy X neighborhood", "Y's X neighborhood"
  `(?<=['’]s )(${NAME}) ${QUARTER}\\b`,
  `\\b(?:[Tt]he (?:\\p{Ll}+ )?)?(${NAME}) ${QUARTER}\\b`,
  // "the X and Y neighborhoods"
  `\\b(${NAME})(?=(?:, ${NAME})*,? and ${NAME} ${QUARTERS}\\b)`,
  `(?<=\\b${NAME},? and )(${NAME})(?= ${QUARTERS}\\b)`,
  // "in X neighborhood"
  `${IN}(${NAME}) ${AREA}\\b`,
  // "in X, a village", "near X, 30 km south of"
  `${IN}(${NAME})(?=, (?:(?:an?|the|another) (?:[\\p{Ll}-]+ ){0,3}${KIND}\\b|(?:some |about |around |approximately |roughly )?\\d[\\d.]* ?(?:km|kilomet|miles?\\b)))`,
  // "in X, Y Department"
  `${IN}(${NAME})(?=, (?:in )?(?:the )?${NAME} ${PROVINCE}\\b)`,
].map((pattern) => new RegExp(pattern, 'gu'));

/** A word that every pattern needs: most sentences have none. */
const ANY_PATTERN = new RegExp(
  `\\b(?:${KIND}s?|${QUARTERS}|${QUARTER}|${AREA}|${PROVINCE}|km|kilomet[a-z]+|miles?)\\b`,
  'i',
);

/** Places that only their pattern tells: "the village of X", "the X area", "in X, a town 30 km south of Y". */
export function patternPlaces(sentence: string): PatternPlace[] {
  if (!ANY_PATTERN.test(sentence)) return [];
  return PATTERNS.flatMap((pattern) =>
    [...sentence.matchAll(pattern)].map(({ 0: words, 1: name = words, index }) => ({
      start: index,
      end: index + words.length,
      name,
    })),
  );
}
