import * as l10n from '@vscode/l10n';

/** About as many characters as one line of a notification holds. */
const oneLine = 52;

/**
 * The buttons of a notification. One without buttons is shown in a single line and cut off there, next step and all:
 * a longer sentence gets a button, so that all of it is seen.
 */
export function buttonsFor(sentence: string, titles: readonly string[] = []): readonly string[] {
  return titles.length > 0 || sentence.length <= oneLine ? titles : [l10n.t('OK')];
}
