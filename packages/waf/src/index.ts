/**
 * A SecLang engine in pure TypeScript that runs the OWASP Core Rule Set in linear time.
 *
 * ```ts
 * const rules = parseRules([baseRules, ...files], (name) => readFile(name));
 * const ruleset = compile(rules, { paranoiaLevel: 1 });
 * const transaction = ruleset.begin({ method: 'GET', uri: '/?a=1', protocol: 'HTTP/1.1', headers: [] });
 * const { interruption } = transaction.evaluate(1);
 * ```
 *
 * All text is latin1 byte strings: one character, 0 to 255, for each byte on the wire.
 */
export { compile } from './engine/ruleset.ts';
export type { Ruleset } from './engine/ruleset.ts';
export type { RulesetOptions } from './engine/options.ts';
export { Transaction } from './engine/transaction.ts';
export type { Finding, FindingMatch, ScoreContribution } from './engine/finding.ts';
export type { AnomalyScores, Interruption, InterruptionReason, Verdict } from './engine/verdict.ts';
export { baseRules } from './engine/baseRules.ts';
export { arrangeRules } from './seclang/arrangeRules.ts';
export type { RuleFiles } from './seclang/arrangeRules.ts';
export { parseExclusions, parseRules } from './seclang/parseRules.ts';
export type { FindIncluded, ReadData, Rules } from './seclang/parseRules.ts';
export { readRuleFiles } from './seclang/readRuleFiles.ts';
export type { RuleFileAccess } from './seclang/readRuleFiles.ts';
export type { RuleSource } from './seclang/source.ts';
export { RuleSyntaxError } from './seclang/ruleSyntaxError.ts';
export type { RulePosition } from './seclang/ruleSyntaxError.ts';
export type { Phase, Rule } from './seclang/rule.ts';
export { DEEP_DECODING_LIMITS } from './decoding/decodeDeep.ts';
export type { DeepDecodingLimits } from './decoding/decodeDeep.ts';
export type { HeaderList, ResponseInput, TransactionInput } from './request/transactionInput.ts';
