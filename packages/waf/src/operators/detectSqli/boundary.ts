/** Where an application may have placed the value: after a bare operand, or inside a quoted string. */
export type Quoting = 'raw' | 'single' | 'double' | 'backtick';

/** A position at which the value may leave the string that the application opened. */
export interface Boundary {
  readonly quoting: Quoting;
  /** First byte after the closing quote; 0 for raw. */
  readonly position: number;
  /**
   * The quote closes what the application opened, if all quotes of its kind before it come in pairs.
   * Even ones usually belong to quoted words of a text and need more evidence.
   */
  readonly odd: boolean;
  /** The quote is the first of its kind and touches what stands before it, as in `admin'`. */
  readonly glued: boolean;
}
