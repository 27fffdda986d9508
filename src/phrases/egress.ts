import * as l10n from '@vscode/l10n';
import type { AllowedBecause } from '../vocabulary/egress.ts';
import { plainText } from './plainText.ts';

/** Why something was allowed to leave, in a few words; what a newer Maia wrote stands as it is. */
export function allowedWords(because: string): string {
  const words: Record<AllowedBecause, string> = {
    nothingProtected: l10n.t('nothing protected in it'),
    trustedHost: l10n.t('a host you trust'),
    masked: l10n.t('you had its secrets masked'),
    dropped: l10n.t('you left out the turn with the secret'),
    allowedOnce: l10n.t('you allowed its secret once'),
  };
  return Object.hasOwn(words, because) ? words[because as AllowedBecause] : plainText(because, 60);
}
