const depthMax = 6;
const textLengthMax = 4_096;
const itemsMax = 200;

/**
 * What a free-form value (a detail, a list of changes) contributes to the log: JSON of bounded size. Anything that is
 * not JSON is left out, so that no object of the program can bring its insides along or break the log.
 */
export function plainValue(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return value.length > textLengthMax ? `${value.slice(0, textLengthMax)}…` : value;
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : plainObject(value, depth);
    default:
      return undefined;
  }
}

function plainObject(value: object, depth: number): unknown {
  if (depth === depthMax) return '…';
  if (Array.isArray(value)) {
    return value.slice(0, itemsMax).map((item) => plainValue(item, depth + 1) ?? null);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, itemsMax)
      .map(([name, member]) => [name, plainValue(member, depth + 1)]),
  );
}
