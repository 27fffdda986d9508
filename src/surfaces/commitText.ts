import type { Outcome } from '../vocabulary/attempt.ts';

/** A commit message out of an answer, which chat shows as a block; empty where there is none. */
export function commitText({ text }: Pick<Outcome, 'text'>): string {
  const lines = text.trim().split('\n');
  const fence = /^`{3,}/.exec(lines[0] ?? '')?.[0];
  if (fence === undefined || lines.at(-1) !== fence) return lines.join('\n');
  return lines.slice(1, -1).join('\n').trim();
}

/** Whether an answer is a commit message that can be put into the message box. */
export function isCommitMessage(outcome: Outcome): boolean {
  return (
    outcome.decision?.classification.task === 'commit' &&
    outcome.end === 'answered' &&
    commitText(outcome) !== ''
  );
}
