import type { Feedback } from '../ledger/ledger.ts';
import type { Judged, Standing } from '../tasks/tasks.ts';
import type { MoneyRange } from '../vocabulary/attempt.ts';
import type { BudgetState } from '../vocabulary/budget.ts';
import type { Decision, Replay, Undecided } from '../vocabulary/decision.ts';
import type { EgressRow } from '../vocabulary/egress.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Learned, Widening } from '../vocabulary/experience.ts';
import type { Failure, Result } from '../vocabulary/failure.ts';
import type { Health, PullProgress } from '../vocabulary/health.ts';
import type { OutlinedUnit, TestedPlace } from '../vocabulary/outline.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { ProbeEvent, ProbeKind } from '../vocabulary/probe.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Period, Summary } from '../vocabulary/summary.ts';
import type { Task } from '../vocabulary/task.ts';

/** The one thing that every surface talks to. */
export interface Engine {
  /** From decision to record. Exactly one `finished`, last; never throws. An abort ends it with `end: 'cancelled'`. */
  run(request: Request, signal: AbortSignal): AsyncIterable<EngineEvent>;
  /**
   * The developer's word while a request runs: what is being asked ends, charged as cancelled, and Claude answers.
   * False where nothing runs by that id, or Claude is not in its chain: rules that keep it from Claude hold as ever.
   */
  askClaudeNow(requestId: string): boolean;
  /**
   * Checks an answer once more against a request's target as it is now, as it was checked when it came; asks no model
   * and records nothing. Undefined where the request can't be prepared any more.
   */
  judgeAgain(
    request: Request,
    task: Task,
    answer: string,
    signal: AbortSignal,
    standing?: Pick<Standing, 'seen'>,
  ): Promise<Judged | undefined>;
  /**
   * What a file declares, for offers beside the code: parsed in a worker. Undefined in a language without grammar or a
   * text of more than 200,000 characters. An abort rejects.
   */
  outline(
    source: { readonly languageId: string; readonly text: string },
    signal: AbortSignal,
  ): Promise<readonly OutlinedUnit[] | undefined>;
  /** Whether one of the project's tests names a function; undefined where nobody can say. Read in the background. */
  isTested(place: TestedPlace): Promise<boolean | undefined>;
  /** What would be done with a request, without doing it: sends none of it, records nothing and marks nothing. */
  decide(request: Request, signal: AbortSignal): Promise<Result<Decision>>;
  /** USD that one answer of usual length from the decided model would take; undefined where it has no price. */
  estimate(decision: Decision): MoneyRange | undefined;
  health(): Health;
  /** Asks the providers again, now. */
  checkHealth(signal: AbortSignal): Promise<Health>;
  onDidChangeHealth(listener: (health: Health) => void): { dispose(): void };
  pull(name: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** Frees the memory of every loaded local model; returns their names. */
  freeMemory(signal: AbortSignal): Promise<readonly string[]>;
  /** Tokens per second of a local model, from one short real answer (at most 20 s). */
  measure(name: string, signal: AbortSignal): Promise<Result<{ readonly tokensPerSecond: number }>>;
  /**
   * Tries whether a local model calls tools, or follows a chat, with a few fixed questions (30 s at most once it is in
   * memory), whatever was found before; waits for requests that are being answered. The result is remembered. Ends with
   * one `done`; an abort throws the signal's reason.
   */
  probe(name: string, kind: ProbeKind, signal: AbortSignal): AsyncIterable<ProbeEvent>;
  summary(period: Period): Promise<Summary>;
  /** The egress record: what left this machine in a period, never its content; the newest first. */
  left(period: Period): Promise<readonly EgressRow[]>;
  servedToday(): Promise<{ readonly local: number; readonly all: number }>;
  /** After a write of this process or another one's. */
  onDidChangeLedger(listener: () => void): { dispose(): void };
  /** Something that the user should be told once (ledger can't be written, database set aside). */
  onDidNotice(listener: (notice: Failure) => void): { dispose(): void };
  decisionOf(requestId: string): Promise<Decision | undefined>;
  /** What `/why` tells of a request that nobody may take. */
  undecidedOf(requestId: string): Promise<Undecided | undefined>;
  /** Decides a request again from what the ledger holds of it, and compares. */
  replay(requestId: string): Promise<Replay>;
  /** What was learned of each model, by task and difficulty. */
  lessons(): Promise<readonly Learned[]>;
  /** What Maia proposes to keep on this machine, the best earned first; setting it is the user's own choice. */
  widenings(): Promise<readonly Widening[]>;
  /** Forgets what was learned, of one model by its name or of all; every window takes it from there. */
  forgetLessons(what?: { readonly model?: string }): Promise<void>;
  /** What the day's and the month's budgets leave. */
  budget(): Promise<BudgetState>;
  feedback(requestId: string, feedback: Feedback): Promise<void>;
  policy(): Policy;
  /** Ends streams and workers within 2 s. */
  dispose(): Promise<void>;
}
