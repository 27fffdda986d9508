import * as vscode from 'vscode';
import type { Result } from '../../vocabulary/failure.ts';
import type { Proposal } from '../../vocabulary/proposal.ts';
import { proposedChange } from './proposedChange.ts';
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
  const isNew = proposal.before === undefined && !(await exists(uri));
  const document = isNew ? undefined : await opened(uri);
  const change = proposedChange(
    proposal,
    document && { text: document.getText(), eol: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n' },
  );
  if (!change) return { ok: false, failure: { code: 'fileChanged', params: { name } } };
  if (change.kind === 'create')
    edit.createFile(uri, { contents: new TextEncoder().encode(change.text), overwrite: false });
  else if (document && change.edit) {
    const { span, text } = change.edit;
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    edit.replace(uri, range, text);
    changed = new vscode.Range(range.start, range.start);
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
