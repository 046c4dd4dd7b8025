import { MacroError, parseMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import { VARIABLES } from '../request/variables.ts';
import { TRANSFORMATIONS, TRANSFORMATION_NAMES } from '../transformations/transformations.ts';
import type { Transformation } from '../transformations/transformation.ts';
import { parseControl } from './control.ts';
import { didYouMean } from './didYouMean.ts';
import type { Effect } from './effect.ts';
import { tokenError } from './lexer.ts';
import type { WrittenAction } from './actionList.ts';
import { SEVERITY_NAMES } from './rule.ts';
import type { Disruption, Phase } from './rule.ts';
import { parseSetVariable, writableCollection } from './setVariable.ts';
import type { RuleSyntaxError } from './ruleSyntaxError.ts';

/** `block` stands for what SecDefaultAction says. */
export type WrittenDisruption = Disruption | { readonly kind: 'block' };

/** What the actions of one link say; what is not said is undefined. */
export interface ActionSet {
  id?: number;
  phase?: Phase;
  disruption?: WrittenDisruption;
  status?: number;
  log?: boolean;
  auditLog?: boolean;
  capture?: boolean;
  multiMatch?: boolean;
  isChained?: boolean;
  skip?: number;
  skipAfter?: string;
  severity?: number;
  version?: string;
  revision?: string;
  message?: Macro;
  logData?: Macro;
  readonly tags: string[];
  /** True when `t:none` drops the transformations of SecDefaultAction. */
  clearsTransformations: boolean;
  transformations: Transformation[];
  readonly effects: Effect[];
  readonly warnings: string[];
}

/** Read the actions of a rule; throws RuleSyntaxError for one that is unknown or malformed. */
export function parseActions(written: readonly WrittenAction[]): ActionSet {
  const set: ActionSet = {
    tags: [],
    clearsTransformations: false,
    transformations: [],
    effects: [],
    warnings: [],
  };
  for (const action of written) {
    const handler = HANDLERS.get(action.name.toLowerCase());
    if (handler === undefined) {
      const suggestion = didYouMean(action.name, ACTION_NAMES);
      throw tokenError(action.token, action.offset, `unknown action "${action.name}"${suggestion}`);
    }
    handler(set, action);
  }
  return set;
}

type Handler = (set: ActionSet, action: WrittenAction) => void;

const HANDLERS = new Map<string, Handler>(
  Object.entries<Handler>({
    accuracy: (_set, action) => void wholeNumber(action),
    allow: (set, action) => void (set.disruption = parseAllow(action)),
    auditlog: (set) => void (set.auditLog = true),
    block: (set) => void (set.disruption = { kind: 'block' }),
    capture: (set) => void (set.capture = true),
    chain: (set) => void (set.isChained = true),
    ctl: (set, action) => void set.effects.push(...parseControl(action, set.warnings)),
    deny: (set) => void (set.disruption = { kind: 'deny', status: 403 }),
    drop: (set) => void (set.disruption = { kind: 'drop' }),
    expirevar: (set) =>
      void set.warnings.push('expirevar has no effect: collections end with the transaction'),
    id: (set, action) => void (set.id = wholeNumber(action)),
    initcol: (set, action) => void set.effects.push(parseInitCollection(set, action)),
    log: (set) => void (set.log = true),
    logdata: (set, action) => void (set.logData = macroOf(action)),
    maturity: (_set, action) => void wholeNumber(action),
    msg: (set, action) => void (set.message = macroOf(action)),
    multimatch: (set) => void (set.multiMatch = true),
    noauditlog: (set) => void (set.auditLog = false),
    nolog: (set) => void ((set.log = false), (set.auditLog ??= false)),
    pass: (set) => void (set.disruption = { kind: 'pass' }),
    phase: (set, action) => void (set.phase = parsePhase(action)),
    redirect: (set, action) =>
      void (set.disruption = { kind: 'redirect', location: macroOf(action), status: 302 }),
    rev: (set, action) => void (set.revision = action.value),
    setenv: (set, action) => void set.effects.push(parseSetEnvironment(action)),
    setvar: (set, action) => void set.effects.push(parseSetVariable(action)),
    severity: (set, action) => void (set.severity = parseSeverity(action)),
    skip: (set, action) => void (set.skip = wholeNumber(action)),
    skipafter: (set, action) => void (set.skipAfter = text(action)),
    status: (set, action) => void (set.status = parseStatus(action)),
    t: addTransformation,
    tag: (set, action) => void set.tags.push(action.value),
    ver: (set, action) => void (set.version = action.value),
  }),
);

/** The names of actions as rules write them. */
export const ACTION_NAMES: readonly string[] = [...HANDLERS.keys()].map(
  (name) => ({ multimatch: 'multiMatch', skipafter: 'skipAfter' })[name] ?? name,
);

function addTransformation(set: ActionSet, action: WrittenAction): void {
  if (action.value.toLowerCase() === 'none') {
    set.clearsTransformations = true;
    set.transformations = [];
    return;
  }
  const transformation = TRANSFORMATIONS.get(action.value.toLowerCase());
  if (transformation === undefined) {
    const suggestion = didYouMean(action.value, TRANSFORMATION_NAMES);
    throw valueError(action, `unknown transformation "${action.value}"${suggestion}`);
  }
  set.transformations.push(transformation);
}

/** A value as a text with macros; an unknown variable in one is an error. */
export function macroOf(action: WrittenAction): Macro {
  try {
    return parseMacro(action.value);
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    throw valueError(
      action,
      `${error.message}${didYouMean(error.variable, VARIABLES.keys())}`,
      error.offset,
    );
  }
}

/** An error at the value of an action. */
export function valueError(action: WrittenAction, reason: string, offset = 0): RuleSyntaxError {
  return tokenError(action.token, action.valueOffset + offset, reason);
}

function text(action: WrittenAction): string {
  if (action.value === '') throw valueError(action, `${action.name} needs a value`);
  return action.value;
}

function wholeNumber(action: WrittenAction): number {
  const digits = unquoted(action.value);
  const isWhole = digits !== '' && [...digits].every((digit) => digit >= '0' && digit <= '9');
  if (!isWhole)
    throw valueError(action, `${action.name} needs a whole number, not "${action.value}"`);
  return Number(digits);
}

function unquoted(value: string): string {
  return value.startsWith("'") && value.endsWith("'") ? value.slice(1, -1) : value;
}

const PHASE_NAMES: ReadonlyMap<string, Phase> = new Map([
  ['1', 1],
  ['2', 2],
  ['3', 3],
  ['4', 4],
  ['5', 5],
  ['request', 2],
  ['response', 4],
  ['logging', 5],
]);

function parsePhase(action: WrittenAction): Phase {
  const phase = PHASE_NAMES.get(action.value.toLowerCase());
  if (phase === undefined)
    throw valueError(action, 'phase is 1 to 5, request, response or logging');
  return phase;
}

function parseSeverity(action: WrittenAction): number {
  const value = action.value.toUpperCase();
  const level = SEVERITY_NAMES.findIndex(
    (name, index) => name === value || String(index) === value,
  );
  if (level === -1) {
    throw valueError(
      action,
      `unknown severity "${action.value}"${didYouMean(value, SEVERITY_NAMES)}`,
    );
  }
  return level;
}

function parseStatus(action: WrittenAction): number {
  const status = wholeNumber(action);
  if (status < 100 || status > 599) throw valueError(action, 'status is 100 to 599');
  return status;
}

function parseAllow(action: WrittenAction): Disruption {
  switch (action.value.toLowerCase()) {
    case '':
      return { kind: 'allow', scope: 'all' };
    case 'phase':
      return { kind: 'allow', scope: 'phase' };
    case 'request':
      return { kind: 'allow', scope: 'request' };
    default:
      throw valueError(action, 'allow takes nothing, "phase" or "request"');
  }
}

function parseInitCollection(set: ActionSet, action: WrittenAction): Effect {
  const equals = action.value.indexOf('=');
  const collection = writableCollection(action.value.slice(0, Math.max(equals, 0)));
  if (collection === null || collection === 'TX')
    throw valueError(action, 'initcol needs a collection and a key');
  set.warnings.push('initcol keeps a collection for the transaction only');
  return {
    kind: 'initcol',
    collection,
    key: macroOf({ ...action, value: action.value.slice(equals + 1) }),
  };
}

function parseSetEnvironment(action: WrittenAction): Effect {
  const equals = action.value.indexOf('=');
  const name = equals === -1 ? action.value : action.value.slice(0, equals);
  const value = equals === -1 ? '' : action.value.slice(equals + 1);
  return { kind: 'setenv', name, value: macroOf({ ...action, value }) };
}
