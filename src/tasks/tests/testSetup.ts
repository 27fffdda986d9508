import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { cppSetup } from './cppSetup.ts';
import { csharpSetup } from './csharpSetup.ts';
import { goSetup } from './goSetup.ts';
import { javaSetup } from './javaSetup.ts';
import { phpSetup } from './phpSetup.ts';
import { pythonSetup } from './pythonSetup.ts';
import { rubySetup } from './rubySetup.ts';
import { rustSetup } from './rustSetup.ts';
import { scriptSetup } from './scriptSetup.ts';
import type { FrameworkId, TestSetup } from './testsPlan.ts';

/** The file whose function is to be tested. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of the workspace folder around it. */
  readonly folder?: string;
  readonly text: string;
}

type FindSetup = (
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
) => Promise<Result<TestSetup>>;

const setups: Readonly<Record<string, FindSetup>> = {
  javascript: scriptSetup,
  javascriptreact: scriptSetup,
  typescript: scriptSetup,
  typescriptreact: scriptSetup,
  python: pythonSetup,
  go: goSetup,
  java: javaSetup,
  csharp: csharpSetup,
  rust: rustSetup,
  cpp: cppSetup,
  ruby: rubySetup,
  php: phpSetup,
};

/** How to find out how a language's project tests; undefined for a language that Maia does not know. */
export function setupFor(languageId: string): FindSetup | undefined {
  return setups[languageId];
}

/** A framework's own name. */
export const frameworkNames: Readonly<Record<FrameworkId, string>> = {
  vitest: 'Vitest',
  jest: 'Jest',
  mocha: 'Mocha',
  nodeTest: 'node:test',
  pytest: 'pytest',
  unittest: 'unittest',
  goTest: 'go test',
  junit5: 'JUnit 5',
  junit4: 'JUnit 4',
  xunit: 'xUnit',
  nunit: 'NUnit',
  cargoTest: 'cargo test',
  googleTest: 'GoogleTest',
  rspec: 'RSpec',
  minitest: 'Minitest',
  phpunit: 'PHPUnit',
};
