import { z } from 'zod';
import { parseCidr } from '../domain/network.ts';
import { parseDurationMs, parseSizeBytes } from './units.ts';

export const duration = (text: string) =>
  z
    .string()
    .refine(
      (value) => parseDurationMs(value) !== null,
      'a duration with its unit, such as 250ms, 10s, 5m, 24h or 90d',
    )
    .default(text)
    .transform((value) => parseDurationMs(value)!)
    .meta({ type: 'string', examples: [text] });

export const size = (text: string) =>
  z
    .string()
    .refine(
      (value) => parseSizeBytes(value) !== null,
      'a size with its unit, such as 512B, 16KB or 10MB',
    )
    .default(text)
    .transform((value) => parseSizeBytes(value)!)
    .meta({ type: 'string', examples: [text] });

export const listen = z
  .string()
  .regex(
    /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/,
    'an address and a port, such as 127.0.0.1:8443 or [::1]:8443',
  )
  .refine(
    (value) => Number(value.slice(value.lastIndexOf(':') + 1)) <= 65_535,
    'a port from 0 to 65535',
  )
  .transform((value) => {
    const colon = value.lastIndexOf(':');
    return {
      host: value.slice(0, colon).replace(/^\[|\]$/g, ''),
      port: Number(value.slice(colon + 1)),
    };
  })
  .meta({ type: 'string', examples: ['127.0.0.1:8443'] });

export const cidr = z
  .string()
  .refine(
    (value) => parseCidr(value) !== null,
    'a network in CIDR form, such as 10.0.0.0/8, 192.0.2.7/32 or 2001:db8::/32',
  );

export const hostName = z
  .string()
  .regex(/^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._:-]{1,253})$/, 'a host name or an address');

/** The configuration is shown to whoever may read it: a password in an address would be, too. */
export function isPlainAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username + url.password + url.search + url.hash === '';
}
