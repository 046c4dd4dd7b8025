import type { Run } from '../command.ts';
import { findClient, type Client } from '../references.ts';
import { table } from '../table.ts';

interface Job {
  readonly id: string;
  readonly client_id: string;
  readonly state: string | null;
  readonly created_at: string;
}

export const run: Run = async ({ gateway: connect, terminal, values }) => {
  const gateway = await connect();
  const named = values.text('client');
  const client_id = named === null ? null : (await findClient(gateway, named)).id;
  const jobs = await gateway.list<Job>('/v1/jobs', { client_id }, values.number('limit') ?? 50);
  const clients = terminal.form === 'json' ? [] : await gateway.list<Client>('/v1/clients');
  const names = new Map(clients.map(({ id, name }) => [id, name]));
  terminal.show(jobs, () =>
    jobs.length === 0
      ? [
          'No job was made through the gateway yet.',
          'Earlier ones are taken in with: filmgate adopt CLIENT',
        ]
      : table(terminal, jobs, [
          { title: 'JOB', cell: ({ id }) => id },
          { title: 'STATE', cell: ({ state }) => state ?? 'unknown' },
          {
            title: 'CLIENT',
            cell: (job) => names.get(job.client_id) ?? job.client_id,
            yields: true,
          },
          { title: 'MADE', cell: ({ created_at }) => terminal.time(created_at) },
        ]),
  );
  return 0;
};
