import { classify, sureEnough } from '../../src/router/classify.ts';
import { ownJudges } from '../trainer/judged.ts';
import type { Judged } from './scores.ts';
import { sharedSets } from './sharedSets.ts';

/** Prompts on which the classifier is judged. */
export interface JudgedSet {
  readonly name: string;
  /** What it is, and whether it shaped the weights. */
  readonly note: string;
  readonly rows: readonly JudgedRow[];
}

export interface JudgedRow extends Judged {
  readonly text: string;
  readonly language?: string;
}

/** What Maia takes a prompt for, with nothing known but its text. */
export function ofMaia(text: string): { readonly found: string; readonly confidence: number } {
  const { task, confidence } = classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 });
  return { found: task, confidence };
}

/** Sets that are no longer blind; README.md says why. */
const looked: ReadonlySet<string> = new Set(['prompts']);

/** Written blind for this, never trained on. A turn that only goes on is right where the classifier is unsure. */
export function ownJudgedSets(): readonly JudgedSet[] {
  return ownJudges().map(({ name, note, rows }) => ({
    name: `train/judge/${name}`,
    note: `${note}, never trained on; only judges${looked.has(name) ? '; its mistakes were looked at since, so that its figure flatters' : ''}`,
    rows: rows.map(({ text, label, language }) => {
      const { found, confidence } = ofMaia(text);
      const right = label === 'follow' && confidence < sureEnough;
      return { text, language, gold: label, found: right ? 'follow' : found, confidence };
    }),
  }));
}

/** The sets in the folder that MAIA_SHARED names. `gold` is empty in those without labels. */
export function sharedJudgedSets(folder: string | undefined): readonly JudgedSet[] {
  return sharedSets(folder).map(({ name, rows }) => ({
    name,
    note: 'real prompts; only judges',
    rows: rows.map(({ text, task }) => ({ text, gold: task ?? '', ...ofMaia(text) })),
  }));
}
