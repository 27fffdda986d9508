import type { Phrases } from '../phrases/phrases.ts';
import { type PanelState, type PanelWords, panelWords } from '../vocabulary/panelMessage.ts';
import { surfaceNames } from '../vocabulary/request.ts';
import type { Summary } from '../vocabulary/summary.ts';
import { tasks } from '../vocabulary/task.ts';

/** What people call tasks, routes and surfaces, where the word itself is not it. */
export const calledInPanel: Readonly<Record<string, string>> = {
  document: 'documentation',
  prose: 'documentation (guides)',
  generate: 'new code',
  commit: 'commit message',
  local: 'this machine',
  claude: 'Claude',
  other: 'other cloud',
  picker: 'Maia Auto',
  cli: 'shell',
  claudeCode: 'Claude Code',
};

/** @param translate VS Code's `l10n.t` */
export function panelState(
  summary: Summary,
  phrases: Phrases,
  locale: string,
  translate: (message: string) => string,
): PanelState {
  const words = Object.fromEntries(
    Object.entries(panelWords).map(([key, word]) => [key, translate(word)]),
  ) as PanelWords;
  const reasons: Record<string, readonly string[]> = {};
  for (const request of summary.latest)
    reasons[request.id] = [...new Set(request.reasons.map((reason) => phrases.reason(reason)))];
  const names: Record<string, string> = {};
  for (const name of [...tasks, ...surfaceNames, 'local', 'claude', 'other'])
    names[name] = translate(calledInPanel[name] ?? name);
  return { summary, locale, words, reasons, names };
}
