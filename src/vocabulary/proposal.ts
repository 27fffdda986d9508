import type { Verdict } from './verdict.ts';

/** A change of one file that the developer may accept: nothing else ever changes a file. */
export interface Proposal {
  /** The file to change or to create. */
  readonly uri: string;
  readonly path?: string;
  /** The text that the model saw; absent when the file is new. */
  readonly before?: string;
  /** The whole file as it would be applied. */
  readonly after: string;
  readonly verdict: Verdict;
  /** Open the result beside the file that was asked about. */
  readonly openBeside: boolean;
}

/** What became of an accepted proposal. */
export interface Applied {
  readonly uri: string;
  /** The developer's own edits of other lines stand beside it. */
  readonly merged: boolean;
  /** The document's formatter changed something in the changed lines. */
  readonly formatted: boolean;
}

/** A file that was edited since the model saw it, and the proposal brought together with these edits; neither is applied. */
export interface Meanwhile {
  /** As the editor has it. */
  readonly current: string;
  /** Line ends are all `\n`. */
  readonly merged: string;
  /** Where an offset of the text that the model saw is in the current one. */
  offsetNow(offset: number): number;
}

/** Whether a merge passes the check that the proposal itself has passed. */
export type MayMerge = (meanwhile: Meanwhile) => Promise<boolean>;
