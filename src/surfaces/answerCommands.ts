import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AnswerPreview } from './answerPreview.ts';
import { onlyFolder } from './chatRequest.ts';
import { registerCommand, showFailure } from './commands.ts';
import { participant } from './contributions.ts';
import { activeTarget } from './editorTarget.ts';
import { openChat } from './openChat.ts';
import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { whyOf } from './whyOf.ts';
import { whyText } from './whyText.ts';

/** The buttons and links under an answer, and the preview of a route. */
export function registerAnswerCommands(
  parts: SurfaceParts,
  preview: AnswerPreview,
  recent: RecentRequests,
): vscode.Disposable {
  const thanks = vscode.l10n.t('Noted.');
  return vscode.Disposable.from(
    registerCommand('maia.good', parts, async (id) => {
      await (await parts.engine()).feedback(textOf(id), 'good');
      vscode.window.setStatusBarMessage(thanks, 3000);
    }),
    registerCommand('maia.notGood', parts, async (id) => {
      await (await parts.engine()).feedback(textOf(id), 'notGood');
      vscode.window.setStatusBarMessage(thanks, 3000);
    }),
    registerCommand('maia.askClaudeInstead', parts, async (id) => {
      await (await parts.engine()).feedback(textOf(id), 'askedClaude').catch(() => undefined);
      recent.askAgain(textOf(id));
      await openChat({ query: `@${participant.name} /claude` });
    }),
    registerCommand('maia.showWhy', parts, (id) => showWhy(textOf(id), parts, preview, recent)),
    registerCommand('maia.previewRoute', parts, () => previewRoute(parts, preview)),
  );
}

async function showWhy(
  requestId: string,
  parts: SurfaceParts,
  preview: AnswerPreview,
  recent: RecentRequests,
): Promise<void> {
  const text = await whyOf(requestId, parts, recent, false);
  if (text !== undefined) await preview.show(vscode.l10n.t('Why this model'), text);
  else vscode.window.showInformationMessage(vscode.l10n.t('This decision is no longer kept.'));
}

async function previewRoute(parts: SurfaceParts, preview: AnswerPreview): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Preview Route'),
    prompt: vscode.l10n.t('A question. It is not sent to any model.'),
  });
  if (!text) return;
  const target = vscode.window.activeTextEditor ? await activeTarget('chat') : undefined;
  const folder = onlyFolder();
  const decided = await (await parts.engine()).decide(
    {
      id: randomUUID(),
      surface: 'command',
      messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
      context: [],
      ...(target?.ok ? { target: target.value } : {}),
      tools: [],
      toolChoice: 'auto',
      ...(folder === undefined ? {} : { folder }),
    },
    AbortSignal.timeout(10_000),
  );
  if (!decided.ok) showFailure(parts, decided.failure);
  else
    await preview.show(
      vscode.l10n.t('Route'),
      whyText(decided.value, await parts.phrases(), { preview: true }),
    );
}

function textOf(id: unknown): string {
  return typeof id === 'string' ? id : '';
}
