import { createHash } from 'node:crypto';

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** A colour as video samples (ITU-R BT.601, limited range). */
export interface Colour {
  readonly y: number;
  readonly cb: number;
  readonly cr: number;
}

/** A calm colour, the same for the same name. */
export function rgbOf(name: string): Rgb {
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(name).digest();
  const calm = (byte: number) => 48 + (byte % 160);
  return { red: calm(first), green: calm(second), blue: calm(third) };
}

export function videoColour({ red, green, blue }: Rgb): Colour {
  return {
    y: Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    cb: Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    cr: Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  };
}
