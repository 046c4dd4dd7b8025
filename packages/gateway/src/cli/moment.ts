import { parseDurationMs } from '../config/units.ts';
import { Failure } from './failure.ts';

/** A moment written as a span from now (`90d`) or a date, as the admin API takes it. Null when not given. */
export function toMoment(text: string | null, option: string, nowMs: number): string | null {
  if (text === null) return null;
  const spanMs = parseDurationMs(text);
  if (spanMs !== null) return new Date(nowMs + spanMs).toISOString();
  const atMs = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) {
    throw new Failure(`--${option}: expected a span such as 90d or a date such as 2027-01-31`);
  }
  return new Date(atMs).toISOString();
}

/** Seconds of a span with its unit. */
export function toSeconds(text: string | null, option: string): number | null {
  if (text === null) return null;
  const spanMs = parseDurationMs(text);
  if (spanMs === null) throw new Failure(`--${option}: expected a span such as 24h, 30m or 0s`);
  return spanMs / 1_000;
}
