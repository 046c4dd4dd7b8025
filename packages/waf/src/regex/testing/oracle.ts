import { RE2JS } from 're2js';

/** What the reference engine says: the start and end of each group, -1 where it took no part. */
export function oracleSlots(pattern: string, input: string): number[] | null {
  const matcher = RE2JS.compile(pattern, RE2JS.DOTALL).matcher(input);
  if (!matcher.find()) return null;
  const slots: number[] = [];
  for (let group = 0; group <= matcher.groupCount(); group++) {
    slots.push(matcher.start(group), matcher.end(group));
  }
  return slots;
}
