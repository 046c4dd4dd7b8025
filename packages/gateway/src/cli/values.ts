import { Failure } from './failure.ts';

/** The options of a call by name. */
export class Values {
  readonly #values: Readonly<Record<string, readonly string[]>>;

  constructor(values: Readonly<Record<string, readonly string[]>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  text(name: string): string | null {
    return this.#values[name]?.at(-1) ?? null;
  }

  /** @throws Failure when it was not given */
  needed(name: string, why: string): string {
    const text = this.text(name);
    if (text === null) throw new Failure(`--${name} is missing: ${why}`);
    return text;
  }

  /** Repeated options, and lists with commas. */
  list(name: string): readonly string[] {
    return (this.#values[name] ?? [])
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== '');
  }

  /** @throws Failure when it is no whole number */
  number(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!/^\d{1,9}$/.test(text)) throw new Failure(`--${name}: expected a whole number`);
    return Number(text);
  }
}
