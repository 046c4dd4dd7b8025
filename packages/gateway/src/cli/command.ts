import type { Gateway } from './gateway.ts';
import type { Terminal } from './terminal.ts';
import type { Values } from './values.ts';
import type { Place } from './place.ts';

export interface Parameter {
  /** In capitals, as help shows it. */
  readonly name: string;
  readonly help: string;
  readonly optional?: true;
  readonly repeated?: true;
}

export interface Option {
  /** What its value is, in capitals; absent: a switch. */
  readonly value?: string;
  readonly repeated?: true;
  readonly choices?: readonly string[];
  readonly help: string;
}

/** One command, as data: help, completion and reference are made from it without loading what it does. */
export interface Command {
  /** `['status']`, or a noun and a verb. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly options?: Readonly<Record<string, Option>>;
  readonly examples?: readonly string[];
  readonly load: () => Promise<Run>;
}

/** @returns the exit code: 0 fine, 1 error, 2 drift or finding, 78 configuration */
export type Run = (call: Call) => number | Promise<number>;

/** What a command works with. */
export interface Call {
  readonly parameters: readonly string[];
  readonly values: Values;
  readonly terminal: Terminal;
  /** Where the gateway is: read when asked for, since not every command needs one. */
  readonly place: () => Promise<Place>;
  readonly gateway: () => Promise<Gateway>;
  /** Wall time in milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** What every command understands. */
export const generalOptions: Readonly<Record<string, Option>> = {
  config: { value: 'FILE', help: 'Configuration; otherwise ./filmgate.yaml if it is there' },
  url: { value: 'URL', help: 'Address of the admin API; otherwise from the configuration' },
  json: { help: 'JSON, always in the same form' },
  output: { value: 'FORM', choices: ['table', 'json'], help: 'table or json' },
  utc: { help: 'Times in UTC' },
  help: { help: 'Show this' },
};
