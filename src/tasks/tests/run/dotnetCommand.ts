import { foldersUp } from '../projectFolders.ts';
import { readDotnet } from './dotnetReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** `dotnet test` in the test project's folder, which it builds from what is restored already. */
export const dotnetCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  for (const cwd of foldersUp(plan.path, folder)) {
    const names = await files.list(cwd, signal);
    if (!names.some((name) => name.endsWith('.csproj'))) continue;
    const methods = [...new Set(only.map((name) => name.split(' > ').at(-1) ?? name))];
    const type = plan.className ?? '';
    const chosen =
      methods.length > 0
        ? methods.map((name) => `FullyQualifiedName~${type}.${name}`).join('|')
        : `FullyQualifiedName~${type}.`;
    const argv = ['dotnet', 'test', '--no-restore', '--nologo', '--filter', chosen];
    return {
      argv: [...argv, '--logger', 'console;verbosity=normal'],
      cwd,
      env: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_CLI_UI_LANGUAGE: 'en' },
      read: readDotnet,
    };
  }
  return undefined;
};
