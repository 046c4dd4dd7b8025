import { z } from '@hono/zod-openapi';
import type { AdminContext } from './context.ts';
import { reads, type Endpoint } from './endpoint.ts';

const named = z.array(z.strictObject({ name: z.string(), help: z.string() }));

const vocabularyReply = z
  .strictObject({
    provider: z.string(),
    scopes: named,
    capabilities: named,
    presets: z.array(
      z.strictObject({
        name: z.string(),
        scopes: z.array(z.string()),
        capabilities: z.array(z.string()),
      }),
    ),
  })
  .openapi('Vocabulary');

const toNamed = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([name, help]) => ({ name, help }));

export const vocabularyEndpoints = ({ provider }: AdminContext): readonly Endpoint[] => [
  reads({
    path: '/v1/vocabulary',
    summary: 'Show the scopes, capabilities and presets that policies are made of',
    permission: 'description:read',
    reply: vocabularyReply,
    run: () => ({
      body: {
        provider: provider.name,
        scopes: toNamed(provider.scopes),
        capabilities: toNamed(provider.capabilities),
        presets: Object.entries(provider.presets).map(([name, { scopes, capabilities }]) => ({
          name,
          scopes: [...scopes],
          capabilities: [...capabilities],
        })),
      },
    }),
  }),
];
