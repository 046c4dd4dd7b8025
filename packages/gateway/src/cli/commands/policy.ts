import type { Call, Run } from '../command.ts';
import { changeConfirmed } from '../danger.ts';
import { Failure } from '../failure.ts';
import { toSeconds } from '../moment.ts';
import { etagOf, findPolicy, type Policy } from '../references.ts';
import { table } from '../table.ts';
import { plain } from '../terminal.ts';
import { wrap } from '../usage.ts';

export const list: Run = async ({ gateway, terminal }) => {
  const policies = await (await gateway()).list<Policy>('/v1/policies');
  terminal.show(policies, () =>
    policies.length === 0
      ? ['No policy yet. Make the first:', '  filmgate policy create NAME --preset read-only']
      : table(terminal, policies, [
          { title: 'POLICY', cell: ({ name }) => name },
          { title: 'SCOPES', cell: ({ scopes }) => scopes.join(' '), yields: true },
          { title: 'NETWORKS', cell: ({ networks }) => networks.join(' ') || 'any', yields: true },
          { title: 'RATE', cell: toRate },
        ]),
  );
  return 0;
};

const toRate = ({ rate }: Policy): string =>
  rate === null ? 'any' : `${rate.requests}/${rate.window_seconds}s`;

export const show: Run = async ({ gateway, parameters: [written], terminal }) => {
  const policy = await findPolicy(await gateway(), written!);
  terminal.show(policy, () => describe(policy));
  return 0;
};

function describe(policy: Policy): readonly string[] {
  const lines = [
    ['policy', `${policy.name} (${policy.id})`],
    ['scopes', policy.scopes.join(' ') || 'none: clients can do nothing'],
    ['capabilities', policy.capabilities.join(' ') || 'none'],
    ['networks', policy.networks.join(' ') || 'any'],
    ['remote hosts', policy.remote_hosts.join(' ') || 'any public host'],
    ['hours', policy.hours.map(toHours).join('; ') || 'always'],
    ['rate', toRate(policy)],
    ['in flight', String(policy.concurrency_max ?? 'bound of the gateway')],
  ] as const;
  return lines.flatMap(([name, text]) =>
    wrap(plain(text), 66, '').map(
      (line, index) => `${(index === 0 ? name : '').padEnd(13)} ${line}`,
    ),
  );
}

const toHours = ({ days, from, to }: Policy['hours'][number]): string =>
  `days ${days.join(',')} ${from}-${to} UTC`;

export const create: Run = async ({ gateway, parameters: [name], terminal, values }) => {
  const preset = values.text('preset');
  const { body } = await (
    await gateway()
  ).change<Policy>('POST', '/v1/policies', {
    body: {
      name,
      ...(preset !== null && { preset }),
      scopes: values.list('scope'),
      capabilities: values.list('capability'),
      ...bounds(values),
    },
  });
  terminal.show(body, () => [`${terminal.yes} policy`, ...describe(body)]);
  return 0;
};

/** What `--network` and its siblings say; what they do not say stays out. */
function bounds(values: Call['values']): object {
  const networks = values.list('network');
  const hosts = values.list('remote-host');
  const rate = values.text('rate');
  const concurrency = values.text('concurrency');
  return {
    ...((networks.length > 0 || values.flag('any-network')) && { networks }),
    ...(hosts.length > 0 && { remote_hosts: hosts }),
    ...(rate !== null && { rate: fromRate(rate) }),
    ...(concurrency !== null && {
      concurrency_max: concurrency === 'none' ? null : values.number('concurrency'),
    }),
  };
}

function fromRate(text: string): { requests: number; window_seconds: number } | null {
  if (text === 'none') return null;
  const match = /^(\d{1,7})\/(\w+)$/.exec(text);
  if (!match) throw new Failure('--rate: expected requests in a time, such as 100/1m');
  return { requests: Number(match[1]), window_seconds: toSeconds(match[2]!, 'rate')! };
}

export const update: Run = async ({
  gateway: connect,
  parameters: [written],
  terminal,
  values,
}) => {
  const gateway = await connect();
  const policy = await findPolicy(gateway, written!);
  const changes = {
    scopes: edited(policy.scopes, values.list('add-scope'), values.list('remove-scope')),
    capabilities: edited(
      policy.capabilities,
      values.list('add-capability'),
      values.list('remove-capability'),
    ),
    ...bounds(values),
  };
  const path = `/v1/policies/${policy.id}`;
  const change = { body: changes, ifMatch: etagOf(policy) };
  const preview = await gateway.change<{ effect: string[]; changes: object }>('PATCH', path, {
    ...change,
    dryRun: true,
  });
  if (Object.keys(preview.body.changes).length === 0) throw new Failure('nothing would change');
  if (terminal.form === 'table' || values.flag('dry-run')) {
    for (const line of preview.body.effect) terminal.note(`  ${line}`);
  }
  if (values.flag('dry-run')) {
    terminal.show(preview.body, () => ['nothing was changed']);
    return 0;
  }
  const { body } = await gateway.change('PATCH', path, change);
  terminal.show(body, () => [`${terminal.yes} policy ${policy.name} is changed`]);
  return 0;
};

const edited = (
  before: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] =>
  [...new Set([...before, ...added])].filter((item) => !removed.includes(item));

export const remove: Run = async (call) => {
  const gateway = await call.gateway();
  const policy = await findPolicy(gateway, call.parameters[0]!);
  await changeConfirmed(call, gateway, {
    method: 'DELETE',
    path: `/v1/policies/${policy.id}`,
    ifMatch: etagOf(policy),
  });
  call.terminal.show({ removed: policy.id }, () => [
    `${call.terminal.yes} policy ${policy.name} is removed`,
  ]);
  return 0;
};

interface Vocabulary {
  readonly scopes: readonly { readonly name: string; readonly help: string }[];
  readonly capabilities: Vocabulary['scopes'];
  readonly presets: readonly { readonly name: string; readonly scopes: readonly string[] }[];
}

export const words: Run = async ({ gateway, terminal }) => {
  const { body } = await (await gateway()).get<Vocabulary>('/v1/vocabulary');
  const named = (items: Vocabulary['scopes']) =>
    table(terminal, items, [
      { title: 'NAME', cell: ({ name }) => name },
      { title: 'ALLOWS', cell: ({ help }) => help, yields: true },
    ]);
  terminal.show(body, () => [
    terminal.paint('strong', 'Scopes'),
    ...named(body.scopes),
    '',
    terminal.paint('strong', 'Capabilities'),
    ...named(body.capabilities),
    '',
    terminal.paint('strong', 'Presets'),
    ...body.presets.map(({ name, scopes }) => `${name} (${scopes.length} scopes)`),
  ]);
  return 0;
};
