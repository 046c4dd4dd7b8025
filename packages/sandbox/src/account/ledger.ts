import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Charge } from './quotas.ts';

/** One line of the account's AI-credit ledger, as the API shows it. */
interface CreditEntry {
  readonly transactionId: string;
  readonly type: 'credit' | 'debit';
  readonly amount: number;
  readonly source: string;
  readonly description: string;
  readonly plan: string;
  readonly transactionDate: string;
}

/** One settled charge of any quota; only the control API shows these. */
interface SettledCharge extends Charge {
  readonly jobId: string;
  readonly settledAt: string;
}

const plan = 'API Annual';

export class Ledger {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #credits: CreditEntry[] = [];
  readonly #settled: SettledCharge[] = [];

  constructor(clock: Clock, ids: Ids, openingCredits: number) {
    this.#clock = clock;
    this.#ids = ids;
    this.#enter('credit', openingCredits, 'Monthly Reset', 'Credits of the plan');
  }

  settle(jobId: string, charges: readonly Charge[]): void {
    for (const charge of charges) {
      this.#settled.push({ ...charge, jobId, settledAt: this.#now() });
      if (charge.quota === 'aiCredits')
        this.#enter('debit', charge.amount, charge.source, charge.description);
    }
  }

  /** Newest first. */
  credits(): readonly CreditEntry[] {
    return this.#credits.toReversed();
  }

  /** Oldest first. */
  settled(): readonly SettledCharge[] {
    return this.#settled;
  }

  #enter(type: CreditEntry['type'], amount: number, source: string, description: string): void {
    const transactionId = this.#ids.uuid('transaction');
    const transactionDate = this.#now();
    this.#credits.push({ transactionId, type, amount, source, description, plan, transactionDate });
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
