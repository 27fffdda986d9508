import * as vscode from 'vscode';
import type { EngineEvent } from '../vocabulary/event.ts';
import { offerClaude } from './askClaudeNow.ts';
import type { CommandId } from './commandTable.ts';
import { HeldProgress } from './heldProgress.ts';

const lookEveryMs = 1_000;

/**
 * Watches a chat turn, and puts *Ask Claude now* above an answer that is still not there after a few seconds. Once text
 * is shown nothing is put above it: VS Code would fold it away.
 */
export function offerInChat(
  requestId: string,
  stream: vscode.ChatResponseStream,
): { take(event: EngineEvent): void; dispose(): void } {
  const held = new HeldProgress(performance.now());
  let offer: { dispose(): void } | undefined;
  let over = false;
  const look = () => {
    if (over || !held.mayAskClaude(performance.now())) return;
    over = true;
    offer = offerClaude(requestId);
    stream.progress(held.line(performance.now()));
    stream.button({
      command: 'maia.askClaudeNow' satisfies CommandId,
      title: vscode.l10n.t('Ask Claude now'),
      arguments: [requestId],
    });
  };
  const looking = setInterval(look, lookEveryMs);
  return {
    take(event) {
      held.take(event, performance.now());
      if (event.type === 'text') over = true;
      if (event.type === 'text' || event.type === 'finished') offer?.dispose();
    },
    dispose() {
      over = true;
      clearInterval(looking);
      offer?.dispose();
    },
  };
}
