import type { CodeUnit } from '../../code/code.ts';

export type FrameworkId =
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'nodeTest'
  | 'pytest'
  | 'unittest'
  | 'goTest'
  | 'junit5'
  | 'junit4'
  | 'xunit'
  | 'nunit'
  | 'cargoTest'
  | 'googleTest'
  | 'rspec'
  | 'minitest'
  | 'phpunit';

export interface TestSubject {
  /** The function or class, or the class of a method. */
  readonly name: string;
  /** As the test file names the source: `./sum.js`, `pkg.sum`, a Go package, a Java class; empty where no import is due. */
  readonly module: string;
  /** Imported as the module's default (JavaScript). */
  readonly isDefault?: boolean;
  /** The test file is CommonJS. */
  readonly commonJs?: boolean;
  /** What else the source offers to its tests. */
  readonly others: readonly string[];
}

/** How the project tests, as its own files tell, and where the tests of one source file belong. */
export interface TestSetup {
  readonly framework: FrameworkId;
  /** Nothing in the project names a framework: this one is a guess. */
  readonly assumed: boolean;
  /** Absolute path of the test file. */
  readonly path: string;
  /** VS Code's id of the test file's language. */
  readonly languageId: string;
  /** The lines that the test file begins with: package, framework, the thing under test. */
  readonly header: string;
  /** A test in the framework's own shape, for the prompt. */
  readonly shape: string;
  /** What checks a result, in words for the prompt: "`expect`". */
  readonly assertion: string;
  /** Text of the test file where it exists. */
  readonly existing?: string;
  /** The class that holds the tests, where the language wants one. */
  readonly className?: string;
  /** What the tests import of the source, or name without importing it. */
  readonly subject: TestSubject;
  /** Names that a new declaration would clash with: those of the package's other test files (Go). */
  readonly taken?: readonly string[];
}

/** Everything that puts an answer into the test file and checks it. */
export interface TestsPlan extends TestSetup {
  readonly form: 'tests';
  readonly uri: string;
  readonly unit: CodeUnit;
  /** Text of the file whose function is tested. */
  readonly source: string;
  /** Absolute. */
  readonly sourcePath: string;
  /** Absolute path of the workspace folder around it. */
  readonly folder?: string;
}
