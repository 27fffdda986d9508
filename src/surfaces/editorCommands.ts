import * as vscode from 'vscode';
import type { Result } from '../vocabulary/failure.ts';
import type { Target } from '../vocabulary/request.ts';
import { registerCommand, showFailure } from './commands.ts';
import { participant } from './contributions.ts';
import type { EditorParts } from './editorParts.ts';
import { activeTarget, targetOf } from './editorTarget.ts';
import { openChat } from './openChat.ts';
import { askedAs } from './pastTurns.ts';
import { problemItems, problemsAt } from './problems.ts';
import { read } from './readCommand.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { hindered, type WritingTask, write } from './writeCommand.ts';

/** What is done with code in an editor: none of it needs chat to be there. */
export function registerEditorCommands(surfaces: EditorParts): vscode.Disposable {
  const { parts } = surfaces;
  const words = new LastWords();
  return vscode.Disposable.from(
    registerCommand('maia.ask', parts, () => ask(parts)),
    registerCommand('maia.explain', parts, () => read('explain', surfaces)),
    registerCommand('maia.review', parts, () => read('review', surfaces)),
    registerCommand('maia.document', parts, () => writeHere('document', askedAs('doc', ''), surfaces)),
    registerCommand('maia.generateTests', parts, () => writeHere('tests', askedAs('tests', ''), surfaces)),
    registerCommand('maia.fix', parts, (uri, range, problems) =>
      fix(placeOf(uri, range, problems), surfaces),
    ),
    registerCommand('maia.edit', parts, () => writeAsTold('edit', words, surfaces)),
    registerCommand('maia.refactor', parts, () =>
      writeHere('refactor', 'Refactor this code so that it is easier to read.', surfaces),
    ),
    registerCommand('maia.generate', parts, () => writeAsTold('generate', words, surfaces)),
  );
}

async function ask(parts: SurfaceParts): Promise<void> {
  if (await openChat({ query: `@${participant.name} `, onlyFill: true })) return;
  const asked = vscode.l10n.t(
    'Chat is switched off in this editor. Explain and the other commands work without it.',
  );
  const settings = vscode.l10n.t('Open Setting');
  parts.log.info('Ask: chat is switched off');
  if ((await vscode.window.showInformationMessage(asked, settings)) === settings)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'chat.disableAIFeatures');
}

/** What was typed last for each command, in this window alone: it may say anything about the code. */
class LastWords {
  readonly #last = new Map<WritingTask, string>();

  /** Undefined where the box was dismissed. */
  async typed(task: 'edit' | 'generate'): Promise<string | undefined> {
    const words = await vscode.window.showInputBox({
      title: task === 'edit' ? vscode.l10n.t('Edit with Maia') : vscode.l10n.t('Generate Code with Maia'),
      prompt:
        task === 'edit' ? vscode.l10n.t('What should change?') : vscode.l10n.t('What should be written?'),
      value: this.#last.get(task),
      ignoreFocusOut: true,
    });
    if (words === undefined || words.trim() === '') return undefined;
    this.#last.set(task, words);
    return words;
  }
}

async function writeHere(task: WritingTask, asked: string, surfaces: EditorParts): Promise<void> {
  const target = await activeTarget(task);
  const failure = await hindered(task, target, surfaces);
  if (failure) showFailure(surfaces.parts, failure);
  else if (target.ok) await write({ task, target: target.value, asked }, surfaces);
}

async function writeAsTold(
  task: 'edit' | 'generate',
  words: LastWords,
  surfaces: EditorParts,
): Promise<void> {
  const target = task === 'generate' ? await insertionTarget() : await activeTarget(task);
  const failure = await hindered(task, target, surfaces);
  if (failure) showFailure(surfaces.parts, failure);
  if (failure || !target.ok) return;
  const asked = await words.typed(task);
  if (asked !== undefined) await write({ task, target: target.value, asked }, surfaces);
}

/** Where new code goes: before the cursor's line, or after it where the cursor stands behind its text. */
async function insertionTarget(): Promise<Result<Target>> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return activeTarget('generate');
  const { document, selection } = editor;
  const line = document.lineAt(selection.end.line);
  const behind = line.text.slice(0, selection.end.character).trim() !== '';
  const at = behind ? line.rangeIncludingLineBreak.end : line.range.start;
  return targetOf(document, new vscode.Range(at, at), 'generate');
}

/** What *Fix with Maia* is about; without it the cursor says so. */
interface FixPlace {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly problems: readonly vscode.Diagnostic[];
}

function placeOf(uri: unknown, range: unknown, problems: unknown): FixPlace | undefined {
  if (!(uri instanceof vscode.Uri) || !(range instanceof vscode.Range)) return undefined;
  return { uri, range, problems: Array.isArray(problems) ? (problems as vscode.Diagnostic[]) : [] };
}

async function fix(place: FixPlace | undefined, surfaces: EditorParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = place ? await vscode.workspace.openTextDocument(place.uri) : editor?.document;
  const range = place?.range ?? editor?.selection;
  const target = document && range ? await targetOf(document, range, 'fix') : await activeTarget('fix');
  const failure = await hindered('fix', target, surfaces);
  if (failure) showFailure(surfaces.parts, failure);
  if (failure || !target.ok || !document || !range) return;
  const problems = place?.problems ?? problemsAt(document.uri, range);
  const context = problemItems(document, problems);
  const asked = context.length > 0 ? 'Fix what the editor reports here.' : await fault();
  if (asked === undefined) return;
  await write({ task: 'fix', target: target.value, asked, context }, surfaces);
}

/** What is wrong, in the developer's words, where the editor reports nothing; an empty line leaves it to the model. */
async function fault(): Promise<string | undefined> {
  const words = await vscode.window.showInputBox({
    title: vscode.l10n.t('Fix with Maia'),
    prompt: vscode.l10n.t('What is wrong? Press Enter to leave it to the model.'),
    ignoreFocusOut: true,
  });
  return words === undefined ? undefined : askedAs('fix', words);
}
