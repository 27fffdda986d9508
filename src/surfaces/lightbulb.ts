import * as vscode from 'vscode';
import type { CommandId } from './commandTable.ts';
import { isProblem } from './problems.ts';

const actionKind = vscode.CodeActionKind.RefactorRewrite.append('maia');
/** Languages in which there is no code to work on. */
const textOnly: ReadonlySet<string> = new Set([
  'plaintext',
  'log',
  'csv',
  'tsv',
  'markdown',
  'git-commit',
  'git-rebase',
  'ignore',
  'search-result',
]);

/** Offers only what applies where the cursor is; the work begins only when something is chosen. */
export function registerLightbulb(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider({ scheme: '*' }, lightbulb, {
    providedCodeActionKinds: [actionKind, vscode.CodeActionKind.QuickFix],
  });
}

const lightbulb: vscode.CodeActionProvider = {
  provideCodeActions(document, range, context) {
    const { scheme } = document.uri;
    if (scheme !== 'file' && scheme !== 'untitled') return [];
    if (textOnly.has(document.languageId)) return [];
    if (range.isEmpty && document.lineAt(range.start.line).isEmptyOrWhitespace) return [];
    return [
      ...fixes(document, context.diagnostics),
      action(vscode.l10n.t('Document Function with Maia'), 'maia.document'),
      action(vscode.l10n.t('Generate Tests with Maia'), 'maia.generateTests'),
      action(vscode.l10n.t('Explain with Maia'), 'maia.explain'),
      action(vscode.l10n.t('Edit with Maia…'), 'maia.edit'),
      action(vscode.l10n.t('Refactor with Maia'), 'maia.refactor'),
    ];
  },
};

function fixes(document: vscode.TextDocument, diagnostics: readonly vscode.Diagnostic[]) {
  const problems = diagnostics.filter(isProblem);
  const first = problems[0];
  if (!first) return [];
  const title = vscode.l10n.t('Fix with Maia');
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = problems;
  made.command = {
    command: 'maia.fix' satisfies CommandId,
    title,
    arguments: [document.uri, new vscode.Range(first.range.start, first.range.start), problems],
  };
  return [made];
}

function action(title: string, command: CommandId): vscode.CodeAction {
  const made = new vscode.CodeAction(title, actionKind);
  made.command = { command, title };
  return made;
}
