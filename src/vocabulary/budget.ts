/** One limit and what has been taken of it, in USD. */
export interface BudgetPeriod {
  /** The local day, or the calendar month. */
  readonly period: 'day' | 'month';
  /** Epoch ms of the first moment counted. */
  readonly since: number;
  readonly limitUsd: number;
  /** Really paid, or the upper bound where nobody knows. */
  readonly spentUsd: number;
  /** Upper bounds of what is being asked right now. */
  readonly reservedUsd: number;
  /** >= 0. */
  readonly leftUsd: number;
}

/** What the budgets leave; no period where no limit is set. */
export interface BudgetState {
  readonly periods: readonly BudgetPeriod[];
  /** The ledger can't be read: these are the last known figures. */
  readonly stale: boolean;
}
