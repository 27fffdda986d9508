import * as vscode from 'vscode';
import type { Hunk } from '../vocabulary/hunk.ts';
import type { CommandId } from './commandTable.ts';
import { contextKeys } from './contributions.ts';

/** A proposal as it is shown over the document that it is about. */
export interface InPlace {
  readonly requestId: string;
  readonly uri: vscode.Uri;
  readonly hunks: readonly Hunk[];
  /** The whole text as it would be, line by line. */
  readonly after: readonly string[];
  /** What was checked, in short. */
  readonly checked: string;
  /** What failed its check is shown, and not applied. */
  readonly acceptable: boolean;
  readonly languageId: string;
}

/** More new lines than these are read in the diff. */
const mostLines = 60;
/** So much of a new line is shown beside the code. */
const mostCharacters = 120;
/** The column of what comes stands no further right than this, so that it is seen. */
const mostColumn = 60;

/** Whether a change can be shown over its document: it is small, and CodeLens is on there. */
export function fitsInPlace(hunks: readonly Hunk[], uri: vscode.Uri, languageId: string): boolean {
  const lines = hunks.reduce((sum, { before, after }) => sum + before.count + after.count, 0);
  const lens = vscode.workspace.getConfiguration('editor', { uri, languageId }).get<boolean>('codeLens');
  return lens !== false && hunks.length > 0 && hunks.length <= 8 && lines <= mostLines;
}

/**
 * Shows proposals over their documents, which stay as they are: the lines that would go are marked, what would come is
 * told beside them and whole in their hover, and CodeLens above the first of them decides.
 */
export class InPlaceView implements vscode.Disposable, vscode.CodeLensProvider {
  readonly #shown = new Map<string, InPlace>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #goes = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.removedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  readonly #comes = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
    after: {
      color: new vscode.ThemeColor('editor.foreground'),
      backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
      borderColor: new vscode.ThemeColor('diffEditor.insertedTextBorder'),
    },
  });
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#changed,
      this.#goes,
      this.#comes,
      vscode.languages.registerCodeLensProvider({ scheme: '*' }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#draw()),
      vscode.workspace.onDidChangeTextDocument((change) => this.#follow(change)),
      vscode.window.onDidChangeActiveTextEditor(() => this.#tell()),
    ];
  }

  show(shown: InPlace): void {
    this.#shown.set(shown.requestId, shown);
    this.#redraw();
  }

  hide(requestId: string): void {
    if (this.#shown.delete(requestId)) this.#redraw();
  }

  /** The proposal that is shown over a document, the latest where there are several. */
  at(uri: vscode.Uri): InPlace | undefined {
    return [...this.#shown.values()].findLast((one) => one.uri.toString() === uri.toString());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.at(document.uri);
    const first = shown?.hunks[0]?.before.first;
    if (!shown || first === undefined) return [];
    const line = Math.min(first, document.lineCount - 1);
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: CommandId, tooltip?: string) =>
      new vscode.CodeLens(range, {
        title,
        command,
        arguments: [shown.requestId],
        ...(tooltip ? { tooltip } : {}),
      });
    return [
      ...(shown.acceptable
        ? [lens(vscode.l10n.t('$(check) Accept'), 'maia.acceptProposal', shown.checked)]
        : []),
      lens(vscode.l10n.t('$(discard) Reject'), 'maia.rejectProposal'),
      lens(vscode.l10n.t('$(edit) Refine…'), 'maia.refineProposal'),
      lens(vscode.l10n.t('$(diff) Open Diff'), 'maia.openProposalDiff'),
      lens(summaryOf(shown), 'maia.openProposalDiff', shown.checked),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #redraw(): void {
    this.#changed.fire();
    this.#draw();
    this.#tell();
  }

  /** Tells `when` clauses whether Accept means something in the editor in front. */
  #tell(): void {
    const editor = vscode.window.activeTextEditor;
    const there = editor !== undefined && this.at(editor.document.uri) !== undefined;
    void vscode.commands.executeCommand('setContext', contextKeys.hasProposal, there);
  }

  /** What is typed above moves the place along. */
  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const shown = this.at(document.uri);
    if (!shown || contentChanges.length === 0) return;
    let { hunks } = shown;
    for (const { range, text } of contentChanges) {
      const by = text.split('\n').length - 1 - (range.end.line - range.start.line);
      hunks = hunks.map((hunk) =>
        range.end.line < hunk.before.first || (range.end.line === hunk.before.first && range.isEmpty)
          ? { ...hunk, before: { ...hunk.before, first: hunk.before.first + by } }
          : hunk,
      );
    }
    this.#shown.set(shown.requestId, { ...shown, hunks });
    this.#redraw();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const shown = isDiffSide(editor) ? undefined : this.at(editor.document.uri);
      const hunks = shown?.hunks ?? [];
      editor.setDecorations(
        this.#goes,
        hunks.flatMap(({ before }) => (before.count > 0 ? [linesOf(before, editor.document)] : [])),
      );
      editor.setDecorations(this.#comes, shown ? comingIn(shown, editor) : []);
    }
  }
}

/** The document as one side of a diff says it all already. */
function isDiffSide({ document, viewColumn }: vscode.TextEditor): boolean {
  const group = vscode.window.tabGroups.all.find((one) => one.viewColumn === viewColumn);
  const input = group?.activeTab?.input;
  return !(input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString());
}

function linesOf({ first, count }: Hunk['before'], document: vscode.TextDocument): vscode.Range {
  const last = Math.min(first + Math.max(count, 1), document.lineCount) - 1;
  return new vscode.Range(Math.min(first, last), 0, last, document.lineAt(last).text.length);
}

/**
 * What comes, line by line, in a column right of the code that it comes over or takes the place of. A line holds one
 * line of it; what finds no line is in the diff.
 */
function comingIn(
  { hunks, after, languageId }: InPlace,
  editor: vscode.TextEditor,
): vscode.DecorationOptions[] {
  const { document } = editor;
  const tab = typeof editor.options.tabSize === 'number' ? editor.options.tabSize : 4;
  const made: vscode.DecorationOptions[] = [];
  let free = 0;
  for (const { before, after: coming } of hunks) {
    const lines = after.slice(coming.first, coming.first + coming.count);
    if (lines.length === 0) continue;
    const first = Math.max(free, before.first);
    const rows = lines
      .map((text, nth) => ({ text, line: first + nth }))
      .filter(({ line }) => line < document.lineCount);
    const width = (line: number) => columns(document.lineAt(line).text, tab);
    const column = Math.min(mostColumn, Math.max(0, ...rows.map(({ line }) => width(line)))) + 4;
    const hoverMessage = new vscode.MarkdownString();
    hoverMessage.appendCodeblock(lines.join('\n'), languageId);
    for (const { text, line } of rows) {
      const left = lines.length - rows.length;
      const cut = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
      const more = left > 0 && line === document.lineCount - 1 ? ` … +${left}` : '';
      const end = document.lineAt(line).text.length;
      made.push({
        range: new vscode.Range(line, 0, line, end),
        hoverMessage,
        renderOptions: {
          after: {
            // Plain spaces fall together there.
            contentText: `+ ${cut}${more}`.replaceAll('\t', ' '.repeat(tab)).replaceAll(' ', '\u00a0'),
            margin: `0 0 0 ${Math.max(2, column - width(line))}ch`,
          },
        },
      });
    }
    free = first + rows.length;
  }
  return made;
}

function columns(text: string, tab: number): number {
  return text.replaceAll('\t', ' '.repeat(tab)).length;
}

function summaryOf({ hunks, checked }: InPlace): string {
  const added = hunks.reduce((sum, { after }) => sum + after.count, 0);
  const gone = hunks.reduce((sum, { before }) => sum + before.count, 0);
  return checked === '' ? `+${added} −${gone}` : `+${added} −${gone} · ${checked}`;
}
