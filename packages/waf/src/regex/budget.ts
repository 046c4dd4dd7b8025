/**
 * Work allowance of one request; every byte step subtracts. When it falls below zero the caller
 * must fail closed. A unit is the step of a warm automaton over one byte, a few nanoseconds;
 * costlier work is charged in proportion.
 */
export interface Budget {
  left: number;
}

/** Charges work; false when the budget ran out. */
export function spend(budget: Budget, units: number): boolean {
  budget.left -= units;
  return budget.left >= 0;
}
