import type { StageResult } from './send.ts';
import type { StageOutput } from './testFile.ts';

/** Why a result is not what a test wants, or null when it is. */
export function complaint(output: StageOutput, result: StageResult): string | null {
  if (output.expectError)
    return result.status === null ? null : 'a response, where an error was expected';
  if (output.status !== null && result.status !== output.status) {
    return `status ${result.status}, expected ${output.status}`;
  }
  if (output.responseContains !== null && !result.response.includes(output.responseContains)) {
    return `the response does not hold ${output.responseContains}`;
  }
  const found = new Set(result.ruleIds);
  const missing = output.expectIds.filter((id) => !found.has(id));
  if (missing.length > 0) return `missing ${missing.join(', ')}; found ${[...found].join(', ')}`;
  const unwanted = output.noExpectIds.filter((id) => found.has(id));
  if (unwanted.length > 0) return `unwanted ${unwanted.join(', ')}`;
  if (output.isolated && found.size !== 1)
    return `found ${[...found].join(', ')}, expected one rule`;
  if (output.matchRegex !== null && !new RegExp(output.matchRegex).test(result.log)) {
    return `the log does not match ${output.matchRegex}`;
  }
  if (output.noMatchRegex !== null && new RegExp(output.noMatchRegex).test(result.log)) {
    return `the log matches ${output.noMatchRegex}`;
  }
  return null;
}
