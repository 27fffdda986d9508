import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Result } from '../vocabulary/failure.ts';
import type { PendingChange, Repository } from '../vocabulary/repository.ts';
import type { Request } from '../vocabulary/request.ts';
import { askedAs } from './pastTurns.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** The repositories that are open, that of the file at hand first. */
export async function openRepositories(
  parts: Pick<SurfaceParts, 'repositories'>,
  signal: AbortSignal,
): Promise<Result<readonly Repository[]>> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  return (await parts.repositories()).open(shown?.scheme === 'file' ? shown.fsPath : undefined, signal);
}

/** A command's request for the message of what a repository would commit; `hint` is what stood in its box. */
export function commitRequest({ root }: Repository, change: PendingChange, hint: string): Request {
  return {
    id: randomUUID(),
    surface: 'command',
    task: 'commit',
    messages: [{ role: 'user', parts: [{ type: 'text', text: askedAs('commit', '') }] }],
    context: change.context,
    commit: { ...change.commit, ...(hint.trim() === '' ? {} : { hint }) },
    tools: [],
    toolChoice: 'auto',
    folder: root,
    locale: vscode.env.language,
  };
}
