import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { Restart } from '../phrases/restart.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Request } from '../vocabulary/request.ts';
import { abortOn } from './abortOn.ts';
import { mayCostMoney } from './agentConsent.ts';
import { modelProvider } from './contributions.ts';
import { failureSentence } from './failureSentence.ts';
import { firstUserText, messagesOf, tokensOf, toolsOf } from './pickerMessages.ts';
import { chosenAgain, mayChoose } from './secretCommands.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** What is promised to callers: Sonnet's window less the answer. A longer prompt is refused with its reason. */
const maxInputTokens = 200_000;
const maxOutputTokens = 16_000;

/** Registers "Maia Auto". It is always offered, even with everything down: the fault is explained when it is asked. */
export function registerModelPicker(parts: SurfaceParts): vscode.Disposable {
  return vscode.lm.registerLanguageModelChatProvider(modelProvider.vendor, {
    provideLanguageModelChatInformation: () => [
      {
        id: modelProvider.modelId,
        // The picker has room for few letters.
        name: parts.practice ? vscode.l10n.t('Maia practice') : modelProvider.modelName,
        family: modelProvider.vendor,
        version: '1',
        tooltip: vscode.l10n.t('A model on your machine or Claude, whichever will do'),
        detail: 'Maia',
        maxInputTokens,
        maxOutputTokens,
        capabilities: { toolCalling: true, imageInput: true },
      },
    ],
    provideTokenCount: async (_model, text) => tokensOf(text),
    async provideLanguageModelChatResponse(_model, messages, options, progress, token) {
      const cancel = abortOn(token);
      try {
        const request = await requestOf(messages, options, parts);
        await answer(request, parts, progress, cancel.signal);
      } finally {
        cancel.dispose();
      }
    },
  });
}

/** Makes VS Code resolve the model, without which the first chat turn would find none. */
export async function resolveModel(): Promise<void> {
  await vscode.lm.selectChatModels({ vendor: modelProvider.vendor });
}

async function requestOf(
  said: readonly vscode.LanguageModelChatRequestMessage[],
  options: vscode.ProvideLanguageModelChatResponseOptions,
  parts: SurfaceParts,
): Promise<Request> {
  const messages = messagesOf(said);
  return {
    id: randomUUID(),
    conversation: await parts.conversationOf(firstUserText(messages)),
    surface: 'picker',
    messages,
    context: [],
    tools: toolsOf(options.tools),
    toolChoice: options.toolMode === vscode.LanguageModelChatToolMode.Required ? 'required' : 'auto',
    locale: vscode.env.language,
  };
}

async function answer(
  request: Request,
  parts: SurfaceParts,
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
  signal: AbortSignal,
): Promise<void> {
  const engine = await parts.engine();
  if (!(await mayCostMoney(request, engine, parts, signal))) {
    if (signal.aborted) throw new vscode.CancellationError();
    throw new Error(
      vscode.l10n.t(
        'Nothing was sent. Ask again and choose "Go On", or turn agent mode off to use a local model.',
      ),
    );
  }
  const outcome = await stream(request, engine, parts, progress, signal);
  // Agent mode shows no buttons of ours: what may be done about a detected secret is asked here.
  const again =
    outcome && mayChoose(outcome, parts)
      ? await untilCancelled(chosenAgain(request, outcome, parts), signal)
      : undefined;
  const last = again ? await stream(again, engine, parts, progress, signal) : outcome;
  if (last) finish(last, await parts.phrases());
}

/** What comes of the promise, or nothing once the signal aborts. */
function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return Promise.race([
    work,
    new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    ),
  ]);
}

/** Reports one request's answer as it comes. */
async function stream(
  request: Request,
  engine: Engine,
  parts: SurfaceParts,
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const phrases = await parts.phrases();
  let reported = false;
  const report = (part: vscode.LanguageModelResponsePart) => {
    reported = true;
    progress.report(part);
  };
  let restart: Restart | undefined;
  for await (const event of engine.run(request, signal)) {
    if (event.type === 'restarted') restart = new Restart(event, phrases);
    else if (event.type === 'progress') restart?.progress(event.progress);
    else if (event.type === 'text' || event.type === 'toolCall') {
      if (restart)
        report(new vscode.LanguageModelTextPart(`\n\n---\n\n**${escapeMarkdown(restart.sentence())}**\n\n`));
      restart = undefined;
      report(partOf(event));
    } else if (event.type === 'finished') {
      const { end, text } = event.outcome;
      if (!reported && end === 'answered' && text !== '') report(new vscode.LanguageModelTextPart(text));
      return event.outcome;
    }
  }
  return undefined;
}

/** @throws what VS Code shows where there is no answer */
function finish(outcome: Outcome, phrases: Phrases): void {
  if (outcome.end === 'cancelled') throw new vscode.CancellationError();
  if (outcome.end === 'failed')
    throw new Error(
      outcome.failure
        ? failureSentence(outcome.failure, phrases, outcome.verdict)
        : vscode.l10n.t('No answer came. Ask again.'),
    );
}

function partOf(
  event: Extract<EngineEvent, { type: 'text' | 'toolCall' }>,
): vscode.LanguageModelResponsePart {
  return event.type === 'text'
    ? new vscode.LanguageModelTextPart(event.text)
    : new vscode.LanguageModelToolCallPart(event.callId, event.name, event.input);
}
