/** An error of the compiler, in offsets of the text that it was asked about. */
export interface CompilerError {
  readonly code: number;
  readonly start: number;
  readonly message: string;
}

/** One project of a compiler, kept ready between questions. Paths are absolute, with forward slashes. */
export interface OpenProject {
  /** No configuration of the project's own takes the file in, so that only sure errors count. */
  readonly loose: boolean;
  readonly checksJs: boolean;
  /** Texts that lie over the files from now on, instead of all before. */
  lay(texts: ReadonlyMap<string, string>): Promise<void>;
  /** Errors of the syntax and of the types. */
  errors(path: string): Promise<readonly CompilerError[]>;
  /** The project's own sources: no declarations, none of packages. */
  sources(): Promise<readonly string[]>;
  /** Whether the project's configuration takes the file in. */
  includes(path: string): boolean;
  /** Whether what was read of the disk still holds: `changed` texts are taken in, a `stale` project has to be opened again. */
  look(): Promise<'same' | 'changed' | 'stale'>;
  dispose(): void;
}

/** Opens projects with one compiler. */
export interface Compiler {
  /** @param texts lie over the files from the start: a new file is among them */
  open(path: string, folder: string, texts: ReadonlyMap<string, string>): Promise<OpenProject>;
  dispose(): void;
}

export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
