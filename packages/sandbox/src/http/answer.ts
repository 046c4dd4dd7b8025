import type { Account } from '../account/account.ts';
import type { Job, JobPlan } from '../account/job.ts';
import type { Call } from './call.ts';
import { publicFile } from './publicFiles.ts';
import { edgeRefusal, json, noContent, unauthorized, type Reply } from './reply.ts';
import type { Match } from './router.ts';
import { upload } from './uploadFiles.ts';

/** The service's answer: the edge first, then the credential, then the operation or file. */
export function answer(
  call: Call,
  match: Match | undefined,
  account: Account,
  startJob: (plan: JobPlan) => Job,
): Reply {
  if (call.method === 'OPTIONS') return preflight();
  if (refusesAgent(call, account)) return edgeRefusal();
  if (match) {
    const { operation, params } = match;
    const admitted = operation.open || account.credentials.accepts(call.headers.authorization);
    if (!admitted) return unauthorized();
    return operation.answer(call, { params, query: call.query, account, startJob });
  }
  const reads = call.method === 'GET' || call.method === 'HEAD';
  if (reads && call.path.startsWith('/files/')) return publicFile(call, account);
  if (call.method === 'PUT' && call.path.startsWith('/uploads/')) return upload(call, account);
  return json(404, { message: 'Not Found' });
}

function refusesAgent(call: Call, account: Account): boolean {
  const agent = call.headers['user-agent'] ?? '';
  return account.settings.refuseUrllibAgents && agent.startsWith('Python-urllib/');
}

/** Browsers call the service from other origins, so it must let them. */
function preflight(): Reply {
  const headers = {
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
    'Access-Control-Allow-Headers':
      'Authorization, Content-Type, X-Pictory-User-Id, X-Pictory-Customer-Id',
  };
  return { ...noContent(), headers };
}
