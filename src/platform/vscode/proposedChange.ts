import type { Proposal } from '../../vocabulary/proposal.ts';
import { minimalEdit, type TextReplacement } from './minimalEdit.ts';

/** The file as it is at the moment of accepting. */
export interface CurrentFile {
  /** Unsaved edits included. */
  readonly text: string;
  readonly eol: '\n' | '\r\n';
}

/** What an accepted proposal does; a missing `edit` means that the file is so already. */
export type ProposedChange =
  | { readonly kind: 'create'; readonly text: string }
  | { readonly kind: 'change'; readonly edit?: TextReplacement };

/**
 * Turns a proposal into one edit of the file, in the file's own line ends. Undefined where the file is no longer what
 * the model saw: it was edited, made or removed meanwhile.
 *
 * @param current undefined where there is no such file
 */
export function proposedChange(
  proposal: Pick<Proposal, 'before' | 'after'>,
  current: CurrentFile | undefined,
): ProposedChange | undefined {
  if (proposal.before === undefined)
    return current === undefined ? { kind: 'create', text: proposal.after } : undefined;
  if (current === undefined || unified(current.text) !== unified(proposal.before)) return undefined;
  const edit = minimalEdit(current.text, unified(proposal.after).replaceAll('\n', current.eol));
  return { kind: 'change', ...(edit ? { edit } : {}) };
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
