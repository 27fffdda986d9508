import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';

export interface DesktopOptions {
  readonly executable: string;
  readonly extension: string;
  readonly tests: string;
  readonly workspace: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The version that the tests download where no VS Code is installed: the one that the workbench has, too. */
const version = '1.139.1';

/** A desktop VS Code that can show a window here, or undefined: what is installed, else what can be downloaded. */
export async function findDesktop(cache: string): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['/Applications/Visual Studio Code.app/Contents/MacOS/Electron'],
    win32: [join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe')],
    linux: [
      '/usr/share/code/code',
      ...(process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'code')),
    ],
  };
  const here = (places[process.platform] ?? []).find((file) => existsSync(file));
  if (here) return here;
  return downloadAndUnzipVSCode({ version, cachePath: cache }).catch(() => undefined);
}

/** The settings that keep a first start quiet have no place on the command line: the folder's own profile has them. */
export async function runInDesktop(options: DesktopOptions): Promise<number> {
  return runTests({
    vscodeExecutablePath: options.executable,
    extensionDevelopmentPath: options.extension,
    extensionTestsPath: options.tests,
    launchArgs: [
      options.workspace,
      `--user-data-dir=${join(options.home, 'user')}`,
      `--extensions-dir=${join(options.home, 'extensions')}`,
      '--disable-workspace-trust',
      '--disable-telemetry',
      '--skip-welcome',
      '--skip-release-notes',
    ],
    extensionTestsEnv: { ...options.env },
  });
}
