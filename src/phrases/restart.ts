import * as l10n from '@vscode/l10n';
import type { EngineEvent, Progress } from '../vocabulary/event.ts';
import type { Phrases } from './phrases.ts';

/** An answer that began and starts again elsewhere; the model that takes over may itself fail before a word of it. */
export class Restart {
  readonly #from: string;
  readonly #reason: string | undefined;
  #to: string;

  constructor({ from, to, reason }: Extract<EngineEvent, { type: 'restarted' }>, phrases: Phrases) {
    this.#from = from.name;
    this.#to = to.name;
    this.#reason = reason.code === 'handedOver' ? undefined : phrases.reason(reason);
  }

  /** Takes in who is asked instead. */
  progress({ params }: Progress): void {
    if ('to' in params) this.#to = params.to;
  }

  sentence(): string {
    const why = this.#reason ?? l10n.t('{0} stopped in mid-answer.', this.#from);
    return l10n.t('{0} It starts again: the whole answer from {1} follows.', why, this.#to);
  }
}
