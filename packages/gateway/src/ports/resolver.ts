/** Thrown when a name cannot be resolved now, or names nothing. */
export class Unresolvable extends Error {
  override readonly name = 'Unresolvable';
}

/** The domain name system. */
export interface Resolver {
  /** All addresses of both versions. Bounded in time and number. @throws Unresolvable */
  resolve(host: string): Promise<readonly string[]>;
}
