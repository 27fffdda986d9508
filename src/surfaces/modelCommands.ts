import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import { openWalkthrough } from './openWalkthrough.ts';
import { pullModel } from './pullModel.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** Check again, pull, free memory, log, walkthrough: what the status bar's menu offers. */
export function registerModelCommands(parts: SurfaceParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('maia.checkAgain', parts, () => checkAgain(parts)),
    registerCommand('maia.pullModel', parts, (name) =>
      pullModel(parts, typeof name === 'string' ? name : undefined),
    ),
    registerCommand('maia.freeMemory', parts, () => freeMemory(parts)),
    registerCommand('maia.openLog', parts, async () => parts.log.show()),
    registerCommand('maia.openWalkthrough', parts, () => openWalkthrough(parts)),
  );
}

async function checkAgain(parts: SurfaceParts): Promise<void> {
  const engine = await parts.engine();
  const health = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Maia: checking models') },
    () => engine.checkHealth(AbortSignal.timeout(15_000)),
  );
  const local = health.candidates.filter((one) => one.model.route === 'local').length;
  const claude =
    health.claude === 'ready' ? vscode.l10n.t('Claude is ready.') : vscode.l10n.t('Claude is not ready.');
  vscode.window.setStatusBarMessage(
    health.local === 'unreachable'
      ? vscode.l10n.t('Ollama does not answer at {0}. {1}', health.host, claude)
      : vscode.l10n.t('{0} local models. {1}', local, claude),
    6000,
  );
}

async function freeMemory(parts: SurfaceParts): Promise<void> {
  const engine = await parts.engine();
  const freed = await engine.freeMemory(AbortSignal.timeout(15_000));
  const sentence =
    freed.length > 0
      ? vscode.l10n.t('Freed the memory of {0}.', freed.join(', '))
      : vscode.l10n.t('No local model was in memory.');
  vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
}
