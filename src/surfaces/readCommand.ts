import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request } from '../vocabulary/request.ts';
import { answerButtons } from './answerButtons.ts';
import { showFailure } from './commands.ts';
import { participant } from './contributions.ts';
import type { EditorParts } from './editorParts.ts';
import { activeTarget } from './editorTarget.ts';
import { errorName } from './errorName.ts';
import { commandRequest } from './heldRequest.ts';
import { openChat } from './openChat.ts';
import { askedAs } from './pastTurns.ts';
import { said } from './practice.ts';
import { Reply } from './reply.ts';
import { runAskingAboutSecrets } from './secretCommands.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

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

async function readInPreview(task: 'explain' | 'review', surfaces: EditorParts): Promise<void> {
  const target = await activeTarget(task);
  if (target.ok) await runInPreview(commandRequest(task, target.value, askedAs(task, '')), surfaces);
  else showFailure(surfaces.parts, target.failure);
}

async function runInPreview(asked: Request, surfaces: EditorParts): Promise<void> {
  const { parts, preview, recent } = surfaces;
  const explains = asked.task === 'explain';
  const title = explains ? vscode.l10n.t('Explaining') : vscode.l10n.t('Reviewing');
  const ran = await runAskingAboutSecrets(parts, asked, title);
  if (!ran || ran.outcome.end === 'cancelled') return;
  const { request, outcome } = ran;
  recent.keep(request, outcome);
  if (outcome.end === 'failed') {
    if (outcome.failure) showFailure(parts, outcome.failure);
    return;
  }
  const name = explains ? vscode.l10n.t('Maia explains') : vscode.l10n.t('Maia reviews');
  await preview.show(name, await answerMarkdown(outcome, parts));
  // The message stays for as long as the developer leaves it there.
  offerClaude(request, outcome, surfaces).catch((error: unknown) => {
    parts.log.error(`Ask Claude instead: ${errorName(error)}`);
  });
}

/** A preview has no buttons: after a failed check a message has the one that leads on. */
async function offerClaude(request: Request, outcome: Outcome, surfaces: EditorParts): Promise<void> {
  const { parts } = surfaces;
  const button = answerButtons(outcome, parts.policy()).find(
    ({ command }) => command === 'maia.askClaudeInstead',
  );
  if (outcome.verdict?.kind !== 'failed' || !button) return;
  const sentence = said((await parts.phrases()).verdict(outcome.verdict), parts.practice);
  const clicked = await vscode.window.showWarningMessage(sentence, ...buttonsFor(sentence, [button.title]));
  if (clicked === undefined) return;
  await (await parts.engine()).feedback(request.id, 'askedClaude').catch(() => undefined);
  await runInPreview({ ...request, id: randomUUID(), word: { route: 'claude', said: 'command' } }, surfaces);
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
