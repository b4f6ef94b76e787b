import { UnacceptableValue, type Parser } from './parse.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and remembers what is wrong, so that a user sees every mistake at once. */
export class Variables {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The first of `names` that is set decides; unset and empty mean `fallback`. */
  read<T, F>(names: string | readonly string[], parse: Parser<T>, fallback: F): T | F {
    for (const name of typeof names === 'string' ? [names] : names) {
      const value = this.#environment[name]?.trim();
      if (value !== undefined && value !== '') return this.#parse(name, value, parse, fallback);
    }
    return fallback;
  }

  /** Like {@link read}, for a variable in which an empty value has a meaning of its own. */
  readEvenEmpty<T>(name: string, parse: Parser<T>, fallback: T): T {
    const value = this.#environment[name];
    return value === undefined ? fallback : this.#parse(name, value.trim(), parse, fallback);
  }

  /** A variable that has been renamed: the old name still works and is mentioned once. */
  readRenamed<T, F>(name: string, oldName: string, parse: Parser<T>, fallback: F): T | F {
    if (this.isSet(name) || !this.isSet(oldName)) return this.read(name, parse, fallback);
    this.warnings.push(`${oldName} is deprecated: set ${name} instead, with the same value`);
    return this.read(oldName, parse, fallback);
  }

  isSet(name: string): boolean {
    return (this.#environment[name]?.trim() ?? '') !== '';
  }

  #parse<T, F>(name: string, value: string, parse: Parser<T>, fallback: F): T | F {
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof UnacceptableValue)) throw error;
      this.problems.push(`${name} is ${JSON.stringify(value)}: accepted is ${error.message}`);
      return fallback;
    }
  }
}
