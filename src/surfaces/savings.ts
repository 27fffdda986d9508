import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import { SavingsPanel } from './savingsPanel.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** The command that opens the savings panel, and the panel itself. */
export function registerSavings(parts: SurfaceParts): vscode.Disposable {
  const panel = new SavingsPanel(parts);
  return vscode.Disposable.from(
    panel,
    registerCommand('maia.openSavings', parts, async () => panel.show()),
  );
}
