import type { Operation } from '../../packages/gateway/src/domain/operation.ts';
import type { Shape } from '../../packages/gateway/src/domain/shape.ts';

const widthMax = 100;

/** The catalogue as a module. */
export function printModule(
  operations: readonly Operation[],
  shapes: Readonly<Record<string, Shape>>,
): string {
  return [
    '// Generated from openapi.yaml and overlay.ts by tools/catalogue/generate.ts. Change those, then run it.',
    "import type { Operation } from '../../domain/operation.ts';",
    "import type { Shape } from '../../domain/shape.ts';",
    '',
    `export const operations: readonly Operation[] = ${printValue(operations, '')};`,
    '',
    `export const shapes: Readonly<Record<string, Shape>> = ${printValue(shapes, '')};`,
    '',
  ].join('\n');
}

/** A literal; on one line where that is short enough. */
function printValue(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return printScalar(value);
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const parts = isArray
    ? value.map((item) => printValue(item, inner))
    : Object.entries(value).map(([name, item]) => `${printName(name)}: ${printValue(item, inner)}`);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const space = isArray ? '' : ' ';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (!line.includes('\n') && indent.length + line.length <= widthMax) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

const printName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : printScalar(name);

function printScalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
