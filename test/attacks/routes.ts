import { requestWith, type Attack, type Oddity } from './attack.ts';

/** Ways to reach one path while another one is decided about: by target, status and code. */
const targets: readonly (readonly [target: string, status: number, code: string])[] = [
  // Dot segments: Traefik CVE-2026-48020, Oathkeeper CVE-2026-33494, fastify CVE-2021-21321
  ['/pictoryapis/v1/music/../quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/./quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota/..', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota/.', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/%2e%2e/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/%2E./quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/.%2e/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/..%2fquota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/..%5cquota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/%252e%252e/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/music/%25252e%25252e/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs../quota', 404, 'operation_unknown'],
  ['/pictoryapis../admin', 404, 'operation_unknown'],
  ['/pictoryapis%2e%2e/admin', 404, 'operation_unknown'],
  ['/pictoryapis/..%2fadmin', 400, 'target_invalid'],
  ['/../../etc/passwd', 400, 'target_invalid'],
  ['/%c0%ae%c0%ae/pictoryapis/v1/quota', 400, 'target_invalid'],
  ['/%e0%80%ae./pictoryapis/v1/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/%2e%2e', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/..%2f..%2fv1%2fquota', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/x%2f..%2f..%2fquota', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/x%2fclean', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/x%5cclean', 400, 'target_invalid'],
  // Matrix parameters: Envoy CVE-2026-73551, -73553, -73511
  ['/pictoryapis/v1/..;a=b/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota;x=y', 400, 'target_invalid'],
  ['/pictoryapis/v1;x=y/quota', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%3bx=y', 400, 'target_invalid'],
  ['/pictoryapis/v1/jobs/;/quota', 400, 'target_invalid'],
  // Fragments, authorities, backslashes: Traefik GHSA-fvhj-4qfh-q2hm, undici CVE-2022-35949
  ['/pictoryapis/v1/quota#/v1/music/moods', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%23x', 400, 'target_invalid'],
  ['//evil.example/pictoryapis/v1/quota', 404, 'operation_unknown'],
  ['///evil.example/pictoryapis/v1/quota', 404, 'operation_unknown'],
  ['/\\evil.example/pictoryapis/v1/quota', 400, 'target_invalid'],
  ['/pictoryapis\\v1\\quota', 400, 'target_invalid'],
  ['/@evil.example/pictoryapis/v1/quota', 404, 'operation_unknown'],
  ['/pictoryapis@evil.example/v1/quota', 404, 'operation_unknown'],
  ['@evil.example/pictoryapis/v1/quota', 400, 'framing_invalid'],
  ['https://evil.example/pictoryapis/v1/quota', 421, 'host_unknown'],
  ['https://localhost@evil.example/pictoryapis/v1/quota', 400, 'target_invalid'],
  ['https://127.0.0.1/pictoryapis/v1/quota', 421, 'host_unknown'],
  ['http://localhost/pictoryapis/v1/quota', 400, 'target_invalid'],
  ['ftp://localhost/pictoryapis/v1/quota', 400, 'target_invalid'],
  ['localhost:443/pictoryapis/v1/quota', 400, 'framing_invalid'],
  ['*', 400, 'target_invalid'],
  ['/pictoryapis/v1/\tquota', 400, 'framing_invalid'],
  ['/pictoryapis/v1/ quota', 400, 'framing_invalid'],
  ['/pictoryapis/v1/\x01quota', 400, 'framing_invalid'],
  ['/pictoryapis/v1/\xc3\xa9quota', 400, 'framing_invalid'],
  // What makes a reader of addresses fail: ModSecurity CVE-2024-1019, Coraza CVE-2026-107825
  ['/pictoryapis/v1/quota%3Fx=1', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%00', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%0d%0aX:%20y', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%7f', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%ff', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%4', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%zz', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%u002f', 400, 'target_invalid'],
  ['/pictoryapis/v1/quota%ed%a0%80', 400, 'target_invalid'],
  ['/pictoryapis/v1/media/search?keyword=%', 400, 'target_invalid'],
  ['/pictoryapis/v1/media/search?keyword=%ff', 400, 'target_invalid'],
  ['/pictoryapis/v1/media/search?keyword=%00', 400, 'target_invalid'],
  ['/pictoryapis/v1/media/search?keyword=a#b', 400, 'target_invalid'],
  // Parameters: polluted, misspelt, in arrays, missing
  ['/pictoryapis/v1/media/search', 400, 'parameter_invalid'],
  ['/pictoryapis/v1/media/search?keyword=a&keyword=b', 400, 'parameter_invalid'],
  ['/pictoryapis/v1/media/search?keyword[]=a', 400, 'parameter_unknown'],
  ['/pictoryapis/v1/media/search?keyword=a;category=b&x=1', 400, 'parameter_unknown'],
  ['/pictoryapis/v1/media/search?Keyword=a', 400, 'parameter_unknown'],
  ['/pictoryapis/v1/quota?_method=DELETE', 400, 'parameter_unknown'],
  ['/pictoryapis/v1/quota?__proto__=1', 400, 'parameter_unknown'],
  ['/pictoryapis/v1/quota?callback=x', 400, 'parameter_unknown'],
  [`/pictoryapis/v1/media/search?keyword=${'a'.repeat(9_000)}`, 414, 'target_too_long'],
  [`/${'a/'.repeat(4_000)}`, 404, 'operation_unknown'],
];

const hosts: readonly (readonly [host: string, status: number, code: string])[] = [
  ['evil.example', 421, 'host_unknown'],
  ['localhost.evil.example', 421, 'host_unknown'],
  ['localhost:443:80', 421, 'host_unknown'],
  ['localhost/x', 421, 'host_unknown'],
  ['localhost#', 421, 'host_unknown'],
  ['evil@localhost', 421, 'host_unknown'],
  ['localhost\x00', 400, 'framing_invalid'],
  ['0x7f000001', 421, 'host_unknown'],
  ['[::ffff:127.0.0.1]', 421, 'host_unknown'],
];

const methods: readonly (readonly [method: string, status: number, code: string | null])[] = [
  // Its answer has no body.
  ['HEAD', 405, null],
  ['OPTIONS', 405, 'method_unsupported'],
  ['TRACE', 405, 'method_unsupported'],
  ['CONNECT', 405, 'method_unsupported'],
  ['QUERY', 405, 'method_unsupported'],
  ['PROPFIND', 405, 'method_unsupported'],
  ['get', 400, 'framing_invalid'],
  ['G\x00ET', 400, 'framing_invalid'],
  ['DELETE', 404, 'operation_unknown'],
  ['PATCH', 404, 'operation_unknown'],
];

export const routeAttacks = (key: string): readonly Attack[] => [
  ...targets.map(([target, status, code]) => ({
    name: `target ${JSON.stringify(target.slice(0, 70))}`,
    bytes: requestWith(key, { target }),
    status,
    code,
  })),
  ...hosts.map(([host, status, code]) => ({
    name: `host ${JSON.stringify(host)}`,
    bytes: requestWith(key, { host }),
    status,
    code,
  })),
  ...methods.map(([method, status, code]) => ({
    name: `method ${JSON.stringify(method)}`,
    bytes: requestWith(key, { method, ...(method === 'CONNECT' && { target: 'localhost:443' }) }),
    status,
    code,
  })),
];

const quota = 'GET /pictoryapis/v1/quota HTTP/1.1';

/** Spellings of one route: decided about and sent on as the same canonical bytes (@fastify/http-proxy CVE-2026-16117). */
export const routeOddities = (key: string): readonly Oddity[] => [
  ...[
    '/pictoryapis/%76%31/quota',
    '/%70%69ctoryapis/v1/%71uota',
    '//pictoryapis//v1///quota/',
    '/pictoryapis/v1/quota?',
    '/pictoryapis/v1/quota?&&',
    'https://localhost/pictoryapis/v1/quota',
    'HTTPS://LOCALHOST:1/pictoryapis/v1/quota',
  ].map((target) => ({
    name: `target ${target}`,
    bytes: requestWith(key, { target }),
    arrives: quota,
  })),
  ...['LOCALHOST', 'localhost.', 'localhost:8443', '127.0.0.1', '[::1]', '[0:0:0:0:0:0:0:1]'].map(
    (host) => ({ name: `host ${host}`, bytes: requestWith(key, { host }), arrives: quota }),
  ),
  {
    name: 'a query in every escape',
    bytes: requestWith(key, {
      target: '/pictoryapis/v1/media/search?%6beyword=a%26b%3dc+d%2B&language=%65n',
    }),
    arrives: 'GET /pictoryapis/v1/media/search?keyword=a%26b%3Dc%20d%2B&language=en HTTP/1.1',
  },
];
