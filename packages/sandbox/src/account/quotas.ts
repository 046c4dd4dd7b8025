/** The four amounts that an account pays with. */
export const quotaNames = [
  'videoMinutes',
  'transcriptionMinutes',
  'elevenLabsVoiceOverMinutes',
  'aiCredits',
] as const;

export type QuotaName = (typeof quotaNames)[number];

const quotaLimitsByDefault: Readonly<Record<QuotaName, number>> = {
  videoMinutes: 600,
  transcriptionMinutes: 600,
  elevenLabsVoiceOverMinutes: 120,
  aiCredits: 1000,
};

/** What a job takes from one quota, and how the ledger names it. */
export interface Charge {
  readonly quota: QuotaName;
  readonly amount: number;
  readonly source: string;
  readonly description: string;
}

export interface QuotaState {
  readonly used: number;
  readonly limit: number;
  /** Held for jobs that are still running. */
  readonly pending: number;
}

/** Used, held and allowed amounts. Sums are kept to four decimals, so that they can be compared. */
export class Quotas {
  readonly #amounts: Record<QuotaName, { used: number; limit: number; pending: number }>;

  constructor(limits: Partial<Record<QuotaName, number>> = {}) {
    const amount = (name: QuotaName) => ({
      used: 0,
      pending: 0,
      limit: limits[name] ?? quotaLimitsByDefault[name],
    });
    this.#amounts = {
      videoMinutes: amount('videoMinutes'),
      transcriptionMinutes: amount('transcriptionMinutes'),
      elevenLabsVoiceOverMinutes: amount('elevenLabsVoiceOverMinutes'),
      aiCredits: amount('aiCredits'),
    };
  }

  read(name: QuotaName): QuotaState {
    return { ...this.#amounts[name] };
  }

  set(name: QuotaName, change: { readonly used?: number; readonly limit?: number }): void {
    Object.assign(this.#amounts[name], change);
  }

  /** Holds all charges, or none when one of them would pass its limit. */
  hold(charges: readonly Charge[]): boolean {
    const enough = quotaNames.every((name) => {
      const { used, pending, limit } = this.#amounts[name];
      return used + pending + sumOf(charges, name) <= limit + 1e-9;
    });
    if (enough) this.#add(charges, 'pending', 1);
    return enough;
  }

  /** Turns what was held into what is used. */
  settle(charges: readonly Charge[]): void {
    this.#add(charges, 'pending', -1);
    this.#add(charges, 'used', 1);
  }

  /** Gives back what was held. */
  release(charges: readonly Charge[]): void {
    this.#add(charges, 'pending', -1);
  }

  #add(charges: readonly Charge[], column: 'used' | 'pending', sign: 1 | -1): void {
    for (const { quota, amount } of charges)
      this.#amounts[quota][column] = rounded(this.#amounts[quota][column] + sign * amount);
  }
}

/** To four decimals, the unit in which amounts are compared. */
export function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

/** Minutes of so many seconds, to four decimals. */
export function minutesOf(seconds: number): number {
  return rounded(seconds / 60);
}

/** What the charges take from one quota together. */
export function sumOf(charges: readonly Charge[], name: QuotaName): number {
  return rounded(
    charges.reduce((sum, { quota, amount }) => sum + (quota === name ? amount : 0), 0),
  );
}
