import * as vscode from 'vscode';
import type { ContextItem } from '../vocabulary/request.ts';

/** A small fault draws others after it: more of them at one place say no more. */
const mostProblems = 5;

/** Errors and warnings that the editor shows at a place: those that touch it, else those of its lines. */
export function problemsAt(uri: vscode.Uri, range: vscode.Range): readonly vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(uri).filter(isProblem);
  const touching = all.filter((one) => one.range.intersection(range) !== undefined);
  const onLines = (one: vscode.Diagnostic) =>
    one.range.start.line <= range.end.line && one.range.end.line >= range.start.line;
  return (touching.length > 0 ? touching : all.filter(onLines)).slice(0, mostProblems);
}

/** Hints and remarks, as those of a spelling checker, are no faults. */
export function isProblem({ severity }: vscode.Diagnostic): boolean {
  return severity === vscode.DiagnosticSeverity.Error || severity === vscode.DiagnosticSeverity.Warning;
}

/** The problems as a request carries them. */
export function problemItems(
  document: vscode.TextDocument,
  problems: readonly vscode.Diagnostic[],
): readonly ContextItem[] {
  const { uri, languageId } = document;
  return problems.slice(0, mostProblems).map((one) => ({
    kind: 'diagnostic',
    uri: uri.toString(),
    ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}),
    languageId,
    text: one.message,
    line: one.range.start.line + 1,
  }));
}
