import { deny, type Denial } from '../domain/denial.ts';
import type { BodySource, HeaderList } from '../domain/received.ts';

export function headers(pairs: Readonly<Record<string, string>> = {}): HeaderList {
  const entries = Object.entries(pairs);
  return { pairs: entries, get: (name) => entries.find(([one]) => one === name)?.[1] };
}

/** A body as the listener hands it over; `declared` null: chunked. */
export function bodySource(
  content: Uint8Array | string,
  declared: 'length' | 'chunked' = 'length',
  failure?: Denial,
): BodySource & { readonly reads: number[] } {
  const bytes = Buffer.from(content);
  const reads: number[] = [];
  return {
    reads,
    bytesDeclared: declared === 'chunked' ? null : bytes.length,
    async read(bytesMax) {
      reads.push(bytesMax);
      if (failure) return failure;
      return bytes.length > bytesMax ? deny('body_too_large') : bytes;
    },
    async *stream(bytesMax) {
      reads.push(bytesMax);
      yield bytes;
    },
  };
}
