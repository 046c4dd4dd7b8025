import { z } from '@hono/zod-openapi';
import type { Hours, Policy } from '../domain/policy.ts';
import type { Provider } from '../providers/provider.ts';
import { name, networks, time, toTime, version } from './wire.ts';

const clockTime = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as 08:30, up to 24:00');

const hours = z
  .array(
    z
      .strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: clockTime,
        to: clockTime,
      })
      .refine(({ from, to }) => from < to, 'from before to; split a window at midnight'),
  )
  .max(50)
  .meta({ description: 'Windows of use in UTC, weekdays 1 (Monday) to 7; empty: always' });

const remoteHosts = z
  .array(
    z
      .string()
      .regex(
        /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/,
        'a host name such as media.example.com or *.example.com',
      ),
  )
  .max(500)
  .meta({ description: 'Hosts that fetched addresses may name; empty: any public host' });

const rate = z
  .strictObject({
    requests: z.int().min(1).max(1_000_000),
    window_seconds: z.number().positive().max(86_400),
  })
  .nullable();

const concurrency = z.int().min(1).max(100_000).nullable();

/** The forms that depend on which scopes and capabilities the provider knows. */
export function policyForms(provider: Pick<Provider, 'scopes' | 'capabilities' | 'presets'>) {
  const scopes = z.array(oneOf(provider.scopes).openapi('Scope'));
  const capabilities = z.array(oneOf(provider.capabilities).openapi('Capability'));
  const preset = oneOf(provider.presets).openapi('Preset');
  const members = { scopes, capabilities, networks, hours, remote_hosts: remoteHosts, rate };
  return {
    reply: z
      .strictObject({
        id: z.string(),
        name: z.string(),
        scopes: z.array(z.string()),
        capabilities: z.array(z.string()),
        networks: z.array(z.string()),
        hours,
        remote_hosts: z.array(z.string()),
        rate,
        concurrency_max: concurrency,
        created_at: time,
        updated_at: time,
        version,
      })
      .openapi('Policy'),
    creation: z
      .strictObject({
        name,
        preset: preset.optional().meta({ description: 'Adds its scopes and capabilities' }),
        scopes: scopes.default([]),
        capabilities: capabilities.default([]),
        networks: networks.default([]),
        hours: hours.default([]),
        remote_hosts: remoteHosts.default([]),
        rate: rate.default(null),
        concurrency_max: concurrency.default(null),
      })
      .openapi('NewPolicy'),
    patch: z
      .strictObject({ name, ...members, concurrency_max: concurrency })
      .partial()
      .openapi('PolicyPatch'),
  };
}

export type PolicyForms = ReturnType<typeof policyForms>;

const oneOf = (names: Readonly<Record<string, unknown>>) =>
  z.enum(Object.keys(names) as [string, ...string[]]);

const toMinute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const toClockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

type WireHours = z.output<typeof hours>;

export const fromWireHours = (windows: WireHours): readonly Hours[] =>
  windows.map(({ days, from, to }) => ({
    days,
    fromMinute: toMinute(from),
    toMinute: toMinute(to),
  }));

export const fromWireRate = (wire: z.output<typeof rate>): Policy['rate'] =>
  wire && { requests: wire.requests, windowMs: Math.round(wire.window_seconds * 1000) };

export const toPolicyReply = (policy: Policy): z.output<PolicyForms['reply']> => ({
  id: policy.id,
  name: policy.name,
  scopes: [...policy.scopes],
  capabilities: [...policy.capabilities],
  networks: [...policy.networks],
  hours: policy.hours.map(({ days, fromMinute, toMinute: end }) => ({
    days: [...days],
    from: toClockTime(fromMinute),
    to: toClockTime(end),
  })),
  remote_hosts: [...policy.remoteHosts],
  rate: policy.rate && {
    requests: policy.rate.requests,
    window_seconds: policy.rate.windowMs / 1000,
  },
  concurrency_max: policy.concurrencyMax,
  created_at: toTime(policy.createdAtMs),
  updated_at: toTime(policy.updatedAtMs),
  version: policy.version,
});
