import { complaint } from './check.ts';
import type { Send } from './send.ts';
import type { RegressionTest } from './testFile.ts';

export interface Failure {
  readonly title: string;
  readonly reason: string;
}

export interface RunResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
}

/** Run tests one after the other; `overridden` names those to leave out. */
export async function runTests(
  tests: readonly RegressionTest[],
  send: Send,
  overridden: ReadonlySet<string> = new Set(),
): Promise<RunResult> {
  const failures: Failure[] = [];
  let passed = 0;
  let skipped = 0;
  for (const test of tests) {
    if (overridden.has(test.title)) {
      skipped++;
      continue;
    }
    const reason = await firstComplaint(test, send);
    if (reason === null) passed++;
    else failures.push({ title: test.title, reason });
  }
  return { passed, failed: failures.length, skipped, failures };
}

async function firstComplaint(test: RegressionTest, send: Send): Promise<string | null> {
  for (const { input, output } of test.stages) {
    const reason = complaint(output, await send(input));
    if (reason !== null) return reason;
  }
  return null;
}
