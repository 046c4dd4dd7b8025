import { RegexSyntaxError } from '../regex/regexSyntaxError.ts';
import { parseActions } from './actions.ts';
import { splitActions } from './actionList.ts';
import { tokenError } from './lexer.ts';
import type { DirectiveLine, Token } from './lexer.ts';
import type { RuleBuilder } from './ruleBuilder.ts';
import { parseIdRanges, textMatcher } from './ruleMatcher.ts';
import type { RuleMatcher } from './ruleMatcher.ts';
import type { Settings } from './settings.ts';
import type { RuleSyntaxError } from './ruleSyntaxError.ts';
import { parseTargets } from './targets.ts';
import type { RuleUpdate } from './updates.ts';

/** What a directive may change. */
export interface DirectiveContext {
  readonly builder: RuleBuilder;
  readonly settings: Settings;
  readonly updates: RuleUpdate[];
  readonly warn: (message: string) => void;
  readonly readData: (name: string, fromFile: string) => string | null;
  /** Read the files that a pattern names, in place. */
  readonly include: (line: DirectiveLine, pattern: string, isOptional: boolean) => void;
}

export type Directive = (line: DirectiveLine, context: DirectiveContext) => void;

const TABLE: Readonly<Record<string, Directive>> = {
  SecRule: (line, { builder, readData }) =>
    builder.secRule(line, (name) => readData(name, line.name.source.name)),
  SecAction: (line, { builder }) => builder.secAction(line),
  SecMarker: (line, { builder }) => builder.secMarker(line),
  SecDefaultAction: (line, { builder }) => builder.secDefaultAction(line),
  Include: (line, { include }) => include(line, only(line).text, false),
  IncludeOptional: (line, { include }) => include(line, only(line).text, true),

  SecRuleRemoveById: (line, context) => remove(line, context, ids(line, line.words)),
  SecRuleRemoveByTag: (line, context) => remove(line, context, textual(only(line), 'tag')),
  SecRuleRemoveByMsg: (line, context) => remove(line, context, textual(only(line), 'msg')),
  SecRuleUpdateTargetById: (line, context) =>
    updateTargets(line, context, (word) => ids(line, [word])),
  SecRuleUpdateTargetByTag: (line, context) =>
    updateTargets(line, context, (word) => textual(word, 'tag')),
  SecRuleUpdateTargetByMsg: (line, context) =>
    updateTargets(line, context, (word) => textual(word, 'msg')),
  SecRuleUpdateActionById: updateActions,

  SecRuleEngine: (line, { settings }) =>
    void (settings.ruleEngine = oneOf(only(line), ['On', 'Off', 'DetectionOnly'])),
  SecRequestBodyAccess: (line, { settings }) => void (settings.requestBodyAccess = onOff(line)),
  SecRequestBodyLimit: (line, { settings }) => void (settings.requestBodyBytesMax = count(line)),
  SecRequestBodyNoFilesLimit: (line, { settings }) =>
    void (settings.requestBodyNoFilesBytesMax = count(line)),
  SecRequestBodyLimitAction: (line, { settings }) =>
    void (settings.requestBodyLimitAction = oneOf(only(line), ['Reject', 'ProcessPartial'])),
  SecRequestBodyJsonDepthLimit: (line, { settings }) => void (settings.bodyDepthMax = count(line)),
  SecArgumentsLimit: (line, { settings }) => void (settings.argumentsMax = count(line)),
  SecUploadFileLimit: (line, { settings }) => void (settings.multipartPartsMax = count(line)),
  SecResponseBodyAccess: (line, { settings }) => void (settings.responseBodyAccess = onOff(line)),
  SecResponseBodyLimit: (line, { settings }) => void (settings.responseBodyBytesMax = count(line)),
  SecResponseBodyLimitAction: (line, { settings }) =>
    void (settings.responseBodyLimitAction = oneOf(only(line), ['Reject', 'ProcessPartial'])),
  SecResponseBodyMimeType: (line, { settings }) =>
    void (settings.responseMimeTypes = line.words.map(({ text }) => text.toLowerCase())),
  SecResponseBodyMimeTypesClear: (_line, { settings }) => void (settings.responseMimeTypes = []),
  SecArgumentSeparator: (line, { settings }) => void (settings.argumentSeparator = separator(line)),
  SecCookieFormat: (line) => void oneOf(only(line), ['0']),
  SecXmlExternalEntity: (line) => void oneOf(only(line), ['Off']),
  SecWebAppId: (line, { settings }) => void (settings.webAppId = only(line).text),
  SecComponentSignature: (line, { settings }) =>
    void settings.componentSignatures.push(only(line).text),
};

/** Directives of ModSecurity about logs, files and PCRE, for which the engine has no use. */
const WITHOUT_EFFECT = [
  'SecAuditEngine',
  'SecAuditLog',
  'SecAuditLog2',
  'SecAuditLogDirMode',
  'SecAuditLogFileMode',
  'SecAuditLogFormat',
  'SecAuditLogParts',
  'SecAuditLogRelevantStatus',
  'SecAuditLogStorageDir',
  'SecAuditLogType',
  'SecCollectionTimeout',
  'SecConnEngine',
  'SecDataDir',
  'SecDebugLog',
  'SecDebugLogLevel',
  'SecGeoLookupDb',
  'SecHttpBlKey',
  'SecPcreMatchLimit',
  'SecPcreMatchLimitRecursion',
  'SecRequestBodyInMemoryLimit',
  'SecSensorId',
  'SecServerSignature',
  'SecStatusEngine',
  'SecTmpDir',
  'SecTmpSaveUploadedFiles',
  'SecUnicodeCodePage',
  'SecUnicodeMapFile',
  'SecUploadDir',
  'SecUploadFileMode',
  'SecUploadKeepFiles',
];

/** Every directive by its lower-case name. */
export const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ...Object.entries(TABLE).map(([name, directive]) => [name.toLowerCase(), directive] as const),
  ...WITHOUT_EFFECT.map((name) => [name.toLowerCase(), warnWithoutEffect] as const),
]);

/** The names to write in rules. */
export const DIRECTIVE_NAMES: readonly string[] = [...Object.keys(TABLE), ...WITHOUT_EFFECT];

/** The names that are accepted but do nothing. */
export const DIRECTIVE_NAMES_WITHOUT_EFFECT: readonly string[] = WITHOUT_EFFECT;

function warnWithoutEffect(line: DirectiveLine, { warn }: DirectiveContext): void {
  warn(`${placeOf(line)} ${line.name.text} has no effect here`);
}

function remove(line: DirectiveLine, { updates }: DirectiveContext, matcher: RuleMatcher): void {
  updates.push({ kind: 'remove', matcher, place: placeOf(line) });
}

function updateTargets(
  line: DirectiveLine,
  { updates }: DirectiveContext,
  matcherOf: (word: Token) => RuleMatcher,
): void {
  const [selection, written, ...rest] = line.words;
  if (selection === undefined || written === undefined || rest.length > 0) {
    throw tokenError(line.name, 0, `${line.name.text} needs a selection of rules and targets`);
  }
  updates.push({
    kind: 'targets',
    matcher: matcherOf(selection),
    targets: parseTargets(written),
    place: placeOf(line),
  });
}

function updateActions(line: DirectiveLine, { updates }: DirectiveContext): void {
  const [selection, written] = line.words;
  if (selection === undefined || written === undefined) {
    throw tokenError(line.name, 0, `${line.name.text} needs an id and actions`);
  }
  const actions = parseActions(splitActions(written));
  if (actions.id !== undefined || actions.phase !== undefined || actions.isChained === true) {
    throw tokenError(written, 0, 'id, phase and chain cannot be changed');
  }
  updates.push({ kind: 'actions', matcher: ids(line, [selection]), actions, place: placeOf(line) });
}

function ids(line: DirectiveLine, words: readonly Token[]): RuleMatcher {
  const ranges = parseIdRanges(words.map(({ text }) => text).join(' '));
  if (ranges !== null) return { kind: 'id', ranges };
  throw tokenError(
    words[0] ?? line.name,
    0,
    'a rule id, a range of ids, or several of them are needed',
  );
}

function textual(word: Token, kind: 'tag' | 'msg'): RuleMatcher {
  try {
    return textMatcher(kind, word.text);
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw tokenError(word, error.offset + 1, error.message);
  }
}

function only(line: DirectiveLine): Token {
  const [word, ...rest] = line.words;
  if (word === undefined || rest.length > 0) {
    throw tokenError(rest[0] ?? line.name, 0, `${line.name.text} takes one value`);
  }
  return word;
}

function oneOf<Value extends string>(word: Token, values: readonly Value[]): Value {
  const found = values.find((value) => value.toLowerCase() === word.text.toLowerCase());
  if (found === undefined) throw unknownValue(word, values.join(', '));
  return found;
}

function onOff(line: DirectiveLine): boolean {
  return oneOf(only(line), ['On', 'Off']) === 'On';
}

function count(line: DirectiveLine): number {
  const word = only(line);
  const value = Number(word.text);
  if (word.text === '' || !Number.isSafeInteger(value) || value < 0)
    throw unknownValue(word, 'a whole number');
  return value;
}

function separator(line: DirectiveLine): string {
  const word = only(line);
  if (word.text.length !== 1) throw unknownValue(word, 'one character');
  return word.text;
}

function unknownValue(word: Token, allowed: string): RuleSyntaxError {
  return tokenError(word, 0, `"${word.text}" is not allowed here; write ${allowed}`);
}

function placeOf(line: DirectiveLine): string {
  return `${line.name.source.name}:${line.name.line}`;
}
