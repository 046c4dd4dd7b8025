import type { TextRecord } from './textRecord.ts';

/** One value that a rule looks at: `ARGS:name` with its value. Scalars have an empty key. */
export class Entry {
  readonly variable: string;
  readonly key: string;
  readonly value: string;
  /** What the fast evaluator found out about the value. */
  record: TextRecord | null = null;
  #lowerKey: string | null = null;

  constructor(variable: string, key: string, value: string) {
    this.variable = variable;
    this.key = key;
    this.value = value;
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

/** An entry whose value is found whenever it is read; all others have theirs, which is faster. */
export function deferredEntry(variable: string, key: string, find: () => string): Entry {
  return Object.defineProperty(new Entry(variable, key, ''), 'value', { get: find });
}

/** The entries of a name list: key and value are the name. */
export function nameEntries(variable: string, entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => new Entry(variable, entry.key, entry.key));
}
