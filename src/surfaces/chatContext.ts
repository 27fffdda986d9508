import * as vscode from 'vscode';
import type { Result } from '../vocabulary/failure.ts';
import type { ContextItem, Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { namesCodeOf } from './codeNamed.ts';
import { activeTarget, nameOf, targetOf } from './editorTarget.ts';

export interface Gathered {
  readonly context: readonly ContextItem[];
  readonly target?: Target;
}

const limitBytes = 1024 * 1024;
const implicitSelection = 'vscode.implicit.selection';
const implicitFile = 'vscode.implicit.file';

/**
 * What a chat turn is about: the references that the developer added, and the code that the editor shows where the
 * question speaks of it. An open file that nobody asked about does not go along.
 */
export async function gather(
  references: readonly vscode.ChatPromptReference[],
  prompt: string,
  task: Task | undefined,
  signal: AbortSignal,
): Promise<Result<Gathered>> {
  const context: ContextItem[] = [];
  let target: Result<Target> | undefined;
  for (const reference of references) {
    signal.throwIfAborted();
    const { id, value } = reference;
    if (value instanceof vscode.Location && !target) {
      const document = await vscode.workspace.openTextDocument(value.uri);
      target = await targetOf(document, value.range, task);
      continue;
    }
    if (id === implicitFile || id === implicitSelection) continue;
    const item = await itemOf(value);
    if (!item) continue;
    if (!item.ok) return item;
    context.push(item.value);
  }
  target ??= await shownTarget(references, prompt, task);
  if (target && !target.ok) {
    if (task !== undefined || target.failure.code !== 'nothingToWorkOn') return target;
    target = undefined;
  }
  return { ok: true, value: { context, ...(target ? { target: target.value } : {}) } };
}

async function shownTarget(
  references: readonly vscode.ChatPromptReference[],
  prompt: string,
  task: Task | undefined,
): Promise<Result<Target> | undefined> {
  const editor = vscode.window.activeTextEditor;
  const offered = references.some((reference) => reference.id === implicitFile);
  if (task !== undefined) {
    const single = references.length === 1 ? references[0]?.value : undefined;
    if (!editor && single instanceof vscode.Uri) return ofWholeFile(single, task);
    return activeTarget(task);
  }
  if (!editor) return undefined;
  const speaksOfIt =
    !editor.selection.isEmpty || pointsAtCode(prompt) || namesCodeOf(prompt, startOf(editor.document));
  return offered || speaksOfIt ? targetOf(editor.document, editor.selection, task) : undefined;
}

/** As much of a document as is looked through for a name, on the host's own thread. */
function startOf(document: vscode.TextDocument): string {
  const end = document.positionAt(200_000);
  return document.getText(new vscode.Range(new vscode.Position(0, 0), end));
}

/** Whether a question speaks of what is on the screen: "explain this", "fix the selected function". */
export function pointsAtCode(prompt: string): boolean {
  return /\b(this|these|here|selected|selection|current (file|function|class|method)|my code)\b/i.test(
    prompt,
  );
}

async function ofWholeFile(uri: vscode.Uri, task: Task): Promise<Result<Target>> {
  const document = await vscode.workspace.openTextDocument(uri);
  const start = new vscode.Position(0, 0);
  return targetOf(document, new vscode.Range(start, start), task);
}

async function itemOf(value: unknown): Promise<Result<ContextItem> | undefined> {
  if (typeof value === 'string') return { ok: true, value: { kind: 'pasted', text: value } };
  if (value instanceof vscode.Location) {
    const document = await vscode.workspace.openTextDocument(value.uri);
    return {
      ok: true,
      value: {
        ...about(document),
        kind: 'selection',
        text: document.getText(value.range),
        line: value.range.start.line + 1,
      },
    };
  }
  if (!(value instanceof vscode.Uri)) return undefined;
  const tooLarge = await sizeProblem(value);
  if (tooLarge) return tooLarge;
  try {
    const document = await vscode.workspace.openTextDocument(value);
    return { ok: true, value: { ...about(document), kind: 'file', text: document.getText() } };
  } catch {
    return { ok: false, failure: { code: 'binaryFile', params: { name: nameOf(value) } } };
  }
}

function about(document: vscode.TextDocument): Pick<ContextItem, 'uri' | 'path' | 'languageId'> {
  const { uri, languageId } = document;
  return { uri: uri.toString(), ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}), languageId };
}

async function sizeProblem(
  uri: vscode.Uri,
): Promise<
  { ok: false; failure: { code: 'fileTooLarge'; params: { bytes: number; limit: number } } } | undefined
> {
  if (uri.scheme === 'untitled') return undefined;
  const stat = await vscode.workspace.fs.stat(uri).then(
    (found) => found,
    () => undefined,
  );
  if (!stat || stat.size <= limitBytes) return undefined;
  return { ok: false, failure: { code: 'fileTooLarge', params: { bytes: stat.size, limit: limitBytes } } };
}
