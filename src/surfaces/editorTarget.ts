import * as vscode from 'vscode';
import type { Result } from '../vocabulary/failure.ts';
import type { Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';

/** Tasks whose answer goes into a file, which has to be one that can be written. */
const writing: ReadonlySet<Task> = new Set(['tests', 'document', 'fix', 'edit', 'refactor', 'generate']);

const oneMebibyte = 1024 * 1024;

/** The target that the active editor shows, or why there is none. */
export async function activeTarget(task: Task): Promise<Result<Target>> {
  const editor = vscode.window.activeTextEditor;
  if (editor) return targetOf(editor.document, editor.selection, task);
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)
    return { ok: false, failure: { code: 'binaryFile', params: { name: nameOf(input.uri) } } };
  return { ok: false, failure: { code: 'nothingToWorkOn', params: { task } } };
}

/** A document and what is selected in it, as a request carries it. */
export async function targetOf(
  document: vscode.TextDocument,
  range: vscode.Range,
  task: Task | undefined,
): Promise<Result<Target>> {
  const { uri } = document;
  if (task !== undefined && writing.has(task) && uri.scheme !== 'file' && uri.scheme !== 'untitled')
    return { ok: false, failure: { code: 'virtualWorkspace', params: { task } } };

  const whole = document.getText();
  const bytes = Buffer.byteLength(whole);
  const partial = bytes > oneMebibyte;
  const text = partial ? document.getText(range) : whole;
  if (partial && (text.trim() === '' || Buffer.byteLength(text) > oneMebibyte))
    return { ok: false, failure: { code: 'fileTooLarge', params: { bytes, limit: oneMebibyte } } };
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return {
    ok: true,
    value: {
      uri: uri.toString(),
      ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}),
      languageId: document.languageId,
      text,
      partial,
      selection: partial
        ? { start: 0, end: text.length }
        : { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
      ...(folder?.uri.scheme === 'file' ? { folder: folder.uri.fsPath } : {}),
      indent: indentOf(document),
    },
  };
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function indentOf(document: vscode.TextDocument): Target['indent'] {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const size = editor?.options.tabSize;
  return {
    size: typeof size === 'number' ? size : 4,
    tabs: editor?.options.insertSpaces === false,
  };
}
