import type { Call, Run } from '../command.ts';
import { confirm } from '../danger.ts';
import { Failure } from '../failure.ts';
import type { Gateway } from '../gateway.ts';
import { plain } from '../terminal.ts';
import { wrap } from '../usage.ts';
import { findingLines } from '../ruleFindings.ts';
import type { Request } from './why.ts';

interface Rules {
  readonly mode: 'off' | 'report' | 'enforce';
  readonly core_rule_set: { readonly folder: string; readonly signature: string } | null;
  readonly rules: number;
  readonly paranoia: number;
  readonly inbound_threshold: number;
  readonly outbound_threshold: number;
  readonly overrides: number;
  readonly exclusions_file: string;
  readonly warnings: readonly string[];
}

export const list: Run = async ({ gateway, terminal }) => {
  const { body } = await (await gateway()).get<Rules>('/v1/waf');
  terminal.show(body, () => describe(body));
  return 0;
};

export const reload: Run = async ({ gateway, terminal }) => {
  const { body } = await (await gateway()).change<Rules>('POST', '/v1/waf/reload');
  terminal.show(body, () => [
    `${terminal.yes} requests from now on meet these:`,
    ...describe(body),
  ]);
  return 0;
};

function describe(rules: Rules): readonly string[] {
  const set = rules.core_rule_set;
  const lines = [
    ['mode', rules.mode],
    ['rules', `${rules.rules}, ${set ? `with ${set.signature}` : 'the built-in ones alone'}`],
    ['from', set?.folder ?? 'this gateway; filmgate waf update adds the Core Rule Set'],
    ['paranoia', String(rules.paranoia)],
    ['blocks at', `${rules.inbound_threshold}; answers at ${rules.outbound_threshold}`],
    ['overrides', String(rules.overrides)],
    ['exclusions', rules.exclusions_file],
    ...rules.warnings.map((warning) => ['warning', warning] as const),
  ] as const;
  return lines.flatMap(([name, text]) =>
    wrap(plain(text), 66, '').map(
      (line, index) => `${(index === 0 ? name : '').padEnd(11)} ${line}`,
    ),
  );
}

interface Explained {
  readonly request: Request;
  readonly explanation: { readonly verdict: string };
}

export const explain: Run = async ({ gateway, parameters: [id], terminal }) => {
  const { request, explanation } = await find(await gateway(), id!);
  const { findings } = request;
  const score = findings.reduce((sum, one) => sum + (one.reported ? 0 : one.score), 0);
  const value = { id: request.id, action: request.action, code: request.code, score, findings };
  terminal.show(value, () => [
    terminal.paint('strong', request.id),
    ...wrap(plain(explanation.verdict), 80, ''),
    '',
    ...(findings.length === 0
      ? ['No rule of the web application firewall found anything.']
      : findings.flatMap((finding) => findingLines(terminal, finding))),
    ...(score === 0 ? [] : ['', `score ${score}`, ...remedy(request.id)]),
  ]);
  return 0;
};

const remedy = (id: string): readonly string[] => [
  'Where this was no attack, let these rules not look there:',
  `  filmgate waf exclude ${id} --reason "…" --yes`,
  '  --rule N, --field F and --route OPERATION narrow it; --route "*" is every operation',
];

async function find(gateway: Gateway, id: string): Promise<Explained> {
  return (await gateway.get<Explained>(`/v1/requests/${encodeURIComponent(id)}`)).body;
}

interface Excluded {
  readonly file: string;
  readonly text: string;
}

export const exclude: Run = async (call) => {
  const { parameters, terminal, values } = call;
  const gateway = await call.gateway();
  const body = (reason: string) => ({
    request_id: parameters[0]!,
    ...(values.list('rule').length > 0 && { rules: values.list('rule').map(toRule) }),
    ...(values.text('field') !== null && { field: values.text('field') }),
    ...(values.text('route') !== null && { operation: values.text('route') }),
    reason,
  });
  const path = '/v1/waf/exclusions';
  const reason = await confirm(call, async (text) => {
    const preview = await gateway.change<{ effect: readonly string[] }>('POST', path, {
      body: body(text),
      dryRun: true,
    });
    return preview.body;
  });
  const done = await gateway.change<Excluded>('POST', path, { body: body(reason) });
  terminal.show(done.body, () => [
    `${terminal.yes} written to ${done.body.file} and in force:`,
    ...done.body.text.trimEnd().split('\n').map(plain),
  ]);
  return 0;
};

function toRule(text: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new Failure('--rule: expected the number of a rule');
  return Number(text);
}

/** Tells a running gateway; one that does not run reads the rules when it starts. */
export async function tellGateway(call: Pick<Call, 'gateway'>): Promise<string> {
  try {
    await (await call.gateway()).change('POST', '/v1/waf/reload');
    return 'the gateway runs with it';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `the gateway was not told (${error.message}); filmgate waf reload, or start it`;
  }
}
