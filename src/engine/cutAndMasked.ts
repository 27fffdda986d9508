import { maskIn } from '../privacy/mask.ts';
import type { Judged } from '../tasks/tasks.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Decided } from './deciding.ts';

/** An answer that hit its limit of tokens is not whole, unless its check has found it so. */
export function whole(attempt: Attempt, judged: Judged): Judged {
  if (attempt.end !== 'length' || judged.verdict.kind !== 'notChecked') return judged;
  return { verdict: { kind: 'failed', findings: [{ code: 'cutShort', params: {} }] }, text: judged.text };
}

/** What stands in place of a secret must not take its place in a file. */
export function withoutMask(decided: Decided, judged: Judged): Judged {
  const { proposal } = judged;
  if (decided.protection.lifted?.by !== 'masked' || !proposal) return judged;
  const placed = maskIn(proposal.after);
  if (placed === undefined || proposal.before?.includes(placed)) return judged;
  const finding = { code: 'placeholder', params: { text: placed } } as const;
  return { verdict: { kind: 'failed', findings: [finding] }, text: judged.text };
}
