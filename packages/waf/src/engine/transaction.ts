import { toInteger } from '../operators/operator.ts';
import { headerValue } from '../request/headers.ts';
import type { ArgumentInspection } from '../request/inspectedArguments.ts';
import { processorFor, setBodyError, setBodyVariables } from '../request/requestBodyVariables.ts';
import {
  setCombinedArguments,
  setFullRequest,
  setRequestVariables,
} from '../request/requestVariables.ts';
import { mediaTypeOf, setResponseVariables } from '../request/responseVariables.ts';
import type { HeaderList, ResponseInput, TransactionInput } from '../request/transactionInput.ts';
import type { Phase } from '../seclang/rule.ts';
import { evaluatePhase } from './evaluatePhase.ts';
import type { Finding } from './finding.ts';
import { stepsAllowed } from './options.ts';
import type { Plan } from './plan.ts';
import type { Shortcuts } from './shortcuts.ts';
import { TransactionState } from './transactionState.ts';
import type { AnomalyScores, Interruption, Verdict } from './verdict.ts';

const NOTHING_PROVEN: ReadonlySet<string> = new Set();

/** One request and its response on their way through the five phases. */
export class Transaction {
  readonly #plan: Plan;
  readonly #state: TransactionState;
  readonly #request: TransactionInput;
  readonly #shortcuts: Shortcuts;
  #requestBody: string;
  #responseBody: string | null = null;
  #tooManyArguments = false;

  constructor(plan: Plan, request: TransactionInput) {
    this.#plan = plan;
    this.#request = request;
    this.#shortcuts = plan.shortcuts();
    this.#requestBody = request.body ?? '';
    const budgetSteps = stepsAllowed(plan.allowance, headBytes(request));
    this.#state = new TransactionState(plan.settings, budgetSteps, plan.prelude.tx);
    this.#guarded(() => this.#begin());
  }

  /** The bytes of the request's body, decompressed; to be set before phase 2. */
  setRequestBody(body: string): void {
    this.#requestBody = body;
  }

  /** Names of arguments that a schema has proven to hold no free text; to be set before phase 2. */
  setProven(names: ReadonlySet<string>): void {
    this.#guarded(() => this.#inspect(names));
  }

  /** The head of the response; to be set before phase 3. */
  setResponse(response: ResponseInput): void {
    this.#state.grant(stepsAllowed(this.#plan.allowance, fieldBytes(response.headers)));
    this.#guarded(() => setResponseVariables(this.#state.store, response));
  }

  /** The first bytes of the response's body, decompressed; to be set before phase 4. */
  setResponseBody(body: string): void {
    this.#responseBody = body;
  }

  /** Whether phase 4 would look at the response's body, and at how much of it. */
  get responseBodyBytesWanted(): number {
    const { responseBodyAccess, responseBodyBytesMax, store } = this.#state;
    const mediaType = mediaTypeOf(store.scalar('RESPONSE_CONTENT_TYPE'));
    const isWanted =
      responseBodyAccess && this.#plan.settings.responseMimeTypes.includes(mediaType);
    return isWanted ? responseBodyBytesMax : 0;
  }

  /**
   * Run the rules of a phase: 1 request head, 2 request body, 3 response head, 4 response body,
   * 5 logging. Never throws; when the engine fails or the work allowance is spent, the verdict
   * interrupts.
   */
  evaluate(phase: Phase): Verdict {
    this.#guarded(() => this.#run(phase));
    const { interruption, wouldInterrupt, budgetExceeded } = this.#state;
    return { interruption, wouldInterrupt, budgetExceeded, scores: this.scores };
  }

  /** The logged matches so far, in order. */
  get findings(): readonly Finding[] {
    return this.#state.findings;
  }

  /** The ids of all rules that matched so far, those without log too, in order. */
  get matchedRuleIds(): readonly number[] {
    return this.#state.matchedRuleIds;
  }

  get scores(): AnomalyScores {
    const read = (name: string): number => toInteger(this.#state.store.tx.get(name)?.value ?? '0');
    return {
      inbound: Math.max(read('blocking_inbound_anomaly_score'), read('anomaly_score')),
      outbound: Math.max(read('blocking_outbound_anomaly_score'), read('outbound_anomaly_score')),
    };
  }

  /** Steps of work done so far, of `budgetSteps` in all. */
  get stepsSpent(): number {
    return this.#state.budgetSteps - this.#state.budget.left;
  }

  /** The work allowance so far; it grows with the bytes to be looked at. */
  get budgetSteps(): number {
    return this.#state.budgetSteps;
  }

  /** Why the request's body could not be parsed, or null. */
  get requestBodyError(): string | null {
    const { store } = this.#state;
    return store.scalar('REQBODY_ERROR') === '1' ? store.scalar('REQBODY_ERROR_MSG') : null;
  }

  #begin(): void {
    const { settings } = this.#plan;
    const { store } = this.#state;
    const syntax = { separator: settings.argumentSeparator, argumentsMax: settings.argumentsMax };
    store.inspection = this.#inspectionOf(this.#request.proven ?? NOTHING_PROVEN);
    this.#tooManyArguments = setRequestVariables(store, this.#request, syntax);
    setFullRequest(store, this.#request, '');
    store.setScalar('WEBAPPID', settings.webAppId);
    const processor = processorFor(headerValue(this.#request.headers, 'content-type') ?? '');
    store.setScalar('REQBODY_PROCESSOR', processor ?? '');
  }

  #inspect(proven: ReadonlySet<string>): void {
    const { store } = this.#state;
    store.inspection = this.#inspectionOf(proven);
    setCombinedArguments(store);
  }

  #inspectionOf(proven: ReadonlySet<string>): ArgumentInspection | null {
    const { deepDecoding } = this.#plan;
    if (proven.size === 0 && deepDecoding === null) return null;
    return { proven, deepDecoding, budget: this.#state.budget };
  }

  #run(phase: Phase): void {
    const state = this.#state;
    if (state.mode === 'Off' || (state.interruption !== null && phase !== 5)) return;
    if (phase === 2) this.#readRequestBody();
    if (phase === 4) this.#readResponseBody();
    if (state.interruption !== null && phase !== 5) return;
    this.#shortcuts.beginPhase(phase, state.store);
    const { programs, prelude } = this.#plan;
    const first = phase === 1 ? prelude.stepCount : 0;
    if (phase === 1) state.matchedRuleIds.push(...prelude.matchedRuleIds);
    evaluatePhase(state, phase, {
      steps: programs[phase - 1] ?? [],
      first,
      shortcuts: this.#shortcuts,
    });
    if (state.budgetExceeded) state.interrupt(engineInterruption('budget', 503));
  }

  #readRequestBody(): void {
    const state = this.#state;
    if (this.#tooManyArguments) setBodyError(state.store, 'too many arguments in the query');
    if (!state.requestBodyAccess || this.#requestBody === '') return;
    const body = this.#boundedRequestBody();
    const { settings } = this.#plan;
    const { store } = state;
    setFullRequest(store, this.#request, body);
    store.setScalar('REQUEST_BODY_LENGTH', this.#requestBody.length);
    if (store.scalar('REQBODY_PROCESSOR') === '' && state.forceRequestBodyVariable) {
      store.setScalar('REQBODY_PROCESSOR', 'URLENCODED');
    }
    const processor = store.scalar('REQBODY_PROCESSOR');
    this.#allowBody(body);
    state.budget.left -= body.length;
    if (processor === 'URLENCODED' || state.forceRequestBodyVariable)
      store.setScalar('REQUEST_BODY', body);
    setBodyVariables(store, body, {
      processor: processor === '' ? null : processor,
      contentType: headerValue(this.#request.headers, 'content-type') ?? '',
      depthMax: settings.bodyDepthMax,
      partsMax: settings.multipartPartsMax,
      separator: settings.argumentSeparator,
      argumentsMax: settings.argumentsMax,
    });
  }

  /** The work that a message may take beside what its head was given. */
  #allowBody(body: string): void {
    this.#state.grant(this.#plan.allowance.stepsPerByte * body.length);
  }

  /** The body, cut at the limit; an interruption when the limit is exceeded and the rules say Reject. */
  #boundedRequestBody(): string {
    const state = this.#state;
    const { settings } = this.#plan;
    const isMultipart = state.store.scalar('REQBODY_PROCESSOR') === 'MULTIPART';
    const bytesMax = isMultipart
      ? state.requestBodyBytesMax
      : Math.min(state.requestBodyBytesMax, settings.requestBodyNoFilesBytesMax);
    if (this.#requestBody.length <= bytesMax) return this.#requestBody;
    state.store.setScalar('INBOUND_DATA_ERROR', 1);
    if (settings.requestBodyLimitAction === 'Reject')
      state.interrupt(engineInterruption('body_limit', 413));
    return this.#requestBody.slice(0, bytesMax);
  }

  #readResponseBody(): void {
    const state = this.#state;
    const body = this.#responseBody;
    const bytesMax = this.responseBodyBytesWanted;
    if (body === null || bytesMax === 0) return;
    if (body.length > bytesMax) {
      state.store.setScalar('OUTBOUND_DATA_ERROR', 1);
      if (this.#plan.settings.responseBodyLimitAction === 'Reject') {
        state.interrupt(engineInterruption('body_limit', 500));
      }
    }
    const inspected = body.slice(0, bytesMax);
    this.#allowBody(inspected);
    state.store.setScalar('RESPONSE_BODY', inspected);
  }

  /** Fail closed on a fault of the engine itself. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch {
      this.#state.interrupt(engineInterruption('internal', 500));
    }
  }
}

function headBytes({ uri, headers }: TransactionInput): number {
  return uri.length + fieldBytes(headers);
}

function fieldBytes(headers: HeaderList): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

function engineInterruption(
  reason: 'budget' | 'body_limit' | 'internal',
  status: number,
): Interruption {
  return { action: 'deny', status, ruleId: 0, reason };
}
