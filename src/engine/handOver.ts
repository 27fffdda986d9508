import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { ModelId } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';

/** Who was asked before, and why the next one is. */
export interface Last {
  readonly id: ModelId;
  readonly failure?: Failure;
  /** The developer's word. */
  readonly wanted?: true;
  /** Its model's own doubt; nothing of it was shown. */
  readonly unsure?: true;
  /** Its check failed; it was said who is asked now. */
  readonly checked?: true;
}

export function onToClaude(claude: ModelId): EngineEvent {
  return { type: 'progress', progress: { code: 'claudeWanted', params: { to: claude.name } } };
}

export function onAsUnsure(claude: ModelId): EngineEvent {
  return { type: 'progress', progress: { code: 'askingAsUnsure', params: { to: claude.name } } };
}

export function handedOver(last: Last, to: ModelId): Reason {
  if (last.wanted) return { code: 'wordRoute', params: { route: 'claude' } };
  const failure = last.failure?.code ?? 'unexpected';
  return { code: 'handedOver', params: { from: last.id.name, to: to.name, failure } };
}
