import * as vscode from 'vscode';
import type { Result } from '../../vocabulary/failure.ts';
import type { Proposal } from '../../vocabulary/proposal.ts';
import { minimalEdit } from './minimalEdit.ts';
import { isReadOnly } from './readOnly.ts';

/**
 * Applies an accepted proposal as one undo step and shows the file. Nothing is written where the document is no longer
 * what the model saw (`fileChanged`), or can't be written (`readOnlyFile`).
 */
export async function applyProposal(proposal: Proposal): Promise<Result<vscode.Uri>> {
  const uri = vscode.Uri.parse(proposal.uri, true);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (await isReadOnly(uri)) return { ok: false, failure: { code: 'readOnlyFile', params: { name } } };
  const edit = new vscode.WorkspaceEdit();
  let changed: vscode.Range | undefined;
  if (proposal.before === undefined) {
    if (await exists(uri)) return { ok: false, failure: { code: 'fileChanged', params: { name } } };
    edit.createFile(uri, { contents: new TextEncoder().encode(proposal.after), overwrite: false });
  } else {
    const document = await opened(uri);
    const current = document?.getText();
    if (!document || current === undefined || unified(current) !== unified(proposal.before))
      return { ok: false, failure: { code: 'fileChanged', params: { name } } };
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const change = minimalEdit(current, unified(proposal.after).replaceAll('\n', eol));
    if (change) {
      const range = new vscode.Range(
        document.positionAt(change.span.start),
        document.positionAt(change.span.end),
      );
      edit.replace(uri, range, change.text);
      changed = new vscode.Range(range.start, range.start);
    }
  }
  // `edit.size` counts texts alone, not a file to create; an empty edit is applied too, and does nothing.
  if (!(await vscode.workspace.applyEdit(edit)))
    return { ok: false, failure: { code: 'fileChanged', params: { name } } };
  await vscode.window.showTextDocument(uri, {
    viewColumn: proposal.openBeside ? vscode.ViewColumn.Beside : undefined,
    preview: false,
    preserveFocus: proposal.openBeside,
    selection: changed,
  });
  return { ok: true, value: uri };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
