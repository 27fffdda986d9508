import { randomUUID } from 'node:crypto';
import type { FoundSecret } from '../privacy/job.ts';
import type { Request } from '../vocabulary/request.ts';
import type { SecretChoice, SecretOffer } from '../vocabulary/secretOffer.ts';

/** What the developer has chosen about secrets, and which. */
export interface Chosen {
  readonly choice: SecretChoice;
  readonly ids: ReadonlySet<string>;
}

const mostOffers = 200;
const mostConversations = 500;

/**
 * What was offered about detected secrets, in memory alone. An answer counts once, and only for the secrets that its
 * offer was made for. Masking holds for the same secrets in the rest of a conversation, since its history brings them
 * up again with every turn.
 */
export class SecretOffers {
  readonly #open = new Map<string, { readonly offer: SecretOffer; readonly ids: ReadonlySet<string> }>();
  readonly #conversations = new Map<string, { readonly found: Set<string>; readonly masked: Set<string> }>();

  make(secrets: readonly FoundSecret[], choices: readonly SecretChoice[]): SecretOffer {
    const kinds = [...new Set(secrets.map(({ kind }) => kind))];
    const offer = { id: randomUUID(), kinds, choices };
    this.#open.set(offer.id, { offer, ids: new Set(secrets.map(({ id }) => id)) });
    const oldest = this.#open.keys().next();
    if (this.#open.size > mostOffers && !oldest.done) this.#open.delete(oldest.value);
    return offer;
  }

  /**
   * What holds for the secrets of a request: its answer, which is then used up, or that all of them were masked before
   * in its conversation. Undefined where the answer was for others.
   *
   * @param peek leaves an answer as it is: nothing will be sent
   */
  chosen(request: Request, secrets: readonly FoundSecret[], peek: boolean): Chosen | undefined {
    const { secretAnswer, conversation } = request;
    const ids = secrets.map(({ id }) => id);
    const known = conversation === undefined ? undefined : this.#conversationOf(conversation);
    for (const id of ids) known?.found.add(id);
    const open = secretAnswer && this.#open.get(secretAnswer.offer);
    if (secretAnswer && open) {
      if (!peek) this.#open.delete(secretAnswer.offer);
      const { choice } = secretAnswer;
      if (!open.offer.choices.includes(choice) || !ids.every((id) => open.ids.has(id))) return undefined;
      if (choice === 'mask' && !peek) for (const id of ids) known?.masked.add(id);
      return { choice, ids: open.ids };
    }
    if (known && known.masked.size > 0 && [...known.found].every((id) => known.masked.has(id)))
      return { choice: 'mask', ids: known.masked };
    return undefined;
  }

  #conversationOf(conversation: string) {
    const known = this.#conversations.get(conversation) ?? { found: new Set(), masked: new Set() };
    this.#conversations.delete(conversation);
    this.#conversations.set(conversation, known);
    const oldest = this.#conversations.keys().next();
    if (this.#conversations.size > mostConversations && !oldest.done)
      this.#conversations.delete(oldest.value);
    return known;
  }
}
