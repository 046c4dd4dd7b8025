import type { Run } from '../command.ts';
import { changeConfirmed } from '../danger.ts';
import type { Gateway } from '../gateway.ts';
import { toMoment, toSeconds } from '../moment.ts';
import { etagOf, findClient, type Client } from '../references.ts';
import { checkReveal } from '../secret.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export interface Key {
  readonly id: string;
  readonly client_id: string;
  readonly name: string;
  readonly environment: string;
  readonly state: 'active' | 'expired' | 'disabled' | 'revoked';
  readonly state_reason: string | null;
  readonly scopes: readonly string[] | null;
  readonly networks: readonly string[];
  readonly secrets: readonly {
    readonly number: number;
    readonly created_at: string;
    readonly retires_at: string | null;
  }[];
  readonly last_used: { readonly at: string; readonly ip: string } | null;
  readonly expires_at: string;
  readonly version: number;
}

interface Issued {
  readonly key: Key;
  readonly text: string;
}

const findKey = async (gateway: Gateway, id: string): Promise<Key> =>
  (await gateway.get<Key>(`/v1/keys/${encodeURIComponent(id)}`)).body;

export const list: Run = async ({ gateway: connect, terminal, values }) => {
  const gateway = await connect();
  const written = values.text('client');
  const client_id = written === null ? null : (await findClient(gateway, written)).id;
  const keys = await gateway.list<Key>('/v1/keys', { client_id });
  const clients = terminal.form === 'json' ? [] : await gateway.list<Client>('/v1/clients');
  const names = new Map(clients.map(({ id, name }) => [id, name]));
  terminal.show(keys, () =>
    keys.length === 0
      ? ['No key yet. Make the first:', `  filmgate keys create ${written ?? 'CLIENT'}`]
      : keyTable(terminal, keys, names),
  );
  return 0;
};

/** @param names of clients by id; null: without the column */
export const keyTable = (
  terminal: Terminal,
  keys: readonly Key[],
  names: ReadonlyMap<string, string> | null,
): readonly string[] =>
  table(terminal, keys, [
    { title: 'KEY', cell: ({ id }) => id },
    ...(names === null
      ? []
      : [{ title: 'CLIENT', cell: (key: Key) => names.get(key.client_id) ?? key.client_id }]),
    { title: 'FOR', cell: ({ name }) => name, yields: true },
    { title: 'ENV', cell: ({ environment }) => environment },
    {
      title: 'STATE',
      cell: ({ state }) => state,
      paint: ({ state }) => (state === 'active' ? null : 'warn'),
    },
    {
      title: 'LAST USED',
      cell: ({ last_used }) => (last_used ? terminal.time(last_used.at).slice(0, 16) : 'never'),
    },
    { title: 'EXPIRES', cell: ({ expires_at }) => terminal.time(expires_at).slice(0, 10) },
  ]);

export const show: Run = async ({ gateway: connect, parameters: [id], terminal }) => {
  const gateway = await connect();
  const key = await findKey(gateway, id!);
  terminal.show(key, () => [
    ...keyTable(terminal, [key], null),
    '',
    `scopes       ${key.scopes?.join(' ') ?? 'all of the policy'}`,
    `networks     ${key.networks.join(' ') || 'any'}`,
    ...(key.last_used ? [`last used    from ${key.last_used.ip}`] : []),
    ...(key.state_reason === null ? [] : [`reason       ${key.state_reason}`]),
    ...key.secrets.map(
      ({ number, created_at, retires_at }) =>
        `secret ${number}     since ${terminal.time(created_at)}` +
        (retires_at === null ? '' : `, works until ${terminal.time(retires_at)}`),
    ),
  ]);
  return 0;
};

export const create: Run = async (call) => {
  checkReveal(call);
  const { values, terminal } = call;
  const gateway = await call.gateway();
  const client = await findClient(gateway, call.parameters[0]!);
  const expires = toMoment(values.text('expires'), 'expires', call.nowMs());
  const scopes = values.list('scope');
  const { body } = await gateway.change<Issued>('POST', '/v1/keys', {
    body: {
      client_id: client.id,
      ...(values.flag('name') && { name: values.text('name') }),
      ...(values.flag('environment') && { environment: values.text('environment') }),
      ...(scopes.length > 0 && { scopes }),
      networks: values.list('network'),
      ...(expires !== null && { expires_at: expires }),
    },
  });
  reveal(terminal, body, `key of ${client.name}`);
  return 0;
};

export const rotate: Run = async (call) => {
  checkReveal(call);
  const { values, terminal } = call;
  const gateway = await call.gateway();
  const key = await findKey(gateway, call.parameters[0]!);
  const overlap = toSeconds(values.text('overlap'), 'overlap');
  const expires = toMoment(values.text('expires'), 'expires', call.nowMs());
  const { body } = await gateway.change<Issued>('POST', `/v1/keys/${key.id}/rotate`, {
    body: {
      ...(overlap !== null && { overlap_seconds: overlap }),
      ...(expires !== null && { expires_at: expires }),
    },
    ifMatch: etagOf(key),
  });
  reveal(terminal, body, `fresh secret of key ${key.id}`);
  return 0;
};

function reveal(terminal: Terminal, issued: Issued, what: string): void {
  const { key, text } = issued;
  const older = key.secrets[1];
  terminal.show(issued, () => [
    `${terminal.yes} ${what}, until ${terminal.time(key.expires_at)}; shown this once:`,
    '',
    `  ${terminal.paint('strong', text)}`,
    '',
    ...(older?.retires_at
      ? [`  the old secret works until ${terminal.time(older.retires_at)}`]
      : []),
    '  send it in the Authorization header, bare or as Bearer',
  ]);
}

const setState =
  (verb: 'disable' | 'enable', done: string): Run =>
  async ({ gateway: connect, parameters: [id], terminal, values }) => {
    const gateway = await connect();
    const given = values.text('reason');
    const reason = verb === 'enable' ? given : values.needed('reason', 'it is kept with the key');
    const key = await findKey(gateway, id!);
    const { body } = await gateway.change('POST', `/v1/keys/${key.id}/${verb}`, {
      body: reason === null ? {} : { reason },
      ifMatch: etagOf(key),
    });
    terminal.show(body, () => [`${terminal.yes} key ${key.id} ${done}`]);
    return 0;
  };

export const disable: Run = setState('disable', 'is disabled');
export const enable: Run = setState('enable', 'works again');

export const revoke: Run = async (call) => {
  const gateway = await call.gateway();
  const key = await findKey(gateway, call.parameters[0]!);
  const body = await changeConfirmed(call, gateway, {
    method: 'POST',
    path: `/v1/keys/${key.id}/revoke`,
    ifMatch: etagOf(key),
  });
  call.terminal.show(body, () => [`${call.terminal.yes} key ${key.id} is revoked`]);
  return 0;
};
