import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { registerCommand } from './commands.ts';
import { documentName } from './documentName.ts';
import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** *Save as Markdown* under a document: the model's text as it is, where the user says, after VS Code's own dialog. */
export function registerSaveMarkdown(parts: SurfaceParts, recent: RecentRequests): vscode.Disposable {
  return registerCommand('maia.saveMarkdown', parts, async (id) => {
    const kept = typeof id === 'string' ? recent.get(id) : undefined;
    const text = kept?.outcome?.text ?? '';
    if (!kept || text.trim() === '') {
      vscode.window.showInformationMessage(
        vscode.l10n.t('This answer is no longer kept. Copy it from the chat instead.'),
      );
      return;
    }
    const folder = folderFor(kept.request.folder);
    // Without a folder there is no place to propose: VS Code asks for one when the document is saved.
    if (!folder) return void (await openUntitled(text));
    const chosen = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(folder, documentName(text, kept.request)),
      filters: { Markdown: ['md'] },
      saveLabel: vscode.l10n.t('Save'),
      title: vscode.l10n.t('Save as Markdown'),
    });
    if (!chosen) return;
    try {
      await vscode.workspace.fs.writeFile(chosen, Buffer.from(endsInLine(text), 'utf8'));
    } catch (error) {
      // Nothing is lost: the text is there, to be saved elsewhere.
      await openUntitled(text);
      throw error;
    }
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(chosen));
  });
}

function folderFor(path: string | undefined): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return (folders.find(({ uri }) => uri.fsPath === path) ?? folders[0])?.uri;
}

async function openUntitled(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: endsInLine(text),
  });
  await vscode.window.showTextDocument(document);
}

function endsInLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
