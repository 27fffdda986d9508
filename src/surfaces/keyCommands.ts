import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import { publishKeyState } from './contextState.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** Sets, replaces and removes Claude's key; `maia.hasClaudeKey` follows. */
export function registerKeyCommands(parts: SurfaceParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('maia.setClaudeKey', parts, () => setKey(parts)),
    registerCommand('maia.removeClaudeKey', parts, () => removeKey(parts)),
  );
}

async function setKey(parts: SurfaceParts): Promise<void> {
  const replaces = (await parts.keys.claudeKey()) !== undefined;
  const key = await vscode.window.showInputBox({
    title: replaces ? vscode.l10n.t('Replace Claude API Key') : vscode.l10n.t('Set Claude API Key'),
    prompt: parts.practice
      ? vscode.l10n.t('Practice: no key is needed. One that you set is kept for real use.')
      : vscode.l10n.t("It is kept in your system's keychain, and sent to Claude alone."),
    placeHolder: 'sk-ant-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(value),
  });
  if (key === undefined || key.trim() === '') return;
  await parts.keys.set(key.trim());
  await publishKeyState(parts);
  const engine = await parts.engine();
  const health = await engine.checkHealth(AbortSignal.timeout(10_000));
  const sentence =
    health.claude === 'ready'
      ? vscode.l10n.t('Claude is ready.')
      : vscode.l10n.t(
          'The key is kept. Claude could not be reached just now; the next question tries again.',
        );
  vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
}

function problemOf(value: string): string | undefined {
  const key = value.trim();
  if (key === '') return undefined;
  if (/\s/.test(key)) return vscode.l10n.t('A key has no spaces in it. Copy it again.');
  return key.length < 20 ? vscode.l10n.t('This is too short for a key. Copy it again.') : undefined;
}

async function removeKey(parts: SurfaceParts): Promise<void> {
  const remove = vscode.l10n.t('Remove');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the key? Maia then uses local models alone.'),
    { modal: true },
    remove,
  );
  if (chosen !== remove) return;
  await parts.keys.remove();
  await publishKeyState(parts);
  await (await parts.engine()).checkHealth(AbortSignal.timeout(10_000));
}

/** Asks once whether a key that stands in the environment may be used; the answer is remembered. */
export async function askAboutEnvironmentKey(parts: SurfaceParts): Promise<void> {
  if (!(await parts.keys.mustAskAboutEnvironment())) return;
  const use = vscode.l10n.t('Use It');
  const never = vscode.l10n.t("Don't Use It");
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The environment holds an Anthropic API key. Should Maia use it? Questions to Claude are billed to it.',
    ),
    use,
    never,
  );
  if (chosen === undefined) return;
  await parts.keys.allowEnvironment(chosen === use);
  await publishKeyState(parts);
  await (await parts.engine()).checkHealth(AbortSignal.timeout(10_000));
}
