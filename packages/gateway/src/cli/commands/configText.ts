/** What `filmgate init` has to know. */
export interface Answers {
  readonly data: string;
  readonly edge: string;
  readonly admin: string;
  /** Host names of the edge beside those of this machine. */
  readonly hosts: readonly string[];
  readonly credential: { readonly env: string } | { readonly file: string } | null;
  readonly sandbox: { readonly url: string; readonly ca: string | null } | null;
  readonly isDevelopment: boolean;
}

/** JSON is YAML: so any text is quoted as it must be. */
const quoted = (text: string): string => JSON.stringify(text);

/** A commented `filmgate.yaml`. Settings that have their default stand as comments. */
export function configText(answers: Answers): string {
  return [
    '# Filmgate. Every setting: filmgate config explain. After a change: filmgate config check',
    'version: 1',
    ...(answers.isDevelopment
      ? ['# Allows what is only safe on a desk.', 'mode: development']
      : ['# mode: development   # allows what is only safe on a desk']),
    '',
    '# Keys, certificates, the database and the audit log. Back it up; keep it to yourself.',
    `data: ${quoted(answers.data)}`,
    '',
    '# Where applications connect.',
    'edge:',
    `  listen: ${quoted(answers.edge)}`,
    ...hostLines(answers.hosts),
    '  # certificate: { cert: edge.pem, key: edge.key }   # otherwise of the own CA in the data folder',
    '  # trusted_proxies: [10.0.0.0/8]                    # whose X-Forwarded-For is believed',
    '',
    '# Where you administer. Never reachable for applications.',
    'admin:',
    `  listen: ${quoted(answers.admin)}`,
    '',
    '# The real service. Its credential is never written here, only where it is found.',
    'upstream:',
    ...upstreamLines(answers),
    '',
    '# Source networks that may call at all. Clients and keys can narrow this.',
    '# networks: { allow: [10.0.0.0/8, 192.0.2.0/24] }',
    '',
  ].join('\n');
}

function hostLines(hosts: readonly string[]): readonly string[] {
  if (hosts.length === 0)
    return ['  # hosts: [gateway.example.com]   # otherwise only this machine'];
  const all = [...hosts, 'localhost', '127.0.0.1', '[::1]'];
  return [`  hosts: [${all.map(quoted).join(', ')}]`];
}

function upstreamLines({ sandbox, credential }: Answers): readonly string[] {
  return [
    ...(sandbox === null
      ? ['  environment: live   # a sandbox takes test keys, the real service live ones']
      : [
          `  base_url: ${quoted(sandbox.url)}`,
          '  environment: sandbox',
          '  allow_loopback: true',
          ...(sandbox.ca === null ? [] : [`  ca: ${quoted(sandbox.ca)}`]),
        ]),
    credential === null
      ? '  # credential: { api_key: { env: UPSTREAM_API_KEY } }   # or: filmgate upstream add'
      : `  credential: { api_key: ${referenceText(credential)} }`,
  ];
}

const referenceText = (reference: { readonly env: string } | { readonly file: string }): string =>
  'env' in reference ? `{ env: ${quoted(reference.env)} }` : `{ file: ${quoted(reference.file)} }`;
