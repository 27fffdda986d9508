import type { ProjectFiles } from '../../../vocabulary/ports.ts';
import type { FrameworkId, TestsPlan } from '../testsPlan.ts';
import { cargoCommand } from './cargoCommand.ts';
import { dotnetCommand } from './dotnetCommand.ts';
import { goCommand } from './goCommand.ts';
import { googleTestCommand } from './googleTestCommand.ts';
import { javaCommand } from './javaCommand.ts';
import { phpunitCommand } from './phpunitCommand.ts';
import { pythonCommand } from './pythonCommand.ts';
import { rubyCommand } from './rubyCommand.ts';
import { scriptCommand } from './scriptCommand.ts';
import type { ReadReport } from './testReport.ts';

/** How the project's own runner runs one file of tests and says what came of it. */
export interface TestCommand {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly read: ReadReport;
  /** Further files that are laid over the project for the run. */
  readonly overlay?: readonly { readonly path: string; readonly text: string }[];
}

/** What a command is made of. */
export interface CommandAsked {
  readonly plan: Pick<TestsPlan, 'framework' | 'path' | 'sourcePath' | 'className' | 'existing'>;
  /** Absolute path of the workspace folder, which is all that the command sees of the user's files. */
  readonly folder: string;
  /** Names of the tests to run, as `Code.testCases` has them; empty for all of the file. */
  readonly only: readonly string[];
}

/** Undefined where the project has nothing of its own that runs its tests. */
export type MakeCommand = (
  asked: CommandAsked,
  files: ProjectFiles,
  signal: AbortSignal,
) => Promise<TestCommand | undefined>;

export const commandOf: Readonly<Record<FrameworkId, MakeCommand>> = {
  vitest: scriptCommand,
  jest: scriptCommand,
  mocha: scriptCommand,
  nodeTest: scriptCommand,
  pytest: pythonCommand,
  unittest: pythonCommand,
  goTest: goCommand,
  junit5: javaCommand,
  junit4: javaCommand,
  xunit: dotnetCommand,
  nunit: dotnetCommand,
  cargoTest: cargoCommand,
  googleTest: googleTestCommand,
  rspec: rubyCommand,
  minitest: rubyCommand,
  phpunit: phpunitCommand,
};
