import type { Run } from '../command.ts';
import type { Gateway } from '../gateway.ts';
import { toMoment } from '../moment.ts';
import { etagOf, pickNamed } from '../references.ts';
import { checkReveal } from '../secret.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Admin {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly expires_at: string;
  readonly version: number;
}

interface Issued {
  readonly admin: Admin;
  readonly token: string;
}

export const list: Run = async ({ gateway, terminal }) => {
  const admins = await (await gateway()).list<Admin>('/v1/admins');
  terminal.show(admins, () =>
    table(terminal, admins, [
      { title: 'ADMIN', cell: ({ name }) => name },
      { title: 'ROLE', cell: ({ role }) => role },
      {
        title: 'STATE',
        cell: ({ state }) => state,
        paint: ({ state }) => (state === 'active' ? null : 'warn'),
      },
      { title: 'EXPIRES', cell: ({ expires_at }) => terminal.time(expires_at).slice(0, 10) },
      { title: 'ID', cell: ({ id }) => id, yields: true },
    ]),
  );
  return 0;
};

export const create: Run = async (call) => {
  checkReveal(call);
  const { values, terminal } = call;
  const expires = toMoment(values.text('expires'), 'expires', call.nowMs());
  const { body } = await (
    await call.gateway()
  ).change<Issued>('POST', '/v1/admins', {
    body: {
      name: call.parameters[0],
      role: values.text('role') ?? 'viewer',
      ...(expires !== null && { expires_at: expires }),
    },
  });
  reveal(terminal, body);
  return 0;
};

export const rotate: Run = async (call) => {
  checkReveal(call);
  const { values, terminal } = call;
  const gateway = await call.gateway();
  const expires = toMoment(values.text('expires'), 'expires', call.nowMs());
  const body = expires === null ? {} : { expires_at: expires };
  const [written] = call.parameters;
  const admin = written === undefined ? null : await findAdmin(gateway, written);
  const answer = await gateway.change<Issued>(
    'POST',
    admin === null ? '/v1/self/rotate' : `/v1/admins/${admin.id}/rotate`,
    { body, ...(admin && { ifMatch: etagOf(admin) }) },
  );
  reveal(terminal, answer.body);
  return 0;
};

function reveal(terminal: Terminal, issued: Issued): void {
  const { admin, token } = issued;
  terminal.show(issued, () => [
    `${terminal.yes} token of ${admin.name} (${admin.role}), until ${terminal.time(admin.expires_at)}; shown this once:`,
    '',
    `  ${terminal.paint('strong', token)}`,
    '',
    '  use it with FILMGATE_ADMIN_TOKEN',
  ]);
}

const setState =
  (state: 'active' | 'disabled', done: string): Run =>
  async ({ gateway: connect, parameters: [written], terminal, values }) => {
    const gateway = await connect();
    const reason =
      state === 'active' ? values.text('reason') : values.needed('reason', 'it is kept in the log');
    const admin = await findAdmin(gateway, written!);
    const { body } = await gateway.change('PATCH', `/v1/admins/${admin.id}`, {
      body: { state, ...(reason !== null && { reason }) },
      ifMatch: etagOf(admin),
    });
    terminal.show(body, () => [`${terminal.yes} admin ${admin.name} ${done}`]);
    return 0;
  };

export const disable: Run = setState('disabled', 'is shut out');
export const enable: Run = setState('active', 'may come in again');

const findAdmin = async (gateway: Gateway, written: string): Promise<Admin> =>
  pickNamed(await gateway.list<Admin>('/v1/admins'), 'admin', written);
