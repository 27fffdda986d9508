import type { Result } from './failure.ts';
import type { ModelId } from './model.ts';

/** What a probe on this machine finds out of a local model: whether it calls tools rightly, whether it follows a chat. */
export type ProbeKind = 'tools' | 'chat';

/** The fixed questions, in the order in which they are asked. */
export const probeSteps = {
  tools: ['oneTool', 'chooseTool', 'typedArguments', 'noCall', 'useResult'],
  chat: ['oneWord', 'repeat', 'recall'],
} as const;
/** Changes with the questions: a result of other questions says nothing of these. */
export const probeVersion = 1;

export type ProbeStep = (typeof probeSteps)[ProbeKind][number];

/** What came of one question. */
export type ProbeFinding =
  | 'passed'
  /** The call was needed and none came. */
  | 'noCall'
  /** The call came as text, which nobody runs. */
  | 'callAsText'
  | 'wrongTool'
  | 'wrongArguments'
  | 'needlessCall'
  | 'wrongAnswer'
  /** It went on after its answer until it was stopped. */
  | 'doesNotEnd'
  | 'timedOut'
  /** The call failed: the model crashed, did not load, or its provider was away. */
  | 'failed';

/** Survives JSON; kept per digest and host. */
export interface ProbeResult {
  readonly kind: ProbeKind;
  readonly model: ModelId;
  readonly digest?: string;
  readonly host?: string;
  /** Epoch ms. */
  readonly at: number;
  readonly passed: boolean;
  readonly steps: readonly { readonly step: ProbeStep; readonly finding: ProbeFinding }[];
}

/** How far a probe is; `done` is the last. `waiting`: a request is being answered, which goes first. */
export type ProbeEvent =
  | { readonly type: 'waiting' }
  | { readonly type: 'loading' }
  | { readonly type: 'asking'; readonly step: ProbeStep; readonly at: number; readonly of: number }
  | { readonly type: 'done'; readonly result: Result<ProbeResult> };
