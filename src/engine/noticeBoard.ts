import type { Failure } from '../vocabulary/failure.ts';

/** Things that a user is told once, whoever listens first. */
export class NoticeBoard {
  #said = new Set<string>();
  #waiting: Failure[] = [];
  #listeners = new Set<(notice: Failure) => void>();

  once(notice: Failure): void {
    if (this.#said.has(notice.code)) return;
    this.#said.add(notice.code);
    this.tell(notice);
  }

  tell(notice: Failure): void {
    if (this.#listeners.size === 0) this.#waiting.push(notice);
    for (const listener of this.#listeners) listener(notice);
  }

  onDidNotice(listener: (notice: Failure) => void): { dispose(): void } {
    this.#listeners.add(listener);
    for (const notice of this.#waiting.splice(0)) listener(notice);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}
