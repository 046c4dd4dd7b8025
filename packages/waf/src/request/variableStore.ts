import type { XmlElement } from './body/xml.ts';
import { Entry } from './entry.ts';
import type { ArgumentInspection } from './inspectedArguments.ts';

const NONE: readonly Entry[] = [];

/** Names of the collections that rules may write to with setvar. */
export const WRITABLE_COLLECTIONS = ['TX', 'IP', 'GLOBAL', 'SESSION', 'USER', 'RESOURCE'] as const;

export type WritableCollection = (typeof WRITABLE_COLLECTIONS)[number];

/** One rule's match, as the MATCHED_* variables show it. */
export interface Matched {
  readonly name: string;
  readonly value: string;
}

/**
 * The values of all variables of one transaction. Most are set once per phase; the writable
 * collections and the MATCHED_* variables change while rules run.
 */
export class VariableStore {
  readonly #fixed = new Map<string, readonly Entry[]>();
  readonly #lazy = new Map<string, () => readonly Entry[]>();
  readonly #byKey = new Map<string, Map<string, Entry[]>>();
  readonly #writable = new Map<WritableCollection, Map<string, Entry>>();
  /** TX, reached on every rule of the Core Rule Set. Keys are lower-case. */
  readonly tx: Map<string, Entry>;
  matched: Matched[] = [];
  lastMatched: Matched | null = null;
  /** How arguments become the entries of ARGS. */
  inspection: ArgumentInspection | null = null;
  /** The names of variables that were set since this was last cleared. */
  readonly changed = new Set<string>();
  /** What the RULE variable shows. */
  rule: readonly Entry[] = NONE;
  /** The most severe rule that matched, 0 to 7; 255 when none did. */
  highestSeverity = 255;
  #xml: XmlElement | null = null;

  constructor(tx = new Map<string, Entry>()) {
    this.tx = tx;
    this.#writable.set('TX', tx);
  }

  /** The entries of a variable that rules cannot write. */
  fixed(variable: string): readonly Entry[] {
    const entries = this.#fixed.get(variable);
    if (entries !== undefined) return entries;
    const produce = this.#lazy.get(variable);
    const produced = produce === undefined ? NONE : produce();
    this.#fixed.set(variable, produced);
    return produced;
  }

  /** The entries of a variable that have a lower-case key. */
  fixedByKey(variable: string, lowerKey: string): readonly Entry[] {
    let index = this.#byKey.get(variable);
    if (index === undefined) {
      index = indexByKey(this.fixed(variable));
      this.#byKey.set(variable, index);
    }
    return index.get(lowerKey) ?? NONE;
  }

  /** The parsed body, when it is XML. */
  get xml(): XmlElement | null {
    return this.#xml;
  }

  set xml(root: XmlElement | null) {
    this.changed.add('XML');
    this.#xml = root;
  }

  setFixed(variable: string, entries: readonly Entry[]): void {
    this.changed.add(variable);
    this.#fixed.set(variable, entries);
    this.#byKey.delete(variable);
  }

  /** Set what the entries of a variable are computed from when they are first read. */
  setLazy(variable: string, produce: () => readonly Entry[]): void {
    this.changed.add(variable);
    this.#fixed.delete(variable);
    this.#byKey.delete(variable);
    this.#lazy.set(variable, produce);
  }

  setScalar(variable: string, value: string | number | boolean): void {
    const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
    this.setFixed(variable, [new Entry(variable, '', text)]);
  }

  /** The value of a scalar, or '' when it is not set. */
  scalar(variable: string): string {
    return this.fixed(variable)[0]?.value ?? '';
  }

  writable(collection: WritableCollection): Map<string, Entry> {
    let entries = this.#writable.get(collection);
    if (entries === undefined) {
      entries = new Map();
      this.#writable.set(collection, entries);
    }
    return entries;
  }

  setWritable(collection: WritableCollection, key: string, value: string): void {
    this.writable(collection).set(key.toLowerCase(), new Entry(collection, key, value));
  }

  recordMatch(match: Matched): void {
    this.matched.push(match);
    this.lastMatched = match;
  }
}

function indexByKey(entries: readonly Entry[]): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = index.get(entry.lowerKey);
    if (known === undefined) index.set(entry.lowerKey, [entry]);
    else known.push(entry);
  }
  return index;
}
