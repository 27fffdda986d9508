import type { Ledger } from '../ledger/ledger.ts';
import type { MarkCause } from '../vocabulary/mark.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Conversations } from './conversations.ts';

export interface MarkParts {
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** What a request's conversation was derived from, in this process or an earlier one. Never rejects. */
export async function markOf(request: Request, parts: MarkParts): Promise<MarkCause | undefined> {
  const { conversation } = request;
  if (conversation === undefined) return undefined;
  const known = parts.conversations.marked(conversation);
  if (known === 'protected') return known;
  try {
    const cause = await parts.ledger.marked(conversation);
    if (cause) parts.conversations.mark(conversation, cause);
    return parts.conversations.marked(conversation);
  } catch {
    if (known) return known;
    // Without the ledger nobody knows what earlier turns were derived from: closed, unless there are none.
    return request.messages.some((message) => message.role === 'assistant') ? 'protected' : undefined;
  }
}

/** Marks a conversation in this process at once, and in the ledger for all later ones. Never rejects. */
export async function remember(conversation: string, cause: MarkCause, parts: MarkParts): Promise<void> {
  parts.conversations.mark(conversation, cause);
  await parts.ledger.mark(conversation, parts.clock.now(), cause).catch(() => undefined);
}
