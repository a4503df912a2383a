/** Names by number, each once, in the order in which they were first asked for. */
export class NameList {
  readonly #names: string[] = [];

  number(name: string): number {
    const known = this.#names.indexOf(name);
    return known < 0 ? this.#names.push(name) - 1 : known;
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }
}
