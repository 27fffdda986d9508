import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import { showFailure } from './commands.ts';
import { participant } from './contributions.ts';
import type { EditorParts } from './editorParts.ts';
import { activeTarget } from './editorTarget.ts';
import { commandRequest } from './heldRequest.ts';
import { openChat } from './openChat.ts';
import { askedAs } from './pastTurns.ts';
import { Reply } from './reply.ts';
import { runAskingAboutSecrets } from './secretCommands.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Explain and Review: in chat, or in a preview where chat is switched off. */
export async function read(task: 'explain' | 'review', surfaces: EditorParts): Promise<void> {
  const target = await activeTarget(task);
  if (!target.ok) {
    showFailure(surfaces.parts, target.failure);
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const attach =
    editor && !editor.selection.isEmpty
      ? { uri: editor.document.uri, range: new vscode.Range(editor.selection.start, editor.selection.end) }
      : undefined;
  if (await openChat({ query: `@${participant.name} /${task}`, attach })) return;
  await readInPreview(task, surfaces);
}

async function readInPreview(
  task: 'explain' | 'review',
  { parts, preview, recent }: EditorParts,
): Promise<void> {
  const target = await activeTarget(task);
  if (!target.ok) {
    showFailure(parts, target.failure);
    return;
  }
  const asked = commandRequest(task, target.value, askedAs(task, ''));
  const title = task === 'explain' ? vscode.l10n.t('Explaining') : vscode.l10n.t('Reviewing');
  const ran = await runAskingAboutSecrets(parts, asked, title);
  if (!ran || ran.outcome.end === 'cancelled') return;
  const { request, outcome } = ran;
  recent.keep(request, outcome);
  if (outcome.end === 'failed') {
    if (outcome.failure) showFailure(parts, outcome.failure);
    return;
  }
  const name = task === 'explain' ? vscode.l10n.t('Maia explains') : vscode.l10n.t('Maia reviews');
  await preview.show(name, await answerMarkdown(outcome, parts));
}

/** An answer as a preview shows it: the model's text made harmless, with Maia's own lines under it. */
export async function answerMarkdown(outcome: Outcome, parts: SurfaceParts): Promise<string> {
  let markdown = '';
  const add = (text: string) => {
    markdown += text;
  };
  const reply = new Reply(
    { progress: () => undefined, markdown: add, own: add },
    {
      phrases: await parts.phrases(),
      newFilter: await parts.markdownFilter(),
      footer: parts.policy().footer,
      practice: parts.practice,
      // A preview runs no commands: a link would be dead.
      links: false,
    },
  );
  reply.take({ type: 'finished', outcome });
  return markdown;
}
