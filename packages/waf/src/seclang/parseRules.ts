import { didYouMean } from './didYouMean.ts';
import { DIRECTIVES, DIRECTIVE_NAMES } from './directives.ts';
import type { DirectiveContext } from './directives.ts';
import { lexDirectives, tokenError } from './lexer.ts';
import type { DirectiveLine } from './lexer.ts';
import type { RuleItem } from './rule.ts';
import { RuleBuilder } from './ruleBuilder.ts';
import { defaultSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { RuleSource } from './source.ts';
import { applyUpdates } from './updates.ts';
import type { RuleUpdate } from './updates.ts';

/** Rules that were read and found sound. */
export interface Rules {
  readonly items: readonly RuleItem[];
  readonly settings: Readonly<Settings>;
  /** What a user should know though the rules load: options without effect, exclusions that mean no rule. */
  readonly warnings: readonly string[];
}

/** The text of a data file that a rule in `fromFile` names, or null when there is none. */
export type ReadData = (name: string, fromFile: string) => string | null;

/** The rule files that the pattern of an Include in `fromFile` means, in order. */
export type FindIncluded = (pattern: string, fromFile: string) => readonly RuleSource[];

const INCLUDE_DEPTH_MAX = 16;

/**
 * Read SecLang. What the engine does not know (a directive, operator, action, variable or
 * transformation) refuses the whole set: throws RuleSyntaxError with file, line and column.
 */
export function parseRules(
  sources: readonly RuleSource[],
  readData: ReadData = () => null,
  findIncluded: FindIncluded = () => [],
): Rules {
  const builder = new RuleBuilder();
  const settings = defaultSettings();
  const updates: RuleUpdate[] = [];
  const warnings: string[] = [];
  let depth = 0;
  const context: DirectiveContext = {
    builder,
    settings,
    updates,
    readData,
    warn: (message) => void warnings.push(message),
    include: (line, pattern, isOptional) => {
      const found = findIncluded(pattern, line.name.source.name);
      if (found.length === 0 && !isOptional)
        throw tokenError(line.name, 0, `no file is named "${pattern}"`);
      if (++depth > INCLUDE_DEPTH_MAX)
        throw tokenError(line.name, 0, 'files include each other too deeply');
      for (const source of found) readSource(source, context);
      depth--;
    },
  };
  for (const source of sources) readSource(source, context);
  builder.finish();
  const items = applyUpdates(builder.items, updates, (message) => void warnings.push(message));
  return { items, settings, warnings: [...builder.warnings, ...warnings] };
}

/**
 * Read exclusions alone: SecRuleRemove and SecRuleUpdate directives. Throws RuleSyntaxError for
 * any other directive.
 */
export function parseExclusions(texts: readonly string[]): RuleUpdate[] {
  const updates: RuleUpdate[] = [];
  const context: DirectiveContext = {
    builder: new RuleBuilder(),
    settings: defaultSettings(),
    updates,
    readData: () => null,
    warn: () => undefined,
    include: () => undefined,
  };
  for (const [index, text] of texts.entries()) {
    const source = { name: `exclusion ${index + 1}`, text };
    for (const line of lexDirectives(source)) {
      if (!isExclusion(line.name.text)) throw tokenError(line.name, 0, 'this is no exclusion');
      readLine(line, context);
    }
  }
  return updates;
}

function isExclusion(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('secruleremove') || lower.startsWith('secruleupdate');
}

function readSource(source: RuleSource, context: DirectiveContext): void {
  for (const line of lexDirectives(source)) readLine(line, context);
}

function readLine(line: DirectiveLine, context: DirectiveContext): void {
  const directive = DIRECTIVES.get(line.name.text.toLowerCase());
  if (directive === undefined) {
    const suggestion = didYouMean(line.name.text, DIRECTIVE_NAMES);
    throw tokenError(line.name, 0, `unknown directive "${line.name.text}"${suggestion}`);
  }
  directive(line, context);
}
