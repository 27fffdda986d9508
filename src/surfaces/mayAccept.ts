import type { Proposal } from '../vocabulary/proposal.ts';

/**
 * Whether a proposal may be applied once the developer has accepted it. What failed its check may not, save a test that
 * says something else than the code does: which of the two is wrong is the developer's to say.
 */
export function mayAccept({ verdict }: Pick<Proposal, 'verdict'>): boolean {
  return (
    verdict.kind !== 'failed' ||
    verdict.findings.some(({ code }) => code === 'suspectedBug' || code === 'testFails')
  );
}
