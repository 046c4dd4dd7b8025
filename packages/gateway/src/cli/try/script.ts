import type { Gateway } from '../gateway.ts';
import { createClient, createPolicy } from './clients.ts';
import { showDenials, type Cast } from './denials.ts';
import type { Tell } from './events.ts';
import { makeVideo, renderPath, storyboard } from './job.ts';
import type { Stage } from './stage.ts';

export interface Played {
  readonly cast: Cast;
  readonly job: string;
}

/** The demonstration from the first client to the audit trail. */
export async function play(stage: Stage, tell: Tell): Promise<Played> {
  const { admin, gateway, sandbox } = stage;
  const startedAtMs = performance.now();
  const cast = await createCast(admin);
  const { name, keyId, scopes, networks } = cast.owner;
  tell({ event: 'client', name, key_id: keyId, scopes, networks });
  const job = await makeVideo(gateway.edgeUrl, cast.owner, tell);
  const before = sandbox.requests().length;
  const denied = await showDenials(gateway.edgeUrl, admin, cast, job, tell);
  const sawDenied = sandbox.requests().length - before;
  await tellAudit(admin, tell);
  const seconds = Math.round((performance.now() - startedAtMs) / 100) / 10;
  tell({ event: 'done', job: 'completed', seconds, denied, upstream_saw_denied: sawDenied });
  return { cast, job };
}

async function createCast(admin: Gateway): Promise<Cast> {
  const policyId = await createPolicy(admin);
  const scopes = ['renders:create', 'jobs:read'];
  const here = ['127.0.0.0/8', '::1/128'];
  const elsewhere = ['203.0.113.0/24'];
  return {
    owner: await createClient(admin, { name: 'demo', policyId, networks: here, scopes }),
    stranger: await createClient(admin, { name: 'stranger', policyId, networks: here, scopes }),
    remote: await createClient(admin, { name: 'remote', policyId, networks: elsewhere, scopes }),
  };
}

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly decision: string;
  readonly code: string | null;
  readonly status: number | null;
  readonly actor: { readonly kind: string; readonly client_name: string | null };
}

async function tellAudit(admin: Gateway, tell: Tell): Promise<void> {
  const entries = await admin.list<Entry>('/v1/requests', {}, 200);
  for (const { id, at, action, decision, code, status, actor } of entries.toReversed()) {
    const who = actor.client_name ?? actor.kind;
    tell({ event: 'audit', at, who, action, decision, code, status, request_id: id });
  }
}

/** The same call by hand. The key stands in a variable, so that it is in no shell history twice. */
export function curlByHand({ gateway, caFile }: Stage): string {
  return [
    `curl --cacert ${caFile} \\`,
    `  ${gateway.edgeUrl}/pictoryapis${renderPath} \\`,
    '  -H "Authorization: Bearer $FILMGATE_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(storyboard)}'`,
  ].join('\n');
}
