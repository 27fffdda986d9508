import type { Ledger } from '../ledger/ledger.ts';
import {
  type ConfidenceLevel,
  type ConfidenceMeasure,
  confidenceLevelsOf,
  levelFor,
} from '../router/confidenceLevels.ts';
import { experienceOf, halfLifeDays } from '../router/posterior.ts';
import type { BudgetPeriod, BudgetState } from '../vocabulary/budget.ts';
import type { Experience, Lesson } from '../vocabulary/experience.ts';
import { type Candidate, type Model, sameModel } from '../vocabulary/model.ts';
import type { Budget } from '../vocabulary/policy.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Task } from '../vocabulary/task.ts';
import { waitAtMost } from './waitAtMost.ts';

/** A decision waits this long for what the ledger knows; then it takes what was known before. */
const waitMs = 20;
/** The first one waits for the ledger's thread to start as well. */
const firstWaitMs = 150;
/** Lessons weigh less with time: what they add up to is worked out anew after this. */
const freshMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * What was learned and what the budgets leave, as the ledger last told: each decision asks again beside its other
 * work, so that what other windows have written counts too.
 */
export class Recollection {
  readonly #ledger: Pick<Ledger, 'recall'>;
  readonly #clock: Clock;
  #asking: Promise<void> | undefined;
  #lessons: readonly Lesson[] = [];
  #version: number | undefined;
  #experience: ReadonlyMap<Task, readonly Experience[]> = new Map();
  #levels: readonly ConfidenceLevel[] = [];
  #workedOutAt = Number.NEGATIVE_INFINITY;
  #budget: readonly BudgetPeriod[] = [];
  #stale = true;

  constructor(ledger: Pick<Ledger, 'recall'>, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Asks the ledger once more. Never rejects. */
  refresh(budget: Budget): Promise<void> {
    this.#asking ??= this.#ask(budget).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** As `refresh`, but never with what was asked before this call. */
  async renew(budget: Budget): Promise<void> {
    await this.#asking;
    await this.refresh(budget);
  }

  /** Waits for `refreshing` as long as a decision may, which is not long. */
  async settle(refreshing: Promise<void>, signal: AbortSignal): Promise<void> {
    const ms = this.#version === undefined ? firstWaitMs : waitMs;
    await waitAtMost(refreshing, ms, this.#clock, signal);
  }

  /** What was seen of these models at a task, in every band. */
  experience(task: Task, candidates: readonly Candidate[]): readonly Experience[] {
    const all = this.#experience.get(task) ?? [];
    return all.filter(({ model }) => candidates.some((one) => sameModel(one.model.id, model)));
  }

  all(): readonly Experience[] {
    return [...this.#experience.values()].flat();
  }

  /** How unsure a model has to be of an answer at a task to be taken at its doubt; undefined where nothing was shown. */
  confidenceLevel(
    model: Pick<Model, 'id' | 'digest'>,
    task: Task,
    measure: ConfidenceMeasure,
  ): ConfidenceLevel | undefined {
    return levelFor(this.#levels, model, task, measure);
  }

  /** The last known figures of the limits that are set now. */
  budget({ dayUsd, monthUsd }: Budget): BudgetState {
    const limits = { day: dayUsd, month: monthUsd };
    return {
      periods: this.#budget.filter(({ period, limitUsd }) => sameMoney(limits[period], limitUsd)),
      stale: this.#stale,
    };
  }

  async #ask(budget: Budget): Promise<void> {
    const now = this.#clock.now();
    try {
      const told = await this.#ledger.recall({
        now,
        budget,
        halfLifeMs: halfLifeDays * dayMs,
        ...(this.#version === undefined ? {} : { lessonsVersion: this.#version }),
      });
      this.#budget = told.budget;
      this.#stale = false;
      if (told.lessons) this.#lessons = told.lessons;
      if (told.confidence) this.#levels = confidenceLevelsOf(told.confidence);
      if (told.lessons || Math.abs(now - this.#workedOutAt) > freshMs) this.#workOut(now);
      this.#version = told.version;
    } catch {
      this.#stale = true;
    }
  }

  #workOut(now: number): void {
    const byTask = new Map<Task, Experience[]>();
    for (const one of experienceOf(this.#lessons, now)) {
      const own = byTask.get(one.task);
      if (own) own.push(one);
      else byTask.set(one.task, [one]);
    }
    this.#experience = byTask;
    this.#workedOutAt = now;
  }
}

/** The ledger counts in thousand-millionths of a dollar. */
function sameMoney(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < 1e-9;
}
