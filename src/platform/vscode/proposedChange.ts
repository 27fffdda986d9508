import type { Proposal } from '../../vocabulary/proposal.ts';
import { mergeTexts } from './mergeTexts.ts';

/** What an accepted proposal does to a file that is there; line ends are all `\n`. */
export type ProposedChange =
  /** The file is still what the model saw. */
  | { readonly kind: 'asSeen'; readonly text: string }
  /** It was edited elsewhere meanwhile. `offsetNow` finds an offset of what the model saw in the current text. */
  | { readonly kind: 'merged'; readonly text: string; readonly offsetNow: (offset: number) => number }
  | { readonly kind: 'sameLines' };

/** @param current the file as it is at the moment of accepting, unsaved edits included */
export function proposedChange(
  proposal: { readonly before: string; readonly after: string },
  current: string,
): ProposedChange {
  const [base, now, proposed] = [proposal.before, current, proposal.after].map(unified) as [
    string,
    string,
    string,
  ];
  if (now === base) return { kind: 'asSeen', text: proposed };
  return mergeTexts({ base, current: now, proposed });
}

/** A proposal for a file that the model saw. */
export function changesAFile(proposal: Proposal): proposal is Proposal & { readonly before: string } {
  return proposal.before !== undefined;
}

export function unified(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
