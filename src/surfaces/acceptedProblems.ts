import * as vscode from 'vscode';
import { plainText } from '../phrases/plainText.ts';
import type { Proposal } from '../vocabulary/proposal.ts';
import { nameOf } from './editorTarget.ts';
import { errorName } from './errorName.ts';
import { changedLines } from './newProblems.ts';
import { said } from './practice.ts';
import { type EditorProblem, errorsIn, problemsAfter } from './problemsAfter.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** A proposal that was shown, `at` milliseconds on `performance`'s clock. */
interface Accepted {
  readonly requestId: string;
  readonly proposal: Proposal;
  readonly at: number;
}

/** The change is in the document, unsaved. */
type Applied = (uri: vscode.Uri) => void;

/** So long a document has to be open until what no server complains of in it is taken for known, in ms. */
const settledMs = 5_000;

/**
 * Notes what the language servers complain of before an accepted change is applied; told that it is, it waits for them,
 * and offers to undo a change that brought new errors. Where the compiler agreed already, nobody is waited for.
 */
export function watchAccepted(accepted: Accepted, parts: SurfaceParts): Applied {
  const { proposal, at } = accepted;
  const { verdict } = proposal;
  const isKnown = verdict.kind === 'failed' || verdict.findings.some(({ code }) => code === 'typesAgree');
  if (isKnown) return () => undefined;
  const before = errorsIn(vscode.Uri.parse(proposal.uri, true));
  const settled = performance.now() - at >= settledMs;
  return (uri) => {
    const log = (error: unknown) => parts.log.error(`After Accept: ${errorName(error)}`);
    void look(accepted, uri, { errors: before, settled }, parts).catch(log);
  };
}

interface Before {
  readonly errors: readonly EditorProblem[];
  /** The servers had time to complain of the whole document. */
  readonly settled: boolean;
}

async function look(
  { requestId, proposal }: Accepted,
  uri: vscode.Uri,
  before: Before,
  parts: SurfaceParts,
): Promise<void> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (!document) return;
  const { version } = document;
  const { first, last } = changedLines(proposal.before ?? '', document.getText());
  const counts = ({ line }: EditorProblem) => before.settled || (line >= first && line <= last);
  const found = (await problemsAfter(uri, before.errors)).filter(counts);
  // What was typed meanwhile has errors of its own.
  if (found.length === 0 || document.isClosed || document.version !== version) return;
  const engine = await parts.engine();
  const teach = (word: 'failed' | 'undone') => engine.feedback(requestId, word).catch(() => undefined);
  await teach('failed');
  const undo = vscode.l10n.t('Undo');
  const sentence = said(sentenceFor(nameOf(uri), found), parts.practice);
  const chosen = await vscode.window.showWarningMessage(sentence, undo, vscode.l10n.t('Keep'));
  if (chosen !== undo) return;
  if (document.isClosed || document.version !== version)
    await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} was edited since, so nothing was undone. Undo there by hand.', nameOf(uri)),
      vscode.l10n.t('OK'),
    );
  else if (await takeBack(document, proposal)) await teach('undone');
}

function sentenceFor(name: string, found: readonly EditorProblem[]): string {
  const [first] = found;
  // It may quote what the model wrote.
  const message = plainText(first?.message.split('\n')[0] ?? '', 160);
  const line = first?.line ?? 1;
  return found.length === 1
    ? vscode.l10n.t('1 new error in {0} after this change, line {1}: {2}', name, line, message)
    : vscode.l10n.t(
        '{0} new errors in {1} after this change, first in line {2}: {3}',
        found.length,
        name,
        line,
        message,
      );
}

/** The document as it was, by its own undo. A file that the change has made goes to the bin. */
async function takeBack(document: vscode.TextDocument, proposal: Proposal): Promise<boolean> {
  if (proposal.before === undefined) {
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(document.uri, { ignoreIfNotExists: true });
    return vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(document, { preview: false });
  await vscode.commands.executeCommand('undo');
  return true;
}
