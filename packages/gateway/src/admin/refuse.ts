import { deny, type Denial } from '../domain/denial.ts';
import type { AdminContext } from './context.ts';
import type { Plan } from './endpoint.ts';
import type { AdminRecord } from './record.ts';

/** Records a refusal, then answers it. A refusal that cannot be recorded is still a refusal. */
export async function refuse(
  context: Pick<AdminContext, 'refuse'>,
  record: AdminRecord,
  denial: Denial,
  { step, plan }: { readonly step?: string; readonly plan?: Plan } = {},
): Promise<Response> {
  try {
    await record.refused(denial, step ?? null, plan ?? null);
    return toResponse(context, denial, record.id);
  } catch {
    return toResponse(context, deny('audit_unavailable'), record.id);
  }
}

function toResponse(
  context: Pick<AdminContext, 'refuse'>,
  denial: Denial,
  requestId: string,
): Response {
  const { status, headers, body } = context.refuse(denial, requestId);
  const response = new Response(typeof body === 'string' ? body : null, { status });
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}
