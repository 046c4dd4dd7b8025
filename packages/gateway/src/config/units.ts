const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1_024,
  MB: 1_024 ** 2,
  GB: 1_024 ** 3,
};

/** Milliseconds of a text such as `10s`, `250ms`, `90d`; null when it has another form. */
export function parseDurationMs(text: string): number | null {
  return parseQuantity(text, durationUnits);
}

/** Bytes of a text such as `10MB` or `16KB` (units of 1,024); null when it has another form. */
export function parseSizeBytes(text: string): number | null {
  return parseQuantity(text, sizeUnits);
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | null {
  const match = /^(\d{1,9})([a-zA-Z]{1,2})$/.exec(text);
  const unit = match && units[match[2]!];
  return match && unit !== undefined && unit !== null ? Number(match[1]) * unit : null;
}
