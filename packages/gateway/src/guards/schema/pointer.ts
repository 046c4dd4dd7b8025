/** Where a value stands: member names and array indexes, from the root. */
export type Path = readonly (string | number)[];

/**
 * JSON pointer (RFC 6901) of a path. Refusals never reflect input, and a member's name is input: it is shown only in
 * the form of an ordinary name. From the first other one on, the pointer stops at the parent.
 */
export function toPointer(path: Path): string {
  let pointer = '';
  for (const step of path) {
    if (typeof step === 'string' && !/^[A-Za-z0-9_.$-]{1,64}$/.test(step)) break;
    pointer += `/${step}`;
  }
  return pointer;
}
