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

/** The question under which the button stands once more, with the developer's choice about its secrets. */
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
  recent.askAgain(kept.request.id);
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
  if (!mayChoose(outcome, parts)) return { request, outcome };
  const again = await chosenAgain(request, outcome, parts);
  const second = again && (await runWithProgress(parts, again, title));
  return again && second && { request: again, outcome: second };
}

/** Whether a request failed for detected secrets that the developer may do something about. */
export function mayChoose(outcome: Outcome, parts: SurfaceParts): boolean {
  return outcome.end === 'failed' && secretButtons(outcome, parts.policy()).length > 0;
}

/** Asks what to do about the secrets of a request that failed for them; the request to run instead, if any. */
export async function chosenAgain(
  request: Request,
  { failure, secretOffer }: Outcome,
  parts: SurfaceParts,
): Promise<Request | undefined> {
  if (!failure || !secretOffer) return undefined;
  const buttons = secretButtons({ secretOffer }, parts.policy());
  const sentence = said(failureSentence(failure, await parts.phrases()), parts.practice);
  const titles = buttons.map((button) => button.title);
  const clicked = await vscode.window.showWarningMessage(sentence, ...buttonsFor(sentence, titles));
  const chosen = buttons.find((button) => button.title === clicked);
  if (!chosen) return undefined;
  return {
    ...request,
    id: randomUUID(),
    word: { route: 'claude', said: 'command' },
    secretAnswer: { offer: secretOffer.id, choice: chosen.choice },
  };
}
