/**
 * Segments are named after the time of their first entry and the run of the program that wrote them. A run never
 * writes into a segment of another: what a killed one left half written stays as it is, and nothing is glued to it.
 */
export interface SegmentName {
  readonly file: string;
  readonly fromMs: number;
  readonly run: string;
}

const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{8})\.jsonl$/;

export function segmentName(fromMs: number, run: string): SegmentName {
  const time = new Date(fromMs).toISOString().replace(/[-:.]/g, '');
  return { file: `${time}-${run}.jsonl`, fromMs, run };
}

/** Null for files that are no segments. */
export function parseSegmentName(file: string): SegmentName | null {
  const match = form.exec(file);
  if (!match) return null;
  const [year, month, day, hour, minute, second, ms] = match.slice(1, 8).map(Number);
  const fromMs = Date.UTC(year!, month! - 1, day, hour, minute, second, ms);
  return { file, fromMs, run: match[8]! };
}

/** The day of UTC as a number. */
export const dayOf = (atMs: number): number => Math.floor(atMs / 86_400_000);
