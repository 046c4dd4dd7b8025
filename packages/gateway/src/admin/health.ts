import type { AdminContext, StatusReport } from './context.ts';
import { isReady } from './status.ts';

/*
 * Probes ask by address, know no token, and must be answered when stores and log are broken: so they pass no check and
 * leave no entry. They tell names and states of capabilities, nothing else.
 */

const toJson = (body: object, status: number): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** The process answers. Says nothing of what it can do: whoever restarts on it must not restart for a dead database. */
export const livez = (): Response => toJson({ status: 'alive' }, 200);

/** Whether requests can be served now, with each capability; 503 when one that is needed is down. */
export async function readyz(context: Pick<AdminContext, 'status'>): Promise<Response> {
  const report = await reportOf(context);
  const ready = report !== null && isReady(report);
  const capabilities = (report?.capabilities ?? []).map(({ name, state }) => [name, state]);
  return toJson(
    { status: ready ? 'ready' : 'not ready', capabilities: Object.fromEntries(capabilities) },
    ready ? 200 : 503,
  );
}

async function reportOf({ status }: Pick<AdminContext, 'status'>): Promise<StatusReport | null> {
  try {
    return await status();
  } catch {
    return null;
  }
}
