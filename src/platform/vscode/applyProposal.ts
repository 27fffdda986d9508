import * as vscode from 'vscode';
import type { Failure, Result } from '../../vocabulary/failure.ts';
import type { Applied, MayMerge, Proposal } from '../../vocabulary/proposal.ts';
import { formattingOf } from './formatChange.ts';
import { lineHunks } from './lineHunks.ts';
import { changesAFile, proposedChange, unified } from './proposedChange.ts';
import { isReadOnly } from './readOnly.ts';
import type { LineSpan } from './touchedEdits.ts';

/**
 * Applies an accepted proposal as one undo step, formatted by the document's own formatter, and shows the file. Edits
 * made meanwhile are kept beside it, where they touch other lines and `mayMerge` agrees; else nothing is written.
 */
export async function applyProposal(proposal: Proposal, mayMerge: MayMerge): Promise<Result<Applied>> {
  const uri = vscode.Uri.parse(proposal.uri, true);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const refused = (code: Refusal): Result<never> => ({ ok: false, failure: { code, params: { name } } });
  if (await isReadOnly(uri)) return refused('readOnlyFile');
  if (!changesAFile(proposal)) {
    if (await exists(uri)) return refused('fileChanged');
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(proposal.after), overwrite: false });
    if (!(await vscode.workspace.applyEdit(edit))) return refused('fileChanged');
    await show(uri, proposal);
    return { ok: true, value: { uri: proposal.uri, merged: false, formatted: false } };
  }

  const document = await opened(uri);
  // VS Code keeps a document for a while whose file is gone.
  if (!document || !(document.isDirty || uri.scheme === 'untitled' || (await exists(uri))))
    return refused('fileGone');
  const current = document.getText();
  const { version } = document;
  const change = proposedChange(proposal, current);
  if (change.kind === 'sameLines') return refused('sameLinesChanged');
  if (change.kind === 'merged') {
    const offsetNow = offsetsOf(proposal.before, current, change.offsetNow);
    if (!(await mayMerge({ current, merged: change.text, offsetNow }))) return refused('mergeUnchecked');
  }
  const editor = await show(uri, proposal);
  if (editor.document.version !== version) return refused('fileChanged');
  const hunks = lineHunks(unified(current), change.text);
  if (hunks.length === 0) return { ok: true, value: { uri: proposal.uri, merged: false, formatted: false } };
  const lines = change.text.split('\n');
  const written = await editor.edit(
    (edit) => {
      for (const { before, after } of hunks) {
        const text = lines.slice(after.first, after.first + after.count);
        const [range, replacing] = placed(editor.document, before, text);
        edit.replace(range, replacing);
      }
    },
    { undoStopBefore: true, undoStopAfter: false },
  );
  if (!written) return refused('fileChanged');
  const changed = hunks.flatMap(({ after }): LineSpan[] =>
    after.count === 0 ? [] : [{ first: after.first, last: after.first + after.count - 1 }],
  );
  const formatted = await finished(editor, await formattingOf(editor, changed));
  const first = hunks[0]?.after.first ?? 0;
  const at = new vscode.Position(Math.min(first, editor.document.lineCount - 1), 0);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return { ok: true, value: { uri: proposal.uri, merged: change.kind === 'merged', formatted } };
}

type Refusal = Extract<
  Failure['code'],
  'readOnlyFile' | 'fileChanged' | 'fileGone' | 'sameLinesChanged' | 'mergeUnchecked'
>;

/** Whole lines in place of whole lines; at the end of a text the break before them goes along. */
function placed(
  document: vscode.TextDocument,
  { first, count }: { readonly first: number; readonly count: number },
  text: readonly string[],
): [vscode.Range, string] {
  const end = first + count;
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  if (end < document.lineCount)
    return [new vscode.Range(first, 0, end, 0), text.map((line) => `${line}${eol}`).join('')];
  const last = document.lineAt(document.lineCount - 1).range.end;
  if (first === 0) return [new vscode.Range(new vscode.Position(0, 0), last), text.join(eol)];
  const from = document.lineAt(first - 1).range.end;
  return [new vscode.Range(from, last), text.map((line) => `${eol}${line}`).join('')];
}

/** Closes the undo step, with what the formatter changes in it where there is anything. */
async function finished(editor: vscode.TextEditor, edits: readonly vscode.TextEdit[]): Promise<boolean> {
  const inOneStep = { undoStopBefore: false, undoStopAfter: true };
  const start = new vscode.Position(0, 0);
  const write = (some: readonly vscode.TextEdit[]) =>
    editor.edit((edit) => {
      for (const { range, newText } of some) edit.replace(range, newText);
    }, inOneStep);
  const formatted = edits.length > 0 && (await write(edits));
  // An edit of nothing still ends the step: what is typed next is one of its own.
  if (!formatted) await write([new vscode.TextEdit(new vscode.Range(start, start), '')]);
  return formatted;
}

/** A merge counts a break as one character; in the texts themselves it may be two. */
function offsetsOf(
  base: string,
  current: string,
  offsetNow: (offset: number) => number,
): (offset: number) => number {
  const crlf = current.includes('\r\n');
  return (offset) => {
    const at = offsetNow(unified(base.slice(0, offset)).length);
    return crlf ? at + unified(current).slice(0, at).split('\n').length - 1 : at;
  };
}

async function show(uri: vscode.Uri, { openBeside }: Proposal): Promise<vscode.TextEditor> {
  const open = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return vscode.window.showTextDocument(uri, {
    viewColumn: open?.viewColumn ?? (openBeside ? vscode.ViewColumn.Beside : undefined),
    preview: false,
    preserveFocus: openBeside,
  });
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
