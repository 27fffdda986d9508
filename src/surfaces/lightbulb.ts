import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { OutlinedUnit } from '../vocabulary/outline.ts';
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
/** The menu of actions is never kept waiting longer for what a file declares, in ms. */
const patience = 40;

export function registerLightbulb(lightbulb: Lightbulb): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider({ scheme: '*' }, lightbulb, {
    providedCodeActionKinds: [actionKind, vscode.CodeActionKind.QuickFix],
  });
}

interface Outlined {
  readonly version: number;
  readonly units: Promise<readonly OutlinedUnit[] | undefined>;
}

/**
 * Offers only what applies where the cursor is; the work begins only when something is chosen. What a file declares is
 * asked once for each version of it, of the engine that is there already: the bulb starts none.
 */
export class Lightbulb implements vscode.CodeActionProvider {
  readonly #outlines = new WeakMap<vscode.TextDocument, Outlined>();
  #engine: Pick<Engine, 'outline' | 'isTested'> | undefined;

  follow(engine: Pick<Engine, 'outline' | 'isTested'>): void {
    this.#engine = engine;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const { scheme } = document.uri;
    if (scheme !== 'file' && scheme !== 'untitled') return [];
    if (textOnly.has(document.languageId)) return [];
    const fix = fixOf(document, context.diagnostics);
    if (context.only && !context.only.contains(actionKind) && !actionKind.contains(context.only)) return fix;
    const late = after(patience);
    const unit = await Promise.race([this.#unitAt(document, range), late]);
    const untested = unit && (await Promise.race([this.#isUntested(unit, document), late]));
    if (token.isCancellationRequested) return [];
    return [
      ...fix,
      ...(unit && wantsDoc(unit)
        ? [action(vscode.l10n.t('Document {0} with Maia', unit.name), 'maia.document')]
        : []),
      ...(unit && untested
        ? [action(vscode.l10n.t('Generate Tests for {0} with Maia', unit.name), 'maia.generateTests')]
        : []),
      ...(unit || !range.isEmpty
        ? [
            action(vscode.l10n.t('Explain with Maia'), 'maia.explain'),
            action(vscode.l10n.t('Edit with Maia…'), 'maia.edit'),
            action(vscode.l10n.t('Refactor with Maia'), 'maia.refactor'),
          ]
        : []),
    ];
  }

  async #unitAt(document: vscode.TextDocument, range: vscode.Range): Promise<OutlinedUnit | undefined> {
    const units = (await this.#unitsOf(document)) ?? [];
    const line = document.lineAt(range.start.line);
    // A cursor in the indent of a line means what stands in the line.
    const indent = range.isEmpty ? line.firstNonWhitespaceCharacterIndex : 0;
    const start = range.start.with({ character: Math.max(range.start.character, indent) });
    const from = document.offsetAt(start);
    const to = Math.max(from, document.offsetAt(range.end));
    return units.findLast(({ span }) => span.start <= from && span.end >= to);
  }

  #unitsOf(document: vscode.TextDocument): Outlined['units'] | undefined {
    const { version, languageId } = document;
    const known = this.#outlines.get(document);
    if (known?.version === version) return known.units;
    const units = this.#engine
      ?.outline({ languageId, text: document.getText() }, AbortSignal.timeout(10_000))
      .catch(() => undefined);
    if (units) this.#outlines.set(document, { version, units });
    return units;
  }

  async #isUntested(unit: OutlinedUnit, { uri, languageId }: vscode.TextDocument): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (unit.kind === 'class' || !unit.exported || uri.scheme !== 'file' || folder?.scheme !== 'file')
      return false;
    const place = { name: unit.name, path: uri.fsPath, languageId, folder: folder.fsPath };
    return (await this.#engine?.isTested(place).catch(() => undefined)) === false;
  }
}

function wantsDoc({ kind, exported, documented }: OutlinedUnit): boolean {
  return kind !== 'class' && exported && !documented;
}

/** What comes after the patience of a menu is there the next time. */
function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

function fixOf(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
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
