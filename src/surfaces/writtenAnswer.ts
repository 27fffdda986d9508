import * as vscode from 'vscode';
import type { Failure } from '../vocabulary/failure.ts';
import { answerButtons, isAgain } from './answerButtons.ts';
import { showFailure } from './commands.ts';
import type { EditorParts } from './editorParts.ts';
import { answerMarkdown } from './readCommand.ts';
import type { CommandRun } from './secretCommands.ts';

/** Shows what came of a command that changes code: a proposal, else an answer to read under what was found. */
export async function showWritten(
  { request, outcome }: CommandRun,
  { parts, recent, proposals, preview }: EditorParts,
): Promise<void> {
  recent.keep(request, outcome);
  if (outcome.proposal) return proposals.show(request.id, outcome.proposal);
  const show = async () =>
    preview.show(vscode.l10n.t('Maia, not applied'), await answerMarkdown(outcome, parts));
  // What has no place in a file (a language without grammar, a file too large) is an answer to read.
  if (!outcome.failure && outcome.text.trim() !== '') return show();
  const failure: Failure = outcome.failure ?? {
    code: 'emptyAnswer',
    params: { model: outcome.decision?.model.name ?? '' },
  };
  if (outcome.text.trim() === '') return showFailure(parts, failure);
  const again = answerButtons(outcome, parts.policy()).filter(isAgain);
  showFailure(parts, failure, {
    verdict: outcome.verdict,
    title: vscode.l10n.t('Show Answer'),
    run: show,
    steps: again.map(({ title, command }) => ({ title, command, arguments: [request.id] })),
  });
}
