import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request } from '../vocabulary/request.ts';

/** What is different about a question that is asked again. */
export type Change = Pick<Request, 'word' | 'again' | 'target'>;

export interface RecentRequest {
  readonly request: Request;
  readonly outcome?: Outcome;
}

/** The requests of this window, by id, for the buttons under an answer. In memory only: they hold what was asked. */
export class RecentRequests {
  readonly #limit: number;
  readonly #requests = new Map<string, RecentRequest>();
  #clicked: { readonly id: string; readonly change: Change } | undefined;

  constructor(limit = 50) {
    this.#limit = limit;
  }

  get(id: string): RecentRequest | undefined {
    return this.#requests.get(id);
  }

  keep(request: Request, outcome?: Outcome): void {
    this.#requests.delete(request.id);
    this.#requests.set(request.id, { request, outcome });
    const oldest = this.#requests.keys().next();
    if (this.#requests.size > this.#limit && !oldest.done) this.#requests.delete(oldest.value);
  }

  /** The next question that is asked again is this one: its button was clicked, and it need not be the last. */
  askAgain(id: string, change: Change = {}): void {
    this.#clicked = { id, change };
  }

  /** What was clicked, once. */
  takeClicked(): { readonly id: string; readonly change: Change } | undefined {
    const clicked = this.#clicked;
    this.#clicked = undefined;
    return clicked;
  }
}
