import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request, Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { abortOn } from './abortOn.ts';
import { claudeNowLink, offerClaude } from './askClaudeNow.ts';
import { HeldProgress } from './heldProgress.ts';
import { said } from './practice.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** A command's request about one document. */
export function commandRequest(task: Task, target: Target, ask: string): Request {
  return {
    id: randomUUID(),
    surface: 'command',
    task,
    messages: [{ role: 'user', parts: [{ type: 'text', text: ask }] }],
    context: [],
    target,
    tools: [],
    toolChoice: 'auto',
    ...(target.folder === undefined ? {} : { folder: target.folder }),
    locale: vscode.env.language,
  };
}

const everySecond = 1_000;

/**
 * Runs a request whose answer is shown whole, with progress that can be cancelled: the model, its step, the seconds, and
 * *Ask Claude now* where Claude may answer instead.
 * @param onText hears the text as it streams; `restarted` means that all of it so far is void
 */
export async function runWithProgress(
  parts: SurfaceParts,
  request: Request,
  title: string,
  onText?: (text: string, restarted: boolean) => void,
): Promise<Outcome | undefined> {
  const engine = await parts.engine();
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: said(title, parts.practice), cancellable: true },
    async (progress, token) => {
      const cancel = abortOn(token);
      const held = new HeldProgress(performance.now());
      let offer: { dispose(): void } | undefined;
      let shown = '';
      const show = () => {
        const now = performance.now();
        const mayAsk = held.mayAskClaude(now);
        if (mayAsk) offer ??= offerClaude(request.id);
        else {
          offer?.dispose();
          offer = undefined;
        }
        const message = [held.line(now), ...(mayAsk ? [claudeNowLink(request.id)] : [])].join(' · ');
        if (message !== shown) progress.report({ message });
        shown = message;
      };
      const ticking = setInterval(show, everySecond);
      try {
        for await (const event of engine.run(request, cancel.signal)) {
          if (event.type === 'text') onText?.(event.text, false);
          else if (event.type === 'restarted') onText?.('', true);
          else if (event.type === 'finished') return event.outcome;
          else {
            held.take(event, performance.now());
            // What is written is counted in seconds, not in tokens.
            if (event.type === 'progress' && event.progress.code !== 'writing') show();
          }
        }
        return undefined;
      } finally {
        clearInterval(ticking);
        offer?.dispose();
        cancel.dispose();
      }
    },
  );
}
