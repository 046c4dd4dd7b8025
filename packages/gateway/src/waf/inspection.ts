import type { Transaction, TransactionInput, Verdict } from 'filmgate-waf';
import type { RuleFinding } from '../domain/audit.ts';
import { formatTarget } from '../domain/canonicalTarget.ts';
import type { Denial } from '../domain/denial.ts';
import type { Operation } from '../domain/operation.ts';
import type { Answer, Received } from '../domain/received.ts';
import { RuleMessages, toRuleFinding } from './findings.ts';
import { covers, type Override } from './overrides.ts';
import { toDenial } from './refusal.ts';
import type { RulesInForce } from './ruleSets.ts';

/** What all inspections of a gateway share. */
export interface InspectionParts {
  /** The rules for requests that begin now. @throws ConfigError while there are none */
  readonly rules: () => RulesInForce;
  readonly overrides: readonly Override[];
  readonly bodyBytesMax: number;
  /** The request target as rules see it; the canonical one. */
  readonly targetOf?: (received: Received) => string;
}

/** Makes the inspection of a request that came in; nothing is looked at yet. */
export type Inspect = (received: Received) => Inspection;

const findingsMax = 50;

/** One request and its answer under the eyes of the rules that were in force when it began. */
export class Inspection {
  readonly #parts: InspectionParts;
  readonly #received: Received;
  #operationId = '';
  #rules: RulesInForce | null = null;
  #main: Transaction | null = null;
  #shadow: Transaction | null = null;
  #seen: Verdict['interruption'] = null;

  constructor(parts: InspectionParts, received: Received) {
    this.#parts = parts;
    this.#received = received;
  }

  /** Phase 1: method, target and headers. */
  head(operation: Operation, ip: string): Denial | null {
    const rules = this.#parts.rules();
    const request = this.#toInput(ip);
    this.#operationId = operation.id;
    this.#rules = rules;
    this.#main = rules.main.begin(request);
    if (rules.shadow !== null && this.#isReporting(operation.id)) {
      this.#shadow = rules.shadow.begin(request);
    }
    return this.#evaluate(1, 'request');
  }

  /** Phase 2. `bytes` null: no body, or one that nobody here reads. `proven`: arguments that hold no free text. */
  body(bytes: Uint8Array | null, proven: () => ReadonlySet<string>): Denial | null {
    if (bytes !== null || this.#received.query.length > 0) {
      const names = proven();
      const text = bytes === null ? '' : toByteString(bytes);
      for (const transaction of this.#transactions()) {
        transaction.setRequestBody(text);
        transaction.setProven(names);
      }
    }
    return this.#evaluate(2, 'request');
  }

  /** Phases 3 and 4: the answer's head, and its body unless that is a stream. */
  answer({ status, headers, body }: Answer): Denial | null {
    for (const transaction of this.#transactions()) transaction.setResponse({ status, headers });
    const denial = this.#evaluate(3, 'answer');
    if (denial !== null || !isWhole(body)) return denial;
    for (const transaction of this.#transactions()) {
      if (transaction.responseBodyBytesWanted === 0) continue;
      transaction.setResponseBody(
        toByteString(typeof body === 'string' ? Buffer.from(body) : body),
      );
    }
    return this.#evaluate(4, 'answer');
  }

  /** Phase 5, and all that was found. */
  conclude(): readonly RuleFinding[] {
    for (const transaction of this.#transactions()) transaction.evaluate(5);
    return this.#findings();
  }

  #transactions(): readonly Transaction[] {
    if (this.#main === null) return [];
    return this.#shadow === null ? [this.#main] : [this.#main, this.#shadow];
  }

  #isReporting(operationId: string): boolean {
    return this.#parts.overrides.some(
      ({ mode, operation }) =>
        mode === 'report' && (operation === null || operation.id === operationId),
    );
  }

  /** Each interruption is told once: in report mode the phases after it run, too. */
  #evaluate(phase: 1 | 2 | 3 | 4, of: 'request' | 'answer'): Denial | null {
    this.#shadow?.evaluate(phase);
    const { interruption, wouldInterrupt } = this.#main!.evaluate(phase);
    const found = interruption ?? wouldInterrupt;
    if (found === null || found === this.#seen) return null;
    this.#seen = found;
    return toDenial(found, {
      requestId: this.#received.id,
      findings: this.#findings(),
      of,
      bodyBytesMax: this.#parts.bodyBytesMax,
    });
  }

  #findings(): readonly RuleFinding[] {
    if (this.#main === null || this.#rules === null) return [];
    const { main, shadow } = this.#rules;
    const found = this.#main.findings.map((one) => toRuleFinding(one, messagesOf(main)));
    const reported = (this.#shadow?.findings ?? [])
      .map((one) => toRuleFinding(one, messagesOf(shadow!)))
      .filter((one) => this.#isReported(one))
      .map((one) => ({ ...one, reported: true as const }));
    return [...found, ...reported].slice(0, findingsMax);
  }

  #isReported(finding: RuleFinding): boolean {
    return this.#parts.overrides.some(
      (override) => override.mode === 'report' && covers(override, finding, this.#operationId),
    );
  }

  #toInput(ip: string): TransactionInput {
    const { targetOf = formatTarget } = this.#parts;
    const { method, headers, id } = this.#received;
    return {
      method,
      uri: targetOf(this.#received),
      protocol: 'HTTP/1.1',
      headers: headers.pairs,
      remoteAddress: ip,
      id,
    };
  }
}

const messages = new WeakMap<RulesInForce['main'], RuleMessages>();

function messagesOf(ruleset: RulesInForce['main']): RuleMessages {
  const known = messages.get(ruleset);
  if (known !== undefined) return known;
  const made = new RuleMessages(ruleset);
  messages.set(ruleset, made);
  return made;
}

/** One character, 0 to 255, for each byte. */
const toByteString = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

const isWhole = (body: Answer['body']): body is Uint8Array | string =>
  typeof body === 'string' || body instanceof Uint8Array;
