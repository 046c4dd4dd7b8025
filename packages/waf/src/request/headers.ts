import { Entry } from './entry.ts';
import type { HeaderList } from './transactionInput.ts';

/** Header fields as the entries of a variable. */
export function headerEntries(headers: HeaderList, variable: string): Entry[] {
  return headers.map(([name, value]) => new Entry(variable, name, value));
}

/** The first value of a header field, found without regard to case, or null. */
export function headerValue(headers: HeaderList, lowerName: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? null;
}
