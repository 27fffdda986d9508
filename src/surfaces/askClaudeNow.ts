import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import type { CommandId } from './commandTable.ts';
import { contextKeys } from './contributions.ts';
import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Requests that run on this machine and that the developer may send on to Claude, the latest last. */
const offered: string[] = [];

/** Offers *Ask Claude Now* for a request while it runs; `when` clauses follow. */
export function offerClaude(requestId: string): { dispose(): void } {
  if (!offered.includes(requestId)) offered.push(requestId);
  publish();
  return {
    dispose: () => {
      const at = offered.indexOf(requestId);
      if (at >= 0) offered.splice(at, 1);
      publish();
    },
  };
}

/** The link that stands in a notification's message. */
export function claudeNowLink(requestId: string): string {
  const given = encodeURIComponent(JSON.stringify([requestId]));
  return `[${vscode.l10n.t('Ask Claude now')}](command:${'maia.askClaudeNow' satisfies CommandId}?${given})`;
}

/** *Ask Claude Now*: for the request named, else for the one that was begun last. */
export function registerAskClaudeNow(parts: SurfaceParts, recent: RecentRequests): vscode.Disposable {
  return registerCommand('maia.askClaudeNow', parts, async (id) => {
    const requestId = typeof id === 'string' ? id : offered.at(-1);
    if (requestId === undefined) return;
    const engine = await parts.engine();
    if (engine.askClaudeNow(requestId)) return;
    // The answer came first: what was meant is still Claude's.
    if (recent.get(requestId)?.outcome)
      await vscode.commands.executeCommand('maia.askClaudeInstead' satisfies CommandId, requestId);
    else vscode.window.setStatusBarMessage(vscode.l10n.t('Maia: there is nothing left to ask Claude.'), 5000);
  });
}

function publish(): void {
  void vscode.commands.executeCommand('setContext', contextKeys.claudeMayAnswer, offered.length > 0);
}
