import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Decision, Undecided } from '../vocabulary/decision.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { EgressRow } from '../vocabulary/egress.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { MarkCause } from '../vocabulary/mark.ts';
import type { Budget } from '../vocabulary/policy.ts';
import type { ProbeResult } from '../vocabulary/probe.ts';
import type { Reading } from '../vocabulary/reading.ts';
import type { Period, Summary } from '../vocabulary/summary.ts';
import type { BudgetNear } from './budgets.ts';
import type { Feedback, IntentRow, Recalled, RequestRow, UndecidedRow } from './ledger.ts';
import type { LastTurn, MachineKnown } from './machine.ts';
import type { PriceOverrides } from './prices.ts';

/** An outcome as it goes to the worker: what was said stays behind. */
export type RecordedOutcome = Omit<Outcome, 'text' | 'proposal'>;

/** Writes can be repeated: each one names its row. */
export type Write =
  | { readonly call: 'decided'; readonly row: RequestRow }
  | { readonly call: 'undecided'; readonly row: UndecidedRow }
  | { readonly call: 'intend'; readonly row: IntentRow; readonly overrides: PriceOverrides }
  | {
      readonly call: 'attempted';
      readonly requestId: string;
      readonly attempt: Attempt;
      readonly overrides: PriceOverrides;
    }
  | {
      readonly call: 'finished';
      readonly outcome: RecordedOutcome;
      readonly at: number;
      readonly overrides: PriceOverrides;
    }
  | {
      readonly call: 'feedback';
      readonly requestId: string;
      readonly feedback: Feedback;
      readonly at: number;
    }
  | {
      readonly call: 'mark';
      readonly conversation: string;
      readonly at: number;
      readonly cause: MarkCause;
    }
  | { readonly call: 'egress'; readonly row: EgressRow }
  | { readonly call: 'measured'; readonly reading: Reading }
  | { readonly call: 'probed'; readonly result: ProbeResult }
  | { readonly call: 'forgetLessons'; readonly model?: string };

/** What a write has to tell, where it does. */
export type Written = BudgetNear | undefined;

export type Read =
  | { readonly call: 'marked'; readonly conversation: string }
  | {
      readonly call: 'summary';
      readonly period: Period;
      readonly now: number;
      readonly baselineModel: string;
    }
  | { readonly call: 'machine' }
  | { readonly call: 'lastTurn'; readonly conversation: string }
  | { readonly call: 'left'; readonly period: Period; readonly now: number }
  | { readonly call: 'servedToday'; readonly now: number }
  | { readonly call: 'decisionOf'; readonly requestId: string }
  | { readonly call: 'undecidedOf'; readonly requestId: string }
  | { readonly call: 'decisionInput'; readonly requestId: string }
  | {
      readonly call: 'recall';
      readonly now: number;
      readonly budget: Budget;
      readonly halfLifeMs: number;
      readonly lessonsVersion?: number;
    };

export interface Answers {
  marked: MarkCause | undefined;
  left: readonly EgressRow[];
  machine: MachineKnown;
  lastTurn: LastTurn | undefined;
  summary: Summary;
  servedToday: { readonly local: number; readonly all: number };
  decisionOf: Decision | undefined;
  undecidedOf: Undecided | undefined;
  decisionInput: DecisionInput | undefined;
  recall: Recalled;
}

export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly body: Write | Read }
  | { readonly type: 'watch'; readonly on: boolean }
  | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'done'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'changed' }
  | { readonly type: 'notice'; readonly failure: Failure }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly line: string };

/** What the worker is started with. */
export interface WorkerSetup {
  readonly folder: string;
  readonly practice: boolean;
  /** Who writes: host name, process id and the process's start, so that a dead one's open requests can be settled. */
  readonly owner: Owner;
  readonly busyMs: number;
  readonly watchMs: number;
  readonly checkAfterMs: number;
  readonly maxPages?: number;
}

export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Epoch seconds. */
  readonly started: number;
}
