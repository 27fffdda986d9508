import type { MarkCause } from '../vocabulary/mark.ts';
import type { ModelId } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';

export interface Turn {
  readonly model: ModelId;
  readonly task: Task;
  /** Tokens of its prompt, as its provider counted them. */
  readonly promptTokens: number;
  /** Epoch ms at which it was asked. */
  readonly at: number;
}

const remembered = 500;
/** How long Claude keeps a prompt's prefix at the usual price. */
const cacheMs = 5 * 60_000;

/** Where each conversation was last answered, and which were derived from protected content. */
export class Conversations {
  #turns = new Map<string, Turn>();
  #marked = new Map<string, MarkCause>();

  last(conversation: string | undefined): Turn | undefined {
    return conversation === undefined ? undefined : this.#turns.get(conversation);
  }

  answered(conversation: string | undefined, turn: Turn): void {
    if (conversation === undefined) return;
    this.#turns.delete(conversation);
    this.#turns.set(conversation, turn);
    const oldest = this.#turns.keys().next();
    if (this.#turns.size > remembered && !oldest.done) this.#turns.delete(oldest.value);
  }

  /** Tokens at a prompt's beginning that the baseline would have read from its warm cache. */
  warmTokens(conversation: string | undefined, at: number): number {
    const last = this.last(conversation);
    return last && at - last.at >= 0 && at - last.at <= cacheMs ? last.promptTokens : 0;
  }

  /** Marks are never dropped while the process lives: they are few and forgetting one would open what is closed. */
  mark(conversation: string, cause: MarkCause): void {
    if (this.#marked.get(conversation) !== 'protected') this.#marked.set(conversation, cause);
  }

  marked(conversation: string): MarkCause | undefined {
    return this.#marked.get(conversation);
  }
}
