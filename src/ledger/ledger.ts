import type { Account, Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import type { ConfidenceOutcome } from '../vocabulary/confidence.ts';
import type { Decision, Undecided } from '../vocabulary/decision.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { EgressRow } from '../vocabulary/egress.ts';
import type { Teacher } from '../vocabulary/experience.ts';
import type { MarkCause } from '../vocabulary/mark.ts';
import type { Boundary, ModelId, Route, Tier } from '../vocabulary/model.ts';
import type { Budget } from '../vocabulary/policy.ts';
import type { ProbeResult } from '../vocabulary/probe.ts';
import type { Reading } from '../vocabulary/reading.ts';
import type { SurfaceName } from '../vocabulary/request.ts';
import type { Period, Summary } from '../vocabulary/summary.ts';
import type { BudgetNear } from './budgets.ts';
import type { ClassifierFeatures } from './classifierFeatures.ts';
import type { LessonsSince } from './lessons.ts';
import type { LastTurn, MachineKnown } from './machine.ts';

/** Written when a request is decided: what it was, never what it said. */
export interface RequestRow extends AskedRow {
  readonly decision: Decision;
}

/** Written when nobody may take a request: `/why` and nothing else counts it. */
export interface UndecidedRow extends AskedRow {
  readonly undecided: Undecided;
}

interface AskedRow {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly surface: SurfaceName;
  readonly conversation?: string;
  /** Absolute path; kept as the folder's own name and a keyed hash. */
  readonly folder?: string;
  readonly features: ClassifierFeatures;
  /** What it was decided from, so that it can be decided again. */
  readonly input?: DecisionInput;
}

/** Written before each send. */
export interface IntentRow {
  readonly requestId: string;
  readonly index: number;
  readonly model: ModelId;
  readonly route: Route;
  readonly boundary: Boundary;
  readonly tier?: Tier;
  readonly at: number;
  /** An estimate of the prompt's tokens: the bound where nothing is reported. */
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  /** Where set: the call has to find room in it, or the row is refused. */
  readonly budget?: Budget;
}

/** What the ledger knows of the past that decisions depend on. */
export interface Recalled extends LessonsSince {
  /** One for each limit of the budget that was asked about. */
  readonly budget: readonly BudgetPeriod[];
  /** What came of answers whose model told how sure it was; comes with the lessons. */
  readonly confidence?: readonly ConfidenceOutcome[];
}

/**
 * What the developer did with an answer; `edited`: what was applied was changed by hand soon after; `failed`: what was
 * applied brought new errors, which the language server told only then: it takes the place of the verdict.
 */
export type Feedback = Exclude<Teacher, 'passed'>;

/** Every call may fail when the disk does; the caller goes on and says it once. */
export interface Ledger {
  decided(row: RequestRow): Promise<void>;
  /** Nobody may take it. */
  undecided(row: UndecidedRow): Promise<void>;
  /**
   * Rejects with `noPermit` where the row's budget has no room or its model no price. Gives the limit that the call
   * brings near, once for its day or month.
   */
  intend(row: IntentRow): Promise<BudgetNear | undefined>;
  attempted(requestId: string, attempt: Attempt): Promise<void>;
  finished(outcome: Outcome, at: number): Promise<void>;
  feedback(requestId: string, feedback: Feedback, at: number): Promise<void>;
  /** Remembers that a conversation was derived from something protected; a `protected` mark stays one. */
  mark(conversation: string, at: number, cause: MarkCause): Promise<void>;
  marked(conversation: string): Promise<MarkCause | undefined>;
  egress(row: EgressRow): Promise<void>;
  /** What left this machine in a period: the newest first, at most 10,000. */
  left(period: Period, now: number): Promise<readonly EgressRow[]>;
  /** Keeps how fast a model was; the last ones of each model stay. */
  measured(reading: Reading): Promise<void>;
  /** Keeps what a probe found, in place of what the one before it did. */
  probed(result: ProbeResult): Promise<void>;
  /** All that was kept of how fast models are and what probes found. */
  machine(): Promise<MachineKnown>;
  /** Where a conversation was answered last. */
  lastTurn(conversation: string): Promise<LastTurn | undefined>;
  summary(period: Period, now: number): Promise<Summary>;
  /** Answered requests since local midnight: how many locally, how many in all. */
  servedToday(now: number): Promise<{ readonly local: number; readonly all: number }>;
  /** The decision as it was made, for `/why` after a restart. */
  decisionOf(requestId: string): Promise<Decision | undefined>;
  /** In place of a decision where nobody may take the request. */
  undecidedOf(requestId: string): Promise<Undecided | undefined>;
  /** What a decision was made of; of the newest ones only. */
  decisionInput(requestId: string): Promise<DecisionInput | undefined>;
  /** What was learned, unless it is the version that is known, and what the budget's limits have left. */
  recall(about: {
    readonly now: number;
    readonly budget: Budget;
    /** After which a lesson weighs half. */
    readonly halfLifeMs: number;
    readonly lessonsVersion?: number;
  }): Promise<Recalled>;
  /** Forgets what was learned of a model by its name, or of all models. */
  forgetLessons(model?: string): Promise<void>;
  onDidChange(listener: () => void): { dispose(): void };
  close(): Promise<void>;
}

export type { Account };
