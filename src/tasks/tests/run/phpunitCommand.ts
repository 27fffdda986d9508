import { join, relative } from 'node:path';
import { escaped } from '../../pattern.ts';
import { foldersUp, slashed } from '../projectFolders.ts';
import { readPhpunit } from './phpunitReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** The project's own PHPUnit, as Composer installs it, over one file. */
export const phpunitCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  for (const root of foldersUp(plan.path, folder)) {
    const program = join(root, 'vendor/bin/phpunit');
    if ((await files.stat(program, signal)) === undefined) continue;
    const methods = only.map((name) => escaped(name.split(' > ').at(-1) ?? name));
    const chosen = methods.length > 0 ? ['--filter', `/::(?:${methods.join('|')})( |$)/`] : [];
    const file = slashed(relative(root, plan.path));
    return {
      argv: ['php', program, '--colors=never', '--log-junit', 'php://stdout', ...chosen, file],
      cwd: root,
      read: readPhpunit,
    };
  }
  return undefined;
};
