import * as l10n from '@vscode/l10n';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Proposal } from '../vocabulary/proposal.ts';
import type { CommandId } from './commandTable.ts';
import { isCommitMessage } from './commitText.ts';
import { answering } from './footer.ts';
import { mayAccept } from './mayAccept.ts';

export interface AnswerButton {
  readonly title: string;
  readonly command: CommandId;
}

/** What can be done with an answer: none for one that never came, no Claude where it may not be asked. */
export function answerButtons(
  outcome: Outcome,
  policy: Pick<Policy, 'mode' | 'offline'>,
): readonly AnswerButton[] {
  const attempt = answering(outcome);
  if (!attempt || outcome.end !== 'answered') return [];
  const buttons: AnswerButton[] = [];
  if (outcome.proposal) buttons.push({ title: applyTitle(outcome.proposal), command: 'maia.showProposal' });
  if (isCommitMessage(outcome))
    buttons.push({
      title:
        outcome.verdict?.kind === 'failed'
          ? l10n.t('Put into Message Box Anyway')
          : l10n.t('Put into Message Box'),
      command: 'maia.useCommitMessage',
    });
  const claudeMayBeAsked =
    policy.mode !== 'localOnly' && !policy.offline && outcome.decision?.protected !== true;
  if (attempt.route !== 'claude' && claudeMayBeAsked) {
    const claude: AnswerButton = { title: l10n.t('Ask Claude instead'), command: 'maia.askClaudeInstead' };
    // After a failed check it is what is wanted most.
    if (outcome.verdict?.kind === 'failed' && !outcome.proposal) buttons.unshift(claude);
    else buttons.push(claude);
  }
  if (outcome.decision?.classification.task === 'prose')
    buttons.push({ title: l10n.t('Save as Markdown'), command: 'maia.saveMarkdown' });
  // What its check found against it, this model or another one may do better.
  if (attempt.route !== 'claude' && outcome.verdict?.kind === 'failed')
    buttons.push(
      { title: l10n.t('Retry'), command: 'maia.retry' },
      { title: l10n.t('Other Model…'), command: 'maia.otherModel' },
    );
  return buttons;
}

function applyTitle(proposal: Proposal): string {
  if (!mayAccept(proposal)) return l10n.t('Show Change');
  return proposal.verdict.kind === 'passed' ? l10n.t('Apply…') : l10n.t('Apply… (unchecked)');
}

/** What asks the same once more, where a check failed. */
export function isAgain({ command }: AnswerButton): boolean {
  return command === 'maia.retry' || command === 'maia.otherModel';
}
