import type { Explained, None } from './explained.ts';
import type { Boundary, Route, Tier } from './model.ts';
import type { Task } from './task.ts';

/** Why a decision fell as it did, and why a candidate was removed. */
export interface ReasonCodes {
  // what must hold: removes a candidate
  offline: { model: string };
  modeLocalOnly: None;
  modeClaudeOnly: None;
  /** `path` is the pattern that held, never the file's own path. */
  protectedPath: { path: string; boundary: Boundary };
  /** `kind` is the rule that held: `github`, `privatekey`, … */
  protectedSecret: { kind: string; boundary: Boundary };
  /** Text that came without its path holds lines of a protected file; `path` is the pattern that protects it. */
  protectedLines: { path: string; boundary: Boundary };
  protectedMark: { boundary: Boundary };
  scanTimeout: { boundary: Boundary };
  noChat: { model: string };
  noTools: { model: string };
  toolsNotProven: { model: string };
  noImages: { model: string };
  contextTooLong: { model: string; needed: number; window: number };
  providerUnreachable: { provider: string };
  providerFailing: { provider: string };
  noKey: None;
  noLocalModel: None;
  doesNotFitMemory: { model: string; bytes: number };
  cloudBehindOllama: { model: string };
  tierNotAllowed: { tier: Tier };
  notPinned: { model: string };
  /** By the user's lists of models. */
  modelDenied: { model: string };
  modelNotAllowed: { model: string };
  /** `origin` is a country or a maker; empty where nobody knows it. */
  originNotAllowed: { model: string; origin: string };
  /** A probe on this machine found that it does not follow a chat. */
  chatNotProven: { model: string };
  budgetSpent: { period: 'day' | 'month'; limitUsd: number };
  /** A budget is set, and the ledger can't keep it now. */
  budgetUnknown: None;
  /** A budget is set, and nobody knows what this model costs. */
  noPrice: { model: string };
  tooSlow: { model: string; tokensPerSecond: number };
  // the developer's word
  wordRoute: { route: Route };
  wordModel: { model: string };
  wordModelNearest: { asked: string; model: string };
  // what it is
  taskByCommand: { task: Task };
  taskByRule: { task: Task; rule: string };
  /** `probability` is 0..1. */
  taskByText: { task: Task; probability: number };
  /** What is around the prompt made the difference. */
  taskByContext: { task: Task; because: 'diagnostics' | 'selection' | 'language' };
  taskUnsure: { task: Task };
  // who takes it
  routineTask: { task: Task };
  strategicTask: { task: Task };
  roleOfModel: { model: string; task: Task };
  loaded: { model: string };
  fasterHere: { model: string; tokensPerSecond: number };
  onlyOneLeft: { model: string };
  toolsNeedClaude: None;
  fallbackToClaude: None;
  fallbackToLocal: None;
  sticky: { model: string };
  /** `bound` and `bar` are 0..1. */
  goodEnough: { model: string; task: Task; bound: number; bar: number };
  notGoodEnough: { model: string; task: Task; bound: number; bar: number };
  /** Nothing was seen yet of this model at this task. */
  newToTask: { model: string; task: Task };
  /** Predicted seconds until the user has something, and how long the user is patient. */
  impatient: { model: string; seconds: number; patience: number };
  /** The user's switch for this task. */
  taskSetTo: { task: Task; route: Route };
  busy: { model: string };
  /** `tokens` of the prompt are in Claude's warm cache. */
  warmCache: { tokens: number };
  stuckInLoop: { model: string };
  // in the course of a request
  handedOver: { from: string; to: string; failure: string };
  checkFailed: { model: string; finding: string };
  /** Of answers that it was as little sure of here, 0..1 were bad. */
  unsure: { model: string; bad: number };
}
export type Reason = Explained<ReasonCodes>;
