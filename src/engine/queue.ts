import type { EngineEvent } from '../vocabulary/event.ts';
import type { ModelId } from '../vocabulary/model.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import { handedOver, type Last, onAsUnsure, onToClaude } from './handOver.ts';

/** An answer that goes back to its model, with what its check found. */
export interface Repair {
  readonly answer: string;
  readonly findings: readonly Finding[];
}

/** Who is asked next, in order, and how. */
export interface Queue {
  models: ModelId[];
  last: Last | undefined;
  /** Of the next one alone. */
  repair: Repair | undefined;
  /** Tokens, of the next one alone, where the usual window was too small. */
  window: number | undefined;
  /** Whether openings are looked at before they are shown. */
  looking: boolean;
  /** Something of the last answer was shown. */
  shown: boolean;
}

/** Says that another one is asked, where that was not said already. */
export function* announced(queue: Queue, id: ModelId): Generator<EngineEvent, void> {
  const { last } = queue;
  if (!last) return;
  if (queue.shown) {
    yield { type: 'restarted', from: last.id, to: id, reason: handedOver(last, id) };
    queue.shown = false;
  } else if (!last.wanted && !last.unsure && !last.checked)
    yield {
      type: 'progress',
      progress: { code: 'handedOver', params: { from: last.id.name, to: id.name } },
    };
}

/** By the developer's word; the model that was left is asked again where Claude does not answer. */
export function wantClaude(queue: Queue, claude: ModelId, id: ModelId): EngineEvent {
  queue.models = [claude, id];
  queue.last = { id, wanted: true };
  return onToClaude(claude);
}

/** By its model's own doubt. */
export function doubted(queue: Queue, models: readonly ModelId[], claude: ModelId, id: ModelId): EngineEvent {
  queue.models = [...models];
  queue.last = { id, unsure: true };
  return onAsUnsure(claude);
}

/** To Claude, after a check that failed. */
export function sendOn(queue: Queue, models: readonly ModelId[], claude: ModelId, id: ModelId): EngineEvent {
  queue.models = [...models];
  queue.last = { id, checked: true };
  return { type: 'progress', progress: { code: 'askingAfterCheck', params: { to: claude.name } } };
}

/** Back to the same model, told what was found. */
export function mend(queue: Queue, models: readonly ModelId[], id: ModelId, repair: Repair): EngineEvent {
  queue.models = [...models];
  queue.last = undefined;
  queue.repair = repair;
  return { type: 'progress', progress: { code: 'repairing', params: { model: id.name } } };
}
