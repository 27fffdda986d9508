/**
 * The script that runs Maia's command line by VS Code's own executable, so that no other Node is needed.
 * @throws where a path holds a character that would end its quotes
 */
export function cliScript(where: {
  readonly executable: string;
  readonly cli: string;
  readonly platform: NodeJS.Platform;
}): { readonly name: string; readonly text: string } {
  const { executable, cli, platform } = where;
  if (/["\r\n]/.test(executable + cli)) throw new Error('This path cannot be put into a script');
  if (platform === 'win32')
    return {
      name: 'maia.cmd',
      text: `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${percent(executable)}" "${percent(cli)}" %*\r\n`,
    };
  return {
    name: 'maia',
    text: `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(executable)} ${quoted(cli)} "$@"\n`,
  };
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function percent(path: string): string {
  return path.replaceAll('%', '%%');
}
