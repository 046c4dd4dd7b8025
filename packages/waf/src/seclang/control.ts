import { RegexSyntaxError } from '../regex/regexSyntaxError.ts';
import { tokenError } from './lexer.ts';
import type { WrittenAction } from './actionList.ts';
import { didYouMean } from './didYouMean.ts';
import type { BodyProcessor, Control, EngineMode } from './effect.ts';
import { parseIdRanges, textMatcher } from './ruleMatcher.ts';
import type { RuleMatcher } from './ruleMatcher.ts';
import type { RuleSyntaxError } from './ruleSyntaxError.ts';
import { parseExclusion } from './targets.ts';

/** A ctl action in parts: `name=value`. */
interface WrittenControl {
  readonly action: WrittenAction;
  readonly value: string;
  readonly offset: number;
  readonly warnings: string[];
}

/** Parse `ctl:name=value`. Options that only concern logs of ModSecurity are taken and warned of. */
export function parseControl(action: WrittenAction, warnings: string[]): Control[] {
  const equals = action.value.indexOf('=');
  const name = equals === -1 ? action.value : action.value.slice(0, equals);
  const handler = HANDLERS.get(name.toLowerCase());
  if (handler === undefined) {
    const suggestion = didYouMean(name, CONTROL_NAMES);
    throw tokenError(action.token, action.valueOffset, `unknown ctl option "${name}"${suggestion}`);
  }
  const value = equals === -1 ? '' : action.value.slice(equals + 1).trim();
  return handler({ action, value, offset: action.valueOffset + equals + 1, warnings });
}

type Handler = (written: WrittenControl) => Control[];

const HANDLERS = new Map<string, Handler>(
  Object.entries<Handler>({
    ruleremovebyid: (written) => [
      { kind: 'removeRules', matcher: idMatcher(written, written.value) },
    ],
    ruleremovebytag: (written) => [
      { kind: 'removeRules', matcher: matcherOf(written, 'tag', written.value) },
    ],
    ruleremovebymsg: (written) => [
      { kind: 'removeRules', matcher: matcherOf(written, 'msg', written.value) },
    ],
    ruleremovetargetbyid: (written) => removeTarget(written, idMatcher),
    ruleremovetargetbytag: (written) =>
      removeTarget(written, (_, text) => matcherOf(written, 'tag', text)),
    ruleremovetargetbymsg: (written) =>
      removeTarget(written, (_, text) => matcherOf(written, 'msg', text)),
    ruleengine: (written) => [
      { kind: 'ruleEngine', mode: oneOf<EngineMode>(written, ['On', 'Off', 'DetectionOnly']) },
    ],
    requestbodyprocessor: (written) => [
      {
        kind: 'requestBodyProcessor',
        processor: oneOf<BodyProcessor>(written, ['URLENCODED', 'MULTIPART', 'JSON', 'XML']),
      },
    ],
    forcerequestbodyvariable: (written) => [
      { kind: 'forceRequestBodyVariable', on: onOff(written) },
    ],
    requestbodyaccess: (written) => [{ kind: 'requestBodyAccess', on: onOff(written) }],
    responsebodyaccess: (written) => [{ kind: 'responseBodyAccess', on: onOff(written) }],
    requestbodylimit: (written) => [{ kind: 'requestBodyLimit', bytesMax: bytes(written) }],
    responsebodylimit: (written) => [{ kind: 'responseBodyLimit', bytesMax: bytes(written) }],
    auditengine: (written) => [
      { kind: 'auditEngine', mode: oneOf(written, ['On', 'Off', 'RelevantOnly']) },
    ],
    auditlogparts: (written) => withoutEffect(written, 'auditLogParts'),
    debugloglevel: (written) => withoutEffect(written, 'debugLogLevel'),
  }),
);

/** The options of ctl as rules write them. */
export const CONTROL_NAMES: readonly string[] = [
  'ruleRemoveById',
  'ruleRemoveByTag',
  'ruleRemoveByMsg',
  'ruleRemoveTargetById',
  'ruleRemoveTargetByTag',
  'ruleRemoveTargetByMsg',
  'ruleEngine',
  'requestBodyProcessor',
  'forceRequestBodyVariable',
  'requestBodyAccess',
  'responseBodyAccess',
  'requestBodyLimit',
  'responseBodyLimit',
  'auditEngine',
  'auditLogParts',
  'debugLogLevel',
];

function withoutEffect({ warnings }: WrittenControl, name: string): Control[] {
  warnings.push(`ctl:${name} has no effect: the engine writes no log of its own`);
  return [];
}

function removeTarget(
  written: WrittenControl,
  matcher: (written: WrittenControl, text: string) => RuleMatcher,
): Control[] {
  const semicolon = written.value.indexOf(';');
  if (semicolon === -1) throw fault(written, 'a semicolon and a target are missing');
  const selection = matcher(written, written.value.slice(0, semicolon).trim());
  const target = written.value.slice(semicolon + 1).trim();
  const exclusion = parseExclusion(
    written.action.token,
    target.startsWith('!') ? target.slice(1) : target,
    written.offset + semicolon + 1,
  );
  return [{ kind: 'removeTarget', matcher: selection, exclusion }];
}

function idMatcher(written: WrittenControl, text: string): RuleMatcher {
  const ranges = parseIdRanges(text);
  if (ranges === null) throw fault(written, `"${text}" is no rule id or range of ids`);
  return { kind: 'id', ranges };
}

function matcherOf(written: WrittenControl, kind: 'tag' | 'msg', text: string): RuleMatcher {
  try {
    return textMatcher(kind, text);
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw fault(written, error.message);
  }
}

function oneOf<Value extends string>(written: WrittenControl, values: readonly Value[]): Value {
  const found = values.find((value) => value.toLowerCase() === written.value.toLowerCase());
  if (found === undefined)
    throw fault(written, `"${written.value}" is none of ${values.join(', ')}`);
  return found;
}

function onOff(written: WrittenControl): boolean {
  return oneOf(written, ['On', 'Off']) === 'On';
}

function bytes(written: WrittenControl): number {
  const value = Number(written.value);
  if (!Number.isSafeInteger(value) || value < 0 || written.value === '')
    throw fault(written, 'a number of bytes is needed');
  return value;
}

function fault(written: WrittenControl, reason: string): RuleSyntaxError {
  return tokenError(written.action.token, written.offset, reason);
}
