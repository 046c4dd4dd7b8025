import type { Call, Run } from '../command.ts';
import { changeConfirmed } from '../danger.ts';
import { Failure } from '../failure.ts';
import type { Gateway } from '../gateway.ts';
import { etagOf, findClient, findPolicy, type Client, type Policy } from '../references.ts';
import { table } from '../table.ts';
import { plain } from '../terminal.ts';
import { keyTable, type Key } from './keys.ts';

export const list: Run = async ({ gateway: connect, terminal }) => {
  const gateway = await connect();
  const clients = await gateway.list<Client>('/v1/clients');
  const policies = terminal.form === 'json' ? [] : await gateway.list<Policy>('/v1/policies');
  const names = new Map(policies.map(({ id, name }) => [id, name]));
  terminal.show(clients, () =>
    clients.length === 0
      ? [
          'No client yet. Make the first:',
          '  filmgate clients create NAME --owner TEXT --preset read-only',
        ]
      : table(terminal, clients, [
          { title: 'CLIENT', cell: ({ name }) => name },
          {
            title: 'STATE',
            cell: ({ state }) => state,
            paint: ({ state }) => (state === 'active' ? null : 'warn'),
          },
          {
            title: 'POLICY',
            cell: ({ policy_id }) => names.get(policy_id) ?? policy_id,
            yields: true,
          },
          { title: 'OWNER', cell: ({ owner }) => owner, yields: true },
          { title: 'NETWORKS', cell: ({ networks }) => networks.join(' ') || 'any', yields: true },
        ]),
  );
  return 0;
};

export const show: Run = async ({ gateway: connect, parameters: [written], terminal }) => {
  const gateway = await connect();
  const client = await findClient(gateway, written!);
  const policy = await gateway.get<Policy>(`/v1/policies/${client.policy_id}`);
  const keys = await gateway.list<Key>('/v1/keys', { client_id: client.id });
  terminal.show({ ...client, policy: policy.body, keys }, () => [
    ...describe(client, policy.body),
    '',
    ...(keys.length === 0
      ? ['No key yet:', `  filmgate keys create ${client.name}`]
      : keyTable(terminal, keys, null)),
  ]);
  return 0;
};

const describe = (client: Client, policy: Policy): readonly string[] =>
  [
    ['client', `${client.name} (${client.id})`],
    ['state', client.state],
    ['owner', client.owner],
    ['policy', `${policy.name}: ${policy.scopes.length} scopes`],
    ['networks', client.networks.join(' ') || 'any'],
    ...(client.external_id === null ? [] : [['external id', client.external_id]]),
    ...Object.entries(client.metadata),
  ].map(([name, text]) => `${plain(name!).padEnd(12)} ${plain(text!)}`);

export const create: Run = async ({ gateway: connect, parameters: [name], terminal, values }) => {
  const gateway = await connect();
  const owner = values.needed('owner', 'say who answers for it');
  const policy = await choosePolicy(gateway, values);
  const { body } = await gateway.change<Client>('POST', '/v1/clients', {
    body: {
      name,
      owner,
      policy_id: policy.id,
      networks: values.list('network'),
      external_id: values.text('external-id'),
    },
  });
  terminal.show(body, () => [
    `${terminal.yes} client ${body.name} with policy ${policy.name}`,
    `  next: filmgate keys create ${body.name}`,
  ]);
  return 0;
};

/** The policy that is named, or the one named like the preset: made when it is not there. */
async function choosePolicy(gateway: Gateway, values: Call['values']): Promise<Policy> {
  const named = values.text('policy');
  if (named !== null) return findPolicy(gateway, named);
  const preset = values.text('preset');
  if (preset === null) {
    throw new Failure('say what the client may do: --policy POLICY or --preset PRESET', [
      'filmgate policy words lists the presets',
    ]);
  }
  const [existing] = await gateway.list<Policy>('/v1/policies', { name: preset });
  if (existing) return existing;
  const { body } = await gateway.change<Policy>('POST', '/v1/policies', {
    body: { name: preset, preset },
  });
  return body;
}

export const update: Run = async ({
  gateway: connect,
  parameters: [written],
  terminal,
  values,
}) => {
  const gateway = await connect();
  const client = await findClient(gateway, written!);
  const policy = values.text('policy');
  const networks = values.flag('any-network') ? [] : values.list('network');
  const body = {
    ...(values.flag('name') && { name: values.text('name') }),
    ...(values.flag('owner') && { owner: values.text('owner') }),
    ...(policy !== null && { policy_id: (await findPolicy(gateway, policy)).id }),
    ...((networks.length > 0 || values.flag('any-network')) && { networks }),
  };
  if (Object.keys(body).length === 0) throw new Failure('say what to change: see --help');
  const answer = await gateway.change('PATCH', `/v1/clients/${client.id}`, {
    body,
    ifMatch: etagOf(client),
  });
  terminal.show(answer.body, () => [`${terminal.yes} client ${client.name} is changed`]);
  return 0;
};

export const disable: Run = async (call) => {
  const gateway = await call.gateway();
  const client = await findClient(gateway, call.parameters[0]!);
  const body = await changeConfirmed(call, gateway, {
    method: 'POST',
    path: `/v1/clients/${client.id}/disable`,
    ifMatch: etagOf(client),
  });
  call.terminal.show(body, () => [`${call.terminal.yes} client ${client.name} is disabled`]);
  return 0;
};

export const enable: Run = async ({ gateway: connect, parameters: [written], terminal }) => {
  const gateway = await connect();
  const client = await findClient(gateway, written!);
  const { body } = await gateway.change('POST', `/v1/clients/${client.id}/enable`, {
    ifMatch: etagOf(client),
  });
  terminal.show(body, () => [`${terminal.yes} client ${client.name} works again`]);
  return 0;
};

export const remove: Run = async (call) => {
  const gateway = await call.gateway();
  const client = await findClient(gateway, call.parameters[0]!);
  await changeConfirmed(call, gateway, {
    method: 'DELETE',
    path: `/v1/clients/${client.id}`,
    ifMatch: etagOf(client),
  });
  call.terminal.show({ removed: client.id }, () => [
    `${call.terminal.yes} client ${client.name} is removed`,
  ]);
  return 0;
};
