import type { CodeUnit } from '../../code/code.ts';
import type { Span } from '../../vocabulary/request.ts';

/** Where a comment goes and what it has to say. */
export interface DocumentPlan {
  readonly form: 'document';
  readonly uri: string;
  readonly path?: string;
  readonly languageId: string;
  /** The document as the model saw it; the selection alone when `partial`. */
  readonly before: string;
  readonly partial: boolean;
  readonly selection: Span;
  /** Absent where there is no grammar: the comment goes above the selection, unchecked. */
  readonly unit?: CodeUnit;
  readonly indent: { readonly size: number; readonly tabs: boolean };
}
