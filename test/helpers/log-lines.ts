/** What the adapter wrote, line by line. */
export class LogLines {
  readonly lines: string[] = [];
  readonly #waiters = new Set<() => void>();

  get text(): string {
    return this.lines.join('\n');
  }

  readonly add = (line: string): void => {
    this.lines.push(line);
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const resolve of waiters) resolve();
  };

  /** Resolves with the first line that holds the text or matches, now or later. */
  async find(wanted: string | RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => (typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line)));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  /** Lines in the JSON format; other lines are an error. */
  get records(): Record<string, unknown>[] {
    return this.lines.map((line): Record<string, unknown> => JSON.parse(line));
  }
}
