import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Meanwhile, Proposal } from '../vocabulary/proposal.ts';
import type { Target } from '../vocabulary/request.ts';
import type { RecentRequest } from './recentRequests.ts';

/** A check that takes longer says nothing. */
const patienceMs = 10_000;

/**
 * Whether a proposal and the edits made meanwhile pass the proposal's own check together: the same answer is judged
 * again against the file as it is, and must come to the very text that the merge has. What was never checked is not merged.
 */
export async function passesMerged(
  proposal: Proposal,
  meanwhile: Meanwhile,
  { request, outcome }: RecentRequest,
  engine: Engine,
): Promise<boolean> {
  const task = outcome?.decision?.classification.task;
  const { target } = request;
  if (!outcome || !task || !target || target.partial || proposal.verdict.kind !== 'passed') return false;
  const now = target.uri === proposal.uri ? moved(target, meanwhile) : await unmoved(target);
  if (!now) return false;
  const signal = AbortSignal.timeout(patienceMs);
  const judged = await engine.judgeAgain({ ...request, target: now }, task, outcome.text, signal);
  return (
    judged?.verdict.kind === 'passed' &&
    judged.proposal !== undefined &&
    lines(judged.proposal.before ?? '') === lines(meanwhile.current) &&
    lines(judged.proposal.after) === meanwhile.merged
  );
}

function moved(target: Target, { current, offsetNow }: Meanwhile): Target {
  const { start, end } = target.selection;
  return { ...target, text: current, selection: { start: offsetNow(start), end: offsetNow(end) } };
}

/** Tests go into another file than what they are about, which must be as it was. */
async function unmoved(target: Target): Promise<Target | undefined> {
  const source = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri, true)).then(
    (document) => document.getText(),
    () => undefined,
  );
  return source === target.text ? target : undefined;
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
