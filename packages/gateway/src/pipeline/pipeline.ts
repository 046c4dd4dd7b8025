import { isDenial, type Denial } from '../domain/denial.ts';
import type { TrailStep } from '../domain/audit.ts';
import { failureDenial, isFailure } from './failure.ts';
import type { Guard, GuardMode } from './guard.ts';

type AnyGuard = Guard<object, object>;
type AnyFacts = Record<string, unknown>;

/** What the guards made of a request: all facts, or the refusal with the facts proved until then. */
export type Passage<Facts> =
  | { readonly facts: Facts; readonly denial: null }
  | { readonly facts: Partial<Facts>; readonly denial: Denial };

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
  readonly #guards: readonly AnyGuard[];
  readonly #modes: readonly GuardMode[];

  private constructor(guards: readonly AnyGuard[], modes: readonly GuardMode[]) {
    this.#guards = guards;
    this.#modes = modes;
  }

  static start<In extends object>(): Pipeline<In, In> {
    return new Pipeline<In, In>([], []);
  }

  through<Adds extends object>(
    guard: Guard<Facts, Adds> & Fresh<Facts, Adds>,
  ): Pipeline<In, Facts & Adds> {
    if (this.#guards.some((other) => other.name === guard.name)) {
      throw new TypeError(`two guards are named ${guard.name}`);
    }
    return new Pipeline<In, Facts & Adds>(
      [...this.#guards, guard as unknown as AnyGuard],
      [...this.#modes, 'enforce'],
    );
  }

  /** The names, in order. */
  get names(): readonly string[] {
    return this.#guards.map((guard) => guard.name);
  }

  /** Whether a guard may be put into another mode than `enforce`. */
  isOptional(name: string): boolean {
    return this.#guards.some((guard) => guard.name === name && guard.otherwise !== undefined);
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
      this.#guards,
      this.#guards.map((guard, index) => modes[guard.name] ?? this.#modes[index] ?? 'enforce'),
    );
  }

  /** Walks the guards; each leaves a step in `trail`. Never throws: a guard that throws has refused. */
  async run(received: In, trail: TrailStep[]): Promise<Passage<Facts>> {
    const facts = { ...received } as AnyFacts;
    for (let index = 0; index < this.#guards.length; index += 1) {
      const guard = this.#guards[index]!;
      const mode = this.#modes[index]!;
      const outcome = mode === 'off' ? null : askGuard(guard, facts);
      const verdict = outcome instanceof Promise ? await outcome : outcome;
      const denial = settle(guard, mode, verdict, facts, trail);
      if (denial !== null) return { facts: facts as Partial<Facts>, denial };
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
  guard: AnyGuard,
  mode: GuardMode,
  verdict: object | null,
  facts: AnyFacts,
  trail: TrailStep[],
): Denial | null {
  if (verdict === null) {
    trail.push({ guard: guard.name, result: 'off' });
    Object.assign(facts, guard.otherwise!(facts));
    return null;
  }
  if (!isDenial(verdict)) {
    trail.push({ guard: guard.name, result: 'passed' });
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
