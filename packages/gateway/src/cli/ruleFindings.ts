import { plain, type Terminal } from './terminal.ts';
import { wrap } from './usage.ts';

/** What a rule of the web application firewall found, as the admin API has it. */
export interface Finding {
  readonly rule: number;
  readonly message: string;
  readonly severity: string | null;
  readonly source: string;
  readonly matched: readonly { readonly variable: string; readonly value: string }[];
  readonly score: number;
  readonly reported: boolean;
}

/** The rule, what it says, where it looked, and the beginning of what it saw. */
export function findingLines(
  terminal: Pick<Terminal, 'paint'>,
  { rule, message, source, matched, score, reported }: Finding,
): readonly string[] {
  const weight = reported ? 'only reported' : score > 0 ? `+${score}` : 'no score';
  return [
    ...wrap(plain(`${rule}  ${weight}  ${message}`), 78, '  ').map((line) => `  ${line}`),
    ...matched.flatMap(({ variable, value }) =>
      wrap(plain(`${variable}  ${value}`), 74, '  ').map((line) => `      ${line}`),
    ),
    terminal.paint('quiet', `      ${plain(source)}`),
  ];
}
