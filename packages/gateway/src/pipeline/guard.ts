import type { Denial } from '../domain/denial.ts';

/**
 * One step of a request's way. It reads the facts that earlier steps proved and adds its own, or refuses.
 * `check` is a property, not a method: method parameters are bivariant and a misplaced guard would compile.
 */
export interface Guard<Needs, Adds> {
  /** The name in trails, configuration and documentation. */
  readonly name: string;
  readonly check: (facts: Readonly<Needs>) => Adds | Denial | Promise<Adds | Denial>;
  /**
   * What to go on with when the guard is off, or only reports what it would have refused.
   * A guard without it proves something that later steps cannot do without: it is always enforced.
   */
  readonly otherwise?: (facts: Readonly<Needs>) => Adds;
}

/** `report` lets through what would be refused and says so in the trail. */
export type GuardMode = 'off' | 'report' | 'enforce';
