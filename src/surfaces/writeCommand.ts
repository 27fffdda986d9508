import * as vscode from 'vscode';
import type { Failure, Result } from '../vocabulary/failure.ts';
import type { ContextItem, Target } from '../vocabulary/request.ts';
import type { HeldTask } from '../vocabulary/task.ts';
import type { EditorParts } from './editorParts.ts';
import { nameOf } from './editorTarget.ts';
import { commandRequest } from './heldRequest.ts';
import { runAskingAboutSecrets } from './secretCommands.ts';
import { showWritten } from './writtenAnswer.ts';

/** A task of an editor's command whose answer becomes a diff. */
export type WritingTask = Exclude<HeldTask, 'commit'>;

export interface Writing {
  readonly task: WritingTask;
  readonly target: Target;
  /** What is asked, in words. */
  readonly asked: string;
  readonly context?: readonly ContextItem[];
}

/** Why a task cannot change what it is about, before anybody is asked for words. */
export async function hindered(
  task: WritingTask,
  target: Result<Target>,
  { parts }: EditorParts,
): Promise<Failure | undefined> {
  if (!target.ok) return target.failure;
  const uri = vscode.Uri.parse(target.value.uri, true);
  if (task !== 'tests' && (await parts.isReadOnly(uri)))
    return { code: 'readOnlyFile', params: { name: nameOf(uri) } };
  return undefined;
}

/** Asks, with progress, and shows what comes back as a diff; an answer without a place is shown to be read. */
export async function write({ task, target, asked, context = [] }: Writing, surfaces: EditorParts) {
  const request = { ...commandRequest(task, target, asked), context };
  const ran = await runAskingAboutSecrets(surfaces.parts, request, writingTitle(task));
  if (ran && ran.outcome.end !== 'cancelled') await showWritten(ran, surfaces);
}

/** What stands over the progress of a task. */
export function writingTitle(task: WritingTask): string {
  switch (task) {
    case 'tests':
      return vscode.l10n.t('Writing tests');
    case 'document':
      return vscode.l10n.t('Writing the comment');
    case 'generate':
      return vscode.l10n.t('Writing code');
    case 'fix':
      return vscode.l10n.t('Fixing');
    case 'edit':
      return vscode.l10n.t('Editing');
    case 'refactor':
      return vscode.l10n.t('Refactoring');
  }
}
