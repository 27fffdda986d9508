import * as l10n from '@vscode/l10n';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { SecretChoice } from '../vocabulary/secretOffer.ts';

export interface SecretButton {
  readonly title: string;
  readonly choice: SecretChoice;
}

/** What may be chosen where a detected secret kept a request from Claude; nothing where Claude may not be asked at all. */
export function secretButtons(
  outcome: Pick<Outcome, 'secretOffer'>,
  policy: Pick<Policy, 'mode' | 'offline'>,
): readonly SecretButton[] {
  if (policy.mode === 'localOnly' || policy.offline) return [];
  const titles: Record<SecretChoice, string> = {
    mask: l10n.t('Mask and ask Claude'),
    drop: l10n.t('Leave that turn out and ask Claude'),
    allowOnce: l10n.t('Allow once'),
  };
  return (outcome.secretOffer?.choices ?? []).map((choice) => ({ title: titles[choice], choice }));
}
