import { basename, join, relative } from 'node:path';
import { foldersUp, isWithin, slashed } from '../projectFolders.ts';
import { readCargo } from './cargoReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** `cargo test` of the crate's own target that holds the tests: a file of `tests/`, its library, or its programs. */
export const cargoCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  for (const root of foldersUp(plan.path, folder)) {
    if ((await files.stat(join(root, 'Cargo.toml'), signal)) === undefined) continue;
    const source = slashed(relative(join(root, 'src'), plan.path));
    const isProgram =
      /^(?:main\.rs$|bin\/)/.test(source) ||
      (await files.stat(join(root, 'src/lib.rs'), signal)) === undefined;
    const target = isWithin(plan.path, join(root, 'tests'))
      ? ['--test', basename(plan.path, '.rs')]
      : [isProgram ? '--bins' : '--lib'];
    const chosen = only.map((name) => name.replaceAll(' > ', '::'));
    return {
      argv: ['cargo', 'test', '--offline', ...target, '--', '--color', 'never', ...chosen],
      cwd: root,
      env: { RUST_BACKTRACE: '0' },
      read: readCargo,
    };
  }
  return undefined;
};
