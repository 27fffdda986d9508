import type { Span } from '../vocabulary/request.ts';

export interface Source {
  readonly languageId: string;
  /** At most 1 MiB; larger is refused with `tooLarge`. */
  readonly text: string;
}

export interface Parameter {
  /** Without sigils; a destructured one has the names that it binds, joined by commas. */
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
}

/** A function, method or class, as the syntax tree has it. Offsets are UTF-16 into the source. */
export interface CodeUnit {
  readonly kind: 'function' | 'method' | 'class';
  readonly name: string;
  /** The class or type that a method belongs to. */
  readonly owner?: string;
  /** The whole declaration with decorators, annotations and `export`, its doc comment not included. */
  readonly span: Span;
  /** The declaration without its body. */
  readonly signature: Span;
  readonly body?: Span;
  /** The doc comment or docstring that it has already. */
  readonly doc?: Span;
  /** Receiver and `self` left out. */
  readonly parameters: readonly Parameter[];
  /** False only where the code surely returns nothing. */
  readonly returnsValue: boolean;
  readonly exported: boolean;
  readonly async: boolean;
  /** White space at the beginning of the declaration's line. */
  readonly indent: string;
}

export interface Token {
  readonly text: string;
  /** UTF-16 offset. */
  readonly at: number;
}

/** A small fault to put into a function, to see whether its tests notice. */
export interface Mutant {
  readonly span: Span;
  /** What stands there instead. */
  readonly text: string;
  /** What the function gives back is another value: no program is the same with it. */
  readonly certain: boolean;
}

export type CodeProblem = 'noGrammar' | 'tooLarge' | 'failed';
export type CodeResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: CodeProblem };

export interface Parse {
  /** 1-based lines of the first 20 errors or missing nodes. */
  readonly errorLines: readonly number[];
}

export interface TestCase {
  /** With the names of its groups before it: `parse > empty text > gives nothing`. */
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  /** The call or the declaration that states it, without what decorates it. */
  readonly span: Span;
  /** False where nothing in it can fail. */
  readonly asserts: boolean;
}

/** Served by a worker: nothing here runs on the caller's thread. An abort rejects with the signal's reason. */
export interface Code {
  supports(languageId: string): boolean;
  /** The innermost function, method or class (in that order of preference) around the span; undefined where there is none. */
  unitAt(source: Source, at: Span, signal: AbortSignal): Promise<CodeResult<CodeUnit | undefined>>;
  /** All units of a file, outer before inner. */
  units(source: Source, signal: AbortSignal): Promise<CodeResult<readonly CodeUnit[]>>;
  parse(source: Source, signal: AbortSignal): Promise<CodeResult<Parse>>;
  /** Whether two texts are the same program once comments and docstrings are gone; `line` is the 1-based line of the first difference in `after`, 0 where there is none. */
  sameProgram(
    before: Source,
    after: Source,
    signal: AbortSignal,
  ): Promise<CodeResult<{ readonly same: boolean; readonly line: number }>>;
  /** What a text says once comments, docstrings and white space are gone; broken code has tokens too. */
  tokens(source: Source, signal: AbortSignal): Promise<CodeResult<readonly Token[]>>;
  /**
   * Names of variables and functions that a piece of a source uses and that nothing in the source, in `known` or in the
   * language declares: only those of which that is certain, so none where the source imports everything of a module.
   */
  undeclared(
    source: Source,
    at: Span,
    known: readonly string[],
    signal: AbortSignal,
  ): Promise<CodeResult<readonly string[]>>;
  /**
   * At most `most` faults inside a piece of JavaScript, TypeScript or Python, of several kinds, chosen so that the
   * program rarely stays the same: a result replaced, a comparison or condition turned round, `+` for `-`, a statement
   * left out. None for other languages.
   */
  mutants(
    source: Source,
    at: Span,
    most: number,
    signal: AbortSignal,
  ): Promise<CodeResult<readonly Mutant[]>>;
  /** Names that are called or constructed anywhere in the source (`a.b()` gives `b`). */
  calledNames(source: Source, signal: AbortSignal): Promise<CodeResult<readonly string[]>>;
  /** The test cases of a test file in any of the frameworks that Maia knows. */
  testCases(source: Source, signal: AbortSignal): Promise<CodeResult<readonly TestCase[]>>;
  /**
   * Modules or packages that a source imports, as written, with the span of each import statement. `names` are
   * those that it binds in the file (an alias where it has one), `*` for all; empty where it names none.
   */
  imports(
    source: Source,
    signal: AbortSignal,
  ): Promise<
    CodeResult<readonly { readonly module: string; readonly names: readonly string[]; readonly span: Span }[]>
  >;
  dispose(): Promise<void>;
}
