import * as vscode from 'vscode';
import type { SettingName } from '../vocabulary/settings.ts';
import { registerCommand } from './commands.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

interface Choice {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

/** Mode, dial and the way to all settings; and what is said of settings that can't be read. */
export function registerSettingCommands(parts: SurfaceParts): vscode.Disposable {
  const told = new Set<SettingName>();
  const tell = () => void tellUnreadable(parts, told);
  // Not while VS Code starts: all settings are read for it.
  const soon = setImmediate(tell);
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(soon) },
    registerCommand('maia.chooseMode', parts, () => choose('mode', vscode.l10n.t('Maia: Mode'), modes())),
    registerCommand('maia.chooseDial', parts, () => choose('dial', vscode.l10n.t('Maia: Dial'), dials())),
    registerCommand('maia.openSettings', parts, (query) =>
      openSettings(typeof query === 'string' ? query : ''),
    ),
    registerCommand('maia.forgetTestRuns', parts, async () => {
      const said = (await parts.forgetTestRuns())
        ? vscode.l10n.t('Maia will ask again before it runs tests in this workspace.')
        : vscode.l10n.t('Nothing was said of running tests in this workspace yet.');
      vscode.window.showInformationMessage(said, ...buttonsFor(said));
    }),
    parts.onDidChangePolicy(tell),
  );
}

function modes(): readonly Choice[] {
  return [
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
  ];
}

function dials(): readonly Choice[] {
  return [
    {
      label: vscode.l10n.t('Economy'),
      value: 'economy',
      detail: vscode.l10n.t('Local wherever it may do. Saves most; more answers need a second try.'),
    },
    {
      label: vscode.l10n.t('Balanced'),
      value: 'balanced',
      detail: vscode.l10n.t('Local where it will probably do.'),
    },
    {
      label: vscode.l10n.t('Quality'),
      value: 'quality',
      detail: vscode.l10n.t('Local only where it has shown that it does. Claude answers more.'),
    },
  ];
}

/** Sets one of Maia's settings for the user; its default is written as nothing at all. */
async function choose(name: string, title: string, choices: readonly Choice[]): Promise<void> {
  const setting = vscode.workspace.getConfiguration('maia');
  const said = setting.inspect<string>(name);
  const now = said?.globalValue ?? said?.defaultValue;
  const items = choices.map((choice) => ({
    ...choice,
    description: choice.value === now ? vscode.l10n.t('now') : undefined,
  }));
  // What holds now stands first, under the cursor: Enter alone changes nothing.
  const nowFirst = items.toSorted((a, b) => Number(b.value === now) - Number(a.value === now));
  const chosen = await vscode.window.showQuickPick(nowFirst, { title });
  if (!chosen) return;
  await setting.update(
    name,
    chosen.value === said?.defaultValue ? undefined : chosen.value,
    vscode.ConfigurationTarget.Global,
  );
}

async function openSettings(query: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:maia.maia ${query}`.trim());
}

/** Each setting once in a window; without it a typing error would look like a fault of Maia. */
async function tellUnreadable(parts: SurfaceParts, told: Set<SettingName>): Promise<void> {
  const fresh = parts.unreadableSettings().filter((name) => !told.has(name));
  if (fresh.length === 0) return;
  for (const name of fresh) told.add(name);
  parts.log.warn(`Settings that can't be read: ${fresh.join(', ')}`);
  const open = vscode.l10n.t('Open Setting');
  const sentence = vscode.l10n.t(
    "Maia can't read your setting {0}. Until it is mended, its strictest reading counts.",
    fresh.join(', '),
  );
  if ((await vscode.window.showWarningMessage(sentence, open)) === open) await openSettings(fresh[0] ?? '');
}
