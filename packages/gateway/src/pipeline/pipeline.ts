import { isDenial, type Denial } from '../domain/denial.ts';
import type { TrailStep } from '../domain/audit.ts';
import { failureDenial, isFailure } from './failure.ts';
import type { Guard, GuardMode } from './guard.ts';

type AnyGuard = Guard<object, object>;
type AnyFacts = Record<string, unknown>;

/** What the guards made of a request: all facts, or the refusal with the facts proved until then. */
export type Passage<In, Facts> =
  | { readonly facts: Facts; readonly denial: null }
  | { readonly facts: In & Partial<Facts>; readonly denial: Denial };

/** A guard in its place. The steps that nearly all requests leave are made once. */
interface Place {
  readonly guard: AnyGuard;
  readonly mode: GuardMode;
  readonly passed: TrailStep;
  readonly off: TrailStep;
}

const toPlace = (guard: AnyGuard, mode: GuardMode): Place => ({
  guard,
  mode,
  passed: Object.freeze({ guard: guard.name, result: 'passed' }),
  off: Object.freeze({ guard: guard.name, result: 'off' }),
});

/** What a guard may add: facts are proved once, and nothing may write over one. */
type Fresh<Facts, Adds> = [keyof Facts & keyof Adds] extends [never]
  ? unknown
  : { readonly provedAlready: keyof Facts & keyof Adds };

/**
 * Guards in order. Immutable; `through` gives a longer one. A guard placed before what it needs does not compile, and
 * neither does one that would write over a fact.
 *
 * @example
 * Pipeline.start<Received>().through(peer).through(operation).through(authenticate)
 */
export class Pipeline<In extends object, Facts extends In> {
  readonly #places: readonly Place[];

  private constructor(places: readonly Place[]) {
    this.#places = places;
  }

  static start<In extends object>(): Pipeline<In, In> {
    return new Pipeline<In, In>([]);
  }

  through<Adds extends object>(
    guard: Guard<Facts, Adds> & Fresh<Facts, Adds>,
  ): Pipeline<In, Facts & Adds> {
    if (this.names.includes(guard.name)) {
      throw new TypeError(`two guards are named ${guard.name}`);
    }
    const place = toPlace(guard as unknown as AnyGuard, 'enforce');
    return new Pipeline<In, Facts & Adds>([...this.#places, place]);
  }

  /** The names, in order. */
  get names(): readonly string[] {
    return this.#places.map(({ guard }) => guard.name);
  }

  /** Whether a guard may be put into another mode than `enforce`. */
  isOptional(name: string): boolean {
    return this.#places.some(({ guard }) => guard.name === name && guard.otherwise !== undefined);
  }

  /** @throws TypeError for a name that is not in the pipeline, or a mode that the guard does not allow. */
  withModes(modes: Readonly<Record<string, GuardMode>>): Pipeline<In, Facts> {
    for (const [name, mode] of Object.entries(modes)) {
      if (!this.names.includes(name)) throw new TypeError(`there is no guard named ${name}`);
      if (mode !== 'enforce' && !this.isOptional(name)) {
        throw new TypeError(`the guard ${name} is always enforced`);
      }
    }
    return new Pipeline(
      this.#places.map(({ guard, mode }) => toPlace(guard, modes[guard.name] ?? mode)),
    );
  }

  /** Walks the guards; each leaves a step in `trail`. Never throws: a guard that throws has refused. */
  async run(received: In, trail: TrailStep[]): Promise<Passage<In, Facts>> {
    const facts = { ...received } as AnyFacts;
    for (const place of this.#places) {
      const outcome = place.mode === 'off' ? null : askGuard(place.guard, facts);
      const verdict = outcome instanceof Promise ? await outcome : outcome;
      const denial = settle(place, verdict, facts, trail);
      if (denial !== null) return { facts: facts as In & Partial<Facts>, denial };
    }
    return { facts: facts as Facts, denial: null };
  }
}

function askGuard(guard: AnyGuard, facts: AnyFacts): object | Promise<object> {
  try {
    const verdict = guard.check(facts);
    return verdict instanceof Promise ? verdict.catch(failureDenial) : verdict;
  } catch (error) {
    return failureDenial(error);
  }
}

function settle(
  { guard, mode, passed, off }: Place,
  verdict: object | null,
  facts: AnyFacts,
  trail: TrailStep[],
): Denial | null {
  if (verdict === null) {
    trail.push(off);
    Object.assign(facts, guard.otherwise!(facts));
    return null;
  }
  if (!isDenial(verdict)) {
    trail.push(passed);
    Object.assign(facts, verdict);
    return null;
  }
  const broken = isFailure(verdict.code);
  const reported = mode === 'report' && !broken;
  trail.push({
    guard: guard.name,
    result: reported ? 'reported' : broken ? 'failed' : 'denied',
    code: verdict.code,
    ...(verdict.detail && { detail: verdict.detail }),
  });
  if (!reported) return verdict;
  Object.assign(facts, guard.otherwise!(facts));
  return null;
}
