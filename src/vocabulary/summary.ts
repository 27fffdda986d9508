import type { MoneyRange } from './attempt.ts';
import type { DifficultyBand } from './experience.ts';
import type { Route } from './model.ts';
import type { Reason } from './reason.ts';
import type { Task } from './task.ts';

/** Today, the last 7 and the last 30 local days (today is one of them), and all time. */
export type Period = 'day' | 'week' | 'month' | 'all';

/** The first design's metrics, kept by name. */
export interface Metrics {
  readonly total_requests: number;
  readonly auto_routed_to_local: number;
  readonly manual_routed_to_local: number;
  readonly claude_sonnet_used: number;
  readonly claude_haiku_used: number;
  readonly claude_opus_used: number;
  readonly other_used: number;
  /** Requests that ended without an answer. */
  readonly not_answered: number;
  /** USD. */
  readonly cost_savings: MoneyRange;
  /** 0..1 of the judged answers that held; absent while none was judged. */
  readonly quality_maintained?: number;
  readonly quality_sample: number;
}

/** One bar or point: `start` in epoch ms. */
export interface TimePoint {
  readonly start: number;
  readonly paid: MoneyRange;
  readonly baseline: MoneyRange;
  readonly requests: number;
}

export interface Share {
  readonly name: string;
  readonly requests: number;
  readonly paid: MoneyRange;
  readonly saved: MoneyRange;
}

export interface LatestRequest {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly task: Task;
  readonly route: Route;
  readonly model: string;
  readonly surface: string;
  readonly end: 'answered' | 'failed' | 'cancelled' | 'running';
  readonly manual: boolean;
  readonly attempts: number;
  readonly totalMs: number;
  readonly paid?: MoneyRange;
  readonly saved?: MoneyRange;
  readonly verdict?: 'passed' | 'failed' | 'notChecked';
  readonly reasons: readonly Reason[];
}

/** What taught Maia of one model at one task, counted whole and over all time. */
export interface LearnedShare {
  readonly model: string;
  readonly task: Task;
  readonly band: DifficultyBand;
  /** Checks of its answers. */
  readonly passed: number;
  readonly failed: number;
  /** The developer's thumbs up, and changes that were accepted as they were. */
  readonly liked: number;
  /** Thumbs down, changes that were rejected, undone or edited, and *Ask Claude instead*. */
  readonly disliked: number;
  /** Epoch ms of the last lesson. */
  readonly lastAt: number;
}

export interface Summary {
  readonly period: Period;
  /** Epoch ms of the first moment counted; 0 for all. */
  readonly since: number;
  readonly metrics: Metrics;
  readonly paid: MoneyRange;
  readonly baseline: MoneyRange;
  readonly baselineModel: string;
  readonly overTime: readonly TimePoint[];
  readonly byRoute: readonly Share[];
  readonly byTask: readonly Share[];
  readonly byModel: readonly Share[];
  readonly latest: readonly LatestRequest[];
  /** Of all time, the latest lesson first; at most 200. */
  readonly learned: readonly LearnedShare[];
  /** Requests with a model that has no price; they are in no sum. */
  readonly unpriced: number;
  readonly practice: boolean;
}
