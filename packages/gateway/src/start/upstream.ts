import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, type LoadedConfig } from '../config/load.ts';
import { secretReader, type ReadSecret } from '../config/secrets.ts';
import type { Upstream } from '../ports/upstream.ts';
import { pictory as provider } from '../providers/pictory/provider.ts';
import { systemClock as clock } from '../system/clock.ts';
import { apiKeyCredential, clientCredential, noCredential } from '../upstream/credential.ts';
import { createUpstream } from '../upstream/upstream.ts';

/** @throws ConfigError when the CAs to trust cannot be read */
export function openUpstream(loaded: LoadedConfig): Upstream {
  const { upstream } = loaded.config;
  const secrets = credentialSecrets(loaded);
  const probe = provider.operations.find(({ id }) => id === provider.probeOperationId)!;
  return createUpstream({
    baseUrl: upstream.base_url ?? provider.baseUrl,
    ...(upstream.ca !== undefined && { ca: readAuthorities(loaded.path(upstream.ca)) }),
    userAgent: upstream.user_agent,
    connections: upstream.connections,
    connectTimeoutMs: upstream.connect_timeout,
    headersTimeoutMs: upstream.headers_timeout,
    bodyTimeoutMs: upstream.body_timeout,
    clock,
    probePath: probe.path,
    credential: (post) => {
      if (secrets === null) return noCredential;
      if ('readKey' in secrets) return apiKeyCredential(secrets.readKey, provider.credentials);
      return clientCredential({ ...secrets, kinds: provider.credentials, clock, post });
    },
  });
}

/** Why the upstream credential cannot be had now, without any secret; null: it can. */
export function credentialFlaw(loaded: LoadedConfig): string | null {
  const secrets = credentialSecrets(loaded);
  if (secrets === null) return 'no credential is configured; run filmgate upstream add';
  try {
    for (const read of Object.values<ReadSecret>(secrets)) read();
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

type CredentialSecrets =
  | { readonly readKey: ReadSecret }
  | { readonly readId: ReadSecret; readonly readSecret: ReadSecret };

function credentialSecrets({ config, path }: LoadedConfig): CredentialSecrets | null {
  const { credential } = config.upstream;
  if (credential === undefined) return null;
  if ('api_key' in credential) return { readKey: secretReader(credential.api_key, path) };
  return {
    readId: secretReader(credential.client_id, path),
    readSecret: secretReader(credential.client_secret, path),
  };
}

const certificateBlocks = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** A file without a certificate would let every call fail later, far from its cause. */
function readAuthorities(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`upstream.ca: ${file} cannot be read (${code ?? 'unknown error'})`);
  }
  const blocks = text.match(certificateBlocks) ?? [];
  if (blocks.length === 0) throw new ConfigError(`upstream.ca: ${file} holds no PEM certificate`);
  if (!blocks.every(isCertificate)) {
    throw new ConfigError(`upstream.ca: a certificate in ${file} is damaged`);
  }
  return text;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== '';
  } catch {
    return false;
  }
}
