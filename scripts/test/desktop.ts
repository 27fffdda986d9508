import { existsSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';

export interface DesktopOptions {
  readonly executable: string;
  readonly extension: string;
  readonly tests: string;
  /** A folder or a `.code-workspace` file; none: an empty window. */
  readonly workspace: string | undefined;
  readonly home: string;
  /** The user's settings.json. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The version that the tests download where no VS Code is installed: the one that the workbench has, too. */
const version = '1.139.1';

/** The programs behind the `code` commands on the PATH; those themselves are scripts that return at once. */
function behindCommands(): string[] {
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => {
    const command = join(folder, 'code');
    return existsSync(command) ? [join(dirname(dirname(realpathSync(command))), 'code')] : [];
  });
}

/** A desktop VS Code that can show a window here, or undefined: what is installed, else what can be downloaded. */
export async function findDesktop(cache: string): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['/Applications/Visual Studio Code.app/Contents/MacOS/Electron'],
    win32: [join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe')],
    linux: ['/usr/share/code/code', ...behindCommands()],
  };
  const here = (places[process.platform] ?? []).find((file) => existsSync(file));
  if (here) return here;
  return downloadAndUnzipVSCode({ version, cachePath: cache }).catch(() => undefined);
}

/** Runs a suite in a desktop VS Code with a profile of its own; throws when the suite fails. */
export async function runInDesktop(options: DesktopOptions): Promise<void> {
  const user = join(options.home, 'user');
  await mkdir(join(user, 'User'), { recursive: true });
  await writeFile(join(user, 'User', 'settings.json'), JSON.stringify(options.settings));
  await runTests({
    vscodeExecutablePath: options.executable,
    extensionDevelopmentPath: options.extension,
    extensionTestsPath: options.tests,
    launchArgs: [
      ...(options.workspace ? [options.workspace] : []),
      `--user-data-dir=${user}`,
      `--extensions-dir=${join(options.home, 'extensions')}`,
      '--disable-workspace-trust',
      '--disable-telemetry',
      '--skip-welcome',
      '--skip-release-notes',
    ],
    extensionTestsEnv: { ...options.env },
  });
}
