import { z } from '@hono/zod-openapi';
import type { AdminContext } from './context.ts';
import { reads, type Endpoint } from './endpoint.ts';

const configReply = z
  .strictObject({
    file: z.string().nullable().meta({ description: 'null: built-in defaults' }),
    effective: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What is in force; secrets stand as references' }),
  })
  .openapi('Config');

export const configEndpoints = ({ config }: AdminContext): readonly Endpoint[] => [
  reads({
    path: '/v1/config',
    summary: 'Show the configuration in force, without secrets',
    permission: 'config:read',
    reply: configReply,
    run: () => ({ body: { file: config.file, effective: config.effective } }),
  }),
];
