import { type Condition, conditionOf, type Knowledge } from './condition.ts';

/** A name that a query asks for, and what else it is called. */
export interface Expansion {
  name: string;
  spellings: string[];
}

/** The names in a query that are looked for in other spellings too, in its order. Throws QueryError. */
export function expansionsOf(query: string, knowledge: Knowledge): Expansion[] {
  const names = new Set(aliasesIn(conditionOf(query, knowledge)));
  return [...names].map((name) => ({
    name,
    spellings: knowledge.aliases?.named(name)?.spellings.map(({ text }) => text) ?? [],
  }));
}

/** Not those of topics, which nobody typed. */
function aliasesIn(condition: Condition): string[] {
  if (condition.kind === 'term')
    return condition.spellings.flatMap(({ aliasOf }) => (aliasOf === null ? [] : [aliasOf]));
  if (condition.kind === 'topic') return [];
  if ('item' in condition) return aliasesIn(condition.item);
  return 'items' in condition ? condition.items.flatMap(aliasesIn) : [];
}
