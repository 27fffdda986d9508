import { seenHere } from '../phrases/estimates.ts';
import { telling } from '../phrases/explanation.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { wideningSentence } from '../phrases/widening.ts';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import { difficultyBands, type Learned, type Widening } from '../vocabulary/experience.ts';
import { type LearnedRow, type PanelState, type PanelWords, panelWords } from '../vocabulary/panelMessage.ts';
import { surfaceNames } from '../vocabulary/request.ts';
import type { Summary } from '../vocabulary/summary.ts';
import { tasks } from '../vocabulary/task.ts';
import { wideningId } from './wideningAnswers.ts';

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

/** All that the panel shows, as the engine has it. */
export interface PanelFigures {
  readonly summary: Summary;
  readonly budget: readonly BudgetPeriod[];
  readonly learned: readonly Learned[];
  /** Those that the user has not answered yet. */
  readonly widenings: readonly Widening[];
}

/** @param translate VS Code's `l10n.t` */
export function panelState(
  { summary, budget, learned, widenings }: PanelFigures,
  phrases: Phrases,
  locale: string,
  translate: (message: string) => string,
): PanelState {
  const words = Object.fromEntries(
    Object.entries(panelWords).map(([key, word]) => [key, translate(word)]),
  ) as PanelWords;
  const reasons: Record<string, readonly string[]> = {};
  for (const { id, reasons: all } of summary.latest) {
    const told = telling(all);
    reasons[id] = [...new Set((told.length > 0 ? told : all).map((reason) => phrases.reason(reason)))];
  }
  const names: Record<string, string> = {};
  for (const name of [...tasks, ...surfaceNames, 'local', 'claude', 'other'])
    names[name] = translate(calledInPanel[name] ?? name);
  for (const band of difficultyBands) names[band] = words[band];
  return {
    summary,
    locale,
    words,
    reasons,
    names,
    budget,
    learned: learned.map(learnedRow).toSorted(inOrder),
    proposed: widenings.map((widening) => ({
      id: wideningId(widening),
      task: widening.task,
      text: wideningSentence(widening),
    })),
  };
}

function learnedRow({ model, task, band, passed, failed, estimate, bar }: Learned): LearnedRow {
  return {
    model: model.name,
    task,
    band,
    ...(estimate === undefined ? {} : { bound: estimate.bound }),
    ...(bar === undefined ? {} : { bar }),
    seen: seenHere({ known: true, passed, failed }),
  };
}

function inOrder(a: LearnedRow, b: LearnedRow): number {
  return (
    a.model.localeCompare(b.model) ||
    tasks.indexOf(a.task) - tasks.indexOf(b.task) ||
    difficultyBands.indexOf(a.band) - difficultyBands.indexOf(b.band)
  );
}
