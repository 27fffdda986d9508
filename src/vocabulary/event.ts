import type { Outcome, Usage } from './attempt.ts';
import type { Decision } from './decision.ts';
import type { Explained } from './explained.ts';
import type { ModelId } from './model.ts';
import type { Reason } from './reason.ts';
import type { Finding, Verdict } from './verdict.ts';

export interface ProgressCodes {
  loading: { model: string; bytes?: number };
  queued: { model: string };
  asking: { model: string };
  writing: { model: string; tokens: number };
  /** What was found so far, in order, and which further check is under way. */
  checking: { found?: readonly Finding[]; doing?: 'types' | 'tests' | 'faults' };
  retrying: { model: string };
  handedOver: { from: string; to: string };
  askingAfterCheck: { to: string };
  /** The model was so little sure of it that such answers were nearly always bad here. */
  askingAsUnsure: { to: string };
  /** Its check failed: the same model is told what was found. */
  repairing: { model: string };
  /** The developer would not wait for the local answer. */
  claudeWanted: { to: string };
}
export type CheckStep = { readonly found: Finding } | { readonly doing: 'types' | 'tests' | 'faults' };
export type Progress = Explained<ProgressCodes>;

/** One stream for every surface. Exactly one `finished`, and it is the last. Survives `structuredClone`. */
export type EngineEvent =
  | { readonly type: 'decided'; readonly decision: Decision }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'toolCall'; readonly callId: string; readonly name: string; readonly input: object }
  | { readonly type: 'usage'; readonly attempt: number; readonly usage: Usage }
  | { readonly type: 'checked'; readonly attempt: number; readonly verdict: Verdict }
  /** Text was shown and its model failed: what follows is another model's whole answer. */
  | { readonly type: 'restarted'; readonly from: ModelId; readonly to: ModelId; readonly reason: Reason }
  | { readonly type: 'finished'; readonly outcome: Outcome };
