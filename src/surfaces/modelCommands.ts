import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import { openWalkthrough } from './openWalkthrough.ts';
import { pullModel } from './pullModel.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** Check again, pull, free memory, mode, log, walkthrough: what the status bar's menu offers. */
export function registerModelCommands(parts: SurfaceParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('maia.checkAgain', parts, () => checkAgain(parts)),
    registerCommand('maia.pullModel', parts, (name) =>
      pullModel(parts, typeof name === 'string' ? name : undefined),
    ),
    registerCommand('maia.freeMemory', parts, () => freeMemory(parts)),
    registerCommand('maia.chooseMode', parts, () => chooseMode()),
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

async function chooseMode(): Promise<void> {
  const setting = vscode.workspace.getConfiguration('maia');
  const user = setting.inspect<string>('mode')?.globalValue ?? 'auto';
  const choices = [
    { label: vscode.l10n.t('Auto'), value: 'auto', detail: vscode.l10n.t('Maia chooses for each question.') },
    {
      label: vscode.l10n.t('Local only'),
      value: 'localOnly',
      detail: vscode.l10n.t('Nothing goes to Claude.'),
    },
    {
      label: vscode.l10n.t('Claude only'),
      value: 'claudeOnly',
      detail: vscode.l10n.t('No local model is asked. Protected content is refused.'),
    },
  ].map((choice) => ({ ...choice, description: choice.value === user ? vscode.l10n.t('now') : undefined }));
  const chosen = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Maia: Mode') });
  if (!chosen) return;
  await setting.update(
    'mode',
    chosen.value === 'auto' ? undefined : chosen.value,
    vscode.ConfigurationTarget.Global,
  );
}
