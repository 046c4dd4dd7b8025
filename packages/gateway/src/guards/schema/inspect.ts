import type { DenialCode } from '../../domain/denial.ts';
import type { Json, Shape } from '../../domain/shape.ts';
import { describe } from './describe.ts';
import { isAddressLike } from './addressLike.ts';
import { fits, isObject, type JsonObject } from './fits.ts';
import { toPointer } from './pointer.ts';
import { resolveShape, type Shapes } from './shapes.ts';

/** What a value says against its shape, and what later steps must look at. */
export interface Inspection {
  /** The first thing that does not fit. */
  readonly violation: Violation | null;
  /** Each needed capability with the pointer of the first field that needs it. */
  readonly uses: ReadonlyMap<string, string>;
  /** Texts that the upstream would take as an address to fetch. */
  readonly addresses: readonly Found[];
  /** Texts that stand where ids of resources do. */
  readonly references: readonly Reference[];
}

export interface Violation {
  readonly code: Extract<DenialCode, 'field_unknown' | 'field_invalid' | 'field_missing'>;
  readonly pointer: string;
  readonly hint: string;
}

export interface Found {
  readonly pointer: string;
  readonly text: string;
}

export interface Reference extends Found {
  readonly member: string;
  /** Whether the description names the member here. */
  readonly described: boolean;
}

/** What inspections of one provider's values have in common. */
export interface InspectionRules {
  readonly shapes: Shapes;
  readonly sensitive: ReadonlyMap<string, Shape>;
  readonly nearest: (written: string, known: Iterable<string>) => string | null;
}

/** The capability that an address needs where the form is open. */
const addressCapability = 'remote-urls';

/**
 * Walks a value along its shape, to the end even when something does not fit, so that nothing is overlooked where the
 * guard only reports. What the shape says nothing about is walked too: every text that reads like an address counts as
 * one, every member that needs a capability elsewhere needs it there.
 *
 * @param idMembers members that hold ids: the name as the operation's references write it and folded, to the former
 */
export function inspect(
  rules: InspectionRules,
  shape: Shape,
  value: Json,
  idMembers: ReadonlyMap<string, string>,
): Inspection {
  const inspector = new Inspector(rules, idMembers, []);
  inspector.visit(shape, value);
  return inspector;
}

/** What `jobId`, `job_id` and `JOB-ID` have in common. */
export const foldName = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

class Inspector implements Inspection {
  violation: Violation | null = null;
  readonly uses = new Map<string, string>();
  readonly addresses: Found[] = [];
  readonly references: Reference[] = [];
  readonly #rules: InspectionRules;
  readonly #idMembers: ReadonlyMap<string, string>;
  readonly #path: (string | number)[];

  constructor(
    rules: InspectionRules,
    idMembers: ReadonlyMap<string, string>,
    path: readonly (string | number)[],
  ) {
    this.#rules = rules;
    this.#idMembers = idMembers;
    this.#path = [...path];
  }

  visit(written: Shape, value: Json): void {
    const shape = resolveShape(written, this.#rules.shapes);
    if (shape.capability !== undefined && value !== false) this.#use(shape.capability);
    if (shape.anyOf) return this.#visitAnyOf(shape, shape.anyOf, value);
    if (!fits(shape, value)) return this.#misfit(shape, value);
    if (shape.inert) return;
    if (typeof value === 'string') {
      if (shape.fetched === 'always')
        this.addresses.push({ pointer: this.#pointer(), text: value });
      else if (shape.fetched || shape.types === undefined) this.#visitOpen(value);
    } else if (Array.isArray(value)) this.#visitItems(shape, value as readonly Json[]);
    else if (isObject(value)) this.#visitMembers(shape, value);
  }

  #visitAnyOf(shape: Shape, branches: readonly Shape[], value: Json): void {
    for (const branch of branches) {
      const trial = new Inspector(this.#rules, this.#idMembers, this.#path);
      trial.visit(branch, value);
      if (trial.violation === null) return this.#take(trial);
    }
    this.#misfit(shape, value);
  }

  #misfit(shape: Shape, value: Json): void {
    this.#violate('field_invalid', () => `must be ${describe(shape)}`);
    this.#visitOpen(value);
  }

  #visitItems(shape: Shape, items: readonly Json[]): void {
    for (const [index, item] of items.entries()) {
      this.#path.push(index);
      if (shape.items) this.visit(shape.items, item);
      else this.#visitOpen(item);
      this.#path.pop();
    }
  }

  #visitMembers(shape: Shape, value: JsonObject): void {
    for (const name of shape.required ?? []) {
      if (!Object.hasOwn(value, name)) this.#miss(name);
    }
    for (const name of Object.keys(value)) {
      this.#path.push(name);
      this.#visitMember(shape, name, value[name]!);
      this.#path.pop();
    }
  }

  #visitMember(shape: Shape, name: string, value: Json): void {
    const properties = shape.properties ?? {};
    if (Object.hasOwn(properties, name)) {
      this.#refer(this.#idMembers.get(name), value, true);
      return this.visit(properties[name]!, value);
    }
    if (shape.additional) return this.visit(shape.additional, value);
    if (shape.additional === false) {
      this.#violate('field_unknown', () => {
        const nearest = this.#rules.nearest(name.slice(0, 64), Object.keys(properties));
        return nearest === null ? 'is not known here' : `did you mean ${nearest}?`;
      });
    }
    this.#visitOpenMember(name, value);
  }

  #visitOpenMember(name: string, value: Json): void {
    const lowered = name.toLowerCase();
    this.#refer(this.#idMembers.get(foldName(name)), value, false);
    const sensitive = this.#rules.sensitive.get(lowered);
    if (sensitive !== undefined) this.#usesOf(sensitive, value);
    this.#visitOpen(value);
  }

  #visitOpen(value: Json): void {
    if (typeof value === 'string') {
      if (!isAddressLike(value)) return;
      this.#use(addressCapability);
      this.addresses.push({ pointer: this.#pointer(), text: value });
    } else if (Array.isArray(value)) this.#visitItems({}, value as readonly Json[]);
    else if (isObject(value)) {
      for (const name of Object.keys(value)) {
        this.#path.push(name);
        this.#visitOpenMember(name, value[name]!);
        this.#path.pop();
      }
    }
  }

  /**
   * Which capability a value would need if it stood where the description names it. Only the value itself is looked at,
   * not what is inside: that is walked anyway, and twice at every level would be too often.
   */
  #usesOf(written: Shape, value: Json): void {
    const shape = resolveShape(written, this.#rules.shapes);
    if (shape.capability !== undefined && value !== false) this.#use(shape.capability);
    const branch = shape.anyOf?.find((one) => fits(resolveShape(one, this.#rules.shapes), value));
    if (branch) this.#usesOf(branch, value);
    if (!shape.items) return;
    const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
    for (const item of items) this.#usesOf(shape.items, item);
  }

  #take(trial: Inspector): void {
    for (const [capability, pointer] of trial.uses) this.#use(capability, pointer);
    this.addresses.push(...trial.addresses);
    this.references.push(...trial.references);
  }

  /**
   * One id or a list of them. A number that cannot be told from its neighbours could name one resource here and another
   * one upstream.
   */
  #refer(member: string | undefined, value: Json, described: boolean): void {
    if (member === undefined) return;
    if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly Json[]).entries()) {
        this.#path.push(index);
        this.#refer(member, item, described);
        this.#path.pop();
      }
    }
    if (typeof value !== 'string' && typeof value !== 'number') return;
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      return this.#violate('field_invalid', () => 'must be an id');
    }
    this.references.push({ member, described, pointer: this.#pointer(), text: String(value) });
  }

  #use(capability: string, pointer = this.#pointer()): void {
    if (!this.uses.has(capability)) this.uses.set(capability, pointer);
  }

  #miss(name: string): void {
    this.#path.push(name);
    this.#violate('field_missing', () => 'is required');
    this.#path.pop();
  }

  /** Only the first is kept, and only for it the hint is made. */
  #violate(code: Violation['code'], hint: () => string): void {
    this.violation ??= { code, hint: hint(), pointer: this.#pointer() };
  }

  #pointer(): string {
    return toPointer(this.#path);
  }
}
