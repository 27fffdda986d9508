import * as l10n from '@vscode/l10n';
import type { SlashCommand } from './contributions.ts';
import type { TurnMetadata } from './pastTurns.ts';

export interface FollowUp {
  readonly prompt: string;
  readonly label: string;
  readonly command: SlashCommand;
}

/** What is likely wanted after an answer; nothing after one that never came. */
export function followUps(last: TurnMetadata | undefined): FollowUp[] {
  if (!last?.answered) return [];
  const tests: FollowUp = {
    prompt: l10n.t('Write it for this function.'),
    label: l10n.t('Write tests for it'),
    command: 'tests',
  };
  const doc: FollowUp = {
    prompt: l10n.t('Write it for this function.'),
    label: l10n.t('Document it'),
    command: 'doc',
  };
  const fix: FollowUp = {
    prompt: l10n.t('Mend the worst of these problems.'),
    label: l10n.t('Fix it'),
    command: 'fix',
  };
  const why: FollowUp = { prompt: l10n.t('Why?'), label: l10n.t('Why this model?'), command: 'why' };
  if (!last.code) return [why];
  if (last.task === 'explain') return [tests, doc, why];
  if (last.task === 'review') return [fix, why];
  if (last.task === 'document') return [tests, why];
  if (last.task === 'tests') return [doc, why];
  return [why];
}
