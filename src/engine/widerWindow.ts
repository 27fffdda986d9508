import type { Failure } from '../vocabulary/failure.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Decided } from './deciding.ts';

/** The window to try again with, where a model said that the prompt is longer than the one it was given. */
export function widerWindow(failure: Failure, model: Model, decided: Decided): number | undefined {
  if (failure.code !== 'contextTooLong') return undefined;
  const needed = failure.params.needed + decided.prepared.outputTokens;
  if (needed > model.contextTokens || needed <= failure.params.window) return undefined;
  return needed;
}
