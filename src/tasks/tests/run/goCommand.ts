import { dirname } from 'node:path';
import { readGo } from './goReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** `go test` in the package's own folder: a Go test is compiled with its package, so only its tests are chosen. */
export const goCommand: MakeCommand = async ({ plan, only }) => {
  const names = [...new Set(only.map((name) => name.split(' > ')[0] ?? name))];
  const chosen = names.length > 0 ? ['-run', `^(${names.join('|')})$`] : [];
  return {
    argv: ['go', 'test', '-json', '-vet=off', '-count=1', ...chosen, '.'],
    cwd: dirname(plan.path),
    env: { GOPROXY: 'off', GOTOOLCHAIN: 'local' },
    read: readGo,
  };
};
