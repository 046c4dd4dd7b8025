import { requestWith, type Attack, type Oddity } from './attack.ts';

/** An address that the allowlist of the client holds. */
export const allowedAddress = '203.0.113.5';

/** Headers in which proxies tell an address, and that callers forge: APISIX CVE-2022-24112, Hono CVE-2026-27700. */
const addressHeaders = [
  'X-Forwarded-For',
  'x-forwarded-for',
  'X_Forwarded_For',
  'X.Forwarded.For',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Originating-IP',
  'X-Remote-IP',
  'X-Remote-Addr',
  'True-Client-IP',
  'CF-Connecting-IP',
  'Fastly-Client-IP',
  'X-Envoy-External-Address',
  'X-ProxyUser-Ip',
  'Client-IP',
];

/** A client that may call from elsewhere only, calls from here and says that it is there. */
export const forgedAddresses = (key: string): readonly Attack[] =>
  [
    ...addressHeaders.map((name) => [`${name}: ${allowedAddress}`]),
    [`X-Forwarded-For: ${allowedAddress}, 127.0.0.1`],
    [`X-Forwarded-For: 127.0.0.1, ${allowedAddress}`],
    [`X-Forwarded-For: ${allowedAddress}`, `X-Forwarded-For: ${allowedAddress}`],
    [`Forwarded: for=${allowedAddress};proto=https;by=${allowedAddress}`],
  ].map((lines) => ({
    name: lines.join(' and '),
    bytes: requestWith(key, { lines }),
    status: 403,
    code: 'network_denied',
  }));

/** What a trusted proxy may hand on that must not be believed: read from right to left, as numbers. */
export const forwardedLies = (key: string): readonly Attack[] =>
  [
    [`${allowedAddress}, 198.51.100.7`],
    [allowedAddress, '198.51.100.7'],
    [`${allowedAddress}, 198.51.100.7, 127.0.0.1`],
    [`${allowedAddress}, unknown`],
    [`${allowedAddress},`],
    [''],
    ['203.0.113.5:4711'],
    ['"203.0.113.5"'],
    ['0203.0.113.5'],
    ['203.0.0113.5'],
    ['203.0.113.0x5'],
    ['203.0.28933'],
    ['3405803781'],
    ['0xcb007105'],
    ['256.0.113.5'],
    ['203.0.113.5.'],
    ['203.0.113.5/32'],
    ['::ffff:203.0.113.5%eth0'],
    ['[::ffff:203.0.113.5]'],
    ['::203.0.113.5'],
    ['64:ff9b::203.0.113.5'],
    ['2002:cb00:7105::'],
    ['127.0.0.1'],
    [Array.from({ length: 40 }, () => '127.0.0.1').join(', ')],
    ['_hidden'],
    ['203.0.113.5\x80'],
  ].map((values) => ({
    name: `X-Forwarded-For ${values.map((value) => JSON.stringify(value.slice(0, 50))).join(' and ')}`,
    bytes: requestWith(key, { lines: values.map((value) => `X-Forwarded-For: ${value}`) }),
    status: 403,
    code: 'network_denied',
  }));

const quota = 'GET /pictoryapis/v1/quota HTTP/1.1';

export const forwardedTruths = (key: string): readonly Oddity[] =>
  [
    allowedAddress,
    `198.51.100.7, ${allowedAddress}`,
    `unknown, ${allowedAddress}`,
    `${allowedAddress}, 127.0.0.1`,
    `::ffff:${allowedAddress}`,
    '::ffff:cb00:7105',
    '0:0:0:0:0:FFFF:CB00:7105',
  ].map((value) => ({
    name: `X-Forwarded-For ${value}`,
    bytes: requestWith(key, { lines: [`X-Forwarded-For: ${value}`] }),
    arrives: quota,
  }));

/** Headers that other gateways took for another path, method or user: oauth2-proxy CVE-2026-40575, Traefik CVE-2026-35051. */
export const powerlessHeaders = (key: string): readonly Oddity[] =>
  [
    ['X-Original-URL: /pictoryapis/v1/aicredits/usage'],
    ['X-Rewrite-URL: /pictoryapis/v1/aicredits/usage'],
    ['X-Original-URI: /pictoryapis/v1/aicredits/usage'],
    ['X-Forwarded-Uri: /pictoryapis/v1/aicredits/usage'],
    ['X-Forwarded-Path: /pictoryapis/v1/aicredits/usage'],
    ['X-Forwarded-Prefix: /pictoryapis/v1/aicredits'],
    ['X-Forwarded-Method: DELETE'],
    ['X-HTTP-Method: DELETE'],
    ['X-HTTP-Method-Override: DELETE'],
    ['X-Method-Override: DELETE'],
    ['X-Forwarded-Host: evil.example', 'X-Host: evil.example', 'X-Forwarded-Server: evil.example'],
    ['X-Forwarded-Proto: http', 'X-Forwarded-Port: 80', 'X-Forwarded-Ssl: off'],
    ['X_Forwarded_User: admin', 'X.Authenticated.User: admin', 'x-AUTH-user: admin'],
    ['X-Forwarded-User: admin', 'X-Forwarded-User: owner'],
    ['X-Pictory-User-Id: other', 'X-Pictory-User-Id: another', 'X_PICTORY_USER_ID: third'],
    ['X-Amzn-Trace-Id: Root=1', 'X-Amz-Security-Token: t', 'X-Apigateway-Event: {}'],
    ['Cookie: a=b', 'Cookie: c=d', 'Proxy-Authorization: Basic YTpi', 'X-Api-Key: other'],
    ['Via: 1.1 other', 'Max-Forwards: 0', 'TE: trailers', 'Keep-Alive: timeout=999'],
    ['Range: bytes=0-1', 'If-None-Match: *', 'Cache-Control: only-if-cached'],
    ['X-Header-With-\xc3\xa4: 1'.replace('\xc3\xa4', 'A'), 'X-Value: \xff\xfe'],
  ].map((lines) => ({
    name: lines.join(' and ').slice(0, 90),
    bytes: requestWith(key, { lines }),
    arrives: quota,
  }));

/** Names that `Connection` lists may remove what the caller sent, never what the gateway sets: Traefik CVE-2024-45410. */
export const connectionLists = (key: string): readonly Oddity[] =>
  [
    'close, Authorization',
    'close, X-Pictory-User-Id, User-Agent, Host',
    'close, Content-Length, Transfer-Encoding',
    'close, X-Forwarded-For, X-Request-Id',
  ].map((list) => ({
    name: `Connection: ${list}`,
    bytes: requestWith(key, {}).replace('Connection: close', `Connection: ${list}`),
    arrives: quota,
  }));

/** Heads that name nobody, two people, or somebody in a way that two readers read differently. */
export const credentialAttacks = (key: string, other: string, token: string): readonly Attack[] => {
  const withAuthorization = (
    authorization: string | null,
    status: number,
    code: string,
  ): Attack => ({
    name: `Authorization ${authorization === null ? 'missing' : JSON.stringify(authorization.replaceAll(key, 'KEY').replaceAll(other, 'OTHER').replaceAll(token, 'TOKEN').slice(0, 60))}`,
    bytes: requestWith(key, { authorization }),
    status,
    code,
  });
  const wrong = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
  return [
    withAuthorization(null, 401, 'credential_missing'),
    withAuthorization('', 401, 'credential_missing'),
    withAuthorization('Bearer', 401, 'credential_missing'),
    withAuthorization('Bearer ', 401, 'credential_missing'),
    withAuthorization(wrong, 401, 'credential_malformed'),
    withAuthorization(`Bearer Bearer ${key}`, 401, 'credential_malformed'),
    withAuthorization(`Basic ${key}`, 401, 'credential_malformed'),
    withAuthorization(`Basic ${btoa(`user:${key}`)}`, 401, 'credential_malformed'),
    withAuthorization(`${key}, ${other}`, 401, 'credential_malformed'),
    withAuthorization(`Bearer ${key}, Bearer ${other}`, 401, 'credential_malformed'),
    withAuthorization(`${key} ${other}`, 401, 'credential_malformed'),
    withAuthorization(key.toUpperCase(), 401, 'credential_malformed'),
    withAuthorization(`"${key}"`, 401, 'credential_malformed'),
    withAuthorization(`${key}\xa0`, 401, 'credential_malformed'),
    withAuthorization(`'||pg_sleep(5)--`, 401, 'credential_malformed'),
    withAuthorization(`fg_test_%00`, 401, 'credential_malformed'),
    withAuthorization('pictai_0123456789abcdef0123456789abcdef', 401, 'credential_malformed'),
    withAuthorization(`fgt_${'a'.repeat(43)}`, 401, 'credential_unknown'),
    withAuthorization(`${token}a`, 401, 'credential_malformed'),
    withAuthorization(`${key}\x00`, 400, 'framing_invalid'),
    withAuthorization('k'.repeat(20_000), 431, 'headers_too_large'),
    {
      name: 'two Authorization, the same key',
      bytes: requestWith(key, { lines: [`Authorization: ${key}`] }),
      status: 400,
      code: 'header_duplicated',
    },
    {
      name: 'two Authorization of different owners',
      bytes: requestWith(key, { lines: [`authorization: Bearer ${other}`] }),
      status: 400,
      code: 'header_duplicated',
    },
    {
      name: 'two X-Api-Key',
      bytes: requestWith(key, { lines: [`X-Api-Key: ${key}`, `X-API-Key: ${other}`] }),
      status: 400,
      code: 'header_duplicated',
    },
    {
      name: 'two Host',
      bytes: requestWith(key, { lines: ['Host: localhost'] }),
      status: 400,
      code: 'header_duplicated',
    },
    {
      name: 'the key in another header alone',
      bytes: requestWith(key, { authorization: null, lines: [`X-Api-Key: ${key}`] }),
      status: 401,
      code: 'credential_missing',
    },
    {
      name: 'the key in a cookie alone',
      bytes: requestWith(key, { authorization: null, lines: [`Cookie: Authorization=${key}`] }),
      status: 401,
      code: 'credential_missing',
    },
    ...['Authorization ', 'Authorization\xa0', 'Authorization\t'].map((name) => ({
      name: `a name like ${JSON.stringify(name)}`,
      bytes: requestWith(key, { authorization: null, lines: [`${name}: ${key}`] }),
      status: 400,
      code: 'framing_invalid',
    })),
    {
      name: 'a name with an underscore in place of nothing',
      bytes: requestWith(key, { authorization: null, lines: [`Author_ization: ${key}`] }),
      status: 401,
      code: 'credential_missing',
    },
  ];
};
