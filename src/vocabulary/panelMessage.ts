import type { BudgetPeriod } from './budget.ts';
import type { DifficultyBand } from './experience.ts';
import type { Period, Summary } from './summary.ts';
import type { Task } from './task.ts';

/** What the savings panel shows; all words in the display language. */
export interface PanelState {
  readonly summary: Summary;
  /** BCP 47, for numbers and dates. */
  readonly locale: string;
  readonly words: PanelWords;
  /** By request id: the decision's reasons as sentences, in order of weight. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
  /** By task, route, surface and difficulty name: what people call it. */
  readonly names: Readonly<Record<string, string>>;
  /** What is taken of each limit; none where none is set. */
  readonly budget: readonly BudgetPeriod[];
  /** What was learned of each model, those of one model together. */
  readonly learned: readonly LearnedRow[];
  /** What Maia proposes to keep on this machine and the user has not answered yet. */
  readonly proposed: readonly Proposed[];
}

export interface LearnedRow {
  readonly model: string;
  readonly task: Task;
  readonly band: DifficultyBand;
  /** 0..1: at least this share of its answers should do, and how much is needed; absent where the model is gone. */
  readonly bound?: number;
  readonly bar?: number;
  /** What it stands on, in words. */
  readonly seen: string;
}

export interface Proposed {
  /** Names it when it is answered. */
  readonly id: string;
  readonly task: Task;
  /** The whole proposal in words. */
  readonly text: string;
}

export const panelWords = {
  title: 'Savings',
  practice: 'Practice: no real model was asked and nothing was paid.',
  empty: 'Nothing was asked yet. Ask @maia something, or right-click a function and choose Generate Tests.',
  period: 'Period',
  day: 'Today',
  week: '7 days',
  month: '30 days',
  all: 'All',
  saved: 'Saved',
  savedAgainst: 'against {0}',
  paid: 'Paid',
  paidNote: 'all attempts, failed ones too',
  local: 'Answered locally',
  localNote: '{0} of {1} answers',
  requests: 'Requests',
  requestsNote: '{0} without an answer',
  quality: 'Answers that held',
  qualityNote: 'of {0} judged by a check or by you',
  qualityNone: 'nothing judged yet',
  overTime: 'Paid, and what the same answers would have cost on {0}',
  baseline: 'On {0}',
  byRoute: 'By route',
  byTask: 'By task',
  byModel: 'By model',
  latest: 'Latest requests',
  when: 'When',
  task: 'Task',
  model: 'Model',
  route: 'Route',
  took: 'Took',
  check: 'Check',
  why: 'Why',
  passed: 'passed',
  failed: 'failed',
  notChecked: 'not checked',
  running: 'running',
  cancelled: 'cancelled',
  noAnswer: 'no answer',
  byYourWord: 'your choice',
  unpriced: 'Requests to models without a known price, in no sum: {0}.',
  figures: 'Figures',
  budgetDay: "Today's budget",
  budgetMonth: "This month's budget",
  budgetNote: '{0} of {1} left',
  learned: 'What was learned of your models',
  learnedNote:
    'At least this share of answers should do; the mark is what is needed. It comes from checks, and from what you did with the answers.',
  learnedNone: 'Nothing yet: it comes from checks, and from what you do with the answers.',
  difficulty: 'Difficulty',
  easy: 'easy',
  medium: 'medium',
  hard: 'hard',
  willDo: 'Will do',
  needed: 'at least {0}, needed {1}',
  seenHere: 'Seen here',
  notInstalled: 'no longer there',
  keepLocal: 'Keep on this machine',
  notNow: 'Not now',
  proposed: 'Proposal',
  attempts: '{0} attempts',
  basis: 'Computed from the tokens that the providers reported and from dated prices.',
} as const;
export type PanelWords = { readonly [Key in keyof typeof panelWords]: string };

export type ToPanel =
  | { readonly type: 'state'; readonly state: PanelState }
  | { readonly type: 'failed'; readonly text: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'period'; readonly period: Period }
  /** A proposal is answered. */
  | { readonly type: 'keepLocal'; readonly id: string }
  | { readonly type: 'notNow'; readonly id: string };
