import * as l10n from '@vscode/l10n';

/** What Maia says outside an answer, which in practice mode begins with that word. */
export function said(sentence: string, practice: boolean): string {
  return practice ? l10n.t('Practice: {0}', sentence) : sentence;
}
