import type { Ledger } from '../ledger/ledger.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { Clock } from '../vocabulary/ports.ts';
import { isToolLoop, type Request } from '../vocabulary/request.ts';
import type { Conversations } from './conversations.ts';
import { isStuckInTools } from './toolLoop.ts';
import { waitAtMost } from './waitAtMost.ts';

/** How long a request waits to hear where its conversation was before this window was opened, in milliseconds. */
const recallMs = 500;

/** Finds out where a conversation that began before this process was answered last. Never rejects. */
export async function recallTurn(
  { conversation, messages }: Pick<Request, 'conversation' | 'messages'>,
  parts: {
    readonly conversations: Conversations;
    readonly ledger: Pick<Ledger, 'lastTurn'>;
    readonly clock: Clock;
  },
  signal: AbortSignal,
): Promise<void> {
  const { conversations, ledger, clock } = parts;
  if (conversation === undefined || conversations.last(conversation)) return;
  // Its first turn was nowhere before.
  if (!messages.some(({ role }) => role === 'assistant')) return;
  const found = ledger.lastTurn(conversation).then(
    (turn) => {
      if (turn && !conversations.last(conversation)) conversations.answered(conversation, turn);
    },
    () => undefined,
  );
  await waitAtMost(found, recallMs, clock, signal);
}

/** What a request's conversation asks of the choice of its model. */
export function stickyOf(
  request: Request,
  conversations: Conversations,
  at: number,
): DecisionInput['sticky'] | undefined {
  const last = conversations.last(request.conversation);
  if (!last) return undefined;
  const claude = last.model.provider === 'claude';
  const inLoop = isToolLoop(request);
  const warmTokens = claude ? conversations.warmTokens(request.conversation, at) : 0;
  return {
    model: last.model,
    task: last.task,
    inLoop,
    ...(inLoop && !claude && isStuckInTools(request.messages) ? { stuck: true } : {}),
    ...(warmTokens > 0 ? { warmTokens } : {}),
  };
}
