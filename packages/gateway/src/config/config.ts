import { z } from 'zod';
import { cidr, duration, hostName, isPlainAddress, listen, size } from './fields.ts';

/** A secret is never written into the file: only where it is found. */
const secret = z
  .union([
    z.strictObject({
      env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
    }),
    z.strictObject({ file: z.string().min(1) }),
  ])
  .meta({ description: 'A reference to a secret: { env: NAME } or { file: PATH }' });

const mode = z.enum(['off', 'report', 'enforce']);

const certificate = z.strictObject({ cert: z.string().min(1), key: z.string().min(1) });

const credential = z.union([
  z.strictObject({ api_key: secret }),
  z.strictObject({ client_id: secret, client_secret: secret }),
]);

const storage = z.union([
  z.strictObject({ sqlite: z.string().min(1) }),
  z.strictObject({ postgres: secret, connections: z.int().min(1).max(200).default(10) }),
]);

const wafField = z
  .string()
  .regex(
    /^(?:header:)?[A-Za-z0-9_-]+(?:\.(?:[A-Za-z0-9_-]+|\*))*$/,
    'a field such as json.scenes.*.story, header:user-agent, or the name of a query parameter',
  );

/** Parts of these become rule text: nothing but plain characters may stand in them. */
const wafOverride = z
  .strictObject({
    rule: z.int().min(1).max(999_999_999_999).optional().describe('Id of a rule'),
    tag: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$/, 'a tag of rules, such as attack-sqli')
      .optional()
      .describe('Tag of rules'),
    operation: z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9]{0,99}$/,
        'an operation, as docs/reference/operations.md names it',
      )
      .optional()
      .describe('Only at this operation'),
    field: wafField.optional().describe('Only in this field'),
    mode: z.enum(['off', 'report']),
  })
  .refine(
    ({ rule, tag }) => (rule === undefined) !== (tag === undefined),
    'either a rule or a tag',
  );

export type WafOverride = z.output<typeof wafOverride>;

/** The form of `filmgate.yaml`. Every member has a default but `version`; unknown members are errors. */
export const configSchema = z.strictObject({
  version: z.literal(1).describe('The format of this file'),
  mode: z
    .enum(['production', 'development'])
    .default('production')
    .describe('Production refuses settings that are only safe on a desk'),
  data: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder for keys, certificates, the database and the audit log'),
  edge: z
    .strictObject({
      listen: listen
        .default({ host: '127.0.0.1', port: 8443 })
        .describe('Where applications connect'),
      hosts: z
        .array(hostName)
        .default(['localhost', '127.0.0.1', '[::1]'])
        .describe('Host names that are served; others get 421'),
      certificate: certificate
        .optional()
        .describe('PEM files; absent: a certificate of the own CA in the data folder'),
      plaintext: listen
        .optional()
        .describe('A trap: answers every plaintext request with 400 and disables keys seen there'),
      trusted_proxies: z
        .array(cidr)
        .default([])
        .describe('Proxies whose X-Forwarded-For is believed'),
      connections_max: z.int().min(1).max(1_000_000).default(20_000),
      connections_per_ip_max: z.int().min(1).max(1_000_000).default(1_000),
      drain: duration('30s').describe('How long requests in flight may take to finish at a stop'),
    })
    .prefault({}),
  admin: z
    .strictObject({
      listen: listen
        .default({ host: '127.0.0.1', port: 9443 })
        .describe('Where the admin API listens; never the edge'),
      hosts: z.array(hostName).default(['localhost', '127.0.0.1', '[::1]']),
      certificate: certificate.optional(),
    })
    .prefault({}),
  storage: storage.optional().describe('Absent: SQLite in the data folder'),
  upstream: z
    .strictObject({
      base_url: z
        .url({ protocol: /^https$/, error: 'an https address, such as https://api.example.com' })
        .refine(isPlainAddress, 'an address without user, password, query and fragment')
        .optional()
        .describe("Absent: the provider's own address"),
      environment: z
        .enum(['live', 'sandbox'])
        .default('live')
        .describe('A sandbox takes test keys, the real service live keys'),
      credential: credential
        .optional()
        .describe('The one real credential; without it the gateway starts and refuses to forward'),
      ca: z
        .string()
        .min(1)
        .optional()
        .describe('PEM file of CAs to trust for the upstream, instead of the public ones'),
      allow_loopback: z
        .boolean()
        .default(false)
        .describe('Allows an upstream on this machine; refused in production'),
      user_agent: z
        .string()
        .regex(/^[\x20-\x7e]{1,200}$/)
        .default('Mozilla/5.0 (compatible; Filmgate/0.1)'),
      connections: z.int().min(1).max(1_024).default(64),
      connect_timeout: duration('3s'),
      headers_timeout: duration('30s'),
      body_timeout: duration('60s'),
    })
    .prefault({}),
  networks: z
    .strictObject({
      allow: z.array(cidr).default([]).describe('Source networks that may call at all; empty: any'),
    })
    .prefault({}),
  guards: z
    .strictObject({
      authorize: mode.default('enforce'),
      rate: mode.default('enforce'),
      waf: mode
        .default('enforce')
        .describe('The web application firewall: wafHeaders, wafBody and the look at answers'),
      schema: mode.default('enforce'),
      addresses: mode.default('enforce'),
      ownership: mode.default('enforce'),
    })
    .prefault({})
    .describe('Mode of each guard: off, report (let through and say so) or enforce'),
  waf: z
    .strictObject({
      rules: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Folder of an OWASP Core Rule Set; absent: crs in the data folder if it is there, else the built-in rules alone',
        ),
      paranoia: z
        .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
        .default(1)
        .describe('Paranoia level of the Core Rule Set'),
      inbound_threshold: z
        .int()
        .min(1)
        .max(10_000)
        .default(5)
        .describe('Anomaly score from which a request is blocked'),
      outbound_threshold: z
        .int()
        .min(1)
        .max(10_000)
        .default(4)
        .describe('Anomaly score from which an answer is held back'),
      inspect: size('1MB').describe('Largest JSON body that is inspected; a larger one is refused'),
      inspect_reply: size('512KB').describe(
        'How much of an answer is inspected; streamed answers are judged by their head',
      ),
      budget_steps: z
        .int()
        .min(100_000)
        .max(10_000_000_000)
        .optional()
        .describe(
          'A fixed work allowance per request, instead of one that grows with its size; a step is about one byte looked at once',
        ),
      exclusions: z
        .string()
        .min(1)
        .optional()
        .describe(
          'File of reviewed exclusions in SecLang; absent: waf-exclusions.conf in the data folder',
        ),
      overrides: z
        .array(wafOverride)
        .default([])
        .describe('Rules that are off or only report: all, or at one operation or field'),
      update_url: z
        .url({ protocol: /^https$/, error: 'an https address' })
        .optional()
        .describe('Where filmgate waf update gets the release archive of the Core Rule Set'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      body: size('10MB').describe('Largest JSON body'),
      upload: size('64MB').describe('Largest opaque body'),
      reply: size('32MB').describe('Largest reply that the gateway must look into'),
      concurrency: z
        .int()
        .min(1)
        .max(100_000)
        .default(256)
        .describe('Requests in flight per client where its policy names no bound'),
    })
    .prefault({}),
  polling: z
    .strictObject({
      interval: duration('10s').describe('At most one upstream read per job in this time'),
    })
    .prefault({}),
  keys: z
    .strictObject({
      lifetime: duration('90d'),
      overlap: duration('24h').describe('How long the old secret works after a rotation'),
      token_lifetime: duration('1h').describe('Life of tokens from the token call'),
      pepper: z
        .string()
        .min(1)
        .optional()
        .describe('File of peppers; absent: pepper in the data folder'),
    })
    .prefault({}),
  addresses: z
    .strictObject({
      resolve: z
        .boolean()
        .optional()
        .describe(
          'Resolve host names that the upstream would fetch, and refuse private results and names that do not resolve. Absent: unless the upstream is on this machine',
        ),
      ports: z.array(z.int().min(1).max(65_535)).default([443]),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type SecretReference = z.output<typeof secret>;
