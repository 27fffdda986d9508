import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request, Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { abortOn } from './abortOn.ts';
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

/**
 * Runs a request whose answer is shown whole, with progress that can be cancelled.
 * @param onText hears the text as it streams; `restarted` means that all of it so far is void
 */
export async function runWithProgress(
  parts: SurfaceParts,
  request: Request,
  title: string,
  onText?: (text: string, restarted: boolean) => void,
): Promise<Outcome | undefined> {
  const [engine, phrases] = await Promise.all([parts.engine(), parts.phrases()]);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: said(title, parts.practice), cancellable: true },
    async (progress, token) => {
      const cancel = abortOn(token);
      try {
        for await (const event of engine.run(request, cancel.signal)) {
          if (event.type === 'progress') progress.report({ message: phrases.progress(event.progress) });
          else if (event.type === 'text') onText?.(event.text, false);
          else if (event.type === 'restarted') onText?.('', true);
          else if (event.type === 'finished') return event.outcome;
        }
        return undefined;
      } finally {
        cancel.dispose();
      }
    },
  );
}
