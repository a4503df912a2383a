/** The words of a list, which spaces part. */
export function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}

/** For each word of the lists what its list is of. */
export function table<Kind extends string>(lists: Partial<Record<Kind, string>>): Map<string, Kind> {
  const kinds = Object.entries(lists) as [Kind, string][];
  return new Map(
    kinds.flatMap(([kind, list]) => [...words(list)].map((word): [string, Kind] => [word, kind])),
  );
}
