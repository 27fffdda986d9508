import * as vscode from 'vscode';
import { newProblems, type Problem } from './newProblems.ts';

export interface EditorProblem extends Problem {
  /** 1-based. */
  readonly line: number;
}

/** How long a language server is waited for, and how long after its last word, in ms. */
const mostMs = 3_000;
const quietMs = 600;

/** What the editor's language servers call errors in a document now. */
export function errorsIn(uri: vscode.Uri): readonly EditorProblem[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .map(({ source, code, message, range }) => ({
      message,
      line: range.start.line + 1,
      ...(source === undefined ? {} : { source }),
      ...(code === undefined ? {} : { code: String(typeof code === 'object' ? code.value : code) }),
    }));
}

/**
 * The errors that a change has brought, by the language servers that speak within 3 s. Their silence says nothing, be
 * it that nothing is wrong or that they sleep: an empty answer is no finding.
 * @param before the errors of the document before the change
 */
export async function problemsAfter(
  uri: vscode.Uri,
  before: readonly Problem[],
): Promise<readonly EditorProblem[]> {
  const fresh = () => newProblems(before, errorsIn(uri));
  const end = Date.now() + mostMs;
  // The first word of a server is often of the syntax alone, or still of the text before.
  let spoken: number | undefined;
  const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    if (uris.some((one) => one.toString() === uri.toString())) spoken = Date.now();
  });
  try {
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (spoken !== undefined && Date.now() - spoken >= quietMs && fresh().length > 0) break;
    }
    return spoken === undefined ? [] : fresh();
  } finally {
    listening.dispose();
  }
}
