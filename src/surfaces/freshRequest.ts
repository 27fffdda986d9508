import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Request, Target } from '../vocabulary/request.ts';
import { movedSelection } from './movedSelection.ts';
import type { Change } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** The same request once more, about its document as it is now. */
export async function freshRequest(request: Request, change: Change, parts: SurfaceParts): Promise<Request> {
  const target = request.target && (await freshTarget(request.target, parts));
  return { ...request, id: randomUUID(), ...(target ? { target } : {}), ...change };
}

/** What can't be read any more stays as it was: whoever asks is then told. */
export async function freshTarget(target: Target, parts: Pick<SurfaceParts, 'hunks'>): Promise<Target> {
  if (target.partial) return target;
  const now = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri, true)).then(
    (document) => document.getText(),
    () => undefined,
  );
  if (now === undefined || now === target.text) return target;
  const hunks = await parts.hunks(target.text, now);
  return { ...target, text: now, selection: movedSelection(target.selection, target.text, now, hunks) };
}
