/** Whole numbers by number: what an object per row would hold, in a twentieth of the memory. */
export type Column = Int32Array;

/** Named columns of the same length, filled with -1. */
export function createColumns<Name extends string>(...names: Name[]): Record<Name, Column> {
  const columns = {} as Record<Name, Column>;
  for (const name of names) columns[name] = new Int32Array(16).fill(-1);
  return columns;
}

/** Makes room for `length` numbers in each column; new ones are -1. */
export function growColumns(columns: Record<string, Column>, length: number): void {
  for (const name of Object.keys(columns)) columns[name] = grown(columns[name] as Column, length);
}

/** The column with room for `length` numbers: itself, or a copy a quarter larger. */
export function grown(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const larger = new Int32Array(Math.max(length, column.length + (column.length >> 2))).fill(
    -1,
    column.length,
  );
  larger.set(column);
  return larger;
}

/** Hands out numbers from 0 on, those that were given back first. */
export class Numbering {
  readonly #free: number[] = [];
  #end = 0;

  take(): number {
    const reused = this.#free.pop();
    if (reused !== undefined) return reused;
    this.#end += 1;
    return this.#end - 1;
  }

  giveBack(number: number): void {
    this.#free.push(number);
  }
}
