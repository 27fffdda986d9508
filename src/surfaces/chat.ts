import * as vscode from 'vscode';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Request } from '../vocabulary/request.ts';
import { abortOn } from './abortOn.ts';
import { answerButtons } from './answerButtons.ts';
import { offerInChat } from './chatOffer.ts';
import { chatRequest, pastTurn } from './chatRequest.ts';
import type { CommandId } from './commandTable.ts';
import { participant } from './contributions.ts';
import { failureSentence } from './failureSentence.ts';
import { stepsFor } from './failureSteps.ts';
import { followUps } from './followUps.ts';
import { footerCommands } from './footer.ts';
import { type TurnMetadata, turnMetadata } from './pastTurns.ts';
import { said } from './practice.ts';
import type { RecentRequests } from './recentRequests.ts';
import { Reply, type ReplySink } from './reply.ts';
import { savingsText } from './savingsText.ts';
import { secretButtons } from './secretChoices.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { whyOf } from './whyOf.ts';

/** Registers `@maia`. The model that VS Code hands a turn is never asked: it may be somebody's paid quota. */
export function registerChat(parts: SurfaceParts, recent: RecentRequests): vscode.Disposable {
  const maia = vscode.chat.createChatParticipant(participant.id, async (turn, context, stream, token) => {
    const cancel = abortOn(token);
    try {
      return await answerTurn(turn, context, stream, { parts, recent, signal: cancel.signal });
    } catch (error) {
      if (cancel.signal.aborted) return {};
      parts.log.error(`Chat: ${error instanceof Error ? error.name : 'failed'}`);
      await sayFailure(stream, { code: 'unexpected', params: { detail: messageOf(error) } }, parts);
      return {};
    } finally {
      cancel.dispose();
    }
  });
  maia.iconPath = vscode.Uri.joinPath(parts.context.extensionUri, 'media', 'icon.png');
  maia.followupProvider = {
    provideFollowups: (result) => followUps(turnMetadata(result.metadata)),
  };
  return maia;
}

interface TurnParts {
  readonly parts: SurfaceParts;
  readonly recent: RecentRequests;
  readonly signal: AbortSignal;
}

async function answerTurn(
  turn: vscode.ChatRequest,
  context: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  turnParts: TurnParts,
): Promise<vscode.ChatResult> {
  const { parts } = turnParts;
  if (turn.command === 'why') return why(context, stream, turnParts);
  if (turn.command === 'savings') return savings(stream, parts);
  if (turn.prompt.trim() === '' && turn.command === undefined) return greet(stream, parts);
  const built = await chatRequest(turn, context.history, turnParts);
  if (!built.ok) {
    await sayFailure(stream, built.failure, parts);
    return {};
  }
  return run(built.value, stream, turnParts);
}

async function run(
  request: Request,
  stream: vscode.ChatResponseStream,
  { parts, recent, signal }: TurnParts,
): Promise<vscode.ChatResult> {
  recent.keep(request);
  const [engine, phrases, newFilter] = await Promise.all([
    parts.engine(),
    parts.phrases(),
    parts.markdownFilter(),
  ]);
  const reply = new Reply(sinkOf(stream), {
    phrases,
    newFilter,
    footer: parts.policy().footer,
    practice: parts.practice,
  });
  const offer = offerInChat(request.id, stream);
  try {
    for await (const event of engine.run(request, signal)) {
      offer.take(event);
      reply.take(event);
    }
  } finally {
    offer.dispose();
  }
  const { outcome } = reply;
  if (!outcome) return {};
  recent.keep(request, outcome);
  if (outcome.failure && outcome.end === 'failed') stepButtons(stream, outcome.failure);
  for (const { title, choice } of secretButtons(outcome, parts.policy()))
    stream.button({
      command: 'maia.answerSecret' satisfies CommandId,
      title,
      arguments: [request.id, choice],
    });
  for (const button of answerButtons(outcome, parts.policy()))
    stream.button({ command: button.command, title: button.title, arguments: [request.id] });
  const metadata: TurnMetadata = {
    requestId: request.id,
    conversation: request.conversation ?? request.id,
    task: outcome.decision?.classification.task,
    shown: reply.shown,
    answered: outcome.end === 'answered',
    code: request.target !== undefined || request.context.length > 0,
  };
  return { metadata: { ...metadata, ...(outcome.decision ? { decision: outcome.decision } : {}) } };
}

function sinkOf(stream: vscode.ChatResponseStream): ReplySink {
  return {
    progress: (text) => stream.progress(text),
    markdown: (text) => {
      const markdown = new vscode.MarkdownString(text, false);
      markdown.isTrusted = false;
      markdown.supportHtml = false;
      stream.markdown(markdown);
    },
    own: (text) => {
      const markdown = new vscode.MarkdownString(text, true);
      markdown.isTrusted = { enabledCommands: footerCommands };
      stream.markdown(markdown);
    },
  };
}

async function why(
  context: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  { parts, recent }: TurnParts,
): Promise<vscode.ChatResult> {
  const past = context.history.map(pastTurn);
  const last = past.flatMap((one) => (one.kind === 'answered' && one.metadata ? [one.metadata] : [])).at(-1);
  const text = last && (await whyOf(last.requestId, parts, recent, true));
  if (!text) {
    stream.markdown(vscode.l10n.t('Nothing was asked in this chat yet. Ask something, then `/why` again.'));
    return {};
  }
  stream.markdown(text);
  if (parts.practice) stream.markdown(`\n*${vscode.l10n.t('practice')}*\n`);
  // A conversation goes on from the last real answer, not from this explanation of it.
  return {};
}

async function savings(stream: vscode.ChatResponseStream, parts: SurfaceParts): Promise<vscode.ChatResult> {
  const summary = await (await parts.engine()).summary('all');
  stream.markdown(savingsText(summary));
  await vscode.commands.executeCommand('maia.openSavings' satisfies CommandId);
  return {};
}

function greet(stream: vscode.ChatResponseStream, { practice }: SurfaceParts): vscode.ChatResult {
  const sentence = vscode.l10n.t(
    'Ask about your code, or select a function and type `/explain`, `/tests` or `/doc`. Maia chooses the model.',
  );
  stream.markdown(said(sentence, practice));
  return {};
}

async function sayFailure(
  stream: vscode.ChatResponseStream,
  failure: Failure,
  parts: SurfaceParts,
): Promise<void> {
  stream.markdown(escapeMarkdown(said(failureSentence(failure, await parts.phrases()), parts.practice)));
  stepButtons(stream, failure);
}

function stepButtons(stream: vscode.ChatResponseStream, failure: Failure): void {
  for (const { command, title, arguments: given = [] } of stepsFor(failure))
    stream.button({ command, title, arguments: [...given] });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
