import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request } from '../vocabulary/request.ts';
import type { AnswerPreview } from './answerPreview.ts';
import { registerCommand } from './commands.ts';
import { participant } from './contributions.ts';
import { egressText } from './egressText.ts';
import { failureSentence } from './failureSentence.ts';
import { runWithProgress } from './heldRequest.ts';
import { openChat } from './openChat.ts';
import { said } from './practice.ts';
import type { RecentRequests } from './recentRequests.ts';
import { secretButtons } from './secretChoices.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** What is done about a detected secret, and the record of what left this machine. */
export function registerSecretCommands(
  parts: SurfaceParts,
  preview: AnswerPreview,
  recent: RecentRequests,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('maia.answerSecret', parts, (id, choice) => answerSecret(id, choice, recent)),
    registerCommand('maia.showEgress', parts, async () => {
      const rows = await (await parts.engine()).left('all');
      await preview.show(vscode.l10n.t('What left this machine'), egressText(rows, vscode.env.language));
    }),
  );
}

/** The last question of the chat once more, with the developer's choice about its secrets. */
async function answerSecret(id: unknown, choice: unknown, recent: RecentRequests): Promise<void> {
  const kept = typeof id === 'string' ? recent.get(id) : undefined;
  const offer = kept?.outcome?.secretOffer;
  const chosen = offer?.choices.find((one) => one === choice);
  if (!kept || !offer || !chosen) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This question is no longer kept. Ask it again.'),
    );
    return;
  }
  recent.keep({ ...kept.request, secretAnswer: { offer: offer.id, choice: chosen } }, kept.outcome);
  await openChat({ query: `@${participant.name} /claude` });
}

export interface CommandRun {
  readonly request: Request;
  readonly outcome: Outcome;
}

/**
 * Runs a command's request; where a detected secret kept it from Claude and nobody else could answer, asks what to do
 * about the secret and runs it once more.
 *
 * @returns undefined where it did not end, or the developer chose nothing
 */
export async function runAskingAboutSecrets(
  parts: SurfaceParts,
  request: Request,
  title: string,
): Promise<CommandRun | undefined> {
  const outcome = await runWithProgress(parts, request, title);
  if (!outcome) return undefined;
  const buttons = secretButtons(outcome, parts.policy());
  if (outcome.end !== 'failed' || !outcome.failure || !outcome.secretOffer || buttons.length === 0)
    return { request, outcome };
  const sentence = said(failureSentence(outcome.failure, await parts.phrases()), parts.practice);
  const titles = buttonsFor(
    sentence,
    buttons.map((button) => button.title),
  );
  const clicked = await vscode.window.showWarningMessage(sentence, ...titles);
  const chosen = buttons.find((button) => button.title === clicked);
  if (!chosen) return undefined;
  const again: Request = {
    ...request,
    id: randomUUID(),
    word: { route: 'claude', said: 'command' },
    secretAnswer: { offer: outcome.secretOffer.id, choice: chosen.choice },
  };
  const second = await runWithProgress(parts, again, title);
  return second && { request: again, outcome: second };
}
