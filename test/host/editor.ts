import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The suite's own copy of the fixture projects. */
export function workspacePath(...parts: readonly string[]): string {
  const folder = process.env.MAIA_TEST_WORKSPACE;
  if (!folder) throw new Error('MAIA_TEST_WORKSPACE is not set: this suite is run by `npm run host`.');
  return join(folder, ...parts);
}

/** Writes a file into the suite's workspace and shows it with the cursor in front of `at`. */
export async function showFile(
  path: string,
  text: string,
  at: string,
): Promise<{ readonly editor: vscode.TextEditor; readonly document: vscode.TextDocument }> {
  const file = workspacePath(path);
  await writeFile(file, text);
  return showAt(file, at);
}

export async function showAt(
  file: string,
  at: string,
): Promise<{ readonly editor: vscode.TextEditor; readonly document: vscode.TextDocument }> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  const offset = document.getText().indexOf(at);
  assert.ok(offset >= 0, `${at} is not in ${file}`);
  const position = document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  return { editor, document };
}

/** The proposal's diff that is in front, waited for. */
export async function shownProposal(): Promise<{ readonly tab: vscode.Tab; readonly after: string }> {
  const found = await until(() => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab?.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === 'maia-proposal'
      ? { tab, uri: tab.input.modified }
      : undefined;
  }, 'a proposal is shown');
  const document = await vscode.workspace.openTextDocument(found.uri);
  return { tab: found.tab, after: document.getText() };
}

export async function closeEverything(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert').then(undefined, () => undefined);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Looks again until there is something, at most 20 s; the test then names what it waited for. */
export async function until<T>(look: () => T | undefined, what: string): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`In 20 s this did not happen: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
