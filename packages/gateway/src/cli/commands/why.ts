import type { Run } from '../command.ts';
import { plain, type Terminal } from '../terminal.ts';
import { findingLines, type Finding } from '../ruleFindings.ts';
import { wrap } from '../usage.ts';

export interface Request {
  readonly id: string;
  readonly at: string;
  readonly actor: {
    readonly kind: string;
    readonly client_name: string | null;
    readonly key_id: string | null;
    readonly via: string | null;
  };
  readonly action: string;
  readonly method: string | null;
  readonly path: string | null;
  readonly source_ip: string | null;
  readonly decision: 'allowed' | 'denied' | 'failed';
  readonly code: string | null;
  readonly status: number | null;
  readonly duration_ms: number | null;
  readonly findings: readonly Finding[];
}

interface Check {
  readonly name: string;
  readonly result: 'passed' | 'denied' | 'reported' | 'off' | 'failed' | 'not reached';
  readonly reason?: string;
}

interface Explained {
  readonly request: Request;
  readonly explanation: {
    readonly verdict: string;
    readonly checks: readonly Check[];
    readonly decided_by: string | null;
    readonly reason: string | null;
    readonly source: string | null;
    readonly remedy: string | null;
  };
}

export const run: Run = async ({ gateway, parameters: [id], terminal }) => {
  const path = `/v1/requests/${encodeURIComponent(id!)}`;
  const { body } = await (await gateway()).get<Explained>(path);
  terminal.show(body, () => page(terminal, body));
  return 0;
};

/** The whole story on one page of 80 columns. */
export function page(
  terminal: Pick<Terminal, 'paint' | 'yes' | 'no' | 'time'>,
  { request, explanation }: Explained,
): readonly string[] {
  const nameWidth = Math.max(4, ...explanation.checks.map(({ name }) => name.length));
  return [
    terminal.paint('strong', request.id),
    ...wrap(headOf(request), 80, '  '),
    `${terminal.time(request.at)}  ${who(request)}`,
    '',
    ...explanation.checks.flatMap((check) => checkLines(terminal, check, nameWidth)),
    ...(request.findings.length === 0 ? [] : ['', 'Found by rules:']),
    ...request.findings.flatMap((finding) => findingLines(terminal, finding)),
    '',
    ...wrap(plain(explanation.verdict), 80, ''),
    ...field(terminal, 'because', explanation.reason),
    ...field(terminal, 'rule', explanation.source),
    ...field(terminal, 'to pass', explanation.remedy),
  ];
}

const headOf = ({ method, path, action }: Request): string =>
  plain([method, path, action === '' ? '' : `(${action})`].filter(Boolean).join(' '));

export function who({ actor, source_ip }: Request): string {
  const name = actor.client_name ?? actor.via ?? null;
  const parts = [
    name === null ? actor.kind : `${actor.kind} ${name}`,
    ...(actor.key_id === null ? [] : [`key ${actor.key_id}`]),
    ...(source_ip === null ? [] : [`from ${source_ip}`]),
  ];
  return plain(parts.join('  '));
}

function checkLines(
  terminal: Pick<Terminal, 'paint' | 'yes' | 'no'>,
  { name, result, reason }: Check,
  nameWidth: number,
): readonly string[] {
  const marks: Readonly<Record<Check['result'], string>> = {
    passed: terminal.yes,
    denied: terminal.no,
    failed: terminal.no,
    reported: terminal.paint('warn', '!'),
    off: terminal.paint('quiet', '○'),
    'not reached': terminal.paint('quiet', '·'),
  };
  const words: Readonly<Record<Check['result'], string>> = {
    passed: '',
    denied: reason ?? 'denied',
    failed: reason ?? 'could not decide',
    reported: `would deny: ${reason ?? ''}`,
    off: 'is off',
    'not reached': 'not reached',
  };
  const head = `  ${marks[result]} ${name.padEnd(nameWidth)}`;
  const indent = ' '.repeat(nameWidth + 6);
  const [first = '', ...more] = wrap(plain(words[result]), 80 - indent.length, '');
  const shown =
    result === 'not reached' || result === 'off' ? terminal.paint('quiet', first) : first;
  return [`${head}  ${shown}`.trimEnd(), ...more.map((line) => indent + line)];
}

function field(
  terminal: Pick<Terminal, 'paint'>,
  name: string,
  text: string | null,
): readonly string[] {
  if (text === null) return [];
  const indent = ' '.repeat(11);
  return wrap(plain(text), 80 - indent.length, '').map(
    (line, index) => (index === 0 ? `  ${terminal.paint('quiet', name.padEnd(9))}` : indent) + line,
  );
}
