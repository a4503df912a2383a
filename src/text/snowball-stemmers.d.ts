/** The package ships no types; these are the parts we use. */
declare module 'snowball-stemmers' {
  /** Throws for an algorithm it does not know. */
  function newStemmer(algorithm: string): { stem(word: string): string };
  const snowball: { newStemmer: typeof newStemmer };
  export = snowball;
}
