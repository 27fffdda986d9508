import type { Span } from './request.ts';

/** A function, method or class of a file, as far as it says what is worth offering there. */
export interface OutlinedUnit {
  readonly kind: 'function' | 'method' | 'class';
  readonly name: string;
  /** With its doc comment; UTF-16 offsets. */
  readonly span: Span;
  readonly exported: boolean;
  readonly documented: boolean;
}

/** A function that tests may name. */
export interface TestedPlace {
  readonly name: string;
  /** Absolute path of its file. */
  readonly path: string;
  readonly languageId: string;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
}
