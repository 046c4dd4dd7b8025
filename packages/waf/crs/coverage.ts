import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR_NAMES } from '../src/operators/operators.ts';
import { ALWAYS_EMPTY, VARIABLES } from '../src/request/variables.ts';
import { ACTION_NAMES } from '../src/seclang/actions.ts';
import { CONTROL_NAMES } from '../src/seclang/control.ts';
import { DIRECTIVE_NAMES, DIRECTIVE_NAMES_WITHOUT_EFFECT } from '../src/seclang/directives.ts';
import { TRANSFORMATION_NAMES } from '../src/transformations/transformations.ts';

const SOURCES = join(import.meta.dirname, '../src');

/** docs/reference/waf-coverage.md: what of SecLang the engine knows, from its tables and file headers. */
export function coveragePage(): string {
  const effective = DIRECTIVE_NAMES.filter(
    (name) => !DIRECTIVE_NAMES_WITHOUT_EFFECT.includes(name),
  );
  const variables = [...VARIABLES.values()];
  return `# What of SecLang the engine knows

Generated from \`packages/waf/src\`; change it there. What is not listed here refuses the rule set that uses it, with
file, line and column.

## Directives

${inline(effective)}

Accepted with a warning, since they concern ModSecurity's logs, files and PCRE: ${inline(DIRECTIVE_NAMES_WITHOUT_EFFECT)}

## Operators

${elementTable('operators', OPERATOR_NAMES, '@')}

## Transformations

${elementTable('transformations', TRANSFORMATION_NAMES, 't:')}

## Variables

Collections, with \`NAME:key\` and \`NAME:/pattern/\`, keys without regard to case: ${inline(['XML', ...namesOf(true)])}

Single values: ${inline(namesOf(false))}

Always empty, with a warning, since the engine has no clock, no files and no log-in: ${inline(ALWAYS_EMPTY)}

All may be counted with \`&\` and excluded with \`!\`. \`XML\` takes \`/*\`, \`//@*\`, \`//name\` and \`/a/b\`, also with \`/@name\` or
\`/text()\`. IP, GLOBAL, SESSION, USER and RESOURCE live as long as the transaction.

## Actions

${inline(ACTION_NAMES)}

\`ctl\`: ${inline(CONTROL_NAMES)}
`;

  function namesOf(isCollection: boolean): string[] {
    const names = variables.filter((variable) => variable.isCollection === isCollection);
    return [...new Set(names.map(({ name }) => name))].toSorted();
  }
}

function inline(names: readonly string[]): string {
  return `${names.map((name) => `\`${name}\``).join(', ')}.`;
}

function elementTable(folder: string, names: readonly string[], prefix: string): string {
  const rows = names.map((name) => {
    const header = readHeader(folder, name);
    const cells = [header.get('Description'), header.get('Arguments'), header.get('Example')];
    return `| \`${prefix}${name}\` | ${cells.map((cell) => (cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| name | what it does | arguments | example |', '|---|---|---|---|', ...rows].join('\n');
}

/** The fields of the header that every operator and transformation begins with. */
export function readHeader(folder: string, name: string): Map<string, string> {
  const path = join(SOURCES, folder, `${name}.ts`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const comment = text.slice(text.indexOf('/**'), text.indexOf('*/'));
  const fields = comment.matchAll(/^ \* (Description|Arguments|Returns|Example): (.+)$/gm);
  return new Map([...fields].map(([, field = '', value = '']) => [field, value]));
}
