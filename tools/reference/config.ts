import { z } from 'zod';
import { configSchema } from '../../packages/gateway/src/config/config.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** The published JSON Schema of \`filmgate.yaml\`, for editors. */
export const configJsonSchema = (): string => `${JSON.stringify(toJsonSchema(), null, 2)}\n`;

const toJsonSchema = (): Node =>
  z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Node;

/** docs/reference/configuration.md: every key, from the schema that reads the file. */
export function configPage(): string {
  return `# Configuration

Generated from \`packages/gateway/src/config/config.ts\`; change it there. An editor can use
[filmgate.schema.json](filmgate.schema.json).

One YAML file, \`filmgate.yaml\`. It needs nothing but \`version: 1\`: everything else has a safe default. Unknown keys, units that are
missing and networks that do not parse are errors, each with its line. Secrets are never written into the file, only where they
are found: \`{ env: NAME }\` or \`{ file: PATH }\` (mode 0600). Paths are relative to the file.
\`filmgate config check\` reads it and changes nothing; \`filmgate config explain KEY\` tells about one key.

| key | form | default | what it does |
|---|---|---|---|
${rowsOf(toJsonSchema(), []).join('\n')}
`;
}

function rowsOf(node: Node, path: readonly string[]): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const at = [...path, name];
    if (child.properties) return rowsOf(child, at);
    const fallback = child.default === undefined ? '' : `\`${JSON.stringify(child.default)}\``;
    return [
      `| \`${at.join('.')}\` | ${formOf(child)} | ${fallback} | ${child.description ?? ''} |`,
    ];
  });
}

function formOf(node: Node): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (node.anyOf) return node.anyOf.map(formOf).join(' or ');
  if (node.properties) return `\`{ ${Object.keys(node.properties).join(', ')} }\``;
  if (node.type === 'array') return `list of ${node.items ? formOf(node.items) : 'anything'}`;
  return [node.type ?? 'text'].flat().join(' or ').replace('string', 'text');
}
