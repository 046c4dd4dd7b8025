import type { Run } from '../command.ts';
import { findClient } from '../references.ts';

interface Adopted {
  readonly adopted: readonly { readonly id: string }[];
}

export const run: Run = async ({ gateway: connect, parameters, terminal, values }) => {
  const gateway = await connect();
  const [written, ...ids] = parameters;
  const client = await findClient(gateway, written!);
  const kind = values.text('kind') ?? 'job';
  const body = { client_id: client.id, kind, ...(ids.length > 0 && { ids }) };
  const path = '/v1/resources/adopt';
  if (values.flag('dry-run')) {
    const preview = await gateway.change<{ effect: string[] }>('POST', path, {
      body,
      dryRun: true,
    });
    terminal.show(preview.body, () => [...preview.body.effect, 'nothing was changed']);
    return 0;
  }
  const answer = await gateway.change<Adopted>('POST', path, { body });
  const { length } = answer.body.adopted;
  terminal.show(answer.body, () => [
    `${terminal.yes} client ${client.name} owns ${length} more (${kind})`,
  ]);
  return 0;
};
