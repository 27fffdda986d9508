import type { Explained, None } from './explained.ts';
import type { Reason } from './reason.ts';
import type { Task } from './task.ts';
import type { Finding } from './verdict.ts';

/** What went wrong, in words that lead to a sentence with a next step. */
export interface FailureCodes {
  // nobody may or can be asked
  nothingLeft: { because: readonly Reason[] };
  nothingSetUp: None;
  noModelsInstalled: { host: string };
  pinnedModelMissing: { model: string; installed: readonly string[] };
  // the local side
  ollamaUnreachable: { host: string };
  notOllama: { host: string };
  redirectRefused: { host: string };
  modelMissing: { model: string };
  modelLoadFailed: { model: string; detail: string };
  modelLacks: { model: string; capability: 'chat' | 'tools' | 'thinking' | 'images' };
  queueFull: { model: string };
  contextTooLong: { model: string; needed: number; window: number };
  engineCrashed: { model: string };
  cut: { model: string };
  stalled: { model: string; seconds: number };
  // Claude
  noKey: None;
  badKey: None;
  outOfCredit: None;
  spendLimit: None;
  rateLimited: { retryAfterSeconds?: number };
  overloaded: { model: string };
  refused: { model: string };
  claudeUnreachable: { host: string };
  modelNotAvailable: { model: string };
  tooLarge: { model: string };
  badRequest: { provider: string; detail: string };
  serverError: { provider: string; status: number };
  answerCut: { model: string };
  emptyAnswer: { model: string };
  /** It said the same thing over and over, and was stopped. */
  runsInCircles: { model: string };
  /** The developer asked for Claude's answer before this one was there. */
  leftForClaude: { model: string };
  // what was asked
  nothingSelected: { languageId: string };
  nothingToWorkOn: { task: Task };
  fileTooLarge: { bytes: number; limit: number };
  binaryFile: { name: string };
  readOnlyFile: { name: string };
  fileChanged: { name: string };
  fileGone: { name: string };
  /** The developer edited the same lines meanwhile. */
  sameLinesChanged: { name: string };
  /** The developer's edits and the proposal together do not pass its check, or nothing can check them. */
  mergeUnchecked: { name: string };
  noFolder: { task: Task };
  virtualWorkspace: { task: Task };
  /** No folder that is open belongs to a git repository. */
  noRepository: None;
  /** There is nothing to commit. */
  nothingChanged: { name: string };
  /** Git runs what a repository's own settings say: not in a folder that is not trusted. */
  untrustedFolder: None;
  gitFailed: { detail: string };
  /** Tests can't reach it: it is private to its file or class. */
  notExported: { name: string };
  testFrameworkUnknown: { framework: string };
  checkFailed: { findings: readonly Finding[] };
  noPermit: { reason: Reason };
  /** Told once for each day or month, at four fifths of the limit. */
  budgetNear: { period: 'day' | 'month'; usedUsd: number; limitUsd: number };
  // the ledger
  ledgerUnavailable: { detail: string };
  ledgerSetAside: { file: string };
  /** A newer Maia wrote the ledger: it is read where that is possible, and never changed. */
  ledgerNewer: { found: number; known: number };
  unexpected: { detail: string };
}
export type Failure = Explained<FailureCodes>;

/** Either a value or a failure, where the caller must choose what to do. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };
