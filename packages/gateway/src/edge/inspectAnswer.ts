import type { TrailStep } from '../domain/audit.ts';
import type { Denial } from '../domain/denial.ts';
import type { Answer } from '../domain/received.ts';
import { isFailure } from '../pipeline/failure.ts';
import type { GuardMode } from '../pipeline/guard.ts';
import type { Inspection } from '../waf/inspection.ts';

/** The name of this step in trails. */
export const answerStep = 'wafAnswer';

/** The rules of phases 3 and 4 on an answer of the upstream; what they hold back does not leave. */
export function inspectAnswer(
  inspection: Inspection,
  mode: GuardMode,
  answer: Answer,
  trail: TrailStep[],
): Answer | Denial {
  if (mode === 'off') {
    trail.push({ guard: answerStep, result: 'off' });
    return answer;
  }
  const denial = inspection.answer(answer);
  if (denial === null) {
    trail.push({ guard: answerStep, result: 'passed' });
    return answer;
  }
  const { code, detail } = denial;
  const broken = isFailure(code);
  const reported = mode === 'report' && !broken;
  const result = reported ? 'reported' : broken ? 'failed' : 'denied';
  trail.push({ guard: answerStep, result, code, ...(detail && { detail }) });
  if (reported) return answer;
  void abandon(answer);
  return denial;
}

/** A stream that nobody reads would hold its connection. */
async function abandon({ body }: Answer): Promise<void> {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return;
  await body[Symbol.asyncIterator]().return?.();
}
