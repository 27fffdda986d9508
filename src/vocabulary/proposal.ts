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
