import type { Finding } from '../src/index.ts';
import type { StageInput } from './testFile.ts';

/** What came of a stage, whichever way it was sent. */
export interface StageResult {
  /** Null when no response could be read. */
  readonly status: number | null;
  /** The rules in the log, in order. */
  readonly ruleIds: readonly number[];
  /** The body of the response, empty when there is none. */
  readonly response: string;
  /** The log as text, for tests that search it. */
  readonly log: string;
}

/** Sends a stage: in process, or over a socket through a gateway. */
export type Send = (input: StageInput) => StageResult | Promise<StageResult>;

/** Findings as lines in the form of ModSecurity's error log, which the tests search. */
export function logLines(findings: readonly Finding[]): string {
  return findings
    .flatMap((finding) => {
      const details = finding.matches.length === 0 ? [finding] : finding.matches;
      return [finding, ...details].map(
        ({ message, logData }) =>
          `[file "${finding.file}"] [line "${finding.line}"] [id "${finding.ruleId}"] [msg "${message}"] [data "${logData}"]`,
      );
    })
    .join('\n');
}
