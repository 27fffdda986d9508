import * as vscode from 'vscode';
import type { Proposal } from '../vocabulary/proposal.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';
import type { RecentRequest } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** What a check says of a run; the rest of it was said before. */
const ofRuns: ReadonlySet<Finding['code']> = new Set(['testsPass', 'faultsNoticed', 'testsNotRun']);

/** What a verdict says of the tests' run, where it passed. */
export function runFindings({ findings }: Verdict): readonly Finding[] {
  return findings.filter(({ code }) => ofRuns.has(code));
}

/** Whether a proposal holds tests that did not run though they may, once the developer has read them. A no is a no. */
export function mayRun({ verdict }: Proposal): boolean {
  return verdict.findings.some(
    (finding) =>
      finding.code === 'testsNotRun' && /^(?:noSandbox|notAsked|stopped)$/.test(finding.params.why),
  );
}

/**
 * Runs the tests of a proposal that the developer has read: nothing but the very text that is shown. Undefined where
 * the question is no longer kept, or its file is not what it was; `stopped` where the developer ended the run.
 */
export async function runShownTests(
  proposal: Proposal,
  kept: RecentRequest | undefined,
  parts: SurfaceParts,
): Promise<Verdict | 'stopped' | undefined> {
  const task = kept?.outcome?.decision?.classification.task;
  if (!kept?.outcome || task !== 'tests') return undefined;
  const { request, outcome } = kept;
  const engine = await parts.engine();
  const judged = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Running the tests'),
      cancellable: true,
    },
    async (_progress, token) => {
      const ending = new AbortController();
      const stopped = token.onCancellationRequested(() => ending.abort());
      try {
        const again = await engine.judgeAgain(request, task, outcome.text, ending.signal, {
          seen: proposal.after,
        });
        return ending.signal.aborted ? 'stopped' : again;
      } catch (error) {
        if (ending.signal.aborted) return 'stopped';
        throw error;
      } finally {
        stopped.dispose();
      }
    },
  );
  if (judged === 'stopped') return judged;
  return judged?.proposal?.after === proposal.after ? judged.verdict : undefined;
}
