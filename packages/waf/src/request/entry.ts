import type { TextRecord } from './textRecord.ts';

/** One value that a rule looks at: `ARGS:name` with its value. Scalars have an empty key. */
export class Entry {
  readonly variable: string;
  readonly key: string;
  /** What the fast evaluator found out about the value. */
  record: TextRecord | null = null;
  #lowerKey: string | null = null;
  #value: string | (() => string);

  /** A value may be given as a function that finds it when it is first read. */
  constructor(variable: string, key: string, value: string | (() => string)) {
    this.variable = variable;
    this.key = key;
    this.#value = value;
  }

  get value(): string {
    if (typeof this.#value !== 'string') this.#value = this.#value();
    return this.#value;
  }

  /** The key as selectors compare it: without regard to case. */
  get lowerKey(): string {
    this.#lowerKey ??= this.key.toLowerCase();
    return this.#lowerKey;
  }

  /** The name as rules and logs write it, `ARGS:name` or `REQUEST_URI`. */
  get fullName(): string {
    return this.key === '' ? this.variable : `${this.variable}:${this.key}`;
  }
}

/** The entries of a name list: key and value are the name. */
export function nameEntries(variable: string, entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => new Entry(variable, entry.key, entry.key));
}
