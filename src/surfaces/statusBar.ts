import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import { registerCommand } from './commands.ts';
import { type CommandId, commandTable } from './commandTable.ts';
import { publishLocalState } from './contextState.ts';
import { statusCommands, statusView } from './statusView.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Maia's one status item, on the left among those of the workspace. */
export class StatusBar implements vscode.Disposable {
  readonly #parts: SurfaceParts;
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: { dispose(): void }[];
  #engine: Engine | undefined;
  #served = { local: 0, all: 0 };
  #budget: readonly BudgetPeriod[] = [];

  constructor(parts: SurfaceParts) {
    this.#parts = parts;
    this.#item = vscode.window.createStatusBarItem('maia.status', vscode.StatusBarAlignment.Right, 90);
    this.#item.name = 'Maia';
    this.#item.command = 'maia.showMenu' satisfies CommandId;
    this.#item.text = '$(loading~spin) Maia';
    this.#item.show();
    this.#subscriptions = [
      this.#item,
      registerCommand('maia.showMenu', parts, () => this.#menu()),
      parts.onDidChangePolicy(() => void this.#count()),
    ];
  }

  /** Follows the engine from now on. */
  async follow(engine: Engine): Promise<void> {
    this.#engine = engine;
    this.#subscriptions.push(
      engine.onDidChangeHealth(() => void this.#render()),
      engine.onDidChangeLedger(() => void this.#count()),
    );
    await this.#count();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #count(): Promise<void> {
    const { budget } = this.#parts.policy();
    const limited = budget.dayUsd !== undefined || budget.monthUsd !== undefined;
    const [served, spent] = await Promise.all([
      this.#engine?.servedToday().catch(() => undefined),
      limited ? this.#engine?.budget().catch(() => undefined) : undefined,
    ]);
    this.#served = served ?? this.#served;
    this.#budget = limited ? (spent?.periods ?? this.#budget) : [];
    await this.#render();
  }

  async #render(): Promise<void> {
    const { mode, dial, offline } = this.#parts.policy();
    const health = this.#engine?.health();
    const view = statusView({
      health: health?.local === 'unknown' ? undefined : health,
      served: this.#served,
      mode,
      dial,
      budget: this.#budget,
      offline,
      practice: this.#parts.practice,
      remote: vscode.env.remoteName,
      phrases: await this.#parts.phrases(),
    });
    const tooltip = new vscode.MarkdownString(view.tooltip, true);
    tooltip.isTrusted = { enabledCommands: statusCommands };
    this.#item.text = view.text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: view.accessibilityLabel, role: 'button' };
    this.#item.backgroundColor = view.warning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    if (health) await publishLocalState(health);
  }

  async #menu(): Promise<void> {
    const health = this.#engine?.health();
    const entries: (vscode.QuickPickItem & { readonly command: CommandId })[] = [
      entry('$(refresh)', 'maia.checkAgain'),
      entry('$(cloud-download)', 'maia.pullModel'),
      entry('$(clear-all)', 'maia.freeMemory'),
      entry('$(key)', 'maia.setClaudeKey', health?.claude === 'noKey' ? vscode.l10n.t('no key yet') : ''),
      entry('$(settings)', 'maia.chooseMode', this.#parts.policy().mode),
      entry('$(dashboard)', 'maia.chooseDial', this.#parts.policy().dial),
      entry('$(graph)', 'maia.openSavings'),
      entry('$(compass)', 'maia.previewRoute'),
      entry('$(cloud-upload)', 'maia.showEgress'),
      entry('$(settings-gear)', 'maia.openSettings'),
      entry('$(output)', 'maia.openLog'),
    ];
    const chosen = await vscode.window.showQuickPick(entries, {
      title: this.#parts.practice ? vscode.l10n.t('Maia practice') : 'Maia',
    });
    if (chosen) await vscode.commands.executeCommand(chosen.command);
  }
}

function entry(icon: string, command: CommandId, description = '') {
  return { label: `${icon} ${vscode.l10n.t(commandTable[command].title)}`, description, command };
}
