import { z } from 'zod';
import { configSchema } from '../../config/config.ts';
import { environment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { nearestName } from '../../domain/nearest.ts';
import type { Run } from '../command.ts';
import { Failure } from '../failure.ts';
import { configFile } from '../place.ts';
import { table } from '../table.ts';
import { wrap } from '../usage.ts';

export const check: Run = ({ parameters: [file], terminal, values }) => {
  const { file: checked } = loadConfig(file ?? configFile(values, environment));
  terminal.show({ file: checked, ok: true }, () => [
    `${terminal.yes} ${checked ?? 'no file: the defaults'} can be used`,
  ]);
  return 0;
};

/** One setting, as the schema describes it. */
interface Setting {
  readonly key: string;
  readonly description: string | null;
  readonly form: string;
  readonly default: unknown;
  /** Where the file sets it; null: the default holds. */
  readonly set_at: string | null;
}

export const explain: Run = async ({ parameters: [key], terminal, place }) => {
  const { loaded } = await place();
  const all = settings().map((setting) => {
    const where = loaded.where(...setting.key.split('.'));
    return { ...setting, set_at: /:\d+$/.test(where) ? where : null };
  });
  const chosen =
    key === undefined
      ? all
      : all.filter((setting) => setting.key === key || setting.key.startsWith(`${key}.`));
  if (chosen.length === 0) throw unknownKey(key!, all);
  terminal.show(chosen, () =>
    chosen.length === 1
      ? describe(chosen[0]!)
      : table(terminal, chosen, [
          { title: 'KEY', cell: (setting) => setting.key },
          { title: 'DEFAULT', cell: (setting) => toText(setting.default), yields: true },
          { title: 'SET AT', cell: ({ set_at }) => set_at ?? 'default', yields: true },
        ]),
  );
  return 0;
};

function unknownKey(key: string, all: readonly Setting[]): Failure {
  const near = nearestName(
    key,
    all.map((setting) => setting.key),
  );
  const shown = JSON.stringify(key);
  return new Failure(`unknown key ${shown}${near === null ? '' : `; did you mean "${near}"?`}`);
}

const describe = ({
  key,
  description,
  form,
  default: value,
  set_at,
}: Setting): readonly string[] => [
  key,
  ...(description === null ? [] : wrap(description, 78, '').map((line) => `  ${line}`)),
  `  form     ${form}`,
  `  default  ${toText(value)}`,
  `  set at   ${set_at ?? 'nowhere: the default holds'}`,
];

const toText = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

function settings(): readonly Omit<Setting, 'set_at'>[] {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return flatten(schema, '');
}

function flatten(schema: Schema, prefix: string): readonly Omit<Setting, 'set_at'>[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const key = prefix + name;
    if (inner.properties) return flatten(inner, `${key}.`);
    return [
      { key, description: inner.description ?? null, form: formOf(inner), default: inner.default },
    ];
  });
}

function formOf({ type, enum: values, const: only, examples, items }: Schema): string {
  if (values) return values.join(' | ');
  if (only !== undefined) return String(only);
  if (items) return `list of ${formOf(items)}`;
  const example = examples?.[0] === undefined ? '' : ` such as ${String(examples[0])}`;
  return `${String(type ?? 'a reference or one of several forms')}${example}`;
}
