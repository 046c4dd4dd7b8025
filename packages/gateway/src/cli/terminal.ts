import type { WriteStream } from 'node:tty';
import { styleText, stripVTControlCharacters } from 'node:util';

type Stream = Pick<NodeJS.WriteStream, 'write'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>;

export interface TerminalOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--json`, `--output`; null: tables on a terminal, JSON in a pipe. */
  readonly form: 'table' | 'json' | null;
  readonly utc: boolean;
}

type Style = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

const styles = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  quiet: 'gray',
  strong: 'bold',
} as const satisfies Record<Style, Parameters<typeof styleText>[0]>;

/** Where output goes and in which form. Nothing else writes. */
export class Terminal {
  readonly form: 'table' | 'json';
  /** Whether a person sees standard output. */
  readonly isPerson: boolean;
  readonly columns: number;
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  readonly #hasColors: boolean;
  readonly #utc: boolean;

  constructor({ stdout, stderr, environment, form, utc }: TerminalOptions) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.isPerson = stdout.isTTY === true;
    this.form = form ?? (this.isPerson ? 'table' : 'json');
    // Some pseudo-terminals say 0.
    this.columns = stdout.columns || (this.isPerson ? 80 : Number.MAX_SAFE_INTEGER);
    this.#hasColors = this.isPerson && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
    this.#utc = utc;
  }

  /** A line for standard output. */
  print(line = ''): void {
    this.#stdout.write(`${line}\n`);
  }

  /** A line for standard error: progress and advice that no pipe should carry. */
  note(line = ''): void {
    this.#stderr.write(`${line}\n`);
  }

  /** A result: `value` in the JSON form, lines in the other. */
  show(value: unknown, lines: () => readonly string[]): void {
    if (this.form === 'json') this.print(JSON.stringify(value, null, 2));
    else for (const line of lines()) this.print(line);
  }

  paint(style: Style, text: string): string {
    return this.#hasColors ? styleText(styles[style], text, { validateStream: false }) : text;
  }

  get yes(): string {
    return this.paint('good', '✔');
  }

  get no(): string {
    return this.paint('bad', '✖');
  }

  /** `2026-11-24 12:00:03` in local time, or with a Z in UTC. */
  time(text: string): string {
    if (this.#utc) return `${text.slice(0, 10)} ${text.slice(11, 19)}Z`;
    const at = new Date(text);
    const two = (value: number) => String(value).padStart(2, '0');
    const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
    return `${date} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
  }
}

/** Text of others, made harmless for a terminal: one line, no control and no direction characters. */
export const plain = (text: string): string =>
  stripVTControlCharacters(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`,
  );
