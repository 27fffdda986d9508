import type { Span } from '../vocabulary/request.ts';
import type { CodeResult, Source } from './code.ts';

/** Where the worker finds its files; absolute paths. */
export interface WorkerData {
  /** The folder of the grammars. */
  readonly grammars: string;
  /** The engine of web-tree-sitter. */
  readonly engine: string;
}

/** What a worker is asked, one at a time. */
export type Question =
  | { readonly ask: 'unitAt'; readonly source: Source; readonly at: Span }
  | { readonly ask: 'units'; readonly source: Source }
  | { readonly ask: 'parse'; readonly source: Source }
  | { readonly ask: 'sameProgram'; readonly before: Source; readonly after: Source }
  | { readonly ask: 'tokens'; readonly source: Source }
  | {
      readonly ask: 'undeclared';
      readonly source: Source;
      readonly at: Span;
      readonly known: readonly string[];
    }
  | { readonly ask: 'mutants'; readonly source: Source; readonly at: Span; readonly most: number }
  | { readonly ask: 'calledNames'; readonly source: Source }
  | { readonly ask: 'testCases'; readonly source: Source }
  | { readonly ask: 'imports'; readonly source: Source };

/** `loaded` comes first: engine and grammar are there, from now on it is the text that takes time. */
export type FromWorker =
  | { readonly type: 'loaded' }
  | { readonly type: 'answer'; readonly result: CodeResult<unknown> };
