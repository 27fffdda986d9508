import * as vscode from 'vscode';
import type { AnswerPreview } from './answerPreview.ts';
import { registerCommand } from './commands.ts';
import { savingsText } from './savingsText.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Opens what was saved, as text. */
export function registerSavings(parts: SurfaceParts, preview: AnswerPreview): vscode.Disposable {
  return registerCommand('maia.openSavings', parts, async () => {
    const summary = await (await parts.engine()).summary('all');
    await preview.show(vscode.l10n.t('Maia savings'), savingsText(summary));
  });
}
