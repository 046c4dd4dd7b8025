import { z } from '@hono/zod-openapi';
import type { KeyRecord } from '../domain/key.ts';
import type { KeyUse } from '../ports/stores.ts';
import { line, networks, time, toTime, toTimeOrNull, version } from './wire.ts';

const overlapMaxSeconds = 90 * 86_400;

export const keyReply = z
  .strictObject({
    id: z.string().meta({ description: 'Public; stays the same through rotations' }),
    client_id: z.string(),
    name: z.string(),
    environment: z.enum(['live', 'test']),
    state: z.enum(['active', 'expired', 'disabled', 'revoked']),
    state_reason: z.string().nullable(),
    scopes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'null: all that the policy grants' }),
    networks: z.array(z.string()),
    secrets: z
      .array(
        z.strictObject({
          number: z.int(),
          created_at: time,
          retires_at: time.nullable().meta({ description: 'End of the overlap' }),
        }),
      )
      .meta({ description: 'Newest first; two may live during an overlap' }),
    last_used: z.strictObject({ at: time, ip: z.string(), secret_number: z.int() }).nullable(),
    created_at: time,
    updated_at: time,
    expires_at: time,
    version,
  })
  .openapi('Key');

export const issuedReply = z
  .strictObject({
    key: keyReply,
    text: z.string().meta({ description: 'The credential itself. Shown this once' }),
  })
  .openapi('IssuedKey');

export const newKey = z
  .strictObject({
    client_id: z.string().regex(/^cl_[0-9A-Za-z]{20}$/, 'the id of a client (cl_…)'),
    name: line(64).default('default'),
    environment: z.enum(['live', 'test']).optional(),
    scopes: z
      .array(z.string().max(100))
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .meta({ description: 'Narrows the policy; null: all of it' }),
    networks: networks.default([]),
    expires_at: time.optional(),
  })
  .openapi('NewKey');

export const rotation = z
  .strictObject({
    overlap_seconds: z
      .int()
      .min(0)
      .max(overlapMaxSeconds)
      .optional()
      .meta({ description: 'How long older secrets still work; 0: not at all' }),
    expires_at: time.optional(),
  })
  .openapi('Rotation');

export function toKeyReply(
  { key, secrets }: KeyRecord,
  use: KeyUse | undefined,
  nowMs: number,
): z.output<typeof keyReply> {
  return {
    id: key.id,
    client_id: key.clientId,
    name: key.name,
    environment: key.environment,
    state: key.state === 'active' && key.expiresAtMs <= nowMs ? 'expired' : key.state,
    state_reason: key.stateReason,
    scopes: key.scopes && [...key.scopes],
    networks: [...key.networks],
    secrets: secrets.map(({ number, createdAtMs, retiresAtMs }) => ({
      number,
      created_at: toTime(createdAtMs),
      retires_at: toTimeOrNull(retiresAtMs),
    })),
    last_used: use ? { at: toTime(use.atMs), ip: use.ip, secret_number: use.secretNumber } : null,
    created_at: toTime(key.createdAtMs),
    updated_at: toTime(key.updatedAtMs),
    expires_at: toTime(key.expiresAtMs),
    version: key.version,
  };
}
