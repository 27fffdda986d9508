/** Why a call was aborted that the developer sent on to Claude. */
export const sentToClaude = new DOMException('Claude is to answer', 'AbortError');

/** A running request whose developer may still say that Claude is to answer it, now. */
export interface ClaudeWord {
  /** Aborts with the developer's word. */
  readonly signal: AbortSignal;
  /** Whether Claude stands in line behind the model that is being asked; nobody can be sent there otherwise. */
  waiting: boolean;
  dispose(): void;
}

/** Takes the developer's word to the request that it is about. */
export class ClaudeWanted {
  readonly #running = new Map<string, { readonly said: AbortController; readonly word: ClaudeWord }>();

  listen(requestId: string): ClaudeWord {
    const said = new AbortController();
    const word: ClaudeWord = {
      signal: said.signal,
      waiting: false,
      dispose: () => void this.#running.delete(requestId),
    };
    this.#running.set(requestId, { said, word });
    return word;
  }

  /** @returns false where the request has ended, or Claude may not or cannot be asked, or is being asked already */
  say(requestId: string): boolean {
    const running = this.#running.get(requestId);
    if (!running?.word.waiting || running.said.signal.aborted) return false;
    running.said.abort(sentToClaude);
    return true;
  }
}
