/** Carries events from one that runs on its own to one reader, in order. */
export class EventChannel<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | undefined;
  #ended: { readonly error?: unknown; readonly failed: boolean } | undefined;

  push(event: T): void {
    if (this.#ended) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended ??= { failed: false };
    this.#wake?.();
  }

  /** What was pushed before is still read, then the reader gets the error. */
  fail(error: unknown): void {
    this.#ended ??= { failed: true, error };
    this.#wake?.();
  }

  async *read(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift() as T;
      if (this.#ended?.failed) throw this.#ended.error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
