import type { Command, Option } from './command.ts';

const yes: Option = { help: 'Do it; without it only what would happen is shown' };
const reason: Option = { value: 'TEXT', help: 'Why; kept in the audit log' };
const reveal: Option = { help: 'Print the secret even where no terminal is' };
const network: Option = {
  value: 'CIDR',
  repeated: true,
  help: 'Source network that may call, such as 10.0.0.0/8',
};
const expires: Option = { value: 'TIME', help: 'When it ends: 90d, or 2027-01-31' };
const limit: Option = { value: 'N', help: 'At most this many (default 50)' };

const client = { name: 'CLIENT', help: 'name or id of a client' } as const;
const key = { name: 'KEY', help: 'id of a key' } as const;
const policy = { name: 'POLICY', help: 'name or id of a policy' } as const;
const admin = { name: 'ADMIN', help: 'name or id of an admin' } as const;

const grants: Readonly<Record<string, Option>> = {
  network,
  'remote-host': {
    value: 'HOST',
    repeated: true,
    help: 'Host that requests may make the upstream fetch from',
  },
  rate: { value: 'N/TIME', help: 'Requests in a time, such as 100/1m, or none' },
  concurrency: { value: 'N', help: 'Requests in flight, or none' },
};

/** Every command of `filmgate`. Help, completion and docs/reference/cli.md are made from this table. */
export const commands: readonly Command[] = [
  {
    path: ['try'],
    summary: 'Try everything on this machine: a sandbox, a gateway, a first job',
    options: {
      once: { help: 'End after the job' },
      'ready-json': { help: 'Print one JSON line with the addresses' },
    },
    load: async () => (await import('./commands/try.ts')).run,
  },
  {
    path: ['init'],
    summary: 'Write filmgate.yaml and a data folder for real use',
    options: {
      data: { value: 'DIR', help: 'Data folder (default ./data)' },
      edge: { value: 'HOST:PORT', help: 'Where applications connect (default 127.0.0.1:8443)' },
      admin: { value: 'HOST:PORT', help: 'Where the admin API listens (default 127.0.0.1:9443)' },
      host: { value: 'NAME', repeated: true, help: 'Host name of the edge' },
      'key-env': { value: 'NAME', help: 'The upstream API key is in this variable' },
      'key-file': { value: 'FILE', help: 'The upstream API key is in this file' },
      sandbox: { value: 'URL', help: 'The upstream is a sandbox at this https address' },
      'sandbox-ca': { value: 'FILE', help: 'CA of the sandbox' },
      development: { help: 'Allow what is only safe on a desk' },
    },
    examples: ['filmgate init', 'filmgate init --host gateway.example.com --key-env UPSTREAM_KEY'],
    load: async () => (await import('./commands/init.ts')).run,
  },
  {
    path: ['start'],
    summary: 'Run the gateway',
    options: { 'ready-json': { help: 'Print one JSON line with the bound addresses' } },
    load: async () => (await import('./commands/start.ts')).run,
  },
  {
    path: ['status'],
    summary: 'Show what the gateway can do now; exit code 2 when it is not ready',
    load: async () => (await import('./commands/status.ts')).run,
  },
  {
    path: ['doctor'],
    summary: 'Find what is wrong or weak, with the command that mends it; exit code 2 if any',
    load: async () => (await import('./commands/doctor.ts')).run,
  },
  {
    path: ['why'],
    summary: 'Explain a request: its checks, the one that decided, what would have to change',
    parameters: [{ name: 'ID', help: 'the request_id of an answer' }],
    load: async () => (await import('./commands/why.ts')).run,
  },
  {
    path: ['tail'],
    summary: 'Follow requests as they end',
    options: {
      denied: { help: 'Only refused ones' },
      client: { value: 'CLIENT', help: 'Only of this client' },
      ip: { value: 'IP', help: 'Only from this address' },
      action: { value: 'NAME', help: 'Only this operation or permission' },
      last: { value: 'N', help: 'Show the last N first (default 10)' },
      once: { help: 'Show the last ones and end' },
    },
    load: async () => (await import('./commands/tail.ts')).run,
  },
  {
    path: ['jobs'],
    summary: 'List jobs with their owners and states',
    options: { client: { value: 'CLIENT', help: 'Only of this client' }, limit },
    load: async () => (await import('./commands/jobs.ts')).run,
  },
  {
    path: ['clients', 'list'],
    summary: 'List the applications that may call',
    load: async () => (await import('./commands/clients.ts')).list,
  },
  {
    path: ['clients', 'create'],
    summary: 'Create a client',
    parameters: [{ name: 'NAME', help: 'a name of a-z 0-9 . _ -' }],
    options: {
      owner: { value: 'TEXT', help: 'Who answers for it' },
      policy: { value: 'POLICY', help: 'What it may do' },
      preset: { value: 'PRESET', help: 'Instead of a policy: make one of this preset if needed' },
      network,
      'external-id': { value: 'TEXT', help: 'Its id elsewhere' },
    },
    examples: ['filmgate clients create crm --owner "CRM team" --preset create-and-read'],
    load: async () => (await import('./commands/clients.ts')).create,
  },
  {
    path: ['clients', 'show'],
    summary: 'Show a client with its policy and keys',
    parameters: [client],
    load: async () => (await import('./commands/clients.ts')).show,
  },
  {
    path: ['clients', 'update'],
    summary: 'Change a client',
    parameters: [client],
    options: {
      name: { value: 'NAME', help: 'New name' },
      owner: { value: 'TEXT', help: 'Who answers for it' },
      policy: { value: 'POLICY', help: 'What it may do' },
      network,
      'any-network': { help: 'Drop its own network rule' },
    },
    load: async () => (await import('./commands/clients.ts')).update,
  },
  {
    path: ['clients', 'disable'],
    summary: 'Stop all keys of a client at once',
    parameters: [client],
    options: { reason, yes },
    load: async () => (await import('./commands/clients.ts')).disable,
  },
  {
    path: ['clients', 'enable'],
    summary: 'Let a client work again',
    parameters: [client],
    load: async () => (await import('./commands/clients.ts')).enable,
  },
  {
    path: ['clients', 'remove'],
    summary: 'Remove a disabled client with its keys',
    parameters: [client],
    options: { reason, yes },
    load: async () => (await import('./commands/clients.ts')).remove,
  },
  {
    path: ['keys', 'list'],
    summary: 'List keys, of all clients or of one',
    options: { client: { value: 'CLIENT', help: 'Only of this client' } },
    load: async () => (await import('./commands/keys.ts')).list,
  },
  {
    path: ['keys', 'create'],
    summary: 'Create a key and print it once',
    parameters: [client],
    options: {
      name: { value: 'TEXT', help: 'What it is for' },
      environment: { value: 'NAME', choices: ['live', 'test'], help: 'live or test' },
      scope: { value: 'SCOPE', repeated: true, help: "Narrows the client's policy to these" },
      network,
      expires,
      reveal,
    },
    examples: ['filmgate keys create crm --network 10.20.0.0/16 --expires 90d'],
    load: async () => (await import('./commands/keys.ts')).create,
  },
  {
    path: ['keys', 'show'],
    summary: 'Show a key, never its secret',
    parameters: [key],
    load: async () => (await import('./commands/keys.ts')).show,
  },
  {
    path: ['keys', 'rotate'],
    summary: 'Give a key a fresh secret and print it once; the old one works for a while',
    parameters: [key],
    options: {
      overlap: { value: 'TIME', help: 'How long the old secret still works, such as 24h or 0s' },
      expires,
      reveal,
    },
    load: async () => (await import('./commands/keys.ts')).rotate,
  },
  {
    path: ['keys', 'disable'],
    summary: 'Stop a key at once; it can be enabled again',
    parameters: [key],
    options: { reason },
    load: async () => (await import('./commands/keys.ts')).disable,
  },
  {
    path: ['keys', 'enable'],
    summary: 'Let a disabled key work again',
    parameters: [key],
    options: { reason },
    load: async () => (await import('./commands/keys.ts')).enable,
  },
  {
    path: ['keys', 'revoke'],
    summary: 'Stop a key for good',
    parameters: [key],
    options: { reason, yes },
    load: async () => (await import('./commands/keys.ts')).revoke,
  },
  {
    path: ['policy', 'list'],
    summary: 'List what clients may be allowed',
    load: async () => (await import('./commands/policy.ts')).list,
  },
  {
    path: ['policy', 'create'],
    summary: 'Create a policy',
    parameters: [{ name: 'NAME', help: 'a name of a-z 0-9 . _ -' }],
    options: {
      preset: { value: 'PRESET', help: 'Start from these grants' },
      scope: { value: 'SCOPE', repeated: true, help: 'Grant a scope' },
      capability: { value: 'NAME', repeated: true, help: 'Grant a capability' },
      ...grants,
    },
    load: async () => (await import('./commands/policy.ts')).create,
  },
  {
    path: ['policy', 'show'],
    summary: 'Show a policy',
    parameters: [policy],
    load: async () => (await import('./commands/policy.ts')).show,
  },
  {
    path: ['policy', 'update'],
    summary: 'Change a policy; shows who gains and loses what',
    parameters: [policy],
    options: {
      'add-scope': { value: 'SCOPE', repeated: true, help: 'Grant a scope' },
      'remove-scope': { value: 'SCOPE', repeated: true, help: 'Take a scope away' },
      'add-capability': { value: 'NAME', repeated: true, help: 'Grant a capability' },
      'remove-capability': { value: 'NAME', repeated: true, help: 'Take a capability away' },
      ...grants,
      'any-network': { help: 'Drop its network rule' },
      'dry-run': { help: 'Show the effect, change nothing' },
    },
    load: async () => (await import('./commands/policy.ts')).update,
  },
  {
    path: ['policy', 'remove'],
    summary: 'Remove a policy that no client has',
    parameters: [policy],
    options: { reason, yes },
    load: async () => (await import('./commands/policy.ts')).remove,
  },
  {
    path: ['policy', 'words'],
    summary: 'List scopes, capabilities and presets with a sentence each',
    load: async () => (await import('./commands/policy.ts')).words,
  },
  {
    path: ['adopt'],
    summary: 'Give a client what existed upstream before the gateway',
    parameters: [
      client,
      {
        name: 'ID',
        help: 'what to give; otherwise all that nobody owns',
        optional: true,
        repeated: true,
      },
    ],
    options: {
      kind: { value: 'KIND', help: 'Kind of thing (default job)' },
      'dry-run': { help: 'Show the effect, change nothing' },
    },
    load: async () => (await import('./commands/adopt.ts')).run,
  },
  {
    path: ['upstream', 'add'],
    summary: 'Say where the real upstream credential is',
    options: {
      'key-env': { value: 'NAME', help: 'The API key is in this variable' },
      'key-file': { value: 'FILE', help: 'The API key is in this file' },
      'id-env': { value: 'NAME', help: 'The client id is in this variable' },
      'secret-env': { value: 'NAME', help: 'The client secret is in this variable' },
      'id-file': { value: 'FILE', help: 'The client id is in this file' },
      'secret-file': { value: 'FILE', help: 'The client secret is in this file' },
    },
    load: async () => (await import('./commands/upstream.ts')).add,
  },
  {
    path: ['upstream', 'test'],
    summary: 'Read something harmless with the real credential; exit code 2 if it fails',
    load: async () => (await import('./commands/upstream.ts')).check,
  },
  {
    path: ['waf', 'list'],
    summary: 'Show the rules of the web application firewall that are in force',
    load: async () => (await import('./commands/waf.ts')).list,
  },
  {
    path: ['waf', 'explain'],
    summary: 'Show which rules found what in a request, and how to exclude them',
    parameters: [{ name: 'ID', help: 'the request_id of an answer' }],
    load: async () => (await import('./commands/waf.ts')).explain,
  },
  {
    path: ['waf', 'exclude'],
    summary: 'Let rules not look where they were wrong about a request',
    parameters: [{ name: 'ID', help: 'the request_id of an answer' }],
    options: {
      rule: { value: 'N', repeated: true, help: 'Only this rule; otherwise all that counted' },
      field: { value: 'FIELD', help: 'Instead of what they looked at: json.scenes.*.story' },
      route: { value: 'OPERATION', help: "Instead of the request's own; * is every one" },
      reason,
      yes,
    },
    examples: ['filmgate waf exclude req_… --rule 942100 --reason "a script about SQL" --yes'],
    load: async () => (await import('./commands/waf.ts')).exclude,
  },
  {
    path: ['waf', 'reload'],
    summary: 'Read the rules again; no request is dropped, an invalid set changes nothing',
    load: async () => (await import('./commands/waf.ts')).reload,
  },
  {
    path: ['waf', 'update'],
    summary: 'Put the OWASP Core Rule Set into the data folder, each file checked',
    options: { from: { value: 'PATH', help: 'Folder or .tar.gz of the release' } },
    examples: ['filmgate waf update --from coreruleset-4.28.0-minimal.tar.gz'],
    load: async () => (await import('./commands/wafRules.ts')).update,
  },
  {
    path: ['waf', 'rollback'],
    summary: 'Bring back the Core Rule Set from before the update',
    load: async () => (await import('./commands/wafRules.ts')).rollback,
  },
  {
    path: ['waf', 'test'],
    summary: 'Show what the rules on the disk make of requests; nothing is sent',
    parameters: [{ name: 'FILE', help: 'requests, one a line, or one HTTP message' }],
    load: async () => (await import('./commands/wafRules.ts')).test,
  },
  {
    path: ['admins', 'list'],
    summary: 'List who administers the gateway',
    load: async () => (await import('./commands/admins.ts')).list,
  },
  {
    path: ['admins', 'create'],
    summary: 'Create an admin and print the token once',
    parameters: [{ name: 'NAME', help: 'a name of a-z 0-9 . _ -' }],
    options: {
      role: {
        value: 'ROLE',
        choices: ['owner', 'operator', 'auditor', 'viewer'],
        help: 'What the admin may do (default viewer)',
      },
      expires,
      reveal,
    },
    load: async () => (await import('./commands/admins.ts')).create,
  },
  {
    path: ['admins', 'rotate'],
    summary: 'Give an admin a fresh token; without a name: yourself',
    parameters: [{ ...admin, optional: true }],
    options: { expires, reveal },
    load: async () => (await import('./commands/admins.ts')).rotate,
  },
  {
    path: ['admins', 'disable'],
    summary: 'Shut an admin out at once',
    parameters: [admin],
    options: { reason },
    load: async () => (await import('./commands/admins.ts')).disable,
  },
  {
    path: ['admins', 'enable'],
    summary: 'Let an admin in again',
    parameters: [admin],
    options: { reason },
    load: async () => (await import('./commands/admins.ts')).enable,
  },
  {
    path: ['config', 'check'],
    summary: 'Check a configuration file; exit code 78 when it is wrong',
    parameters: [{ name: 'FILE', help: 'the file', optional: true }],
    load: async () => (await import('./commands/config.ts')).check,
  },
  {
    path: ['config', 'explain'],
    summary: 'Explain settings: meaning, form, default, and the line that sets them',
    parameters: [{ name: 'KEY', help: 'a key such as limits.body', optional: true }],
    load: async () => (await import('./commands/config.ts')).explain,
  },
  {
    path: ['completion'],
    summary: 'Print a completion script for your shell',
    parameters: [{ name: 'SHELL', help: 'bash, zsh or fish' }],
    examples: ['source <(filmgate completion bash)'],
    load: async () => (await import('./commands/completion.ts')).run,
  },
];
