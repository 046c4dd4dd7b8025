import { StoreUnavailable } from '../../ports/stores.ts';

/** Reads a JSON column. What does not parse was not written by us: the row must not be used. */
export function fromJson<Value>(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new StoreUnavailable('a row of the database is damaged');
  }
}

export const fromJsonOrNull = <Value>(text: string | null): Value | null =>
  text === null ? null : fromJson<Value>(text);

export const toJsonOrNull = (value: unknown): string | null =>
  value === null ? null : JSON.stringify(value);
