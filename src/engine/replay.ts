import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../ledger/ledger.ts';
import { policyVersion } from '../router/decide.ts';
import type { DecisionResult, Router } from '../router/router.ts';
import type { Decision, Replay, Undecided } from '../vocabulary/decision.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { Failure } from '../vocabulary/failure.ts';

/** A decision made again from what the ledger holds of it. Rejects where the ledger can't be read. */
export async function replay(
  requestId: string,
  ledger: Pick<Ledger, 'decisionInput' | 'decisionOf' | 'undecidedOf'>,
  router: Pick<Router, 'decide'>,
): Promise<Replay> {
  const [input, decision, undecided] = await Promise.all([
    ledger.decisionInput(requestId),
    ledger.decisionOf(requestId),
    ledger.undecidedOf(requestId),
  ]);
  const recorded = decision ?? undecided;
  if (!input || !recorded) return { kind: 'notKept' };
  const result = router.decide(input);
  const again = result.ok ? result.decision : undecidedOf(input, result, result.failure);
  return { kind: sameDecision(recorded, again) ? 'same' : 'different', recorded, again };
}

/** @param told the failure as the developer was told it, which knows more of the providers than the router does */
export function undecidedOf(
  input: DecisionInput,
  { considered }: Extract<DecisionResult, { ok: false }>,
  told: Failure,
): Undecided {
  return {
    requestId: input.requestId,
    classification: input.classification,
    failure: told,
    considered,
    promptTokens: input.needs.promptTokens,
    policyVersion,
  };
}

/** Of a request that nobody may take the rules are compared: how it was told depends on what was known besides. */
function sameDecision(recorded: Decision | Undecided, again: Decision | Undecided): boolean {
  return isDeepStrictEqual(comparable(recorded), comparable(again));
}

/** As the ledger keeps it, without fields that are undefined; other rules that come to the same are the same. */
function comparable(one: Decision | Undecided): unknown {
  const rules = 'failure' in one ? { ...one, failure: undefined } : one;
  return JSON.parse(JSON.stringify({ ...rules, undecided: 'failure' in one, policyVersion: undefined }));
}
